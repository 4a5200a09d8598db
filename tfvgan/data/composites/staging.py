"""What composites may have."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Staging:
    """What composites may have. What is a share is of clips, from 0 to 1.

    Args:
        things: `(least, most)` that move.
        camera: "still", "moving" (it trembles, pans, zooms, rolls), or "any", one of both.
        frozen: share whose ground is one frame of the video, so that nothing in it moves that is
            not in the mask.
        light: share in which the light changes.
        shadows: share in which things throw shadows, which are not in the mask.
        decoys: share with things that stand still in the video, which are not in the mask either.
        blur: share in which what moves is blurred by it.
        noise: share with a sensor's noise.
        coded: share whose frames are JPEGs.
        cutouts: of things, the share that are cut-outs, where some are given.
        kind: class of the shapes in masks; 0 for such as move and are not in the mask.

    Raises:
        ValueError: when one is out of its range.
    """

    things: tuple[int, int] = (1, 3)
    camera: str = "any"
    frozen: float = 1.0
    light: float = 0.3
    shadows: float = 0.5
    decoys: float = 0.5
    blur: float = 0.3
    noise: float = 0.5
    coded: float = 0.3
    cutouts: float = 0.7
    kind: int = 1

    def __post_init__(self):
        least, most = self.things
        if not 0 <= least <= most:
            raise ValueError(
                f"`things` must be the least and the most of them, but is {self.things}."
            )
        if self.camera not in ("still", "moving", "any"):
            raise ValueError(f"`camera` must be still, moving or any, but is {self.camera!r}.")
        if self.kind < 0:
            raise ValueError(f"`kind` must be a class, 0 or more, but is {self.kind}.")
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(field.default, float) and not 0 <= value <= 1:
                raise ValueError(f"`{field.name}` must be a share from 0 to 1, but is {value}.")
