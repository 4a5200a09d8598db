"""Examples for the card of a published restorer: commands and code that run."""

RESTORE = """\
```python
import tfvgan

restorer = tfvgan.runs.load_restorer("{folder}")
restorer.restore("old.mp4", "new.mp4"{file})  # files of any length
better = restorer.restore(video{array})  # yours: uint8 (t, h, w, 3), restored to {becomes}
```"""

CAMERA = """\
```python
import itertools

import numpy as np
from ai_edge_litert.interpreter import Interpreter

restore = Interpreter("{folder}/1/restore_frame-{quantised}.tflite").get_signature_runner()
state = np.zeros({state}, "float32")
{definitions}frames = iter(camera)  # yours: RGB, uint8 (1, {height}, {width}, 3)
before = now = next(frames)
for after in itertools.chain(frames, [None]):  # the last frame is its own successor
    after = now if after is None else after
    outputs = restore(before=before, frame=now, after=after, state=state{arguments})
    state = outputs["state"]
    show(np.clip(outputs["frame"][0], -1, 1))  # yours: float32 ({high}, {wide}, 3) in [-1, 1]
    before, now = now, after
```"""

CONDITIONS = {  # What some restorers are told beside the frames.
    "mask": """\
mask = np.zeros({shape}, "float32")  # yours: above 0 in filled holes
""",
    "level": """\
level = np.array([0.5], "float32")  # how strong the noise is, from 0 to 1
""",
}


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
    definitions = "".join(
        CONDITIONS[name].format(shape=shapes[name]) for name in CONDITIONS if name in shapes
    )
    arguments = "".join(f", {name}={name}" for name in CONDITIONS if name in shapes)
    fields = {"folder": place, "factor": factor, "height": height, "width": width}
    fields.update(quantised=quantised, high=factor * height, wide=factor * width)
    fields.update(state=shapes["state"], definitions=definitions, arguments=arguments)
    times = f"{factor} " if factor > 1 else ""
    fields["becomes"] = f"(t, {times}h, {times}w, 3)"
    masked = "mask" in shapes
    fields["file"], fields["array"] = (', mask="logo.png"', ", mask=logo") if masked else ("", "")
    command = f"```\ntfvgan restore old.mp4 -o new.mp4 --model {place}"
    command += " --mask logo.png\n```" if masked else "\n```"
    paragraphs = ["From the command line, and from Python:", command, RESTORE.format(**fields)]
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`), frame by frame:"
    return [*paragraphs, edge, CAMERA.format(**fields)]
