"""What the folder of a published segmenter holds, beside what every one does."""

from tfvgan import plots
from tfvgan.tasks.restoration.card import PublishedRestorer, square
from tfvgan.tasks.segmentation.segmenter import Segmenter
from tfvgan.tasks.segmentation.uses import segmenter_uses
from tfvgan.tasks.segmentation.views import BLUR, MASK, OVERLAY

SHOWN = {"the mask": MASK, "over the video": OVERLAY, "on another background": BLUR}


class PublishedSegmenter(PublishedRestorer):
    """A segmenter that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; of its example a square is segmented for the
            pictures.

    Raises:
        ValueError: when there is no example.
    """

    shown = {
        "strip.png": "the video, its mask, that over the video, and the background blurred",
        "xt.png": "a line of pixels over time, which runs downwards: flicker draws stripes across",
    }
    endpoint = "segment_frame"
    holds = what = "segmenter"
    served = Segmenter

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised.

        In the second weights alone are whole numbers of 8 bits: of what is computed with them
        TensorFlow's converter refuses the means of means that motion is found by.
        """
        return {self.endpoint: ("float32", "dynamic")}

    def draw(self, folder):
        """Draws a strip of frames, and slices through time: the video, and what is made of it."""
        video = square(self.example)
        videos = {"video": video[None]}
        for name, view in SHOWN.items():
            videos[name] = Segmenter(self.model.generator, view).segment(video)[None]
        plots.film_strip(videos, folder / "strip.png", frames=4)
        plots.time_slice(videos, folder / "xt.png")

    def seen(self, clips):
        """Returns clips as they are."""
        return clips

    def facts(self):
        """Returns what is known of what it does."""
        network = self.model.generator
        return {
            "Classes": network.classes,
            "Network": f"{network.width} channels, {network.depth} blocks",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return segmenter_uses(place, self.model, self.tflite()[self.endpoint][-1])
