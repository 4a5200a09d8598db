import keras
import numpy as np
import pytest
from keras import ops

from tfvgan import losses

NAMES = sorted(losses.ADVERSARIAL_LOSSES)


@pytest.fixture
def logits():
    random = np.random.default_rng(0)
    return random.normal(size=(6, 5)).astype("float32"), random.normal(size=(6, 5)).astype(
        "float32"
    )


def value(real, fake):
    """V(D, G) as the paper writes it."""
    sigmoid = lambda x: 1 / (1 + np.exp(-x.astype("float64")))  # noqa: E731
    return np.mean(np.log(sigmoid(real))) + np.mean(np.log(1 - sigmoid(fake)))


def test_minimax_is_the_papers_value_and_zero_sum(logits):
    real, fake = logits
    loss = losses.Minimax()
    assert float(loss.discriminator(real, fake)) == pytest.approx(-value(real, fake), rel=1e-5)
    # What G minimises is the part of V that depends on G.
    expected = value(real, fake) - np.mean(np.log(1 / (1 + np.exp(-real))))
    assert float(loss.generator(real, fake)) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "discriminator", "generator"),
    [
        ("minimax", 2 * np.log(2), -np.log(2)),
        ("non_saturating", 2 * np.log(2), np.log(2)),
        ("least_squares", 0.5, 0.5),
        ("hinge", 2.0, 0.0),
        ("wasserstein", 0.0, 0.0),
        ("relativistic", np.log(2), np.log(2)),
    ],
)
def test_at_zero_logits(name, discriminator, generator):
    loss, zero = losses.get(name), np.zeros((3, 2), "float32")
    assert float(loss.discriminator(zero, zero)) == pytest.approx(discriminator, abs=1e-6)
    assert float(loss.generator(zero, zero)) == pytest.approx(generator, abs=1e-6)


def log_sigmoid(x):
    return -np.log1p(np.exp(-x))


PAPERS = {  # What D minimises of (real, fake), and G.
    "minimax": (
        lambda x, y: -log_sigmoid(x).mean() - log_sigmoid(-y).mean(),
        lambda x, y: log_sigmoid(-y).mean(),
    ),
    "non_saturating": (
        lambda x, y: -log_sigmoid(x).mean() - log_sigmoid(-y).mean(),
        lambda x, y: -log_sigmoid(y).mean(),
    ),
    "least_squares": (
        lambda x, y: ((x - 1) ** 2).mean() / 2 + (y**2).mean() / 2,
        lambda x, y: ((y - 1) ** 2).mean() / 2,
    ),
    "hinge": (
        lambda x, y: np.maximum(0, 1 - x).mean() + np.maximum(0, 1 + y).mean(),
        lambda x, y: -y.mean(),
    ),
    "wasserstein": (lambda x, y: y.mean() - x.mean(), lambda x, y: -y.mean()),
    "relativistic": (
        lambda x, y: -log_sigmoid(x - y).mean(),
        lambda x, y: -log_sigmoid(y - x).mean(),
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_they_are_the_papers_formulas(name, logits):
    real, fake = (3 * each.astype("float64") for each in logits)
    loss = losses.get(name)
    found = [float(player(real, fake)) for player in (loss.discriminator, loss.generator)]
    assert found == pytest.approx([paper(real, fake) for paper in PAPERS[name]], rel=1e-5)
    assert loss.relativistic == (name == "relativistic")


@pytest.mark.parametrize("name", NAMES)
def test_the_players_want_opposite_things(name):
    loss, zero, one = losses.get(name), np.zeros((4, 1), "float32"), np.ones((4, 1), "float32")
    assert float(loss.discriminator(one, zero)) < float(loss.discriminator(zero, one))
    assert float(loss.generator(zero, one)) < float(loss.generator(zero, zero))


@pytest.mark.parametrize("name", NAMES)
def test_finite_and_float32_for_huge_half_precision_logits(name):
    loss, huge = losses.get(name), ops.convert_to_tensor([[200.0], [-200.0]], "float16")
    for number in (loss.discriminator(huge, -huge), loss.generator(huge, -huge)):
        assert keras.backend.standardize_dtype(number.dtype) == "float32"
        assert np.isfinite(float(number))


def test_the_relativistic_game_sees_differences_alone(logits):
    real, fake = logits
    loss = losses.Relativistic()
    shifted = float(loss.discriminator(real + 7, fake + 7))
    assert shifted == pytest.approx(float(loss.discriminator(real, fake)), rel=1e-5)
    assert float(loss.generator(real, fake)) == pytest.approx(
        float(loss.discriminator(fake, real)), rel=1e-6
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_config_makes_the_same_loss(name):
    loss = losses.get(name)
    config = keras.saving.serialize_keras_object(loss)
    assert type(keras.saving.deserialize_keras_object(config)) is type(loss)
    assert losses.get(loss) is loss


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(ValueError, match="minimax.*relativistic, but is 'ns'"):
        losses.get("ns")


@pytest.mark.parametrize(
    ("name", "boundary"),
    [("minimax", 0.0), ("non_saturating", 0.0), ("least_squares", 0.5), ("hinge", 0.0)],
)
def test_the_boundary_is_what_a_discriminator_says_that_cannot_tell(name, boundary):
    """Real and fake being alike, its loss is least there, and as much higher on either side."""
    loss = losses.get(name)
    alike = [loss.discriminator(logit, logit) for logit in np.float32(boundary + np.r_[-2:3])]
    np.testing.assert_allclose(alike, alike[::-1], rtol=1e-6)
    assert loss.boundary == boundary and min(alike) == alike[2] < alike[0]
    np.testing.assert_allclose(loss.margin(np.float32([boundary + 3.0]), None), [3.0])


def test_a_margin_is_over_fakes_or_over_nothing(logits):
    real, fake = logits
    np.testing.assert_allclose(losses.Relativistic().margin(real, fake), real - fake)
    assert losses.Relativistic().boundary == 0.0 and losses.Wasserstein().boundary is None
    assert losses.AdversarialLoss().boundary is None
