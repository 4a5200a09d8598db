"""What the folder of a published finder of cuts holds, beside what every one does."""

from tfvgan.networks.cut_finder import HEIGHT, REACH, WIDTH
from tfvgan.tasks.analysis.film import analysed
from tfvgan.tasks.analysis.picture import picture
from tfvgan.tasks.analysis.uses import finder_uses
from tfvgan.tasks.loading import GENERATOR


class PublishedFinder:
    """A finder of cuts that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; its example is analysed for the picture.

    Raises:
        ValueError: when there is no example.
    """

    shown = {"report.png": "a video, analysed: its shots, and its curves over time"}
    what = "finder of cuts"

    def __init__(self, given):
        given.allow("example", what=self.what)
        if given.example is None:
            raise ValueError(
                f"The card of a {self.what} shows what it finds in a video: name one as `example` "
                "(--example)."
            )
        self.example, self.model = given.example, given.model

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised.

        Weights of 8 bits change probabilities by a thousandth at most.
        """
        return {"score": ("dynamic",)}

    def write(self, folder):
        """Writes the network."""
        self.model.save(folder / GENERATOR)

    def draw(self, folder):
        """Draws the report of the example."""
        picture(analysed(self.example, self.model), folder / "report.png")

    def facts(self):
        """Returns what is known of what it does."""
        return {
            "Reads": f"thumbnails of {WIDTH}x{HEIGHT}, {REACH} frames before and behind each",
            "Finds": "cuts, and frames of gradual transitions",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return finder_uses(place, self.tflite()["score"][0])
