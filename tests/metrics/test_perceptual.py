import numpy as np
import pytest
import tensorflow as tf
import tiny_lpips
from moving import texture
from tiny_lpips import APART, RED, WHITE, video

from tfvgan import weights
from tfvgan.metrics.perceptual import LPIPS


@pytest.mark.parametrize(("net", "name"), [("alex", "lpips-alex"), ("vgg", "lpips-vgg")])
def test_the_mean_over_frames_of_the_named_network_s_distances(monkeypatch, net, name):
    asked = tiny_lpips.install(monkeypatch)
    score = LPIPS(net).per_video(video(WHITE, WHITE, RED), video(WHITE, RED, RED))
    np.testing.assert_allclose(score, [APART / 3], rtol=1e-5)
    assert asked == [name]


def test_equal_videos_are_at_no_distance(monkeypatch):
    tiny_lpips.install(monkeypatch)
    noise = np.random.default_rng(0).integers(0, 256, (2, 2, 32, 32, 3)).astype("uint8")
    np.testing.assert_array_equal(LPIPS().per_video(noise, noise), [0, 0])


def test_it_runs_in_a_graph_of_unknown_sizes(monkeypatch):
    tiny_lpips.install(monkeypatch)
    metric = LPIPS()
    update = tf.function(
        metric.update_state, input_signature=[tf.TensorSpec([None] * 4 + [3], tf.uint8)] * 2
    )
    update(video(WHITE, RED), video(RED, RED))
    assert float(metric.result()) == pytest.approx(APART / 2)


def test_the_network_is_made_outside_the_graph_that_first_uses_it(monkeypatch):
    """Else its variables would belong to that graph, and no second one could use them."""
    eager = []

    def network(name):
        eager.append(tf.executing_eagerly())
        return lambda pair: tf.zeros(tf.shape(pair[0])[0])

    monkeypatch.setattr(weights, "network", network)
    tf.function(LPIPS().per_video)(video(RED), video(RED))
    assert eager == [True]


def test_missing_weights_are_told_by_their_command(monkeypatch, tmp_path):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))
    with pytest.raises(ValueError, match="tfvgan weights fetch lpips-alex"):
        LPIPS().per_video(video(RED), video(RED))


@pytest.mark.parametrize(("net", "least"), [("alex", 31), ("vgg", 16)])
def test_frames_too_small_for_the_network_are_refused(net, least):
    small = video(RED, size=least - 1)
    with pytest.raises(ValueError, match=f"lpips_{net} needs .*{least}x{least} pixels"):
        LPIPS(net).per_video(small, small)


def test_another_network_is_refused():
    with pytest.raises(ValueError, match='`net` must be "alex" or "vgg", but is \'squeeze\''):
        LPIPS("squeeze")


@pytest.mark.slow
@pytest.mark.parametrize("net", ["alex", "vgg"])
def test_the_published_networks_see_more_in_more_noise(net):
    weights.fetch(f"lpips-{net}")
    random = np.random.default_rng(0)
    reference = texture(2, 64)
    noise = random.normal(size=reference.shape)
    noisy = [np.clip(reference + level * noise, 0, 255).astype("uint8") for level in (0, 5, 20, 80)]
    scores = [float(LPIPS(net).per_video(reference, output)[0]) for output in noisy]
    assert scores[0] == pytest.approx(0, abs=1e-6)
    assert sorted(scores) == scores
    assert 0.1 < scores[-1] < 2
