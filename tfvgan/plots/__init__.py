"""Film strips, time slices, curves and histograms without a display; movies that notebooks play."""

from tfvgan.plots.comparison import comparison
from tfvgan.plots.curves import curves
from tfvgan.plots.figures import figure_of, saved
from tfvgan.plots.movie import Movie, movie
from tfvgan.plots.strips import film_strip, grid, time_slice

__all__ = [
    "Movie",
    "comparison",
    "curves",
    "figure_of",
    "film_strip",
    "grid",
    "movie",
    "saved",
    "time_slice",
]
