"""Lost detail: what is fainter counts, what is clearer does not, and what is added hides it."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.losses import detail, lost_detail

DRAWS = np.random.default_rng(0)
SMALL = DRAWS.normal(0, 0.3, (2, 8, 8, 3)).astype("float32")
REAL = tf.image.resize(SMALL, (64, 64), "bicubic").numpy()
NOISE = DRAWS.normal(0, 1, REAL.shape).astype("float32")


def lost(made, real=REAL):
    return float(lost_detail(made, real))


def paper(made, real):
    """Returns what is kept and all there is, as the paper has it, in float64: place after place."""
    made, real = (each.astype("float64") @ [0.299, 0.587, 0.114] * 219 / 2 for each in (made, real))
    kept = whole = 0.0
    for seen in 1 / np.array(detail.THRESHOLDS):
        (made, added), (real, own) = waves(made), waves(real)
        share = np.clip(added * own / (own**2 + 1e-3), 0, 1)
        added = np.abs(added - share * own) * seen
        masked = np.zeros(real.shape)
        for y, x in np.ndindex(real.shape):
            near = added[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
            masked[y, x] = (9 * near.mean((0, 1)) + added[y, x]).sum() / 30
        floor = real.size / 32
        for one in range(3):
            clear = np.maximum(share[..., one] * np.abs(own[..., one] * seen[one]) - masked, 0)
            kept += (clear**3).sum() ** (1 / 3) + floor ** (1 / 3)
            whole += (np.abs(own[..., one] * seen[one]) ** 3).sum() ** (1 / 3) + floor ** (1 / 3)
    return kept, whole


def thresholds():
    """Watson et al. 1997, eq. 8, doubled: what is seen 3 heights away from 1080 lines."""
    lines_a_degree = 3 * 1080 * np.pi / 180
    amplitudes = [(0.67234, 0.72709), (0.41317, 0.49428), (0.22727, 0.28688), (0.11792, 0.15214)]
    found = []
    for scale, (straight, diagonal) in enumerate(amplitudes, start=1):
        sizes = [
            2 * 0.495 / size * 10 ** (0.466 * np.log10(2**scale * 0.401 * g / lines_a_degree) ** 2)
            for size, g in ((straight, 1.0), (diagonal, 0.534))
        ]
        found.append((sizes[0], sizes[0], sizes[1]))
    return found


def waves(picture):
    """Returns the half-size picture, and details: Daubechies' wavelets, 4 taps, in closed form."""
    root = np.sqrt(3)
    low = np.array([1 + root, 3 + root, 3 - root, 1 - root]) / np.sqrt(32)
    high = low[::-1] * [1, -1, 1, -1]
    height, width = picture.shape
    wide = np.pad(picture, ((1, 2), (1, 2)), "symmetric")
    rows = {id(a): sum(a[k] * wide[k : k + height : 2] for k in range(4)) for a in (low, high)}
    both = [
        sum(b[k] * rows[id(a)][:, k : k + width : 2] for k in range(4))
        for a in (low, high)
        for b in (low, high)
    ]
    return both[0], np.stack(both[1:], axis=-1)


def test_thresholds_are_those_of_the_formula():
    np.testing.assert_allclose(detail.THRESHOLDS, thresholds(), rtol=2e-3)


@pytest.mark.parametrize("noise", [0.0, 0.02, 0.2])
def test_it_is_the_paper_s_measure(noise):
    grain = REAL[:1] + 0.1 * NOISE[:1]  # Detail of all scales and directions.
    made = 0.8 * grain + noise * NOISE[1:]
    for part in (np.s_[:], np.s_[:, :33, :47]):
        kept, whole = paper(made[part][0], grain[part][0])
        assert lost(made[part], grain[part]) == pytest.approx(1 - kept / whole, abs=1e-5)


def test_pictures_of_a_batch_count_by_the_detail_that_they_have():
    """So that one of flat grey, whose own share would be of nothing, does not count."""
    real = np.array([1.0, 0.5, 0.0], "float32")[:, None, None, None] * REAL[:1]
    made = np.array([0.5, 0.9, 1.0], "float32")[:, None, None, None] * real
    kept, whole = np.sum([paper(*pair) for pair in zip(made, real)], axis=0)
    assert lost(made, real) == pytest.approx(1 - kept / whole, abs=1e-4)


def test_nothing_is_lost_of_equals_and_all_of_what_is_flat():
    assert lost(REAL) == pytest.approx(0, abs=0.01)
    assert lost(0 * REAL) > 0.6
    assert lost(REAL + 0.2) == pytest.approx(lost(REAL), abs=0.01)  # Brightness is no detail.


def test_the_fainter_the_more_and_clearer_gains_nothing():
    faint = [lost(share * REAL) for share in (0.9, 0.7, 0.5, 0.2)]
    assert faint == sorted(faint) and faint[0] > lost(REAL) + 0.02
    assert faint[2] == pytest.approx(0.5 * lost(0 * REAL), rel=0.2)
    assert lost(1.2 * REAL) >= lost(REAL) - 1e-3


def test_noise_hides_detail():
    hidden = [lost(REAL + much * NOISE) for much in (0.0, 0.03, 0.1, 0.3)]
    assert hidden == sorted(hidden) and hidden[-1] > hidden[0] + 0.05


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_it_has_a_gradient_and_that_leads_down(share):
    with tf.GradientTape() as tape:
        made = tf.Variable(share * REAL)
        loss = lost_detail(made, tf.constant(REAL))
    down = tape.gradient(loss, made).numpy()
    assert np.isfinite(down).all()
    if 0 < share < 1:
        assert lost(made.numpy() - 1e-2 * down / np.abs(down).max()) < float(loss)


@pytest.mark.parametrize("size", [(1, 33, 47, 3), (3, 128, 64, 3)])
def test_any_size(size):
    picture = DRAWS.normal(0, 0.3, size).astype("float32")
    assert 0 <= lost(0.8 * picture, picture) <= 1
