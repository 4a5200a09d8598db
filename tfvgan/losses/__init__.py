"""What the players minimise: two formulas a loss, and the penalties on the discriminator."""

from tfvgan.losses.adversarial import (
    ADVERSARIAL_LOSSES,
    AdversarialLoss,
    Hinge,
    LeastSquares,
    Minimax,
    NonSaturating,
    Relativistic,
    Wasserstein,
    get,
)
from tfvgan.losses.penalties import (
    R1,
    FiniteDifference,
    GradientPenalty,
    Penalty,
    as_penalties,
    total_penalty,
)

__all__ = [
    "ADVERSARIAL_LOSSES",
    "R1",
    "AdversarialLoss",
    "FiniteDifference",
    "GradientPenalty",
    "Hinge",
    "LeastSquares",
    "Minimax",
    "NonSaturating",
    "Penalty",
    "Relativistic",
    "Wasserstein",
    "as_penalties",
    "get",
    "total_penalty",
]
