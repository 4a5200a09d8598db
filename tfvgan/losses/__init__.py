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
from tfvgan.losses.contrastive import nt_xent, of_one_kind
from tfvgan.losses.detail import lost_detail
from tfvgan.losses.edges import EdgeSmoothed
from tfvgan.losses.penalties import (
    PENALTIES,
    R1,
    FiniteDifference,
    GradientPenalty,
    Penalty,
    as_penalties,
    total_penalty,
)
from tfvgan.losses.reconstruction import charbonnier
from tfvgan.losses.sharpness import far_in_sharpness
from tfvgan.losses.soft_iou import soft_iou
from tfvgan.losses.weighing import weights_of

__all__ = [
    "ADVERSARIAL_LOSSES",
    "PENALTIES",
    "R1",
    "AdversarialLoss",
    "EdgeSmoothed",
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
    "charbonnier",
    "far_in_sharpness",
    "get",
    "lost_detail",
    "nt_xent",
    "of_one_kind",
    "soft_iou",
    "total_penalty",
    "weights_of",
]
