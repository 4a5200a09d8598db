"""Films whose cuts and gradual transitions are known exactly, made of clips.

Every function takes uint8 `(t, h, w, 3)` in [0, 255], and draws from the generator that it is
handed alone. `film` makes a whole one: shots of clips, joined, with what only looks like a cut.
"""

from tfvgan.data.transitions.decoys import DECOYS, letterbox
from tfvgan.data.transitions.joins import JOINS, Film, join_films
from tfvgan.data.transitions.making import Making, film
from tfvgan.data.transitions.shots import shot
from tfvgan.data.transitions.unbroken import unbroken

__all__ = [
    "DECOYS",
    "JOINS",
    "Film",
    "Making",
    "film",
    "join_films",
    "letterbox",
    "shot",
    "unbroken",
]
