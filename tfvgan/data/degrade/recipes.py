"""What a clip goes through for each task of restoration, with every strength drawn."""

import numpy as np

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.degrade.blur import blur, box_kernel, gaussian_kernel
from tfvgan.data.degrade.compression import CODECS, recompress
from tfvgan.data.degrade.footage import draw_past, relived
from tfvgan.data.degrade.masks import covered, moving_mask, scratches
from tfvgan.data.degrade.noise import gaussian_noise, poisson_noise
from tfvgan.data.fill import fill
from tfvgan.data.resize import METHODS, resize

STRONGEST = 50.0  # Deviation of the noise that `level` 1 stands for, in levels of 255.
HOLE = 127  # Level of grey that is put where pixels are missing.
SHARES = {"libx264": 0.5, "libx265": 0.2, "mpeg4": 0.2, "mjpeg": 0.1}  # Of clips.
STANDARD_SHARES = {"av1": 0.6, "hevc": 0.2, "h264": 0.2}  # Of a codec's base layers.
HALF_SIZED = 1 / 6  # Of these.
RECIPES = ("clean", "noisy", "compressed", "coded", "holes", "footage", "old")
TELLING = ("noisy", "coded", "holes")  # Of these a network is told more than the frames.


def degrade(
    video: np.ndarray, draws: np.random.Generator, recipe: str = "clean", factor: int = 1
) -> dict[str, np.ndarray]:
    """Returns the degraded clip, its mask and its level.

    | recipe | what happens, before or after frames are made `factor` times smaller |
    |---|---|
    | clean | nothing else: bicubic resizing |
    | noisy | normal noise of a deviation up to `STRONGEST`, the same in all frames |
    | compressed | an encoder of `SHARES` |
    | coded | the base layer of a codec, of `tfvgan.data.base_layer`; some have half the size |
    | holes | one hole in each clip, that stands or moves, or scratches; filled as `fill` can |
    | footage | what people's files went through, see `tfvgan.data.degrade.footage`; or nothing |
    | old | blur, resizing, noise and compression in a drawn order, twice; scratches; a codec |

    Args:
        video: uint8 `(t, h, w, 3)`, sides multiples of `factor`.
        draws: `numpy.random.Generator`; all is a function of what it draws.
        recipe: one of `RECIPES`.
        factor: 1, 2 or 4.

    Returns:
        dict of `"degraded"`, uint8 `(t, h / factor, w / factor, 3)`, `"mask"`, float32 `(t, h /
        factor, w / factor, 1)`, above 0 where pixels were missing: how little is known of what
        is there; and `"level"`, float32, the strength of the noise in [0, 1], or that of the base
        layer in [0, 2], as `Standard.level` says.

    Raises:
        ValueError: when there is no such recipe.
    """
    if recipe not in RECIPES:
        raise ValueError(f"`recipe` must be one of {', '.join(RECIPES)}, but is {recipe!r}.")
    size = tuple(side // factor for side in video.shape[1:3])
    mask, level = np.zeros((len(video), *size, 1), "float32"), 0.0
    if recipe == "old":
        video = _old(video, draws, size)
    elif recipe == "footage":
        video = relived(video, draw_past(draws), draws, size)
    elif factor > 1:
        video = resize(video, size, "bicubic")
    # Noise comes behind the resizing, which averages: `level` is that of the frames shown.
    if recipe == "noisy":
        level = draws.random()
        video = gaussian_noise(video, draws, level * STRONGEST)
    elif recipe == "compressed":
        video = _compressed(video, draws)
    elif recipe == "coded":
        video, level = _coded(video, draws)
    elif recipe == "holes":
        mask = _drawn_mask(draws, len(video), size)
        # Filled before a network sees it, which looks one frame ahead: other frames know more.
        video, mask = fill(covered(video, mask, HOLE), mask)
    return {"degraded": video, "mask": mask, "level": np.float32(level)}


def _drawn_mask(draws, frames, size):
    """Returns a mask, 1 where pixels are missing: a hole, or in one of four clips scratches."""
    if draws.random() < 0.25:
        worn = scratches(draws, frames, size, draws.integers(1, 4), draws.uniform(0, 6))
        return (worn > 0).astype("float32")
    side = min(size) * draws.uniform(0.1, 0.5)
    return moving_mask(draws, frames, size, side, draws.choice([0.0, draws.uniform(0.5, 4.0)]))


def _old(video, draws, size):
    """Returns the clip after all sorts of things that happen to films, of this size.

    What came out of the two rounds is made as large as it is shown, worn as film, and coded once
    more in most clips: what is restored comes in a file.
    """
    for last in (False, True):
        steps = [_blurred, _resized, _noisy, _compressed]
        for place in draws.permutation(len(steps)):
            if draws.random() < (0.5 if last else 0.8):
                video = steps[place](video, draws)
    video = resize(video, size, draws.choice(METHODS))
    if draws.random() < 0.5:
        mask = scratches(draws, len(video), size, draws.integers(0, 4), draws.uniform(0, 6))
        video = covered(video, mask, draws.choice([20, 235]))
    return _compressed(video, draws) if draws.random() < 0.75 else video


def _blurred(video, draws):
    if draws.random() < 0.2:
        return blur(video, box_kernel(draws.uniform(1, 4), draws.uniform(0, np.pi)))
    along, across = draws.uniform(0.2, 2.0, 2)
    return blur(video, gaussian_kernel(along, across, draws.uniform(0, np.pi)))


def _resized(video, draws):
    scale = draws.uniform(0.5, 1.2)
    size = [max(round(scale * side), 16) for side in video.shape[1:3]]
    return resize(video, size, draws.choice(METHODS))


def _noisy(video, draws):
    grey = draws.random() < 0.4
    if draws.random() < 0.5:
        return gaussian_noise(video, draws, draws.uniform(1, 20), grey, draws.choice([0.0, 0.7]))
    return poisson_noise(video, draws, 10 ** draws.uniform(1.8, 3.5), grey)


def _coded(video, draws):
    """Returns the clip as a base layer has it, and how coarse that is."""
    standard = draws.choice(list(STANDARD_SHARES), p=list(STANDARD_SHARES.values()))
    how, half = STANDARDS[standard], bool(draws.random() < HALF_SIZED)
    base = Base(standard, fast=True, half=half)
    quantiser = how.best + (how.worst - how.best) * draws.random()
    packets = base.encode(video, quantiser)
    return np.stack(list(base.decode(packets, video.shape[1:3]))), how.level(quantiser, half)


def _compressed(video, draws):
    codec = draws.choice(list(SHARES), p=list(SHARES.values()))
    _, best, worst = CODECS[codec]
    return recompress(video, codec, draws.uniform(best, worst))
