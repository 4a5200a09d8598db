"""The game, its state and its saving."""

from tfvgan.engine.adversarial_model import AdversarialModel
from tfvgan.engine.augmentation import AdaptiveAugment, DiffAugment
from tfvgan.engine.draws import Draws
from tfvgan.engine.endpoint import Edge, Endpoint
from tfvgan.engine.part import Part, at_least
from tfvgan.engine.responses import GameValues, Responses

__all__ = [
    "AdaptiveAugment",
    "AdversarialModel",
    "DiffAugment",
    "Draws",
    "Edge",
    "Endpoint",
    "GameValues",
    "Part",
    "Responses",
    "at_least",
]
