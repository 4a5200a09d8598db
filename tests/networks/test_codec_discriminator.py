"""What a learned codec is judged by."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import CodecDiscriminator

RNG = np.random.default_rng(0)


def test_the_discriminator_sees_frames_and_what_the_decoder_knows():
    network = CodecDiscriminator(32, 8, 4)
    network.build()
    video = RNG.uniform(-1, 1, (2, 3, 32, 32, 3)).astype("float32")
    latents = np.round(RNG.normal(0, 2, (2, 3, 2, 2, 8))).astype("float32")
    given = {"video": video, "latents": latents}
    logits = np.asarray(network(given))
    assert logits.shape == (2, 2) and network.seen(**given).shape == (2, 3, 32, 32, 15)
    for name in given:
        assert np.abs(np.asarray(network({**given, name: -given[name]})) - logits).max() > 1e-5
    other = latents.copy()
    other[:, :, 0, 0] += 1
    changed = np.abs(np.asarray(network.seen(video, other) - network.seen(video, latents)))
    assert changed[..., 3:][:, :, :16, :16].any() and not changed[:, :, 16:].any()


def test_files_keep_the_name_that_its_first_layer_had(tmp_path):
    network = CodecDiscriminator(32, 8, 4)
    network.build()
    checkpoint = tf.train.load_checkpoint(tf.train.Checkpoint(network).write(str(tmp_path / "x")))
    paths = {path.split("/")[0] for path in checkpoint.get_variable_to_shape_map()}
    assert "reading" in paths and "condition" not in paths


def test_of_less_than_a_latent_there_is_no_discriminator():
    with pytest.raises(ValueError, match="`size` must be 16 or more, but is 8"):
        CodecDiscriminator(8)
