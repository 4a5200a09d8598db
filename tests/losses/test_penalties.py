import keras
import numpy as np
import pytest
from keras import ops

from tfvgan import losses

SHAPE = (4, 3, 2, 2, 3)
SLOPE = np.random.default_rng(0).normal(size=SHAPE[1:]).astype("float32")
SQUARED_NORM = float((SLOPE**2).sum())


class Linear:
    """D(x) = <slope, x>: its gradient is `slope` everywhere."""

    def __init__(self, slope):
        self.slope = slope

    def __call__(self, video):
        return ops.sum(video * self.slope, axis=(1, 2, 3, 4))

    def gradient(self, video):
        return ops.broadcast_to(self.slope, video.shape)


class Numpy:
    """Draws from a numpy generator."""

    def __init__(self, seed=0):
        self.random = np.random.default_rng(seed)

    def uniform(self, shape):
        return self.random.uniform(size=shape).astype("float32")

    def normal(self, shape):
        return self.random.normal(size=tuple(shape)).astype("float32")


def videos(count=SHAPE[0]):
    random = np.random.default_rng(1)
    return [random.uniform(-1, 1, (count, *SHAPE[1:])).astype("float32") for _ in range(2)]


def test_a_critic_of_unit_slope_has_no_gradient_penalty():
    unit = Linear(SLOPE / np.sqrt(SQUARED_NORM))
    assert float(losses.GradientPenalty()(unit, *videos(), Numpy())) == pytest.approx(0, abs=1e-6)


def test_the_gradient_penalty_of_a_steeper_critic():
    double = Linear(2 * SLOPE / np.sqrt(SQUARED_NORM))
    assert float(losses.GradientPenalty(10.0)(double, *videos(), Numpy())) == pytest.approx(10.0)


def test_the_gradient_penalty_looks_between_real_and_fake():
    class Recorder(Linear):
        def gradient(self, video):
            self.seen = np.asarray(video)
            return super().gradient(video)

    critic, (real, fake) = Recorder(SLOPE), videos()
    losses.GradientPenalty()(critic, real, fake, Numpy())
    low, high = np.minimum(real, fake), np.maximum(real, fake)
    assert (critic.seen >= low - 1e-6).all()
    assert (critic.seen <= high + 1e-6).all()


def test_r1_is_half_the_weighted_squared_slope():
    assert float(losses.R1(3.0)(Linear(SLOPE), *videos(), None)) == pytest.approx(
        1.5 * SQUARED_NORM, rel=1e-5
    )


@pytest.mark.parametrize(("on", "sides"), [("real", 1), ("fake", 1), ("both", 2)])
def test_finite_differences_estimate_r1_and_r2_without_bias(on, sides):
    penalty = losses.FiniteDifference(weight=3.0, on=on)
    estimate = float(penalty(Linear(SLOPE), *videos(20000), Numpy()))
    assert estimate == pytest.approx(sides * 1.5 * SQUARED_NORM, rel=0.05)


@pytest.mark.parametrize(
    "penalty",
    [
        losses.GradientPenalty(5.0),
        losses.R1(2.0, every=16),
        losses.FiniteDifference(1.0, every=2, scale=0.1, on="fake"),
    ],
)
def test_the_config_makes_the_same_penalty(penalty):
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(penalty))
    assert type(again) is type(penalty)
    assert again.get_config() == penalty.get_config()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: losses.R1(-1.0), "weight >= 0 and every >= 1.*weight=-1.0"),
        (lambda: losses.R1(every=0), "every=0"),
        (lambda: losses.FiniteDifference(on="all"), '"real", "fake" or "both", but is \'all\''),
    ],
)
def test_bad_arguments_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_what_is_not_a_penalty_is_refused():
    r1 = losses.R1()
    assert losses.as_penalties(None) == ()
    assert losses.as_penalties(r1) == losses.as_penalties([r1]) == (r1,)
    with pytest.raises(ValueError, match="or a list of them, but holds 'r1'"):
        losses.as_penalties("r1")


@pytest.mark.parametrize(("step", "times"), [(0, 4), (1, 0), (4, 4)])
def test_a_lazy_penalty_takes_its_turn(step, times):
    once = float(losses.R1()(Linear(SLOPE), *videos(), None))
    step = ops.convert_to_tensor(step, "int64")
    total = losses.total_penalty((losses.R1(every=4),), step, Linear(SLOPE), *videos(), None)
    assert float(total) == pytest.approx(times * once)
