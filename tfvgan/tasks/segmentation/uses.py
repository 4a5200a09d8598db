"""How a published segmenter is used, as its card says it: commands and code that run."""

SEGMENT = """\
```python
import tfvgan

segmenter = tfvgan.runs.load_segmenter("{folder}", view="blur")
segmenter.segment("in.mp4", "blurred.mp4")  # files of any length
masks = segmenter.masks(video)  # yours: uint8 (t, h, w, 3); of each class, (t, h, w, {classes})
```"""

CAMERA = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

path = "{folder}/1/segment_frame-{quantised}.tflite"
segment = Interpreter(path).get_signature_runner()
state = np.zeros({state}, "float32")
for frame in camera:  # yours: RGB, uint8 (1, {height}, {width}, 3)
    outputs = segment(frame=frame, state=state)
    state = outputs["state"]
    show(outputs["mask"][0])  # yours: float32 ({height}, {width}, {classes}), the ground first
```"""


def segmenter_uses(place, segmenter, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        segmenter: `Segmenter`.
        quantised: how the .tflite file is that is there.
    """
    specs = segmenter.endpoints()["segment_frame"].edge.signature
    height, width = segmenter.edge
    known = {"folder": place, "height": height, "width": width, "quantised": quantised}
    known |= {"state": tuple(specs[-1].shape), "classes": segmenter.generator.classes}
    command = (
        f"```\ntfvgan segment in.mp4 -o mask.mkv --model {place}\n"
        f"tfvgan segment in.mp4 -o blurred.mp4 --model {place} --background blur\n```"
    )
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`), frame by frame:"
    first = "From the command line, and from Python:"
    return [first, command, SEGMENT.format(**known), edge, CAMERA.format(**known)]
