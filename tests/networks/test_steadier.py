"""The steadier's network: what it begins as, what it goes on with, and that nothing grows."""

import keras
import moving
import numpy as np

from tfvgan.networks import SteadierGenerator
from tfvgan.networks.steadier import TAKEN

RNG = np.random.default_rng(0)
SHARE = 1 / (1 + np.exp(-TAKEN))


def network():
    made = SteadierGenerator(8, 1)
    made.build()
    return made


def still(frames=4, side=16):
    """Returns a still original, float32 `(1, frames, side, side, 3)`."""
    return (moving.texture(1, side)[:, [0] * frames] / np.float32(127.5)) - 1


def given(original, processed):
    return {"video": original, "processed": processed.astype("float32")}


def test_a_new_network_lets_what_is_steady_as_it_is():
    video = still()
    np.testing.assert_allclose(network()(given(video, 0.5 * video)), 0.5 * video, atol=1e-5)
    # Along the motion, too: what comes in from outside is of little trust.
    video = moving.texture(3, 32, (1, 0)).astype("float32") / 127.5 - 1
    made = np.asarray(network()(given(video, -video)))
    assert np.abs(made + video)[:, :, 8:-8, 8:-8].mean() < 0.03


def test_the_first_frame_is_the_processed_one_and_the_next_go_on_with_a_share_of_it():
    video = still(3)
    shift = np.array([0.0, 0.4, 0.4], "float32")[None, :, None, None, None]
    made = np.asarray(network()(given(video, 0.5 * video + shift))) - 0.5 * video
    np.testing.assert_allclose(made[:, 0], 0, atol=1e-5)
    # In still places all is trusted but for the 0.01 by which coarse means are kept finite.
    np.testing.assert_allclose(made[:, 1], 0.4 * (1 - SHARE), atol=0.01)
    np.testing.assert_allclose(made[:, 2], 0.4 * (1 - SHARE**2), atol=0.01)


def test_what_the_original_does_not_explain_is_taken_as_it_is():
    video = np.concatenate([still(1), -still(1)], axis=1)
    processed = RNG.uniform(-1, 1, video.shape)
    made = np.asarray(network()(given(video, processed)))
    share = np.abs(made - processed)[:, 1].mean() / np.abs(processed[:, 0] - processed[:, 1]).mean()
    assert share < 0.5


def test_states_stay_small_whatever_was_learnt():
    net = network()
    for weight in net.weights:
        weight.assign(RNG.normal(0.0, 0.3, weight.shape))
    video = still(1)[:, 0]
    state = net.start(video)
    for _ in range(12):
        both = np.concatenate([video, RNG.uniform(-1, 1, video.shape).astype("float32")], -1)
        _, state = net.step([both, both], state)
    assert np.abs(np.asarray(state)[..., 8:]).max() <= 2.1 and np.abs(np.asarray(state)).max() < 3


def test_a_frame_at_a_time_is_the_same_as_all_at_once():
    net = network()
    net.head.kernel.assign(RNG.normal(0.0, 0.05, net.head.kernel.shape))
    video = moving.texture(3, 16, (1, 0)).astype("float32") / 127.5 - 1
    processed = RNG.uniform(-1, 1, video.shape).astype("float32")
    whole = np.asarray(net(given(video, processed)))
    both = np.concatenate([video, processed], -1)
    state = net.start(both[:, 0])
    for number in range(3):
        made, state = net.step([both[:, max(number - 1, 0)], both[:, number]], state)
        np.testing.assert_allclose(made, whole[:, number], atol=1e-5)


def test_its_config_makes_it_again(tmp_path):
    net = network()
    net.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert (again.width, again.depth, again.factor, again.state_channels) == (8, 1, 1, 56)
    read = given(still(2), still(2))
    np.testing.assert_array_equal(again(read), net(read))
