import films
import numpy as np
import tensorflow as tf
import toy

from tfvgan import data


def of_unknown_length(count=6, batch_size=2):
    """Returns the batches of `toy.dataset`, as a data set that does not know how many it has."""
    known = toy.dataset(count, batch_size)
    return tf.data.Dataset.from_generator(
        lambda: known.as_numpy_iterator(), output_signature=known.element_spec
    )


def played(batches):
    """Returns the weights, the steps and all logs of three epochs, and of what is evaluated."""
    model = toy.model()
    history = model.fit(batches, validation_data=batches, epochs=3, verbose=0).history
    judged = model.evaluate(batches, verbose=0)
    return model.get_weights(), int(model.step), history, judged


def test_data_of_unknown_length_gives_the_steps_the_logs_and_the_weights_of_known():
    known, unknown = played(toy.dataset(6)), played(of_unknown_length())
    assert known[1] == unknown[1] == 9
    assert known[2].keys() == unknown[2].keys()
    for name, values in known[2].items():
        np.testing.assert_allclose(unknown[2][name], values, rtol=1e-5, err_msg=name)
    np.testing.assert_allclose(known[3], unknown[3], rtol=1e-5)
    for ours, theirs in zip(known[0], unknown[0], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_clips_read_from_files_give_one_step_a_batch(tmp_path):
    clips = data.clips(films.folder(tmp_path, classes=()), 4, 8, batch_size=2)
    assert clips.cardinality() == tf.data.UNKNOWN_CARDINALITY
    model = toy.model()
    model.fit(clips, epochs=3, verbose=0)
    assert int(model.step) == 3 * 4  # Of 10, 9, 4 and 13 frames: 8 clips.
