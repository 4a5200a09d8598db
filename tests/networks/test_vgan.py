from itertools import pairwise

import numpy as np
import pytest

from tfvgan.networks import VganDiscriminator, VganGenerator
from tfvgan.networks.vgan import extents, time_strides

LATENTS = np.random.default_rng(0).normal(size=(2, 6)).astype("float32")


def test_video_is_blended_from_its_streams():
    generator = VganGenerator(6, 3, 8, width=4)
    s = {name: np.asarray(x) for name, x in generator.streams(LATENTS).items()}
    assert s["foreground"].shape == (2, 3, 8, 8, 3)
    assert s["mask"].shape == (2, 3, 8, 8, 1) and s["mask"].min() >= 0 and s["mask"].max() <= 1
    assert s["background"].shape == (2, 1, 8, 8, 3)
    video = s["mask"] * s["foreground"] + (1 - s["mask"]) * s["background"]
    np.testing.assert_allclose(generator(LATENTS), video, atol=1e-6)


def test_where_the_mask_is_0_the_video_is_the_still_background():
    generator = VganGenerator(6, 5, 8, width=4)
    generator.build()
    generator.moving_image.bias.assign([0.0, 0.0, 0.0, -1e4])
    video = np.asarray(generator(LATENTS))
    np.testing.assert_array_equal(video, np.repeat(video[:, :1], 5, axis=1))
    np.testing.assert_array_equal(video[:, :1], generator.streams(LATENTS)["background"])


def test_where_the_mask_is_1_the_video_is_the_foreground():
    generator = VganGenerator(6, 5, 8, width=4)
    generator.build()
    generator.moving_image.bias.assign([0.0, 0.0, 0.0, 1e4])
    np.testing.assert_array_equal(generator(LATENTS), generator.streams(LATENTS)["foreground"])


@pytest.mark.parametrize("frames", range(1, 40))
@pytest.mark.parametrize("doublings", [1, 4, 5])
def test_extents_end_at_the_frames_and_each_doubling_suffices(frames, doublings):
    counts = extents(frames, doublings)
    assert counts[-1] == frames and len(counts) == doublings + 1
    for stride, (before, after) in zip(time_strides(counts), pairwise(counts), strict=True):
        assert before * stride - after in (0, 1)


def test_the_papers_network_is_the_papers():
    """The weights are counted at an eighth of the paper's width: its own are hundreds of MB."""
    assert extents(32, 4) == [2, 4, 8, 16, 32]
    generator = VganGenerator(latent_dim=100, frames=32, size=64)
    assert generator.width == 512
    assert [up.filters for up in generator.moving_ups] == [256, 128, 64]
    generator = VganGenerator(latent_dim=100, frames=32, size=64, width=64)
    discriminator = VganDiscriminator(frames=32, size=64, width=64)
    generator.build()
    discriminator.build()
    assert [up.filters for up in generator.moving_ups] == [32, 16, 8]
    taps = 64 * 32 + 32 * 16 + 16 * 8
    moving = 100 * 2 * 4 * 4 * 64 + 64 * taps + 64 * 8 * 4 + 4
    still = 100 * 4 * 4 * 64 + 16 * taps + 16 * 8 * 3 + 3
    normalised = 2 * 4 * 4 * 64 + 4 * 4 * 64 + 2 * (32 + 16 + 8)
    assert generator.count_params() == moving + still + 4 * normalised
    assert VganDiscriminator(frames=32, size=64).width == 512
    judged = 64 * (3 * 8 + 8 * 16 + 16 * 32 + 32 * 64) + 8 + 4 * (16 + 32 + 64)
    assert discriminator.count_params() == judged + 2 * 4 * 4 * 64 + 1


def test_discriminator_sees_motion():
    discriminator = VganDiscriminator(frames=4, size=8, width=4)
    video = np.random.default_rng(0).uniform(-1, 1, (2, 4, 8, 8, 3)).astype("float32")
    forwards, backwards = discriminator(video), discriminator(video[:, ::-1])
    assert forwards.shape == (2, 1)
    assert np.abs(np.asarray(forwards) - np.asarray(backwards)).max() > 0


def test_training_and_serving_compute_the_same_function():
    generator = VganGenerator(6, 6, 16, width=4)
    generator.build()
    for layer in generator._flatten_layers():
        if hasattr(layer, "momentum"):
            layer.momentum = 0.0  # So the moving statistics are the batch's.
    trained = generator.streams(LATENTS, training=True)
    served = generator.streams(LATENTS, training=False)
    for name, stream in trained.items():
        np.testing.assert_allclose(served[name], stream, atol=1e-3, err_msg=name)
