"""A published restorer: its network, picture, facts and examples."""

import numpy as np
from PIL import Image

from tfvgan.data.decode import read_frames
from tfvgan.data.degrade import degrade
from tfvgan.data.resize import AUTO, resize
from tfvgan.streaming.compare import picture_of
from tfvgan.tasks.loading import GENERATOR
from tfvgan.tasks.restoration.recipes import learnt
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.tasks.restoration.uses import restorer_uses

SIDE = 256  # Pixels of the square that is shown of the example.
FRAMES = 12  # Of the example that are restored; the middle one is shown.


class PublishedRestorer:
    """A restorer that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; of its example a square is degraded and restored
            for the picture.

    Raises:
        ValueError: when there is no example.
    """

    shown = {"before_after.png": "input, restored frame, original"}
    endpoint = "restore_frame"  # What becomes .tflite files.
    large = 200_000  # Weights: with them as float32 in a .tflite, too, all folders take too much.

    holds = "restorer"  # The attribute of a trained model that is what is published.
    served: type = Restorer  # Its class.
    what = "restorer"  # What people call it.

    def __init__(self, given):
        given.allow("example", "edge", "clips", what=self.what)
        if given.example is None:
            raise ValueError(
                f"The card of a {self.what} shows what it makes of a video: name a good one as "
                "`example` (--example)."
            )
        self.example = given.example
        self.seed = given.seed
        self.recipes = learnt(given.settings)
        alone = getattr(given.model, self.holds, given.model)
        edge = {} if given.edge is None else {"edge": given.edge}
        self.model = self.served(alone.generator, **edge)

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised.

        Each gets one that loses nothing, with weights of 16 bits where those of 32 take too much.
        """
        return {self.endpoint: ("float16" if self._large() else "float32", "dynamic", "int8")}

    def usual(self):
        """Returns how the file is quantised that the card's example loads."""
        return "dynamic" if self._large() else "float32"

    def _large(self):
        return self.model.generator.count_params() > self.large

    def seen(self, clips):
        """Returns clips as large as frames of edge devices, degraded as it learned to undo."""
        factor = self.model.factor
        size = [side * factor for side in self.model.edge]
        draws = np.random.default_rng(self.seed)
        return [
            degrade(as_large(clip, size), draws, self._recipe(), factor)["degraded"]
            for clip in clips
        ]

    def write(self, folder):
        """Writes the network."""
        self.model.save(folder / GENERATOR)

    def draw(self, folder):
        """Draws the middle frame of the example: degraded, restored, and as it was."""
        real = square(self.example)
        factor = self.model.factor
        network = self.model.generator
        pair = degrade(real, np.random.default_rng(self.seed), self._recipe(), factor)
        degraded = pair["degraded"]
        gap = np.rint(255 * pair["mask"]).astype("uint8")
        level = float(pair["level"]) if self.model.generator.leveled else None
        restorer = Restorer(network, level=level)
        made = restorer.scene(np.concatenate([degraded, gap], axis=-1))
        middle = len(real) // 2
        before = degraded[middle].repeat(factor, 0).repeat(factor, 1)
        shown = {"degraded": before, "restored": made[middle], "as it was": real[middle]}
        Image.fromarray(picture_of(shown)).save(folder / "before_after.png")

    def _recipe(self):
        """Returns the recipe of degradation that is shown."""
        network = self.model.generator
        usual = "holes" if network.masked else "noisy" if network.leveled else "clean"
        return self.recipes[0] if self.recipes else usual

    def facts(self):
        """Returns what is known of what it does."""
        network = self.model.generator
        learnt = ", ".join(self.recipes) + " (see `tfvgan.data.degrade`)"
        return ({"Recipes": learnt} if self.recipes else {}) | {
            "Scale factor": network.factor,
            "Network": network.numbers,
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return restorer_uses(place, self.model, self.usual())


def as_large(clip, size):
    """Returns a clip with frames of that size, uint8; small ones are mirrored, which keeps grain.

    Args:
        clip: uint8 `(t, h, w, 3)`.
        size: `(height, width)`.
    """
    if all(wanted > side for wanted, side in zip(size, clip.shape[1:3])):
        missing = [(0, wanted - side) for wanted, side in zip(size, clip.shape[1:3])]
        return np.pad(clip, [(0, 0), *missing, (0, 0)], "symmetric")
    return resize(clip, tuple(size), AUTO)


def square(path):
    """Returns the first frames of a video, uint8 `(t, SIDE, SIDE, 3)`."""
    frames = []
    for chunk in read_frames(path, size=SIDE):
        frames.extend(chunk)
        if len(frames) >= FRAMES:
            break
    return np.stack(frames[:FRAMES])
