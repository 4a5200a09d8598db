"""The finder of cuts, as it is loaded, exported and published."""

from tfvgan.networks import CutFinder
from tfvgan.tasks.analysis.card import PublishedFinder
from tfvgan.tasks.analysis.finder import Finder
from tfvgan.tasks.application import Application


class AnalysisApplication(Application):
    """A network that `benchmarks/making/cut_finder.py` trains, since it plays no game."""

    def alone(self, network, **known):
        """Returns the `Finder` of its network."""
        return Finder(network) if isinstance(network, CutFinder) else None

    def for_edge(self, model, edge, settings):
        """Returns a `Finder` as it is: its thumbnails are of one size."""
        return model if isinstance(model, Finder) and edge is None else None

    def card(self, given):
        """Returns what is published of a `Finder`."""
        return PublishedFinder(given) if isinstance(given.model, Finder) else None
