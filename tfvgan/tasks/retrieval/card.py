"""What the folder of a published embedder holds, beside what every one does."""

import numpy as np

from tfvgan import plots
from tfvgan.data.edits import KINDS, edited
from tfvgan.data.resize import AUTO, resize
from tfvgan.library.windows import LENGTH, windows_of
from tfvgan.tasks.loading import GENERATOR
from tfvgan.tasks.retrieval.batches import IN_TIME
from tfvgan.tasks.retrieval.uses import embedder_uses


class PublishedEmbedder:
    """An embedder that is published.

    Args:
        given: `tfvgan.tasks.application.Given`; of its example the first half second is edited for
            the picture.
        embedder: `Embedder` of its model.

    Raises:
        ValueError: when there is no example.
    """

    shown = {"edits.png": "a moment, its edits, and how near each half second is: the cosine"}

    def __init__(self, given, embedder):
        given.allow("example", "clips", what="embedder")
        if given.example is None:
            raise ValueError(
                "The card of an embedder shows what it knows again of a video: name a good one as "
                "`example` (--example)."
            )
        self.model, self.example, self.seed = embedder, given.example, given.seed

    def tflite(self):
        """Returns which endpoints become .tflite files, and how quantised."""
        return {"embed": ("float32", "dynamic")}

    def seen(self, clips):
        """Returns clips as they are."""
        return clips

    def write(self, folder):
        """Writes the network."""
        self.model.save(folder / GENERATOR)

    def draw(self, folder):
        """Draws a window and its edits, each with its cosine."""
        size = self.model.generator.size
        window = resize(next(windows_of(self.example)).frames[0], (size, size), AUTO)
        kinds = ["as it is", *(kind for kind in KINDS if kind not in IN_TIME)]
        made = [window]
        for number, kind in enumerate(kinds[1:]):
            draws = np.random.default_rng((self.seed, number))
            made.append(resize(edited(draws, window, [kind]), (size, size), AUTO))
        vectors = self.model.embed(np.stack(made)).astype(float)
        near = vectors @ vectors[0] / LENGTH**2
        named = {f"{kind} {cosine:.2f}": each for kind, cosine, each in zip(kinds, near, made)}
        videos = {name: each[None] for name, each in named.items()}
        plots.film_strip(videos, folder / "edits.png", frames=1)

    def facts(self):
        """Returns what is known of what it does."""
        network = self.model.generator
        return {
            "Vectors": f"{network.numbers} numbers of 8 bits for each window of half a second",
            "Windows": f"{network.frames} frames of {network.size}x{network.size}, an eighth of a "
            "second apart",
            "Network": f"{network.width} channels",
            "Name": f"`{self.model.name}`",
        }

    def uses(self, place):
        """Returns the paragraphs that say how it is used."""
        return embedder_uses(place, self.model.generator, LENGTH, self.tflite()["embed"][-1])
