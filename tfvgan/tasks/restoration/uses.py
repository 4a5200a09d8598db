"""How a published restorer is used, as its card says it: commands and code that run."""

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
{given}frames = iter(camera)  # yours: uint8 (1, {height}, {width}, 3)
before = now = next(frames)
for after in itertools.chain(frames, [None]):  # the last frame is its own successor
    after = now if after is None else after
    outputs = restore(before=before, frame=now, after=after, state=state{told})
    state = outputs["state"]
    show(outputs["frame"][0])  # yours: float32 ({large_height}, {large_width}, 3) in [-1, 1]
    before, now = now, after
```"""

TOLD = {  # What some restorers are told beside the frames.
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
