"""How a published model is used, as its card says it: commands and code that run."""

from pathlib import Path

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

RESTORE = """\
```python
import tfvgan

restorer = tfvgan.runs.load_restorer("{folder}")
restorer.restore("old.mp4", "new.mp4"{file})  # files of any length
better = restorer.restore(video{array})  # yours: uint8 (t, h, w, 3), which becomes {becomes}
```"""

CAMERA = """\
```python
import itertools

import numpy as np
from ai_edge_litert.interpreter import Interpreter

restore = Interpreter("{folder}/1/restore_frame-{quantised}.tflite").get_signature_runner()
state = np.zeros({state}, "float32")
{given}frames = iter(camera)  # yours: uint8 (1, {height}, {width}, 3)
before = now = next(frames)
for after in itertools.chain(frames, [None]):  # the last frame has itself behind it
    after = now if after is None else after
    made = restore(before=before, frame=now, after=after, state=state{told})
    state = made["state"]
    show(made["frame"][0])  # yours: float32 ({large_height}, {large_width}, 3) in [-1, 1]
    before, now = now, after
```"""

TOLD = {  # What some restorers are told beside the frames.
    "mask": """\
mask = np.zeros({shape}, "float32")  # yours, above 0 in filled holes
""",
    "level": """\
level = np.array([0.5], "float32")  # how strong the noise is, from 0 to 1
""",
}

COMPRESS = """\
```
tfvgan compress in.mp4 -o out.tvg --model {folder}
tfvgan decompress out.tvg -o back.mp4 --model {folder}
tfvgan decompress out.tvg -o base.mp4 --base-only            # the stream inside, without a model
```"""

CODEC = """\
```python
from tfvgan import runs

runs.compress("in.mp4", "out.tvg", "{folder}", quality=4)  # 1 to 8; or bits=0.05, per pixel
runs.decompress("out.tvg", "back.mp4", "{folder}")
```"""

PLAYER = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

enhance = Interpreter("{folder}/1/enhance-{quantised}.tflite").get_signature_runner()
level = np.array([0.5], "float32")  # between the best quantiser and the worst; + 1 at half the size
strength = np.array([1.0], "float32")  # the group's, how much of the change is taken
sharpness = np.array([0.1], "float32")  # the group's
state = np.zeros({state}, "float32")
frames = list(group)  # yours: the base layer, uint8 (1, {height}, {width}, 3), decoded
for before, now, after in zip([frames[0], *frames], frames, [*frames[1:], frames[-1]]):
    told = dict(level=level, strength=strength, sharpness=sharpness)
    made = enhance(before=before, frame=now, after=after, state=state, **told)
    state = made["state"]
    show(made["frame"][0])  # yours: float32 ({height}, {width}, 3) in [-1, 1]
```"""

READER = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

from tfvgan.coding import Reader
from tfvgan.tasks.compression.latent_tables import load_tables
from tfvgan.tasks.compression.learned_codec import latents_of, quality_of

synthesize = Interpreter("{folder}/1/synthesize-float32.tflite").get_signature_runner()
tables = load_tables("{folder}/tables.npz")
with Reader("out.tvg") as reader:
    size = reader.header.height, reader.header.width
    for number, group in enumerate(reader.groups):
        payload = reader.read(number).payload
        frame, state = np.zeros({frame}, "float32"), np.zeros({state}, "float32")
        first, quality = np.float32([1]), np.float32([quality_of(payload)])
        for latents in latents_of(payload, group.frames, size, tables):
            told = dict(latents=np.float32(latents[None]), first=first, quality=quality)
            made = synthesize(previous=frame, state=state, **told)
            frame, state, first = made["frame"], made["state"], 0 * first
            show(frame[0, : size[0], : size[1]])  # yours: float32 in [-1, 1], or a little beyond
```"""


def sampler_uses(place, generator):
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


def restorer_uses(place, restorer, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        restorer: `Restorer`.
        quantised: how the .tflite file is that is there.
    """
    height, width = restorer.edge
    factor, specs = restorer.factor, restorer.endpoints()["restore_frame"].edge.signature
    shapes = {spec.name: tuple(spec.shape) for spec in specs}
    given = "".join(TOLD[name].format(shape=shapes[name]) for name in TOLD if name in shapes)
    told = "".join(f", {name}={name}" for name in TOLD if name in shapes)
    known = {"folder": place, "factor": factor, "height": height, "width": width}
    known.update(quantised=quantised, large_height=factor * height, large_width=factor * width)
    known.update(state=shapes["state"], given=given, told=told)
    times = f"{factor} " if factor > 1 else ""
    known["becomes"] = f"(t, {times}h, {times}w, 3)"
    masked = "mask" in shapes
    known["file"], known["array"] = (', mask="logo.png"', ", mask=logo") if masked else ("", "")
    command = f"```\ntfvgan restore old.mp4 -o new.mp4 --model {place}"
    command += " --mask logo.png\n```" if masked else "\n```"
    found = ["From the command line, and from Python:", command, RESTORE.format(**known)]
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`), frame by frame:"
    return [*found, edge, CAMERA.format(**known)]


def codec_uses(place, enhancer, quantised="float32"):
    """Returns the examples: the command line, Python, LiteRT.

    Args:
        place: path that people will find the model at.
        enhancer: `Enhancer`.
        quantised: how the .tflite file is that is there.
    """
    height, width = enhancer.edge
    specs = enhancer.endpoints()["enhance"].edge.signature
    known = {"folder": place, "height": height, "width": width, "quantised": quantised}
    known["state"] = next(tuple(spec.shape) for spec in specs if spec.name == "state")
    found = ["From the command line, and from Python:", COMPRESS.format(**known)]
    edge = (
        "On an edge device, without TensorFlow (`pip install ai-edge-litert`), a group of frames:"
    )
    return [*found, CODEC.format(**known), edge, PLAYER.format(**known)]


def learned_uses(place, synthesis):
    """Returns the examples: the command line, Python, LiteRT.

    Args:
        place: path that people will find the model at.
        synthesis: `tfvgan.tasks.compression.synthesis.Synthesis`.
    """
    height, width = synthesis.edge
    specs = synthesis.endpoints()["synthesize"].edge.signature
    shapes = {spec.name: tuple(spec.shape) for spec in specs}
    known = {"folder": place, "height": height, "width": width}
    known.update(frame=shapes["previous"], state=shapes["state"])
    command = COMPRESS.replace(COMPRESS.splitlines()[3] + "\n", "")
    found = ["From the command line, and from Python:", command.format(**known)]
    edge = (
        "What reads a .tvg is tfvgan, which needs TensorFlow; the network may be LiteRT's (`pip "
        f"install ai-edge-litert`), for films of {width}x{height} or a few rows and columns less:"
    )
    return [*found, CODEC.format(**known), edge, READER.format(**known)]
