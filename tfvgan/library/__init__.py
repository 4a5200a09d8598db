"""Libraries of videos: what is in them as vectors, in a folder that is searched."""

from tfvgan.library.embedding import Vectors, vectors_of
from tfvgan.library.entry import Facts, VideoEntry
from tfvgan.library.find import Hit, find_hits
from tfvgan.library.match import Match, matches
from tfvgan.library.report import Duplicates, find_duplicates
from tfvgan.library.store import Library
from tfvgan.library.update import Changes, update
from tfvgan.library.windows import Embeds, Windows, cut_windows, squeezed, windows_of

__all__ = [
    "Changes",
    "Duplicates",
    "Embeds",
    "Facts",
    "Hit",
    "Library",
    "Match",
    "Vectors",
    "VideoEntry",
    "Windows",
    "cut_windows",
    "find_duplicates",
    "find_hits",
    "matches",
    "squeezed",
    "update",
    "vectors_of",
    "windows_of",
]
