import keras
import numpy as np
import pytest
import tensorflow as tf
import toy
from same import assert_same_weights

from tfvgan import losses
from tfvgan.engine import AdaptiveAugment, DiffAugment, Draws

GAMES = {
    "default": {},
    "wasserstein": {"adversarial_loss": "wasserstein", "penalty": losses.GradientPenalty()},
    "relativistic": {
        "adversarial_loss": "relativistic",
        "penalty": [losses.R1(every=2), losses.FiniteDifference(on="fake")],
        "clip_norm": 1.0,
    },
    "augmented": {
        "adversarial_loss": "hinge",
        "discriminator_steps": 2,
        "augment": "color,translation,cutout",
        "loss_weights": {"brightness": 2.0},
    },
    "adaptive": {
        "adversarial_loss": "relativistic",
        "augment": AdaptiveAugment("color", target=0.1, clips=100),
    },
    "at rest": {"loss_weights": {"adversarial": 0.0}, "penalty": losses.R1()},
    "float16": {"mixed_precision": "mixed_float16", "penalty": losses.R1(), "moving_average": 0.0},
}


# Between them these hold all that a file keeps beside weights: lazy penalties, p, the loss scale.
QUICK = ("relativistic", "adaptive", "float16")
SLOW = [pytest.param(game, marks=pytest.mark.slow) for game in GAMES if game not in QUICK]


@pytest.mark.parametrize("game", [*QUICK, *SLOW])
def test_resuming_from_a_file_equals_never_having_stopped(game, tmp_path):
    one = toy.model(**GAMES[game])
    one.augment_p.assign(0.5)
    history = one.fit(toy.dataset(), epochs=1, verbose=0).history
    assert all(np.isfinite(values).all() for values in history.values())
    one.save(tmp_path / "model.keras")
    other = keras.models.load_model(tmp_path / "model.keras")
    assert int(other.step) == int(one.step) == 4
    assert (float(one.augment_p) != 0.5) == (game == "adaptive")
    assert other.get_compile_config() == one.get_compile_config()
    for model in (one, other):
        model.fit(toy.dataset(seed=1), epochs=1, verbose=0)
    assert_same_weights(one, other)
    assert one.evaluate(toy.dataset(), verbose=0) == other.evaluate(toy.dataset(), verbose=0)


def test_what_is_judged_is_the_same_to_the_bit_each_time():
    model = toy.model()
    found = [tuple(model.evaluate(toy.dataset(), verbose=0)) for _ in range(12)]
    assert len(set(found)) == 1


def test_a_game_at_rest_trains_the_terms_alone():
    model = toy.model(loss_weights={"adversarial": 0.0}, penalty=losses.R1())
    before = model.discriminator.get_weights()
    logs = model.fit(toy.dataset(), epochs=8, verbose=0).history
    assert set(logs) == {"loss", "g_gradient_norm", "brightness"}
    assert logs["loss"] == logs["brightness"]
    assert logs["brightness"][-1] < logs["brightness"][0] - 0.05
    for ours, theirs in zip(model.discriminator.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    judged = model.evaluate(toy.dataset(), verbose=0, return_dict=True)
    assert set(judged) == {"loss", "brightness"}


class Telling(toy.Toy):
    """Puts more than the video into the batch, tells the logs more, and counts its steps."""

    tells = {"spread": None}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False)
        self.read = []

    def make(self, batch, draws, training=True):
        video, batch = super().make(batch, draws, training)
        return video, {**batch, "made": video, "training": training}

    def discriminator_inputs(self, video, batch):
        self.read.append(batch["training"])
        return video

    def generator_losses(self, batch, fake):
        spread = tf.math.reduce_std(batch["made"]) + 0.0 * tf.reduce_sum(fake)
        return {**super().generator_losses(batch, fake), "spread": spread}

    def adapt(self, batch):
        self.count.assign_add(tf.reduce_max(tf.abs(batch["made"])) * 0.0 + 1.0)


def test_what_is_made_beside_the_video_reaches_players_terms_and_what_adapts():
    model = Telling(toy.generator(), toy.discriminator())
    model.compile(discriminator_steps=2, run_eagerly=True)
    logs = model.fit(toy.dataset(), verbose=0).history
    assert logs["spread"][0] > 0 and set(model.loss_weights) == {"adversarial", "brightness"}
    assert float(model.count) == int(model.step) == 4 and all(model.read)
    judged = model.evaluate(toy.dataset(), verbose=0, return_dict=True)
    assert judged["spread"] > 0 and float(model.count) == 4 and not model.read[-1]


@keras.saving.register_keras_serializable(package="tests")
class Judging(toy.Toy):
    """Its discriminator has a term of its own, and learns by the game alone what its head is."""

    discriminator_terms = ("height",)

    def discriminator_losses(self, batch, fake, training=True):
        return {"height": tf.reduce_mean(tf.square(self.discriminator(batch["video"]) - 3.0))}

    def learner(self, inputs, training=True):
        *trunk, head = self.discriminator.layers
        for layer in trunk:
            inputs = layer(inputs)
        return head(tf.stop_gradient(inputs))


def judging(**weights):
    keras.utils.set_random_seed(0)
    model = Judging(toy.generator(), toy.discriminator())
    model.compile(loss_weights=weights, run_eagerly=True)
    return model


def moved(network, before):
    return [bool((new != old).any()) for new, old in zip(network.get_weights(), before)]


def test_a_discriminator_learns_its_own_terms_without_a_game_and_the_generator_rests():
    model = judging(adversarial=0.0, brightness=0.0)
    before = [each.get_weights() for each in (model.generator, model.discriminator)]
    logs = model.fit(toy.dataset(), epochs=8, verbose=0).history
    assert set(logs) == {"loss", "height", "brightness", "d_gradient_norm"}
    assert logs["loss"] == logs["height"] and logs["height"][-1] < logs["height"][0] - 0.1
    assert all(moved(model.discriminator, before[1]))
    trained = [bool(x.trainable) for x in model.generator.weights]
    assert not any(m and t for m, t in zip(moved(model.generator, before[0]), trained))
    judged = model.evaluate(toy.dataset(), verbose=0, return_dict=True)
    assert set(judged) == {"loss", "height", "brightness"} and judged["loss"] == judged["height"]


def test_terms_of_both_players_are_weighed_and_each_minimises_its_own():
    model = judging(height=2.0, brightness=0.5)
    logs = model.fit(toy.dataset(8, 8), verbose=0).history
    parts = {name: logs[name][0] for name in ("g_loss", "brightness", "height")}
    total = parts["g_loss"] + 0.5 * parts["brightness"] + 2.0 * parts["height"]
    assert logs["loss"][0] == pytest.approx(total, rel=1e-5)
    alone, beside = (judging(height=weight, brightness=0.0) for weight in (0.0, 1e3))
    for each in (alone, beside):
        each.fit(toy.dataset(8, 8), verbose=0)
    assert any(moved(alone.discriminator, beside.discriminator.get_weights()))


def test_a_discriminator_may_learn_a_part_of_itself_by_the_game():
    """Its trunk stands; what the generator learns goes through all of it."""
    model = judging(height=0.0)
    before = [each.get_weights() for each in (model.generator, model.discriminator)]
    logs = model.fit(toy.dataset(), verbose=0).history
    assert moved(model.discriminator, before[1]) == [False, False, True, True]
    assert any(moved(model.generator, before[0])) and logs["g_gradient_norm"][0] > 0


def test_both_players_and_the_average_move():
    model = toy.model(run_eagerly=True)
    before = {n: getattr(model, n).get_weights() for n in ("generator", "discriminator", "average")}
    model.fit(toy.dataset(), verbose=0)
    for name, weights in before.items():
        after = getattr(model, name).get_weights()
        assert any((x != y).any() for x, y in zip(weights, after)), name


def test_each_player_is_updated_by_its_own_optimizer_alone():
    zero = keras.optimizers.SGD(0.0)
    model = toy.model(generator_optimizer=zero, discriminator_optimizer="adam", run_eagerly=True)
    before = [v.numpy() for v in model.generator.trainable_variables]
    model.fit(toy.dataset(), verbose=0)
    for x, y in zip(before, model.generator.trainable_variables):
        np.testing.assert_array_equal(x, y)


def test_the_discriminator_climbs_and_the_generator_descends_the_value():
    """Against a still opponent, D raises V and G lowers it: max over D, min over G."""
    data = toy.dataset(count=4, batch_size=4)
    still, moving = keras.optimizers.SGD(0.0), keras.optimizers.Adam(1e-2)

    def value(model):  # V = -d_loss for the minimax loss.
        return -model.evaluate(data, verbose=0, return_dict=True)["d_loss"]

    climbing = toy.model(
        generator_optimizer=still, discriminator_optimizer=moving, adversarial_loss="minimax"
    )
    first = value(climbing)
    climbing.fit(data, epochs=20, verbose=0)
    assert value(climbing) > first + 0.1

    still, moving = keras.optimizers.SGD(0.0), keras.optimizers.Adam(1e-2)
    descending = toy.model(
        generator_optimizer=moving,
        discriminator_optimizer=still,
        adversarial_loss="minimax",
        loss_weights={"brightness": 0.0},
    )
    before = descending.fit(data, verbose=0).history["g_loss"][0]
    after = descending.fit(data, epochs=30, verbose=0).history["g_loss"][-1]
    assert after < before


def test_a_task_term_is_minimised_with_its_weight():
    model = toy.model(loss_weights={"brightness": 100.0}, generator_optimizer="adam")
    history = model.fit(toy.dataset(), epochs=20, verbose=0).history
    assert history["brightness"][-1] < history["brightness"][0]


def test_random_draws_depend_on_the_seed_and_the_step_alone():
    a, b, other = (toy.model(seed=1, run_eagerly=True) for _ in range(3))
    for model in (a, b):
        model.fit(toy.dataset(), verbose=0)
    assert_same_weights(a, b)
    other.seed = 2
    other.fit(toy.dataset(), verbose=0)
    with pytest.raises(AssertionError):
        assert_same_weights(a, other)


def test_a_lazy_penalty_acts_at_every_kth_step_k_times_as_strong():
    every, lazy = losses.R1(2.0), losses.R1(2.0, every=4)
    logs = {}
    for penalty in (every, lazy):
        model = toy.model(
            penalty=penalty,
            generator_optimizer=keras.optimizers.SGD(0.0),
            discriminator_optimizer=keras.optimizers.SGD(0.0),
            run_eagerly=True,
        )
        data = tf.data.Dataset.from_tensors({"video": toy.videos(4)}).repeat(4)
        logs[penalty.every] = model.fit(data, verbose=0).history["penalty"][0]
    assert logs[4] == pytest.approx(logs[1], rel=1e-5)


def test_the_gradient_norm_is_clipped_after_it_is_logged():
    before = toy.model()
    sgd = keras.optimizers.SGD(1.0)
    model = toy.model(discriminator_optimizer=sgd, clip_norm=1e-3, run_eagerly=True)
    logs = model.fit(toy.dataset(count=2), verbose=0).history
    moved = [x - y for x, y in zip(model.discriminator.get_weights(), _weights(before))]
    assert np.sqrt(sum((m**2).sum() for m in moved)) == pytest.approx(1e-3, rel=1e-2)
    assert logs["d_gradient_norm"][0] > 1e-2


def _weights(model):
    return model.discriminator.get_weights()


def adapting(optimizer, p, logit=0.0, **game):
    """Returns p after 60 steps of a game on four clips whose generator stands still."""
    model = toy.model(
        **game,
        generator_optimizer=keras.optimizers.SGD(0.0),
        discriminator_optimizer=optimizer,
        augment=AdaptiveAugment("color", clips=1000),
    )
    model.augment_p.assign(p)
    head = model.discriminator.layers[-1]
    head.set_weights([np.full_like(w, logit * (w.ndim == 1)) for w in head.get_weights()])
    data = tf.data.Dataset.from_tensors({"video": toy.videos(4)}).repeat(60)
    logs = model.fit(data, verbose=0).history["augment_p"][0]
    now = float(model.augment_p)
    assert min(p, now) < logs < max(p, now)
    return now


def test_augmentation_rises_for_a_discriminator_that_overfits_and_falls_otherwise():
    """One learns four clips by heart; the other, who learns nothing, can't tell real from fake."""
    assert adapting(keras.optimizers.Adam(1e-2), 0.1) > 0.15
    for logit, loss in ((0.0, "non_saturating"), (0.5, "least_squares"), (7.0, "relativistic")):
        undecided = adapting(keras.optimizers.SGD(0.0), 0.4, logit, adversarial_loss=loss)
        assert undecided == pytest.approx(0.4 - 1.5 * 0.24, abs=1e-5), loss


def test_what_is_judged_is_not_augmented_and_says_so():
    model = toy.model(augment=AdaptiveAugment("color", clips=1000), run_eagerly=True)
    assert "augment_p" not in model.evaluate(toy.dataset(2), verbose=0, return_dict=True)


def test_a_penalty_is_of_the_videos_that_the_discriminator_is_shown():
    class Seen(losses.R1):
        def __call__(self, critic, real, fake, draws):
            self.real, self.slope = real.numpy(), critic.gradient(real).numpy()
            return super().__call__(critic, real, fake, draws)

    seen = Seen()
    model = toy.model(penalty=seen, augment="cutout", run_eagerly=True)
    model.fit(toy.dataset(2), verbose=0)
    hidden = (seen.real == 0).all(axis=-1)
    assert 0 < hidden.mean() <= 0.25, "a cutout hides a quarter"
    assert (seen.slope[hidden] != 0).any(), "and what it hides has a slope"


class Marking(DiffAugment):
    """Adds 10, so that what was augmented can be told from what was not."""

    def __call__(self, video, draws, p=None):
        return video + 10.0


@keras.saving.register_keras_serializable(package="tests")
class Watching(keras.Model):
    """A discriminator that keeps what it is shown; its logit is a clip's mean.

    To that `curve` adds half of the mean square, that many times.
    """

    shown = []
    told = []

    def build(self, input_shape=None):
        self.scale = self.add_weight(shape=(), initializer="ones")
        self.curve = self.add_weight(shape=(), initializer="zeros")
        self.built = True

    def call(self, video, training=False):
        self.shown.append(np.asarray(video))
        self.told.append(training)
        logit = self.scale * video + self.curve / 2 * video**2
        return tf.reduce_mean(logit, (1, 2, 3, 4))[:, None]


def watched(**game):
    """Returns a game, its discriminator, and one batch for it."""
    keras.utils.set_random_seed(0)
    network = Watching()
    model = toy.Toy(toy.generator(), network)
    still = keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0)
    names = ("generator_optimizer", "discriminator_optimizer")
    model.compile(**dict(zip(names, still)), **game, run_eagerly=True)
    network.shown, network.told = [], []
    return model, network, {"video": tf.constant(toy.videos(2))}


@pytest.mark.parametrize("loss", ["hinge", "relativistic"])
def test_the_discriminator_is_shown_real_and_fake_augmented_alike_on_both_turns(loss):
    model, network, batch = watched(
        adversarial_loss=loss, augment=Marking("color"), penalty=losses.FiniteDifference()
    )
    logs = model.train_step(batch)
    marked = [np.abs(video - 10).max() <= 1.1 for video in network.shown]
    assert all(marked) and len(marked) == (8 if loss == "relativistic" else 7)
    real, fake = network.shown[:2]
    np.testing.assert_array_equal(real, batch["video"] + 10.0)
    assert not any((each[0] == fake[0]).all() for each in (real, fake[1:]))
    turn = network.shown[6:]  # Of the generator, behind four of the penalty.
    np.testing.assert_array_equal(turn[-1], fake)
    if loss == "relativistic":
        np.testing.assert_array_equal(turn[0], real)
    assert float(logs["d_real"]) == pytest.approx(real.mean(), rel=1e-5)
    assert float(logs["d_fake"]) == pytest.approx(fake.mean(), rel=1e-5)
    network.shown.clear()
    model.test_step(batch)
    np.testing.assert_array_equal(network.shown[0], batch["video"])
    assert len(network.shown) == 2 and np.abs(network.shown[1]).max() <= 1


def test_an_adaptive_rule_is_handed_the_loss_s_margin_of_augmented_logits():
    class Rule(AdaptiveAugment):
        def adapt(self, p, margin, shown):
            self.given = np.asarray(margin), int(shown)
            return tf.constant(0.25)

    rule = Rule("cutout")
    model, network, batch = watched(adversarial_loss="relativistic", augment=rule)
    model.train_step(batch)
    real, fake = (video.mean(axis=(1, 2, 3, 4)) for video in network.shown[:2])
    np.testing.assert_allclose(rule.given[0][:, 0], real - fake, atol=1e-6)
    assert rule.given[1] == 2 and float(model.augment_p) == 0.25


def test_the_logs_are_of_the_losses_of_their_names():
    model, network, batch = watched(
        adversarial_loss="least_squares",
        penalty=losses.R1(2.0),
        loss_weights={"adversarial": 0.5, "brightness": 3.0},
    )
    logs = {name: float(value) for name, value in model.train_step(batch).items()}
    real, fake = (video.mean(axis=(1, 2, 3, 4)) for video in network.shown[:2])
    assert logs["d_loss"] == pytest.approx(((real - 1) ** 2 + fake**2).mean() / 2, rel=1e-4)
    assert logs["g_loss"] == pytest.approx(((fake - 1) ** 2).mean() / 2, rel=1e-4)
    assert logs["penalty"] == pytest.approx(1 / network.shown[0][0].size, rel=1e-3)
    assert logs["brightness"] == pytest.approx(fake.mean(), rel=1e-4, abs=1e-6)
    wanted = 0.5 * logs["g_loss"] + 3.0 * logs["brightness"]
    assert logs["loss"] == pytest.approx(wanted, rel=1e-5)
    judged = {name: float(value) for name, value in model.test_step(batch).items()}
    wanted = 0.5 * judged["g_loss"] + 3.0 * judged["brightness"]
    assert judged["loss"] == pytest.approx(wanted, rel=1e-5)


def test_each_of_the_discriminator_s_steps_is_against_new_fakes():
    model, network, batch = watched(adversarial_loss="hinge", discriminator_steps=3)
    model.train_step(batch)
    real, fakes = network.shown[0:6:2], network.shown[1:6:2]
    assert len(network.shown) == 7
    for each in real:
        np.testing.assert_array_equal(each, batch["video"])
    assert (fakes[0] != fakes[1]).any() and (fakes[1] != fakes[2]).any()
    np.testing.assert_array_equal(network.shown[6], fakes[2])


class Drawing(toy.Toy):
    """Keeps the latents that it drew."""

    def generator_inputs(self, batch, draws):
        self.drawn = super().generator_inputs(batch, draws)
        return self.drawn


def test_fakes_follow_from_seed_and_step_and_those_of_judging_are_others():
    model = Drawing(toy.generator(), toy.discriminator(), seed=3)
    model.compile(run_eagerly=True)
    batch = {"video": tf.constant(toy.videos(2))}
    for step in range(2):
        model.train_step(batch)
        np.testing.assert_array_equal(model.drawn, Draws(3, step).normal((2, toy.LATENT_DIM)))
    model.reset_metrics()
    for count in range(2):
        model.test_step(batch)
        wanted = Draws(3, count, "judging").normal((2, toy.LATENT_DIM))
        np.testing.assert_array_equal(model.drawn, wanted)


@keras.saving.register_keras_serializable(package="tests")
class Handed(keras.metrics.Metric):
    """Keeps the videos that it was handed last."""

    def update_state(self, real, video):
        self.videos = np.array(real), np.array(video)

    def result(self):
        return 0.0


class OnPaper(Drawing):
    """A Wasserstein game of linear steps whose gradients are closed forms.

    A video is `latents @ matrix`; a clip's logit slopes by `(scale + curve * video) / N` in it, N
    numbers. R1 of weight N is half the mean of `(scale + curve * video)^2` over real videos.
    """

    rates = {"generator": 50.0, "discriminator": 0.5}
    weights_of_terms = {"adversarial": 2.0, "brightness": 3.0}

    def __init__(self):
        keras.utils.set_random_seed(0)
        numbers = 4 * 8 * 8 * 3
        matrix = keras.layers.Dense(numbers, use_bias=False)
        into_video = keras.layers.Reshape((4, 8, 8, 3))
        latents = keras.Input((toy.LATENT_DIM,))
        super().__init__(keras.Sequential([latents, matrix, into_video]), Watching())
        self.discriminator.curve.assign(0.5)
        self.handed = Handed(name="handed")
        rates = {f"{name}_optimizer": keras.optimizers.SGD(x) for name, x in self.rates.items()}
        self.compile(
            **rates,
            adversarial_loss="wasserstein",
            penalty=losses.R1(numbers),
            loss_weights=self.weights_of_terms,
            metrics=[self.handed],
            run_eagerly=True,
        )


def logits(clips, scale, curve):
    return (scale * clips + curve / 2 * clips**2).mean(axis=1)


def floats(logs):
    return {name: float(value) for name, value in logs.items()}


def test_a_step_of_both_players_is_the_one_on_paper():
    model = OnPaper()
    batch = {"video": tf.constant(0.2 + 0.8 * toy.videos(2))}
    real, matrix = batch["video"].numpy().reshape(2, -1), model.generator.get_weights()[0]
    logs = floats(model.train_step(batch))
    fake = np.asarray(model.drawn) @ matrix

    scale, curve = 1.0, 0.5
    slope = scale + curve * real
    gradient = np.array(
        [
            fake.mean() - real.mean() + slope.mean(),
            (fake**2).mean() / 2 - (real**2).mean() / 2 + (slope * real).mean(),
        ]
    )
    of_real, of_fake = logits(real, scale, curve), logits(fake, scale, curve)
    wanted = {
        "d_real": of_real.mean(),
        "d_fake": of_fake.mean(),
        "d_loss": np.mean(of_fake - of_real),
    }
    wanted |= {"penalty": (slope**2).mean() / 2, "d_gradient_norm": np.linalg.norm(gradient)}
    scale, curve = (scale, curve) - model.rates["discriminator"] * gradient
    np.testing.assert_allclose(model.discriminator.get_weights(), (scale, curve), rtol=1e-5)

    slope = (3.0 - 2.0 * (scale + curve * fake)) / fake.size
    gradient = np.asarray(model.drawn).T @ slope
    wanted |= {"g_loss": -logits(fake, scale, curve).mean(), "brightness": fake.mean()}
    wanted |= {"loss": 2.0 * wanted["g_loss"] + 3.0 * wanted["brightness"]}
    wanted |= {"g_gradient_norm": np.linalg.norm(gradient), "handed": 0.0}
    assert logs == pytest.approx(wanted, rel=1e-4)
    matrix -= model.rates["generator"] * gradient
    np.testing.assert_allclose(model.generator.get_weights()[0], matrix, atol=1e-5)
    for handed, clips in zip(model.handed.videos, (real, fake), strict=True):
        np.testing.assert_allclose(handed.reshape(2, -1), clips, atol=1e-5)


def test_what_is_judged_is_of_the_losses_and_what_is_scored_of_the_average():
    model = OnPaper()
    batch = {"video": tf.constant(0.2 + 0.8 * toy.videos(2))}
    model.average.set_weights([0.5 * each for each in model.generator.get_weights()])
    judged = floats(model.test_step(batch))
    real, matrix = batch["video"].numpy().reshape(2, -1), model.generator.get_weights()[0]
    draws = Draws(0, 0, "judging")
    fake, scored = (np.asarray(draws.normal((2, toy.LATENT_DIM))) @ matrix for _ in range(2))
    of_real, of_fake = logits(real, 1.0, 0.5).mean(), logits(fake, 1.0, 0.5).mean()
    wanted = {"d_real": of_real, "d_fake": of_fake, "d_loss": of_fake - of_real, "g_loss": -of_fake}
    wanted |= {"loss": -2.0 * of_fake + 3.0 * fake.mean(), "brightness": fake.mean(), "handed": 0.0}
    assert judged == pytest.approx(wanted, rel=1e-4)
    for handed, clips in zip(model.handed.videos, (real, scored / 2), strict=True):
        np.testing.assert_allclose(handed.reshape(2, -1), clips, atol=1e-5)


def test_players_are_told_whether_they_train():
    """The generator gathers statistics in training alone, at any rate; D is told likewise."""
    model, network, batch = watched()
    before = model.generator.get_weights()
    model.test_step(batch)
    assert network.told == [False, False]
    assert all((x == y).all() for x, y in zip(before, model.generator.get_weights(), strict=True))
    model.train_step(batch)
    assert network.told[2:] == [True] * 3
    assert any((x != y).any() for x, y in zip(before, model.generator.get_weights(), strict=True))


def test_both_players_steps_are_made_at_the_pace_that_callbacks_set():
    rates = {"generator_optimizer": "sgd", "discriminator_optimizer": "sgd"}
    model = toy.model(**rates, run_eagerly=True)
    players = (model.generator, model.discriminator)
    before = [v.numpy() for player in players for v in player.trainable_variables]
    model.optimizer.pace.assign(0.0)
    model.train_step({"video": tf.constant(toy.videos(2))})
    after = [v.numpy() for player in players for v in player.trainable_variables]
    for x, y in zip(before, after, strict=True):
        np.testing.assert_array_equal(x, y)


@pytest.mark.parametrize("gpus", [[], ["GPU:0"]])
def test_xla_is_for_gpus_and_games_without_metrics_unless_asked(gpus, monkeypatch):
    model = toy.Toy(toy.generator(), toy.discriminator())
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind=None: gpus)
    for arguments, used in (
        ({}, bool(gpus)),
        ({"metrics": [keras.metrics.MeanSquaredError()]}, False),
        ({"jit_compile": False}, False),
        ({"jit_compile": True}, True),
    ):
        model.compile(**arguments)
        assert model.jit_compile is used


def test_what_is_logged_is_what_means_something():
    every = ["loss", "d_loss", "g_loss", "d_real", "d_fake", "d_gradient_norm", "g_gradient_norm"]
    of_the_game = {"d_loss", "g_loss", "d_real", "d_fake", "d_gradient_norm"}
    for game, more in (({}, []), ({"penalty": losses.R1()}, ["penalty"])):
        names = [metric.name for metric in toy.model(**game).logs.trackers]
        assert names == [*every, *more, "brightness"]
        at_rest = {"loss_weights": {"adversarial": 0.0}}
        names = [metric.name for metric in toy.model(**game, **at_rest).logs.trackers]
        assert names == [*(name for name in every if name not in of_the_game), "brightness"]


def test_a_critic_that_normalises_is_told_of_when_it_is_compiled(caplog):
    critic = keras.Sequential([keras.Input((4, 8, 8, 3)), keras.layers.BatchNormalization()])
    model = toy.Toy(toy.generator(), critic)
    model.compile()
    assert not caplog.text
    model.compile(adversarial_loss="wasserstein")
    assert "normalises over the batch" in caplog.text


def test_a_step_that_overflows_is_left_out_of_the_norms():
    model = toy.model(mixed_precision="mixed_float16", run_eagerly=True)
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        optimizer.dynamic_scale.assign(1e38)
    logs = model.train_step({"video": tf.constant(toy.videos(2))})
    assert float(logs["d_gradient_norm"]) == float(logs["g_gradient_norm"]) == 0.0


def test_the_probability_is_logged_where_it_is_adapted():
    assert "augment_p" not in [metric.name for metric in toy.model(augment="color").metrics]
    assert "augment_p" in [metric.name for metric in toy.model(augment="adaptive").metrics]


def test_float16_scales_the_loss_and_logs_unscaled_norms():
    how = {"run_eagerly": True}
    low, high = toy.model(mixed_precision="mixed_float16", **how), toy.model(**how)
    assert isinstance(low.generator_optimizer, keras.optimizers.LossScaleOptimizer)
    assert low.generator.layers[0].compute_dtype == "float16"
    a = low.fit(toy.dataset(), verbose=0).history
    b = high.fit(toy.dataset(), verbose=0).history
    assert a["d_gradient_norm"][0] == pytest.approx(b["d_gradient_norm"][0], rel=0.05)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"adversarial_loss": "ns"}, "one of minimax.*'ns'"),
        ({"loss_weights": {"pixel": 1.0}}, "adversarial, brightness in this task, but names pixel"),
        ({"discriminator_steps": 0}, "int >= 1, but is 0"),
        ({"moving_average": 1.0}, r"in \[0, 1\), but is 1.0"),
        ({"mixed_precision": "float8"}, "must be one of float32"),
        ({"clip_norm": 0}, "must be positive"),
        ({"augment": "rotate"}, "may name color"),
    ],
)
def test_bad_arguments_are_told_in_one_sentence(arguments, message):
    with pytest.raises(ValueError, match=message):
        toy.model(**arguments)


def test_the_players_may_not_share_an_optimizer():
    shared = keras.optimizers.Adam()
    with pytest.raises(ValueError, match=r"optimizer"):
        toy.model(generator_optimizer=shared, discriminator_optimizer=shared)
