import keras
import numpy as np
import pytest
from keras import ops

from tfvgan import losses
from tfvgan.losses.penalties import PENALTIES

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


class Bowl:
    """D(x) = |x|^2 / 2, as two logits a clip: its gradient is the video, unlike at each place."""

    def __call__(self, video):
        return ops.sum(ops.reshape(video, (len(video), 2, -1)) ** 2, axis=-1) / 2

    def gradient(self, video):
        return video


class Numpy:
    """Draws from a numpy generator, and keeps what was drawn."""

    def __init__(self, seed=0):
        self.random = np.random.default_rng(seed)
        self.drawn = []

    def _keep(self, numbers):
        self.drawn.append(numbers.astype("float32"))
        return self.drawn[-1]

    def uniform(self, shape):
        return self._keep(self.random.uniform(size=shape))

    def normal(self, shape):
        return self._keep(self.random.normal(size=tuple(shape)))


def squares(videos):
    return (videos.astype("float64") ** 2).sum(axis=(1, 2, 3, 4))


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


@pytest.mark.parametrize("weight", [10.0, 3.0])
def test_the_gradient_penalty_is_of_one_mixture_a_clip(weight):
    """`weight * E[(|u x + (1 - u) y| - 1)^2]`, since the bowl's slope is where one stands."""
    (real, fake), draws = videos(), Numpy()
    found = float(losses.GradientPenalty(weight)(Bowl(), real, fake, draws))
    (mix,) = draws.drawn
    assert mix.shape == (len(real), 1, 1, 1, 1)
    norms = np.sqrt(squares(mix * real + (1 - mix) * fake))
    assert found == pytest.approx(weight * ((norms - 1) ** 2).mean(), rel=1e-5)


def test_a_flat_critic_has_a_gradient_penalty_of_its_weight():
    assert float(losses.GradientPenalty(5.0)(Linear(0 * SLOPE), *videos(), Numpy())) == (
        pytest.approx(5.0, rel=1e-4)
    )


def test_r1_is_half_the_squared_slope_at_the_real_videos():
    real, fake = videos()
    found = float(losses.R1(3.0)(Bowl(), real, fake, None))
    assert found == pytest.approx(1.5 * squares(real).mean(), rel=1e-5)


@pytest.mark.parametrize("on", ["real", "fake", "both"])
def test_finite_differences_are_of_the_videos_that_they_are_on(on):
    """`(D(x + s e) - D(x)) / s = <x, e> + s |e|^2 / 2` in the bowl, over all logits."""
    real, fake = videos()
    draws, scale = Numpy(), 0.5
    penalty = losses.FiniteDifference(3.0, scale=scale, on=on)
    found = float(penalty(Bowl(), real, fake, draws))
    sides, wanted = {"real": [real], "fake": [fake], "both": [real, fake]}[on], 0.0
    for side, e in zip(sides, draws.drawn, strict=True):
        slope = (side * e).sum(axis=(1, 2, 3, 4)) + scale * squares(e) / 2
        wanted += 1.5 * (slope**2).mean()
    assert found == pytest.approx(wanted, rel=1e-4)


def test_penalties_weigh_as_their_papers_say_and_may_weigh_nothing():
    assert losses.GradientPenalty().get_config() == {"weight": 10.0, "every": 1}
    assert losses.R1().get_config() == {"weight": 1.0, "every": 1}
    small = {"weight": 1.0, "every": 1, "scale": 0.01, "on": "both"}
    assert losses.FiniteDifference().get_config() == small
    assert float(losses.R1(0.0)(Bowl(), *videos(), None)) == 0.0


def test_each_penalty_counts_in_the_total_with_real_and_fake_where_they_belong():
    real, fake = videos()
    pair = losses.R1(2.0), losses.FiniteDifference(2.0, on="fake")
    step = ops.convert_to_tensor(3, "int64")
    total = float(losses.total_penalty(pair, step, Bowl(), real, fake, Numpy()))
    alone = [float(penalty(Bowl(), real, fake, Numpy())) for penalty in pair]
    assert total == pytest.approx(sum(alone), rel=1e-6)


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


def test_penalties_by_name_are_of_the_usual_strength_and_as_often():
    made = {name: make() for name, make in PENALTIES.items()}
    assert made.pop("none") is None
    assert {name: (type(one), one.weight, one.every) for name, one in made.items()} == {
        "r1": (losses.R1, 1.0, 16),
        "finite_difference": (losses.FiniteDifference, 1.0, 4),
        "gradient_penalty": (losses.GradientPenalty, 10.0, 1),
    }
    assert losses.Penalty(2.0).every == 1


@pytest.mark.parametrize(
    ("every", "step", "times"), [(4, 0, 4), (4, 1, 0), (4, 4, 4), (2, 1, 0), (2, 2, 2), (1, 3, 1)]
)
def test_a_lazy_penalty_takes_its_turn(every, step, times):
    once = float(losses.R1()(Linear(SLOPE), *videos(), None))
    step = ops.convert_to_tensor(step, "int64")
    total = losses.total_penalty((losses.R1(every=every),), step, Linear(SLOPE), *videos(), None)
    assert float(total) == pytest.approx(times * once)
