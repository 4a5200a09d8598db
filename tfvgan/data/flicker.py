"""Videos that flicker as those of tools that know one frame do, beside the same without flicker.

Each kind has numbers that a tool would choose for a frame. They are drawn anew for every frame of
what flickers; of its steady twin they are the mean.
"""

import numpy as np

from tfvgan.data.degrade import gaussian_noise, jpeg
from tfvgan.data.styles import STYLES, styled
from tfvgan.data.styles.smoothing import blurred
from tfvgan.video import LUMA

LOOKS = {"none": 0.2, "style": 0.2, "texture": 0.35, "sharpness": 0.25}
COLOURED = 0.5  # Of the clips have colours that flicker,
COMPRESSED = 0.25  # and are JPEGs of other qualities.
DRIFT = 0.3  # Of a frame's step, what colours keep: the rest is new each time.


def flickering(video: np.ndarray, draws: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Returns the video as a tool may leave it, flickering, and its steady twin.

    A look is drawn, for all frames the same but for what jitters: none; one of our styles, of
    frames with noise; textures, a small random network of frames with noise; sharpness, more and
    less of it in places. Then colours and exposure may jitter, and each frame may be a JPEG of a
    quality of its own. Of two kinds that may be left out, one at least is there.

    Args:
        video: uint8 `(t, h, w, 3)`.
        draws: `numpy.random.Generator`; all is a function of what it draws.

    Returns:
        both uint8 `(t, h, w, 3)`.
    """
    look = draws.choice(list(LOOKS), p=list(LOOKS.values()))
    flicker, steady = {
        "none": _plain,
        "style": _painted,
        "texture": _textured,
        "sharpness": _sharpened,
    }[look](video, draws)
    if look == "none" or draws.random() < COLOURED:
        flicker, steady = _coloured(flicker, steady, draws)
    if draws.random() < COMPRESSED:
        qualities = draws.integers(15, 90, len(flicker))
        flicker = np.stack([jpeg(frame, q) for frame, q in zip(flicker, qualities, strict=True)])
    return flicker, steady


def _plain(video, draws):
    return video, video


def _painted(video, draws):
    """Returns the frames in a style, as much of it as jitters, of frames with noise; and steady."""
    style = draws.choice(list(STYLES))
    strength, jitter = draws.uniform(0.5, 1.0), draws.uniform(0.0, 0.2)
    strengths = np.clip(strength + jitter * draws.normal(size=len(video)), 0.2, 1.0)
    noisy = gaussian_noise(video, draws, draws.uniform(0.5, 6.0))
    flicker = styled(noisy, style, strengths[:, None, None, None].astype("float32"))
    return flicker, styled(video, style, np.float32(strengths.mean()))


def _textured(video, draws):
    """Returns the frames through waves of random filters, whose phases jitter; and steady.

    It stands for networks that paint: what they make of a pixel is a function of those around,
    with steep slopes, so that noise decides.
    """
    count, reach = 8, int(draws.integers(1, 3))
    filters = draws.normal(size=(3, count)) / np.sqrt(3)
    spread = draws.uniform(0.6, 1.5) * reach
    smooth = draws.uniform(0.4, 1.4)
    steep = draws.uniform(2.0, 9.0)
    phases = draws.uniform(0, 2 * np.pi, count)
    colours = draws.normal(size=(count, 3)) * draws.uniform(0.05, 0.2) / np.sqrt(count / 4)
    keep = draws.uniform(0.5, 1.0)
    jitter = draws.uniform(0.0, 0.8)

    def painted(frames, shift):
        light = blurred(frames.astype("float32") / 255, smooth)
        # What changes most around a place, beside what is there: edges become waves.
        detail = light - blurred(light, spread)
        waves = np.sin(steep * (light + 4.0 * detail) @ filters + phases + shift)
        return _to_uint8(255 * (0.5 + keep * (light - 0.5) + waves @ colours))

    shifts = jitter * draws.normal(size=(len(video), 1, 1, count))
    noisy = gaussian_noise(video, draws, draws.uniform(1.0, 8.0))
    return painted(noisy, shifts), painted(video, 0.0)


def _sharpened(video, draws):
    """Returns the frames sharper or smoother, by other amounts in each place; and by the mean."""
    sigma, mean = draws.uniform(0.7, 1.6), draws.uniform(-0.4, 1.2)
    jitter, grain = draws.uniform(0.1, 0.6), draws.uniform(0.0, 6.0)
    side = max(2, min(video.shape[1:3]) // 16)
    rough = draws.normal(size=(len(video), side, side, 1))
    places = [np.linspace(0, side - 1, extent).round().astype(int) for extent in video.shape[1:3]]
    amounts = mean + jitter * blurred(rough[:, places[0]][:, :, places[1]].astype("float32"), 4.0)
    detail = video - blurred(video.astype("float32"), sigma)
    noise = draws.standard_normal(video.shape[:3], "float32")[..., None]
    invented = grain * noise * np.clip(np.abs(detail) / 12, 0, 1)  # Where there is detail already.
    return _to_uint8(video + amounts * detail + invented), _to_uint8(video + mean * detail)


def _coloured(flicker, steady, draws):
    """Returns both in other colours: of the one by numbers that jitter, of the other their mean."""
    frames, size = len(flicker), draws.uniform(0.02, 0.15)
    steps = draws.normal(size=(frames, 8))
    walk = np.cumsum(steps, axis=0)
    numbers = size * (steps + DRIFT * (walk - walk.mean(0)) / np.sqrt(frames))
    base = 0.1 * draws.normal(size=8)

    def shown(video, jitter):
        numbers = (base + jitter).astype("float32")[:, None, None]
        gains, each = numbers[..., :3], (numbers[..., n : n + 1] for n in range(3, 8))
        exposure, gamma, lift, colourful, contrast = each
        made = video.astype("float32") / 255 * (1 + 0.5 * gains) * (1 + exposure)
        made = np.clip(made, 0, 1) ** np.exp(gamma) + 0.3 * lift
        grey = made @ LUMA
        made = grey + (1 + colourful) * (made - grey)
        return _to_uint8(255 * (0.5 + (1 + contrast) * (made - 0.5)))

    return shown(flicker, numbers), shown(steady, np.zeros((1, 8)))


def _to_uint8(levels):
    return np.clip(np.rint(levels), 0, 255).astype("uint8")
