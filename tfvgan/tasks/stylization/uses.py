"""How a published stylizer is used, as its card says it: commands and code that run."""

STYLIZE = """\
```python
import tfvgan

stylizer = tfvgan.runs.load_stylizer("{folder}", strength=0.8)
stylizer.stylize("in.mp4", "painted.mp4")  # files of any length
painted = stylizer.stylize(video)  # yours: uint8 (t, h, w, 3)
```"""

CAMERA = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

model = "{folder}/1/stylize_frame-{quantised}.tflite"
paint = Interpreter(model).get_signature_runner()
state = np.zeros({state}, "float32")
strength = np.array([1.0], "float32")
for frame in camera:  # yours: RGB, uint8 (1, {height}, {width}, 3)
    outputs = paint(frame=frame, state=state, strength=strength)
    state = outputs["state"]
    show(np.clip(outputs["frame"][0], -1, 1))  # yours: float32 ({height}, {width}, 3) in [-1, 1]
```"""


def stylizer_uses(place, stylizer, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        stylizer: `Stylizer`.
        quantised: how the .tflite file is that is there.
    """
    specs = stylizer.endpoints()["stylize_frame"].edge.signature
    state = next(tuple(spec.shape) for spec in specs if spec.name == "state")
    height, width = stylizer.edge
    known = {
        "folder": place,
        "height": height,
        "width": width,
        "quantised": quantised,
        "state": state,
    }
    command = f"```\ntfvgan stylize in.mp4 -o painted.mp4 --style {place}\n```"
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`), frame by frame:"
    first = "From the command line, and from Python:"
    return [first, command, STYLIZE.format(**known), edge, CAMERA.format(**known)]
