"""What the folder of a published stylizer holds, beside what every one does."""

from tfvgan import plots
from tfvgan.data.styles import styled
from tfvgan.tasks.restoration.card import PublishedRestorer, as_large, square
from tfvgan.tasks.stylization.stylizer import Stylizer
from tfvgan.tasks.stylization.uses import stylizer_uses


class PublishedStylizer(PublishedRestorer):
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
    endpoint = "stylize_frame"
    large = 150_000  # With more as float32, too, a folder takes 3 MB.
    holds = what = "stylizer"
    served = Stylizer

    def __init__(self, given):
        super().__init__(given)
        self.filter = getattr(given.settings, "filter", None)
        self.style = getattr(given.settings, "style", None)
        self.pairs = getattr(given.settings, "pairs", None)

    def draw(self, folder):
        """Draws a strip of frames, and slices through time: the video, its style, the filter's."""
        source = square(self.example)
        videos = {"video": source[None], "in the style": self.model.stylize(source)[None]}
        plots.film_strip(videos, folder / "strip.png", frames=4)
        if self.filter is not None:
            videos["the filter alone"] = styled(source, self.filter)[None]
        plots.time_slice(videos, folder / "xt.png")

    def seen(self, clips):
        """Returns clips as large as frames of edge devices."""
        return [as_large(clip, self.model.edge) for clip in clips]

    def facts(self):
        """Returns what is known of what it does."""
        learnt = {}
        if self.filter is not None:
            learnt = {"Learnt from": f'the filter "{self.filter}" of `tfvgan.data.styles`'}
        elif self.style is not None:
            learnt = {"Learnt from": "pictures"}
        elif self.pairs is not None:
            learnt = {"Learnt from": "pairs of videos, before and after"}
        return learnt | {"Network": super().facts()["Network"]}

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return stylizer_uses(place, self.model, self.usual())
