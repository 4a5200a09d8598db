"""What the folder of a published steadier holds, beside what every one does."""

import numpy as np

from tfvgan import plots
from tfvgan.data.flicker import flickering
from tfvgan.tasks.restoration.card import PublishedRestorer, square
from tfvgan.tasks.steadying.steadier import Steadier
from tfvgan.tasks.steadying.uses import steadier_uses


class PublishedSteadier(PublishedRestorer):
    """A steadier that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; of its example a square is made to flicker, and
            steadied, for the pictures.

    Raises:
        ValueError: when there is no example.
    """

    shown = {
        "strip.png": "the video, the same processed so that it flickers, and that steadied",
        "xt.png": "a line of pixels over time, which runs downwards: flicker draws stripes across",
    }
    endpoint = "steady_frame"
    holds = what = "steadier"
    served = Steadier

    def draw(self, folder):
        """Draws a strip of frames, and slices through time: the video, processed, and steadied."""
        original = square(self.example)
        processed, _ = flickering(original, np.random.default_rng(self.seed))
        made = self.model.steady(original, processed)
        videos = {"video": original, "processed": processed, "steady": made}
        videos = {name: video[None] for name, video in videos.items()}
        plots.film_strip(videos, folder / "strip.png", frames=4)
        plots.time_slice(videos, folder / "xt.png")

    def seen(self, clips):
        """Returns clips as they are."""
        return clips

    def facts(self):
        """Returns what is known of what it does."""
        network = self.model.generator
        return {
            "Learnt from": "videos that were made to flicker (see `tfvgan.data.flicker`)",
            "Network": f"{network.width} channels, {network.depth} blocks",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return steadier_uses(place, self.model, self.usual())
