"""Published weights of frozen networks: fetched once, verified, and at hand without a network."""

from tfvgan.weights.catalogue import CATALOGUE, find, measuring, names_of
from tfvgan.weights.fetch import fetch, names_in
from tfvgan.weights.home import home
from tfvgan.weights.network import network
from tfvgan.weights.store import MissingWeights, folder, load, path, verify

__all__ = [
    "CATALOGUE",
    "MissingWeights",
    "fetch",
    "find",
    "folder",
    "home",
    "load",
    "measuring",
    "names_in",
    "names_of",
    "network",
    "path",
    "verify",
]
