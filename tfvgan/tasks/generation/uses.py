"""Examples for the card of a published generator: commands and code that run."""

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
  -d '{{"signature_name": "sample", "inputs": {{"seed": [7]}}}}'
```"""

ENDLESS = """\
```python
import numpy as np
from ai_edge_litert.interpreter import Interpreter

moment = Interpreter("{folder}/1/moment-float32.tflite").get_signature_runner()
draw = np.random.default_rng(0).standard_normal
latents = draw((1, {latent_dim}), "float32")  # the content
motion = draw((1, {anchors}, {motion_dim}), "float32")  # the motion: noise at anchors
time = 0
while True:
    now = np.array([time], "float32")
    frame = moment(latents=latents, motion=motion, time=now{label})["frame"]
    show(frame[0])  # yours: float32 ({size}, {size}, 3) in [-1, 1]
    time += 1
    if time % {spacing} == 0:  # drop the oldest anchor, draw a new one
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


def sampler_uses(place, generator):
    """Returns the examples: Keras, the command line, TensorFlow Serving, LiteRT."""
    fields = {"folder": place, "name": Path(place).name, "size": generator.size}
    fields["latent_dim"] = generator.latent_dim
    fields["label"] = ', label=np.array([0], "int32")' if generator.num_classes else ""
    fields["labels"] = ", labels=0" if generator.num_classes else ""
    endless = "times" in generator.signature()
    fields["frames"] = ", frames=64" if endless else ""
    if endless:
        fields.update(motion_dim=generator.motion_dim, spacing=generator.spacing)
        fields["anchors"] = generator.anchors(0, 0)
    length = " --frames 64" if endless else ""
    command = f"```\ntfvgan generate {place}{length} --fps 25 --out clip.mp4\n```"
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`)"
    edge += ", frame by frame without end:" if endless else ":"
    paragraphs = ["From the command line, and from Python:", command, KERAS.format(**fields)]
    paragraphs += ["With TensorFlow Serving:", SERVING.format(**fields)]
    return [*paragraphs, edge, (ENDLESS if endless else CLIP).format(**fields)]
