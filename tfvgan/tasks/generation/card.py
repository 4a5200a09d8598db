"""A published generator of videos: its networks, pictures, facts and examples."""

import numpy as np

from tfvgan import plots
from tfvgan.tasks.generation.colours import sharpened
from tfvgan.tasks.generation.uses import sampler_uses
from tfvgan.tasks.generation.video_gan import sampler_of
from tfvgan.tasks.loading import ENLARGER, GENERATOR

# int8 has 256 steps for all of time, too few for a video without end: there the weights alone are.
TFLITE = {"generate": ("float32", "dynamic", "int8"), "moment": ("float32", "dynamic")}
LENGTH = 256  # Frames of the picture of time, of networks that know it.


class PublishedSampler:
    """A generator that is published.

    Args:
        given: `tfvgan.tasks.application.Given`.
    """

    shown = {
        "strip.png": "eight generated videos, a row each",
        "xt.png": "One row of pixels over time, which runs downwards",
    }

    def __init__(self, given):
        given.allow("sharpness", what="generator")
        self.model = sharpened(sampler_of(given.model, **given.known), given.sharpness)
        self.enlarger = given.enlarger
        self.seed = given.seed

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised."""
        return {name: kinds for name, kinds in TFLITE.items() if name in self.model.endpoints()}

    def write(self, folder):
        """Writes the network, and the enlarger beside it if there is one."""
        self.model.save(folder / GENERATOR)
        if self.enlarger is not None:
            (folder / ENLARGER).mkdir()
            self.enlarger.save(folder / ENLARGER / GENERATOR)

    def draw(self, folder):
        """Draws a film strip of eight videos and the picture of time of two."""
        generator = self.model.generator
        labels = np.arange(8) % generator.num_classes if generator.num_classes else None
        videos = self.model.generate(8, seed=self.seed, labels=labels)
        plots.film_strip(self._enlarged(videos), folder / "strip.png")
        videos = videos[:2]
        if "times" in generator.signature():
            labels = None if labels is None else labels[:2]
            videos = self.model.generate(2, seed=self.seed, labels=labels, frames=LENGTH)
        plots.time_slice(self._enlarged(videos), folder / "xt.png")

    def _enlarged(self, videos):
        if self.enlarger is None:
            return videos
        return self.enlarger.enlarge(videos, seed=self.seed)

    def facts(self):
        """Returns what is known of the videos that it makes."""
        generator = self.model.generator
        facts = {"Videos": f"{generator.size}x{generator.size} pixels, {generator.frames} frames"}
        if "times" in generator.signature():
            facts["Videos"] += " in a training clip, any number in generated videos"
        if self.model.class_names:
            facts["Classes"] = ", ".join(self.model.class_names)
        if getattr(generator, "sharpness", 1.0) != 1.0:
            facts["Sharpness"] = f"{generator.sharpness:g}, set after training (`--sharpness`)"
        return facts

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return sampler_uses(place, self.model.generator)
