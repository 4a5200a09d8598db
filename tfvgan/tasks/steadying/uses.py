"""How a published steadier is used, as its card says it: commands and code that run."""

STEADY = """\
```python
import tfvgan

steadier = tfvgan.runs.load_steadier("{folder}")
steadier.steady("original.mp4", "processed.mp4", "steady.mp4")  # files of any length
steady = steadier.steady(original, processed)  # yours: uint8 (t, h, w, 3)
```"""

CAMERA = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

steady = Interpreter("{folder}/1/steady_frame-{quantised}.tflite").get_signature_runner()
state = np.zeros({state}, "float32")
before = None
for original, processed in camera:  # yours: RGB, uint8 (1, {height}, {width}, 3), both
    now = {{"original": original, "processed": processed}}
    earlier = {{f"{{name}}_before": frame for name, frame in (before or now).items()}}
    outputs = steady(**earlier, **now, state=state)
    state = outputs["state"]
    show(np.clip(outputs["frame"][0], -1, 1))  # yours: float32 ({height}, {width}, 3) in [-1, 1]
    before = now
```"""


def steadier_uses(place, steadier, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        steadier: `Steadier`.
        quantised: how the .tflite file is that is there.
    """
    specs = steadier.endpoints()["steady_frame"].edge.signature
    height, width = steadier.edge
    known = {"folder": place, "height": height, "width": width, "quantised": quantised}
    known["state"] = tuple(specs[-1].shape)
    command = f"```\ntfvgan steady original.mp4 processed.mp4 -o steady.mp4 --model {place}\n```"
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`), frame by frame:"
    first = "From the command line, and from Python:"
    return [first, command, STEADY.format(**known), edge, CAMERA.format(**known)]
