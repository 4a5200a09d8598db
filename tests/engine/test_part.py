import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine.part import Part, at_least, described, fitting, in_a_sentence, parts_text

VIDEO = Part((at_least(3), at_least(4, 4), at_least(4, 4), 3))
GREY_OR_MORE = VIDEO._replace(shape=(*VIDEO.shape[:3], at_least(1)))
SMALL = Part((None, None, None, 3), smaller=2)
LABEL = Part((), "int32", 0, 2)


def test_parts_say_what_they_are():
    assert (
        str(VIDEO) == "float32 (batch, 3 or more, a multiple of 4, a multiple of 4, 3) in [-1, 1]"
    )
    assert parts_text({"label": LABEL}) == '{"label": int32 (batch,) in [0, 2]}'
    assert str(Part((None,), low=None)) == "float32 (batch, any)"


def test_all_floats_and_all_whole_numbers_become_one_dtype():
    named = {"video": np.ones((2, 3, 4, 4, 3)), "label": np.ones(2, "int64")}
    found = fitting(named, {"video": VIDEO, "label": LABEL})
    assert found["video"].dtype == tf.float32 and found["label"].dtype == tf.int32


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        (VIDEO, np.zeros((2, 3, 4, 4, 3), "uint8"), "uint8 .*: convert it by tfvgan.video.from"),
        (VIDEO, np.zeros((2, 3, 4, 4, 3), "int32"), "int32 .*: cast it to float32"),
        (VIDEO, np.zeros((2, 3, 3, 4, 4), "float32"), r"\(2, 3, 3, 4, 4\): colours come last"),
        (VIDEO, np.zeros((2, 2, 4, 4, 3), "float32"), r"\(2, 2, 4, 4, 3\): cut, resize or sample"),
        (GREY_OR_MORE, np.zeros((2, 2, 4, 4, 1), "float32"), "cut, resize or sample"),
        (VIDEO, np.zeros((2, 3, 6, 4, 3), "float32"), r"a multiple of 4.*\(2, 3, 6, 4, 3\)"),
        (VIDEO, np.zeros((3, 4, 4, 3), "float32"), r"is float32 \(3, 4, 4, 3\): the first axis"),
        (Part((8,)), np.zeros((2, 3, 4, 4, 3), "float32"), r"4, 4, 3\): bring it into that shape"),
        (VIDEO, tf.RaggedTensor.from_row_lengths([1.0, 2.0], [2]), "a RaggedTensor: make it dense"),
        (LABEL, np.eye(3, dtype="float32"), r"float32 \(3, 3\): give the number of each clip's"),
        (LABEL, np.zeros((3, 1), "int32"), r"int32 \(3, 1\): give the number"),
        (LABEL, np.array(["walk", "run"]), r"string \(2,\): give the number"),
    ],
)
def test_what_is_no_such_part_is_told_in_one_sentence(part, value, message):
    with pytest.raises(ValueError, match=f'^"it" must be .*{message}.*[.]$'):
        fitting({"it": value}, {"it": part})


def test_what_lies_beside_a_video_is_as_much_smaller_as_it_must_be():
    parts = {"video": VIDEO, "small": SMALL}
    video = np.zeros((2, 3, 8, 4, 3), "float32")
    assert fitting({"video": video, "small": video[:, :, ::2, ::2]}, parts)["small"].shape[2] == 4
    with pytest.raises(ValueError, match=r'"small" must be float32 \(batch, 3, 4, 2, 3\)'):
        fitting({"video": video, "small": video}, parts)


def test_shapes_that_only_the_running_step_knows_are_told_likewise():
    part = Part((3, 2))
    step = tf.function(
        lambda x: fitting({"it": x}, {"it": part})["it"],
        input_signature=[tf.TensorSpec(None, tf.float32)],
    )
    step = in_a_sentence(step)
    assert step(tf.zeros((4, 3, 2))).shape == (4, 3, 2)
    with pytest.raises(ValueError, match=r'"it" must be \(any, 3, 2\), but is \(4, 3, 3\)'):
        step(tf.zeros((4, 3, 3)))


def test_other_errors_of_a_running_step_stay_what_they_are():
    with pytest.raises(tf.errors.InvalidArgumentError, match="seven"):
        in_a_sentence(lambda x: tf.debugging.Assert(False, ["seven"]))(0)


def test_values_are_described_by_dtype_and_shape_or_by_type():
    assert described(None) == "a NoneType" and described([1, 2]) == "a list"
    assert described(tf.zeros((2, 3))) == "float32 (2, 3)"
