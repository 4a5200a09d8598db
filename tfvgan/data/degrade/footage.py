"""Footage as people have it: what a camera, an editor and a site did to it, drawn and then done.

What happens is drawn first, as a `Past`, and can be looked at; so how often what happens is known.
"""

from typing import NamedTuple

import numpy as np

from tfvgan.data.degrade.blur import blur, gaussian_kernel
from tfvgan.data.degrade.camera import coarse_colours, haloed
from tfvgan.data.degrade.compression import CODECS, recompress
from tfvgan.data.degrade.fields import LEFTOVERS, deinterlaced_poorly
from tfvgan.data.degrade.noise import gaussian_noise, poisson_noise
from tfvgan.data.resize import METHODS, resize

UNTOUCHED = 0.1  # Share of clips to which nothing happens.
MILD = 0.45  # Of those that suffer little; as many suffer much.
LAST = {  # Shares of the encoders of files that people have.
    "libx264": 0.46,
    "libx265": 0.12,
    "libvpx-vp9": 0.12,
    "mpeg4": 0.1,
    "mpeg2video": 0.1,
    "mjpeg": 0.06,
    "libvpx": 0.04,
}
FIRST = {"libx264": 0.4, "mpeg4": 0.2, "mpeg2video": 0.2, "mjpeg": 0.2}  # And of those of cameras.
SHRINKING = (0.2, 0.15, 0.45, 0.2)  # Shares of `METHODS`, by which frames are made smaller.
CENTRE = 0.42  # Of all qualities, from the best to the worst, what parts mild ones from hard ones.


class Recoding(NamedTuple):
    """One encoder, and what it is told: see `recompress`."""

    codec: str
    quality: float
    finer: bool
    slower: bool


class Past(NamedTuple):
    """What happened to a clip, in the order in which it does; None or 0 is what did not.

    Attributes:
        kind: "untouched", "mild" or "hard".
        method: of `METHODS`, by which frames are made smaller.
        blur: deviation in pixels of a lens out of focus, before they are.
        noise: deviation in levels of a sensor's noise at middle grey.
        photons: whether bright places are noisier.
        grain: correlation of neighbours in it.
        halos: amount and width of a camera's sharpening, see `haloed`.
        fields: what is left of interlacing, of `LEFTOVERS`, and how much.
        colours: arguments of `coarse_colours`.
        rescaled: times that frames are larger in the first generation, 1 for as large.
        generations: tuple of `Recoding`, none, one or two.
    """

    kind: str
    method: str
    blur: float = 0.0
    noise: float = 0.0
    photons: bool = False
    grain: float = 0.0
    halos: tuple | None = None
    fields: tuple | None = None
    colours: dict | None = None
    rescaled: float = 1.0
    generations: tuple = ()


def draw_past(draws: np.random.Generator) -> Past:
    """Returns the `Past` of a clip: of ten clips one is untouched, and as many mild as hard."""
    kind = draws.choice(["untouched", "mild", "hard"], p=[UNTOUCHED, MILD, 1 - UNTOUCHED - MILD])
    method = str(draws.choice(METHODS, p=SHRINKING))
    if kind == "untouched":
        return Past("untouched", method)
    hard = kind == "hard"

    def happens(mild_share, hard_share):
        return draws.random() < (hard_share if hard else mild_share)

    past = Past(str(kind), method)
    if happens(0.15, 0.35):
        past = past._replace(blur=draws.uniform(0.3, 1.6 if hard else 0.8))
    if happens(0.3, 0.6):
        noise = draws.uniform(3.0, 18.0) if hard else draws.uniform(0.5, 4.0)
        grain = draws.choice([0.0, draws.uniform(0.2, 0.8)])
        past = past._replace(noise=noise, photons=bool(draws.random() < 0.6), grain=float(grain))
    if happens(0.15, 0.35):
        amount = draws.uniform(0.4, 1.5) if hard else draws.uniform(0.1, 0.5)
        past = past._replace(halos=(amount, draws.uniform(0.6, 1.8)))
    if happens(0.04, 0.15):
        share = draws.uniform(0.5, 1.0) if hard else draws.uniform(0.1, 0.4)
        past = past._replace(fields=(str(draws.choice(LEFTOVERS)), share))
    if happens(0.15, 0.35):
        past = past._replace(colours=_drawn_colours(draws, hard))
    twice = happens(0.2, 0.5)
    if twice and draws.random() < 0.4:
        past = past._replace(rescaled=float(np.exp(draws.uniform(np.log(0.6), np.log(1.5)))))
    shares = [FIRST, LAST] if twice else [LAST]
    return past._replace(generations=tuple(_drawn(draws, each, hard) for each in shares))


def _drawn_colours(draws, hard):
    """Returns how colours suffer; tapes smear them, too."""
    across, down = [(2, 2), (4, 1), (2, 1), (1, 1)][draws.integers(4)]
    most = 1.5 if hard else 0.5
    tape = hard and draws.random() < 0.4
    return {
        "across": across,
        "down": down,
        "shift": (float(draws.uniform(-most, most) / 2), float(draws.uniform(-most, most))),
        "smear": float(draws.uniform(1.0, 4.0)) if tape else 0.0,
        "smooth": bool(draws.random() < 0.7),
    }


def _drawn(draws, shares, hard):
    """Returns a drawn `Recoding`, of the better qualities or of the worse."""
    codec = str(draws.choice(list(shares), p=list(shares.values())))
    place = draws.uniform(CENTRE, 1.0) if hard else draws.uniform(0.0, CENTRE)
    _, best, worst = CODECS[codec]
    finer = bool(draws.random() < (0.5 if codec == "mjpeg" else 0.05))
    slower = bool(draws.random() < 0.5)
    return Recoding(codec, float(best + place * (worst - best)), finer, slower)


def relived(
    video: np.ndarray, past: Past, draws: np.random.Generator, size: tuple[int, int]
) -> np.ndarray:
    """Returns the clip after its past, uint8 `(t, *size, 3)`.

    Args:
        video: uint8 `(t, h, w, 3)`.
        past: of `draw_past`.
        draws: `numpy.random.Generator`, of the noise.
        size: `(height, width)` that it is made smaller to, if it is larger.
    """
    if past.blur:
        video = blur(video, gaussian_kernel(past.blur * video.shape[1] / size[0]))
    if tuple(video.shape[1:3]) != tuple(size):
        video = resize(video, size, past.method)
    if past.noise:
        video = _noisy(video, past, draws)
    if past.halos:
        video = haloed(video, *past.halos)
    if past.fields:
        video = deinterlaced_poorly(video, *past.fields)
    if past.colours:
        video = coarse_colours(video, **past.colours)
    for number, generation in enumerate(past.generations):
        last = number == len(past.generations) - 1
        if past.rescaled != 1 and not last:
            other = [max(round(past.rescaled * side / 2) * 2, 16) for side in size]
            video = resize(recompress(resize(video, other), **generation._asdict()), size)
        else:
            video = recompress(video, **generation._asdict())
    return video


def _noisy(video, past, draws):
    """Returns the clip with a sensor's noise; that of photons has this deviation at middle grey."""
    if past.photons:
        return poisson_noise(video, draws, photons=0.5 * (255 / past.noise) ** 2)
    return gaussian_noise(video, draws, past.noise, grain=past.grain)
