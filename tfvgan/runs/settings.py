"""The settings of a run: what decides its weights, kept in its folder."""

import dataclasses
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from tfvgan.applications import LARGEST_VALUE, declared, options
from tfvgan.claims import claimed, read_claims
from tfvgan.data.decode import DECODERS
from tfvgan.data.masks import BLACK_AND_WHITE
from tfvgan.data.settings import ClipSettings
from tfvgan.data.skipped import BAD
from tfvgan.losses.adversarial import ADVERSARIAL_LOSSES
from tfvgan.losses.penalties import PENALTIES
from tfvgan.runs.shipped import model_at
from tfvgan.whole import write_whole

FILE = "settings.json"
POSITIVE = (
    *("width", "learning_rate", "epochs", "minutes"),
    *("steps_per_epoch", "batch_size", "frames", "size", "stride", "fps"),
)
MAY_CHANGE = ("epochs", "minutes")
# What cuts a run's videos; that some beside them are masks, their option says.
CLIPS = tuple(field.name for field in dataclasses.fields(ClipSettings) if field.name != "masks")
BESIDE = ("videos", "masks")  # What an option's path may be that goes beside the run's videos.
CHOICES = {
    "loss": ADVERSARIAL_LOSSES,
    "penalty": PENALTIES,
    "bad": BAD,
    "decoder": DECODERS,
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """What a run was asked to do.

    Args:
        videos: a folder (sub-folders are classes), a file, a pattern, a list of files, or a
            folder that `tfvgan.data.prepare` has made.
        network: one of those that `tfvgan.applications` lists: "continuous", "vgan" or "dcgan";
            "enlarger", which makes the videos of another run larger; "restorer", which mends any;
            or "codec", which codes them in few bits.
        width: channels of both players, as their networks count them; None takes the preset's.
        conditional: learn the classes, so that one can be asked for.
        loss: name of the adversarial loss; None takes the preset's.
        penalty: "r1", "finite_difference", "gradient_penalty" or "none"; None takes the preset's.
        penalty_weight: of the penalty, how smooth the discriminator is to be (the papers' gamma);
            None takes the preset's or the penalty's own.
        augment: policy of `DiffAugment`, such as "color,translation,cutout", or "adaptive" (as
            much of it as the discriminator overfits); None takes the preset's.
        learning_rate: of both players; None takes the preset's.
        moving_average: decay of the generator's average; None takes the preset's.
        cool_down: the last share of training, in which the learning rates fall to a twentieth;
            0 keeps them; None takes the preset's. Asking for more `epochs` later raises them again.
        epochs: int, how many; more of them may be asked for later.
        steps_per_epoch: batches in an epoch. The clips repeat, so this need not be one pass.
        minutes: float, stops after this time; None trains all epochs.
        batch_size: clips in a batch.
        seed: of the weights, the order of the clips and every random draw.
        frames, size, stride, fps, crop, overlap, short, deinterlace, partial, bad, flip, decoder:
            as in `tfvgan.data.clips`.
        cache: folder of decoded clips; None keeps one in the run's folder.
        own: dict of the settings that the network's application alone has, by the names of its
            options, such as `recipes`; each is an attribute, too, None where it was not given.

    Raises:
        ValueError: when one is none of its values, or two do not go together.
    """

    videos: str | list[str]
    network: str = "vgan"
    width: int | None = None
    conditional: bool = False
    loss: str | None = None
    penalty: str | None = None
    penalty_weight: float | None = None
    augment: str | None = None
    learning_rate: float | None = None
    moving_average: float | None = None
    cool_down: float | None = None
    epochs: int = 40
    steps_per_epoch: int = 250
    minutes: float | None = None
    batch_size: int = 8
    seed: int = 0
    frames: int = 16
    size: int = 64
    stride: int = 1
    fps: float | None = None
    crop: str = "center"
    overlap: int = 0
    short: str = "skip"
    deinterlace: str = "auto"
    partial: bool = False
    bad: str = "warn"
    flip: bool = False
    decoder: str = "auto"
    cache: str | None = None
    own: dict = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        for name in POSITIVE:
            value = getattr(self, name)
            if value is not None and not 0 < value <= LARGEST_VALUE:
                raise ValueError(
                    f"`{name}` must be above 0 and at most {LARGEST_VALUE:g}, but is {value}."
                )
        if not 0 <= self.seed <= LARGEST_VALUE**3:
            raise ValueError(f"`seed` must be a whole number from 0, but is {self.seed}.")
        if self.cool_down is not None and not 0 <= self.cool_down <= 1:
            raise ValueError(f"`cool_down` must be from 0 to 1, but is {self.cool_down!r}.")
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in choices:
                raise ValueError(f"`{name}` must be one of {', '.join(choices)}, but is {value!r}.")
        ClipSettings(**{name: getattr(self, name) for name in CLIPS})  # Whose check it is.
        own = {name: value for name, value in self.own.items() if value is not None}
        object.__setattr__(self, "own", own)
        declared(self.network).refuse(self)

    def __getattr__(self, name):
        """Returns a setting that some applications alone have, None where it was not given."""
        if not name.startswith("_") and name in options():
            return self.own.get(name)
        raise AttributeError(f"A run has no setting {name!r}.")

    @property
    def beside(self) -> dict[str, str]:
        """Returns the places of videos that go beside the run's, by the names of these settings."""
        return {name: at for name, at in self.own.items() if options()[name].path in BESIDE}

    @classmethod
    def names(cls) -> list[str]:
        """Returns the names of all settings, of all applications."""
        return [*cls._common(), *options()]

    @classmethod
    def _common(cls):
        return [field.name for field in dataclasses.fields(cls) if field.name != "own"]

    def items(self) -> Iterator[tuple[str, object, object]]:
        """Yields the name, the value and the default of each setting."""
        for field in dataclasses.fields(self):
            if field.name != "own":
                yield field.name, getattr(self, field.name), field.default
        for name, value in self.own.items():
            yield name, value, None

    @classmethod
    def make(
        cls,
        videos: str | os.PathLike | Sequence[str | os.PathLike] | None,
        given: Mapping[str, object],
    ) -> Self:
        """Returns the settings for the arguments that were given, paths made absolute.

        Raises:
            ValueError: when an argument is no setting, or there are no videos.
        """
        if unknown := sorted(set(given) - set(cls.names())):
            raise ValueError(f"A run has no setting {unknown[0]!r}: choose among {cls.names()}.")
        if videos is None:
            raise ValueError("A new run needs `videos`: a folder, a file, a pattern or a list.")
        paths = {name: option.path for name, option in options().items() if option.path}
        settings = {"videos": _absolute(videos), **given}
        for name, what in {"cache": "file", **paths}.items():
            if settings.get(name) is not None:
                place = model_at(settings[name]) if what == "run" else settings[name]
                settings[name] = os.path.abspath(place)
        return cls._of(settings)

    @classmethod
    def _of(cls, settings):
        """Returns the settings of one dict, common ones and those of applications."""
        own = {name: settings[name] for name in settings if name in options()}
        return cls(**{name: settings[name] for name in settings if name not in own}, own=own)

    @classmethod
    def _claimed(cls, values):
        """Returns the settings in a file's values, each checked for its type."""
        values, own = claimed(values, dict), {}
        for name, option in options().items():
            if name in values:
                own[name] = claimed(values.pop(name), option.kind, f"`{name}`")
        return claimed({**values, "own": own}, cls)

    def clip_settings(self, beside: str | None = None) -> dict:
        """Returns the settings that cut files into clips, as `prepare` and `clips` take them.

        Args:
            beside: name of the option whose videos they are for; None for the run's own.
        """
        masks = None
        if beside is not None and options()[beside].path == "masks":
            masks = self.own.get("palette", BLACK_AND_WHITE)
        named = {name: getattr(self, name) for name in (*CLIPS, "bad", "decoder")}
        return {**named, "masks": masks}

    def save(self, folder: str | os.PathLike) -> None:
        """Writes the settings into the run's folder."""
        text = json.dumps({name: value for name, value, _ in self.items()}, indent=2) + "\n"
        write_whole(Path(folder) / FILE, lambda file: file.write_text(text, encoding="utf-8"))

    @classmethod
    def load(cls, folder: str | os.PathLike) -> Self:
        """Returns the settings of the run in that folder.

        Raises:
            ValueError: when there is no run, or its settings are none.
        """
        path = Path(folder) / FILE
        if not path.is_file():
            raise ValueError(f"`{folder}` holds no run ({FILE} is missing): train one first.")
        return read_claims(path, cls._claimed, "the settings of a run")

    def resumed(
        self,
        videos: str | os.PathLike | Sequence[str | os.PathLike] | None,
        given: Mapping[str, object],
    ) -> Self:
        """Returns these settings, with those replaced that may change while a run goes on.

        Raises:
            ValueError: when an argument differs that decides the weights; it names them all.
        """
        videos = self.videos if videos is None else videos
        mine = {name: value for name, value, _ in self.items() if name != "videos"}
        asked = Settings.make(videos, {**mine, **given})
        names = ["videos", *given]
        differ = [
            f"{name}={getattr(self, name)!r} (now {getattr(asked, name)!r})"
            for name in names
            if name not in MAY_CHANGE and getattr(self, name) != getattr(asked, name)
        ]
        if differ:
            raise ValueError(
                f"The run began with {', '.join(differ)}: "
                "continue with the same settings, or begin a new run."
            )
        return dataclasses.replace(
            self, **{name: getattr(asked, name) for name in MAY_CHANGE if name in given}
        )


def _absolute(videos):
    if isinstance(videos, (list, tuple)):
        return [os.path.abspath(video) for video in videos]
    return os.path.abspath(videos)
