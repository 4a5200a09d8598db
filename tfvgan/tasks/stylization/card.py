"""What the folder of a published stylizer holds, beside what every one does."""

from tfvgan import plots
from tfvgan.data.styles import styled
from tfvgan.tasks.loading import GENERATOR
from tfvgan.tasks.restoration.card import square
from tfvgan.tasks.stylization.stylizer import Stylizer
from tfvgan.tasks.stylization.uses import stylizer_uses


class PublishedStylizer:
    """A stylizer that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; of its example a square is painted for the
            pictures.

    Raises:
        ValueError: when there is no example.
    """

    shown = {
        "strip.png": "the video, and the same in the style",
        "xt.png": "a line of pixels over time, which runs downwards: flicker draws stripes across",
    }
    endpoint = "stylize_frame"  # What becomes .tflite files.

    def __init__(self, given):
        given.allow("example", "edge", what="stylizer")
        if given.example is None:
            raise ValueError(
                "The card of a stylizer shows what it makes of a video: name a good one as "
                "`example` (--example)."
            )
        self.example = given.example
        self.filter = getattr(given.settings, "filter", None)
        self.style = getattr(given.settings, "style", None)
        self.pairs = getattr(given.settings, "pairs", None)
        stylizer = getattr(given.model, "stylizer", given.model)
        self.model = Stylizer(
            stylizer.generator, **({} if given.edge is None else {"edge": given.edge})
        )

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised."""
        return {self.endpoint: ("dynamic",)}

    def write(self, folder):
        """Writes the network."""
        self.model.save(folder / GENERATOR)

    def draw(self, folder):
        """Draws a strip of frames, and slices through time: the video, its style, the filter's."""
        source = square(self.example)
        videos = {"video": source[None], "in the style": self.model.stylize(source)[None]}
        plots.film_strip(videos, folder / "strip.png", frames=4)
        if self.filter is not None:
            videos["the filter alone"] = styled(source, self.filter)[None]
        plots.time_slice(videos, folder / "xt.png")

    def facts(self):
        """Returns what is known of what it does."""
        network = self.model.generator
        learnt = {}
        if self.filter is not None:
            learnt = {"Learnt from": f'the filter "{self.filter}" of `tfvgan.data.styles`'}
        elif self.style is not None:
            learnt = {"Learnt from": "pictures"}
        elif self.pairs is not None:
            learnt = {"Learnt from": "pairs of videos, before and after"}
        return learnt | {
            "Network": f"{network.width} channels, {network.depth} blocks, "
            f"{network.folds} fold{'s' if network.folds != 1 else ''}",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return stylizer_uses(place, self.model)
