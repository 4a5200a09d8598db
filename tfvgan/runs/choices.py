"""What may be done to a video where nobody said what: models of the package, or none."""

from typing import Any, NamedTuple

from tfvgan.data.degrade.recipes import STRONGEST
from tfvgan.runs.loading import load_stepper
from tfvgan.runs.shipped import PREFIX, shipped_folders
from tfvgan.tasks import Restorer
from tfvgan.tasks.restoration.halved import Halved, Shrunk
from tfvgan.tasks.restoration.resizer import Resizer


class Choice(NamedTuple):
    """What is done to a video.

    Attributes:
        model: str, name of a model in the package without "restore_"; None for none, which leaves
            frames as they are, or enlarges them bicubically.
        halved: bool, whether the model is shown frames of half their size.
        strength: float in [0, 1], how much of the model's change is taken.
    """

    model: str | None = None
    halved: bool = False
    strength: float = 1.0

    @property
    def name(self) -> str:
        """Returns the choice in words."""
        if self.model is None:
            return "no model"
        share = "" if self.strength == 1 else f" at strength {self.strength:g}"
        return f"{self.model}{' on halved frames' if self.halved else ''}{share}"


def choices(scale: int) -> list[Choice]:
    """Returns what there is to choose among for a scale, in order; none comes first.

    Args:
        scale: int, how many times as large frames become: 1, 2 or 4.
    """
    known = {folder.name.removeprefix(PREFIX) for folder in shipped_folders()}
    models = {
        1: [("deblock", False), ("deblock_detail", False), ("denoise", False)]
        + [("x2", True), ("deblock_x2_detail", True), ("old", False)],
        2: [("x2", False), ("deblock_x2", False), ("deblock_x2_detail", False), ("old", False)],
        4: [("x4", False), ("x4_detail", False)],
    }[scale]
    made = [
        Choice(model, halved, strength)
        for model, halved in models
        for strength in ((1.0,) if halved else (1.0, 0.5))
        if model in known
    ]
    return [Choice(), *made]


def chosen_stepper(choice: Choice, scale: int, noise: float = 0.0) -> Any:
    """Returns the `tfvgan.streaming.Stepper` that does what was chosen.

    Args:
        choice: `Choice`.
        scale: int, as of `choices`.
        noise: float, deviation of the video's noise in levels of 255, for models that are told.

    Raises:
        ValueError: when the package has no such model.
    """
    if choice.model is None:
        return Resizer(scale)
    folders = {folder.name: folder for folder in shipped_folders()}
    if PREFIX + choice.model not in folders:
        raise ValueError(f"There is no model in the package that is called {choice.model!r}.")
    restorer = load_stepper(folders[PREFIX + choice.model], Restorer, "restorer")
    if choice.halved:
        return Halved(restorer, choice.strength)
    if scale < restorer.factor:
        return Shrunk(restorer, choice.strength)
    level = min(noise / STRONGEST, 1.0) if restorer.generator.leveled else None
    return Restorer(restorer.generator, choice.strength, level)
