import numpy as np
import pytest

from tfvgan.networks import DcganDiscriminator, DcganGenerator

VIDEO = np.random.default_rng(0).uniform(-1, 1, (2, 4, 8, 8, 3)).astype("float32")


@pytest.mark.parametrize("training", [False, True])
def test_permuted_frames_are_judged_as_permuted_logits(training):
    discriminator = DcganDiscriminator(frames=4, size=8, width=4)
    order = [2, 0, 3, 1]
    logits = np.asarray(discriminator(VIDEO, training=training))
    permuted = np.asarray(discriminator(VIDEO[:, order], training=training))
    np.testing.assert_allclose(permuted, logits[:, order], atol=1e-6)


def test_labels_go_with_their_video():
    discriminator = DcganDiscriminator(frames=4, size=8, width=4, num_classes=2)
    both = np.asarray(discriminator({"video": VIDEO, "label": np.array([0, 1])}))
    for i, label in enumerate((0, 1)):
        one = discriminator({"video": VIDEO[i : i + 1], "label": np.array([label])})
        np.testing.assert_allclose(both[i], one[0], atol=1e-6)


def test_frames_of_one_latent_differ():
    generator = DcganGenerator(8, frames=4, size=8, width=8)
    video = np.asarray(generator(np.ones((2, 8), "float32"), training=False))
    assert np.abs(video[:, 1:] - video[:, :-1]).max() > 0


def test_the_generator_of_images_is_the_papers_from_4x4x256_to_64x64x3():
    generator = DcganGenerator(latent_dim=100, frames=1, size=64)
    generator.build()
    assert [up.filters for up in generator.ups] == [128, 64, 32]
    dense = 100 * 256 + 256 * 256 + 256 * 4096
    convolutions = 16 * (256 * 128 + 128 * 64 + 64 * 32 + 32 * 3) + 3
    normalised = 256 + 256 + 4096 + 128 + 64 + 32
    assert generator.count_params() == dense + convolutions + 4 * normalised


def test_more_frames_cost_only_their_codes():
    one, four = (DcganGenerator(8, frames, 8, width=4) for frames in (1, 4))
    one.build()
    four.build()
    assert four.count_params() - one.count_params() == 3 * (4 * 4 + 4 * 4)
