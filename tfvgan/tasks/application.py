"""The interface of an application, with the defaults that most applications share."""

import dataclasses
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

ASKED = {  # What may be asked for where something is published: what is usual, and who takes it.
    "sharpness": (1.0, "generators"),
    "example": (None, "models that take frames of any size"),
    "edge": (None, "models that take frames of any size"),
    "clips": (None, "models that read frames"),
}


@dataclasses.dataclass(frozen=True)
class Given:
    """A model to publish, the facts about its videos, and the options of the publication.

    Args:
        model: what was loaded.
        place: where it was loaded from, or the model itself.
        settings: `Settings` of the run there, or None.
        known: dict, `class_names` and `fps` of the videos, as far as they are known.
        enlarger: `Enlarger` of the second stage beside it, or None.
        seed, sharpness, example, edge, clips: as of `tfvgan.runs.publish`.
    """

    model: Any
    place: Any = None
    settings: Any = None
    known: dict = dataclasses.field(default_factory=dict)
    enlarger: Any = None
    seed: int = 0
    sharpness: float = 1.0
    example: Any = None
    edge: tuple | None = None
    clips: Any = None

    def allow(self, *names: str, what: str) -> None:
        """Raises ValueError when an option is given that the application does not take.

        Args:
            *names: of `ASKED`, what it takes.
            what: what it is, a word for people.
        """
        for name, (usual, takers) in ASKED.items():
            if name not in names and getattr(self, name) != usual:
                raise ValueError(f"`{name}` is for {takers}, and this is a {what}: leave it out.")


class Application:
    """An application: its model, its batches, and what is published of it.

    What it is called, its options and its examples are in its `tfvgan.applications.Declaration`.
    """

    def make(
        self, settings: Any, num_classes: int, load: Callable[[str], keras.Model]
    ) -> keras.Model:
        """Returns a new compiled model.

        Args:
            settings: `tfvgan.runs.Settings`.
            num_classes: int, 0 for none.
            load: function from the folder of another run to its model.

        Raises:
            ValueError: when a setting is wrong.
        """
        raise NotImplementedError

    def prepare(self, cache: Any, settings: Any) -> None:
        """Makes of the clips, before training begins, what would hold up its steps; nothing here.

        What it makes lies below the cache's folder, and is taken where it is there.

        Args:
            cache: `tfvgan.data.ClipCache`.
            settings: `tfvgan.runs.Settings`.
        """

    def batches(
        self, clips_from: Callable[[int], tf.data.Dataset], settings: Any, start: int
    ) -> tf.data.Dataset:
        """Returns the data set of the batches that come next, for ever.

        Args:
            clips_from: function from a number of batches to the data set of `tfvgan.data.clips`
                without these first ones; its attribute `cache` is the `ClipCache` of all, and
                `share` says which rows of each batch are this worker's: it is of these alone.
            settings: `tfvgan.runs.Settings`.
            start: int, batches to leave out.
        """
        return clips_from(start)

    def cool_down(self, network: str) -> float:
        """Returns the last share of training in which the learning rates of a network fall."""
        return 0.0

    def alone(self, network: keras.Model, **facts: Any) -> object:
        """Returns a trained network's model for use alone; None for another application's network.

        Args:
            network: what a file held.
            **facts: of `tfvgan.tasks.beside.known_beside`.
        """
        return None

    def for_edge(self, model: object, edge: tuple[int, int] | None, settings: Any) -> object:
        """Returns the model to export for edge devices; None for another application's.

        Args:
            model: what was loaded.
            edge: `(height, width)` of the frames of edge devices, None for the usual.
            settings: `tfvgan.runs.Settings` of the run that it is of, or None.
        """
        return None

    def card(self, given: Given) -> object:
        """Returns the publication of a model; None for another application's.

        That has `model`, whose endpoints are exported; `shown`, a dict of pictures by file, and
        what is said of them; and `tflite()`, `write(folder)`, `draw(folder)`, `facts()` and
        `uses(place)`. Of a model that reads frames it has `seen(clips)`, too: what the model is
        given of good clips, uint8 `(t, h, w, 3)` each, to measure exports on.

        Args:
            given: `Given`.
        """
        return None
