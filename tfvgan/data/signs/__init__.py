"""What frames show of what happened to them: noise, blocks, ringing, blur, woven fields, greys.

The counterpart of `tfvgan.data.degrade`: that does it, this measures it. `signs_of` reads the first
seconds of a file and what its decoder tells.
"""

from tfvgan.data.signs.blocks import blockiness, ringing
from tfvgan.data.signs.coarse import coarseness
from tfvgan.data.signs.detail import detail_share
from tfvgan.data.signs.edges import hard_share
from tfvgan.data.signs.noise import grain_deviation, noise_deviation
from tfvgan.data.signs.signs import Signs, signs_of
from tfvgan.data.signs.woven import woven_share

__all__ = [
    "Signs",
    "blockiness",
    "coarseness",
    "detail_share",
    "grain_deviation",
    "hard_share",
    "noise_deviation",
    "ringing",
    "signs_of",
    "woven_share",
]
