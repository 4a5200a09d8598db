"""Examples for the card of a published codec: commands and code that run."""

COMPRESS = """\
```
tfvgan compress in.mp4 -o out.tvg --model {folder}
tfvgan decompress out.tvg -o back.mp4 --model {folder}
tfvgan decompress out.tvg -o base.mp4 --base-only            # the base layer, without a network
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
level = np.array([0.5], "float32")  # 0 at the best quantiser, 1 at the worst; + 1 at half size
strength = np.array([1.0], "float32")  # the group's blend weight of the network's change
sharpness = np.array([0.1], "float32")  # the group's sharpness
state = np.zeros({state}, "float32")
frames = list(group)  # yours: frames of the base layer, RGB, uint8 (1, {height}, {width}, 3)
for before, now, after in zip([frames[0], *frames], frames, [*frames[1:], frames[-1]]):
    settings = dict(level=level, strength=strength, sharpness=sharpness)
    outputs = enhance(before=before, frame=now, after=after, state=state, **settings)
    state = outputs["state"]
    show(np.clip(outputs["frame"][0], -1, 1))  # yours: float32 ({height}, {width}, 3) in [-1, 1]
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
            inputs = dict(latents=np.float32(latents[None]), first=first, quality=quality)
            outputs = synthesize(previous=frame, state=state, **inputs)
            frame, state, first = outputs["frame"], outputs["state"], 0 * first
            show(frame[0, : size[0], : size[1]])  # yours: float32, in about [-1, 1]
```"""


def codec_uses(place, enhancer, quantised="float32"):
    """Returns the examples: the command line, Python, LiteRT.

    Args:
        place: path that people will find the model at.
        enhancer: `Enhancer`.
        quantised: how the .tflite file is that is there.
    """
    height, width = enhancer.edge
    specs = enhancer.endpoints()["enhance"].edge.signature
    fields = {"folder": place, "height": height, "width": width, "quantised": quantised}
    fields["state"] = next(tuple(spec.shape) for spec in specs if spec.name == "state")
    paragraphs = ["From the command line, and from Python:", COMPRESS.format(**fields)]
    edge = (
        "On an edge device, without TensorFlow (`pip install ai-edge-litert`), a group of frames:"
    )
    return [*paragraphs, CODEC.format(**fields), edge, PLAYER.format(**fields)]


def learned_uses(place, synthesis):
    """Returns the examples: the command line, Python, LiteRT.

    Args:
        place: path that people will find the model at.
        synthesis: `tfvgan.tasks.compression.synthesis.Synthesis`.
    """
    height, width = synthesis.edge
    specs = synthesis.endpoints()["synthesize"].edge.signature
    shapes = {spec.name: tuple(spec.shape) for spec in specs}
    fields = {"folder": place, "height": height, "width": width}
    fields.update(frame=shapes["previous"], state=shapes["state"])
    command = COMPRESS.replace(COMPRESS.splitlines()[3] + "\n", "")
    paragraphs = ["From the command line, and from Python:", command.format(**fields)]
    edge = (
        "A .tvg is read by tfvgan, which needs TensorFlow. LiteRT (`pip install ai-edge-litert`) "
        f"can run the network, for films of {width}x{height} or a few rows and columns less:"
    )
    return [*paragraphs, CODEC.format(**fields), edge, READER.format(**fields)]
