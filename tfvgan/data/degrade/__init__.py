"""What small, old and compressed videos have suffered, as pure functions of a clip and a seed.

Every function takes uint8 `(t, h, w, 3)` in [0, 255] and returns the like, and draws from the
generator that it is handed alone. `degrade` chains them as a recipe says, with drawn strengths.

Source: the two rounds of blur, resize, noise and compression are after Wang et al. 2021,
Real-ESRGAN, https://arxiv.org/abs/2107.10833, sec. 3.1 and 3.2; that their order is drawn, after
Zhang et al. 2021, BSRGAN, https://arxiv.org/abs/2103.14006, sec. 3.
"""

from tfvgan.data.degrade.blur import (
    blur,
    blurred_along,
    box_kernel,
    gaussian_kernel,
    gaussian_profile,
)
from tfvgan.data.degrade.camera import coarse_colours, haloed
from tfvgan.data.degrade.compression import CODECS, jpeg, recompress
from tfvgan.data.degrade.fields import LEFTOVERS, deinterlaced_poorly
from tfvgan.data.degrade.footage import Past, draw_past, relived
from tfvgan.data.degrade.grey import greyed
from tfvgan.data.degrade.masks import covered, moving_mask, scratches
from tfvgan.data.degrade.noise import gaussian_noise, poisson_noise
from tfvgan.data.degrade.recipes import RECIPES, degrade
from tfvgan.data.resize import METHODS, resize

__all__ = [
    "CODECS",
    "LEFTOVERS",
    "METHODS",
    "RECIPES",
    "Past",
    "blur",
    "blurred_along",
    "box_kernel",
    "coarse_colours",
    "covered",
    "degrade",
    "deinterlaced_poorly",
    "draw_past",
    "gaussian_kernel",
    "gaussian_noise",
    "gaussian_profile",
    "greyed",
    "haloed",
    "jpeg",
    "moving_mask",
    "poisson_noise",
    "recompress",
    "relived",
    "resize",
    "scratches",
]
