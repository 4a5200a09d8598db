"""How a published finder of cuts is used, as its card says it: commands and code that run."""

from tfvgan.tasks.analysis.finder import ON_EDGE
from tfvgan.tasks.analysis.shots import CUT

FIND = """\
```python
import tfvgan

finder = tfvgan.runs.load_finder("{folder}")
scores = finder.find("in.mp4")  # of each frame: float32 (t, 2) in [0, 1]
found = tfvgan.analyze("in.mp4", "report", model=finder)
print(found.shots, found.transitions)
```"""

EDGE = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

score = Interpreter("{folder}/1/score-{quantised}.tflite").get_signature_runner()
outputs = score(thumbnails=thumbnails)  # yours: RGB, uint8 (1, {frames}, 27, 48, 3), frame by frame
print(np.flatnonzero(outputs["cut"][0] > {cut}))
show(outputs["transition"][0])  # yours: float32 ({frames},), probabilities
```"""


def finder_uses(place, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        quantised: how the .tflite file is that is there.
    """
    known = {"folder": place, "frames": ON_EDGE, "quantised": quantised, "cut": CUT}
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`):"
    command = f"```\ntfvgan analyze in.mp4 -o report --model {place}\n```"
    first = "From the command line, and from Python:"
    return [first, command, FIND.format(**known), edge, EDGE.format(**known)]
