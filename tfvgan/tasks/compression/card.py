"""A published enhanced codec: its network, picture, facts and examples."""

from PIL import Image

from tfvgan.coding.header import IDENTITY
from tfvgan.data.base_layer import STANDARDS
from tfvgan.streaming.compare import picture_of
from tfvgan.tasks.compression.enhanced_codec import EnhancedCodec
from tfvgan.tasks.compression.enhancer import Enhancer
from tfvgan.tasks.compression.uses import codec_uses
from tfvgan.tasks.restoration.card import PublishedRestorer, square

QUALITY = 3.0  # Of the example that is shown.
FPS = 25


class PublishedCodec(PublishedRestorer):
    """A codec's network that is published.

    Args:
        given: `tfvgan.tasks.application.Given`.

    Raises:
        ValueError: when there is no example.
    """

    shown = {"before_after.png": "base layer, enhanced frame, original"}
    endpoint = "enhance"
    what, served = "codec", Enhancer
    large = 420_000  # With more a folder takes over 6 MB.

    def draw(self, folder):
        """Draws the middle frame of the example: of the base layer, decoded, and as it was."""
        real = square(self.example)
        codec = self._codec()
        payload = codec.encode(list(real), FPS)
        base, packets = codec.base_layer(payload, len(real))
        size, middle = real.shape[1:3], len(real) // 2
        decoded = (base.decode(packets, size), codec.decode(payload, len(real), size))
        before, after = (list(frames)[middle] for frames in decoded)
        shown = {"base layer": before, "decoded": after, "as it was": real[middle]}
        Image.fromarray(picture_of(shown)).save(folder / "before_after.png")

    def facts(self):
        """Returns what is known of what it does."""
        facts = super().facts()
        return {
            "Base layers": f"{', '.join(STANDARDS)}, of any quantiser",
            **{name: facts[name] for name in ("Recipes", "Network") if name in facts},
            "Model in a .tvg header": f"`{self._codec().identity[:IDENTITY].hex()}`",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return codec_uses(place, self.model, self.usual())

    def _codec(self):
        return EnhancedCodec(self.model.generator, quality=QUALITY)
