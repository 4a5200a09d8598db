import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.batch import as_batch, as_inputs, judged
from tfvgan.engine.part import Part
from tfvgan.networks import DcganDiscriminator, DcganGenerator

PARTS = {
    "video": Part((4, 8, 8, 3)),
    "label": Part((), "int32", 0, 2, hint="number the classes"),
    "times": Part((4,), low=None, optional=True),
}
VIDEO, LABEL = toy.videos(2), np.zeros(2, "int32")


def test_a_dict_and_a_tuple_of_one_are_batches_and_what_is_more_passes_through():
    batch = {"video": VIDEO, "label": LABEL, "name": tf.constant(["a", "b"]), "times": None}
    for data in (batch, (batch,), (batch, None, None)):
        found = as_batch(data, PARTS)
        assert set(found) == {"video", "label", "name"}
        np.testing.assert_array_equal(found["video"], VIDEO)
    assert batch["times"] is None  # What was handed in is left alone.


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (VIDEO, r"must be a dict, \{.*\}, but is float32 \(2, 4, 8, 8, 3\): name its tensors"),
        ((VIDEO,), "must be a dict"),
        (None, "but is a NoneType"),
        (({"video": VIDEO, "label": LABEL}, LABEL), "but targets come beside it"),
        (({"video": VIDEO, "label": LABEL}, None, LABEL), "but sample weights come beside it"),
        ({"videos": VIDEO, "label": LABEL}, 'no "video", only videos, label: name its tensors so'),
        ({"video": VIDEO}, 'no "label", only video: number the classes'),
        ({"video": VIDEO[:, :3], "label": LABEL}, r"but is float32 \(2, 3, 8, 8, 3\)"),
        ({"video": VIDEO, "label": LABEL[:1]}, "as many clips, but have .*'video': 2, 'label': 1"),
        ({"video": VIDEO, "label": LABEL, "times": LABEL}, '"times" must be float32'),
    ],
)
def test_what_is_no_batch_is_told_in_one_sentence(data, message):
    with pytest.raises(ValueError, match=f"{message}.*[.]$"):
        as_batch(data, PARTS)


def test_what_a_network_reads_is_checked_against_its_signature():
    network = DcganGenerator(6, 4, 8, width=4, num_classes=3)
    latents = np.zeros((2, 6))
    found = as_inputs(network, {"label": np.zeros(2, "int64"), "latents": latents})
    assert list(found) == ["latents", "label"] and found["label"].dtype == tf.int32
    for wrong, message in (
        (latents, r'reads \{"latents": .*, "label": .*\}, but was given float64 \(2, 6\)'),
        ({"latents": latents}, "but was given latents: hand it"),
        ({"latents": latents, "label": LABEL, "video": VIDEO}, "but was given latents, label, vid"),
        (
            {"latents": latents[:, :5], "label": LABEL},
            r'"latents" must be float32 \(batch, 6\), .*: draw them .*, or call `generate`',
        ),
    ):
        with pytest.raises(ValueError, match=message):
            as_inputs(network, wrong)
    assert as_inputs(DcganGenerator(6, 4, 8, width=4), latents).dtype == tf.float32
    assert as_inputs(toy.generator(), latents) is latents  # Keras checks what these read.


def test_a_discriminator_says_which_videos_it_judges():
    assert judged(toy.discriminator()).shape == (4, 8, 8, 3)
    assert judged(DcganDiscriminator(4, 8, width=4)).shape == (4, 8, 8, 3)
    assert judged(object()).shape == (None, None, None, None)


@pytest.fixture(scope="module")
def model():
    return toy.model(run_eagerly=True)


@pytest.mark.parametrize("verb", ["fit", "evaluate", "train_on_batch", "test_on_batch"])
def test_training_and_judging_refuse_alike(model, verb):
    how = {} if verb.endswith("batch") else {"verbose": 0}
    for data, message in (
        (VIDEO, "must be a dict"),
        ({"video": VIDEO[:, :3]}, r"\(.*, 4, 8, 8, 3"),
    ):
        with pytest.raises(ValueError, match=message):
            getattr(model, verb)(data, **how)
    getattr(model, verb)({"video": VIDEO}, **how)


def test_predicting_refuses_what_its_network_does_not_read():
    model = toy.Toy(DcganGenerator(6, 4, 8, width=4), toy.discriminator())
    assert model.predict(np.zeros((3, 6), "float32"), verbose=0).shape == (3, 4, 8, 8, 3)
    for wrong, message in (
        (np.zeros((3, 5), "float32"), r'"latents" must be .*6\), but is .*5\)'),
        ({"video": VIDEO}, 'reads {"latents": .*, but was given video'),
    ):
        with pytest.raises(ValueError, match=message):
            model.predict(wrong, verbose=0)
