"""Libraries of videos: what is in them as vectors, in a folder that is searched."""

from tfvgan.library.windows import Embedder, Windows, cut_windows, squeezed, windows_of

__all__ = ["Embedder", "Windows", "cut_windows", "squeezed", "windows_of"]
