"""How a published embedder is used, as its card says it: commands and code that run."""

COMMAND = """\
```
tfvgan index videos/ -o library/ --model {folder}
tfvgan search library/ clip.mp4 --model {folder}
```"""

KERAS = """\
```python
from tfvgan.library.windows import windows_of
from tfvgan.tasks import Embedder

embedder = Embedder.load("{folder}/generator.keras")
for made in windows_of("in.mp4"):  # half seconds of a video
    vectors = embedder.embed(made.frames)  # int8 (n, {numbers})
    near = vectors.astype(int) @ vectors[0].astype(int) / {length}**2  # cosines, of a copy near 1
```"""

EDGE = """\
```python
from ai_edge_litert.interpreter import Interpreter

path = "{folder}/1/embed-{quantised}.tflite"
embed = Interpreter(path).get_signature_runner()
for window in camera:  # yours: RGB, uint8 (1, {frames}, {size}, {size}, 3), 1/8 s apart
    show(embed(windows=window)["vectors"][0])  # yours: float32 ({numbers},), of length 1
```"""


def embedder_uses(place, network, length, quantised="float32"):
    """Returns the examples: the command line, Keras, LiteRT.

    Args:
        place: path that people will find the model at.
        network: `tfvgan.networks.EmbedderDiscriminator`.
        length: of vectors that are whole numbers.
        quantised: how the .tflite file is that is there.
    """
    known = {"folder": place, "size": network.size, "frames": network.frames, "length": length}
    known |= {"numbers": network.numbers, "quantised": quantised}
    edge = "On an edge device, without TensorFlow (`pip install ai-edge-litert`):"
    first = ["From the command line, and from Python:", COMMAND.format(**known)]
    return [*first, KERAS.format(**known), edge, EDGE.format(**known)]
