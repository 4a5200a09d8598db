"""A published learned codec: its network, tables, picture, facts and examples."""

import shutil

from PIL import Image

from tfvgan.coding.header import IDENTITY
from tfvgan.sealed import write_sealed
from tfvgan.streaming.compare import picture_of
from tfvgan.tasks.compression.codecs import OLD_TABLES, codec_of, tables_file
from tfvgan.tasks.compression.synthesis import EDGE, Synthesis
from tfvgan.tasks.compression.uses import learned_uses
from tfvgan.tasks.loading import GENERATOR
from tfvgan.tasks.restoration.card import square

SHOWN = (2.0, 6.0)  # Qualities.
FPS = 25


class PublishedLearned:
    """A learned codec that is published: its network and its tables.

    Of its halves `synthesize` is exported, by which devices and servers decode; with both a folder
    would take over 6 MB. It stays in float32: what decodes less exactly drifts away.

    Args:
        given: `tfvgan.tasks.application.Given`; tables lie beside its place.

    Raises:
        ValueError: when there is no example, or no tables.
    """

    shown = {"qualities.png": f"quality {SHOWN[0]:g}, quality {SHOWN[1]:g}, original"}

    def __init__(self, given):
        given.allow("example", "edge", what="codec")
        if given.example is None:
            raise ValueError(
                "The card of a codec shows what it makes of a video: name a good one as `example` "
                "(--example)."
            )
        self._tables = tables_file(given.place)
        self.codec = codec_of(given.model, given.place, SHOWN[0])
        self.model = Synthesis(self.codec.generator, EDGE if given.edge is None else given.edge)
        self.example = given.example
        self._bits = {}

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised."""
        return {"synthesize": ("float32",)}

    def write(self, folder):
        """Writes the network and the tables, those of files from before, too."""
        write_sealed(folder / GENERATOR, self.codec.generator.save)
        for path in (self._tables, *self._tables.parent.glob(OLD_TABLES.format("*"))):
            shutil.copyfile(path, folder / path.name)

    def draw(self, folder):
        """Draws the middle frame of the example: at two qualities, and as it was."""
        real = square(self.example)
        size, middle, shown = real.shape[1:3], len(real) // 2, {}
        for quality in SHOWN:
            codec = self.codec.with_settings(quality=quality)
            payload = codec.encode(list(real), FPS)
            self._bits[quality] = 8 * len(payload) / real[..., 0].size
            caption = f"quality {quality:g}, {self._bits[quality]:.3f} bits per pixel"
            shown[caption] = list(codec.decode(payload, len(real), size))[middle]
        picture = picture_of({**shown, "as it was": real[middle]})
        Image.fromarray(picture).save(folder / "qualities.png")

    def facts(self):
        """Returns what is known of what it does."""
        network = self.codec.generator
        bits = [f"{bits:.3f} at quality {quality:g}" for quality, bits in self._bits.items()]
        return {
            "Bits per pixel of the example": ", ".join(bits),
            "Network": f"{network.channels} latent channels, {network.width} channels, "
            f"{network.depth} blocks, {network.memory} state channels",
            "Model in a .tvg header": f"`{self.codec.identity[:IDENTITY].hex()}`",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return learned_uses(place, self.model)
