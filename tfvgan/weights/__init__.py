"""Published weights of frozen networks: fetched once, verified, and at hand without a network."""

from tfvgan.weights.catalogue import CATALOGUE
from tfvgan.weights.fetch import fetch
from tfvgan.weights.home import home
from tfvgan.weights.network import network
from tfvgan.weights.store import MissingWeights, load, verify

__all__ = ["CATALOGUE", "MissingWeights", "fetch", "home", "load", "network", "verify"]
