"""Tiny films for the tests of clips and caches."""

from tfvgan.data.synthetic import moving_shapes
from tfvgan.data.write import write_video


def film(path, frames=10, size=(16, 24), seed=0):
    """Writes a film of a moving shape and returns its path."""
    height, width = size
    video = moving_shapes(1, frames, max(size), seed)["video"][0]
    return write_video(path, video[:, :height, :width], fps=10)


def folder(path, frames=(10, 9, 4, 13), classes=("walk", "run")):
    """Writes films of so many frames, in turn to the classes' folders; returns the path."""
    for number, count in enumerate(frames):
        place = path / classes[number % len(classes)] if classes else path
        film(place / f"{number}.mp4", count, seed=number)
    return path
