"""Libraries of videos: what is in them as vectors, in a folder that is searched."""

from tfvgan.library.entry import Entry, Facts
from tfvgan.library.match import Match, matches
from tfvgan.library.store import Library
from tfvgan.library.update import Changes, update
from tfvgan.library.windows import Embedder, Windows, cut_windows, squeezed, windows_of

__all__ = [
    "Changes",
    "Embedder",
    "Entry",
    "Facts",
    "Library",
    "Match",
    "Windows",
    "cut_windows",
    "matches",
    "squeezed",
    "update",
    "windows_of",
]
