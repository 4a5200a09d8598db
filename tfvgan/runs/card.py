"""The card of a published model: what it is, how it was made, how good it is, how to use it."""

import dataclasses
import json
import shlex
import subprocess
from pathlib import Path

from tfvgan.runs.settings import FILE, Settings

KERAS = """\
```python
import tfvgan

sampler = tfvgan.Sampler.load("{folder}/generator.keras")
videos = sampler.generate(4, seed=7{labels}{frames})  # uint8 (4, frames, {size}, {size}, 3)
```"""

SERVING = """\
```
docker run --rm -p 8501:8501 -v "$PWD/{folder}:/models/{name}" -e MODEL_NAME={name} \\
  tensorflow/serving

curl -X POST http://localhost:8501/v1/models/{name}:predict \\
  -d '{{"signature_name": "sample", "inputs": {{"count": 1, "seed": 7}}}}'
```"""

ENDLESS = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

moment = Interpreter("{folder}/1/moment-float32.tflite").get_signature_runner()
draw = np.random.default_rng(0).standard_normal
latents = draw((1, {latent_dim}), "float32")  # what is seen
motion = draw((1, {anchors}, {motion_dim}), "float32")  # how it moves, now and soon
time = 0
while True:
    now = np.array([time], "float32")
    frame = moment(latents=latents, motion=motion, time=now{label})["frame"]
    show(frame[0])  # yours: float32 ({size}, {size}, 3) in [-1, 1]
    time += 1
    if time % {spacing} == 0:  # the next noise comes, the oldest goes
        motion = np.concatenate([motion[:, 1:], draw((1, 1, {motion_dim}), "float32")], axis=1)
```"""

CLIP = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

play = Interpreter("{folder}/1/generate-float32.tflite").get_signature_runner()
latents = np.random.default_rng(0).standard_normal((1, {latent_dim}), "float32")
video = play(latents=latents{label})["video"][0]  # float32 (frames, {size}, {size}, 3) in [-1, 1]
```"""


def write_card(folder, place, sampler, facts, table, scores=None, notes=None):
    """Writes README.md into the folder of a published model.

    Args:
        folder: where the files are.
        place: the path that people will find them at, for the examples, such as
            "saved_models/shapes".
        sampler: the `Sampler` that is published.
        facts: dict of what is said first, in order: names and texts.
        table: how far each export is off, in Markdown.
        scores: path of a metrics.jsonl, or None.
        notes: Markdown that follows the facts, or None.
    """
    generator = sampler.generator
    parts = [f"# {Path(place).name}", "![eight generated videos, a row each](strip.png)"]
    parts.append("| | |\n|---|---|\n" + "\n".join(f"| {k} | {v} |" for k, v in facts.items() if v))
    if notes:
        parts.append(notes.strip())
    if scores is not None:
        parts += ["## Scores", score_table(scores)]
    parts += ["## Files", file_table(Path(folder)), table]
    parts += ["Differences are from the Keras model, on the scale [-1, 1]."]
    parts += ["## Use it", *uses(place, generator)]
    parts += ["How a line of pixels goes on over time, which runs downwards:", "![](xt.png)"]
    Path(folder, "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def uses(place, generator):
    """Returns the examples: Keras, the command line, TensorFlow Serving, LiteRT."""
    known = {"folder": place, "name": Path(place).name, "size": generator.size}
    known["latent_dim"] = generator.latent_dim
    known["label"] = ', label=np.array([0], "int32")' if generator.num_classes else ""
    known["labels"] = ", labels=0" if generator.num_classes else ""
    endless = "times" in generator.signature()
    known["frames"] = ", frames=64" if endless else ""
    if endless:
        known.update(motion_dim=generator.motion_dim, spacing=generator.spacing)
        known["anchors"] = generator.anchors(0, 0)
    length = " --frames 64" if endless else ""
    command = f"```\ntfvgan generate {place}{length} --fps 25 --out clip.mp4\n```"
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`)"
    edge += ", one moment after the other, for ever:" if endless else ":"
    found = ["From the command line, and from Python:", command, KERAS.format(**known)]
    found += ["By TensorFlow Serving:", SERVING.format(**known)]
    return [*found, edge, (ENDLESS if endless else CLIP).format(**known)]


def score_table(path):
    """Returns the scores of a metrics.jsonl, as `tfvgan evaluate` writes it, in Markdown."""
    rows = ["| score | value | 95 % interval | real | better |", "|---|---:|---:|---:|---|"]
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        score = json.loads(line)
        interval, real = score.get("interval"), score.get("real")
        between = "" if interval is None else f"{interval[0]:.4g} to {interval[1]:.4g}"
        rows.append(
            f"| `{score['name']}` | {score['value']:.4g} | {between} | "
            f"{'' if real is None else format(real, '.4g')} | {score.get('better') or ''} |"
        )
    return "\n".join(rows)


def file_table(folder):
    """Returns the sizes of the files, and of all of them together, in Markdown."""
    sizes = {}
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        inside = path.relative_to(folder)
        saved_model = "variables" in inside.parts or inside.suffix in (".pb", "")
        name = f"{inside.parts[0]}/ SavedModel" if saved_model else str(inside)
        sizes[name] = sizes.get(name, 0) + path.stat().st_size
    rows = [f"| `{name}` | {size / 1e6:.3f} |" for name, size in sizes.items()]
    total = f"| all | {sum(sizes.values()) / 1e6:.3f} |"
    return "\n".join(["| file | MB |", "|---|---:|", *rows, total])


def command(folder):
    """Returns the command that trains a run again, but for where its videos are; None of no run."""
    if not (Path(folder) / FILE).is_file():
        return None
    settings = Settings.load(folder)
    videos = settings.videos if isinstance(settings.videos, str) else "VIDEOS"
    words = ["tfvgan", "train", Path(videos).name, "--out", f"runs/{Path(folder).resolve().name}"]
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if field.name in ("videos", "cache") or value == field.default:
            continue
        words.append("--" + field.name.replace("_", "-"))
        words += [] if value is True else [str(value)]
    return shlex.join(words)


def commit():
    """Returns the commit of the package's repository; None when it is installed without one."""
    package = Path(__file__).resolve().parent
    ask = ["git", "-C", str(package)]
    try:
        for words in (["ls-files", "--error-unmatch", Path(__file__).name], ["rev-parse", "HEAD"]):
            said = subprocess.run([*ask, *words], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.strip()
