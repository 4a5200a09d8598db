"""Endpoints of pictures in files are those of arrays."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.tasks.encoded import encoded_endpoint

FREE = (None, None, None)
RANDOM = np.random.default_rng(0)


def pictures(*shape):
    return RANDOM.integers(0, 256, shape).astype("uint8")


def png(array):
    """Returns an array of pictures as PNG files."""
    flat = [tf.io.encode_png(each).numpy() for each in array.reshape((-1, *array.shape[-3:]))]
    made = np.empty(len(flat), object)
    made[:] = flat
    return made.reshape(array.shape[:-3])


def ppm(array):
    """Returns an array of pictures as PPM files."""
    height, width = array.shape[-3:-1]
    made = np.empty(array.shape[:-3], object)
    for place in np.ndindex(made.shape):
        made[place] = b"P6\n%d %d\n255\n" % (width, height) + array[place].tobytes()
    return made


def read(files):
    """Returns the pictures of files, as an array of one more axis than they have."""
    files = np.asarray(files)
    flat = [tf.io.decode_png(each).numpy() for each in files.ravel()]
    return np.stack(flat).reshape((*files.shape, *flat[0].shape))


def inverted(video, level):
    return {"video": 255 - video, "vectors": tf.cast(level[:, None] * [1.0, 2.0], tf.int8)}


SPECS = [
    tf.TensorSpec((None, *FREE, 3), tf.uint8, "video"),
    tf.TensorSpec((None,), tf.float32, "level"),
]
MAKES = {"video": tf.TensorSpec((*FREE, 3), tf.uint8), "vectors": tf.TensorSpec((2,), tf.int8)}


def served(endpoint):
    return tf.function(endpoint.function, endpoint.signature)


def test_what_is_made_of_files_is_what_is_made_of_arrays():
    """Examples of other sizes lie in one batch, and numbers stay numbers."""
    found = encoded_endpoint(Endpoint(inverted, SPECS), MAKES)
    assert [(spec.name, spec.dtype.name) for spec in found.signature] == [
        ("frames_bytes", "string"),
        ("level", "float32"),
    ]
    small, large = pictures(2, 3, 4, 3), pictures(2, 6, 5, 3)
    made = served(found)(np.stack([png(small), png(large)]), np.float32([3, 4]))
    np.testing.assert_array_equal(read(made["frames_bytes"][0]), 255 - small)
    np.testing.assert_array_equal(read(made["frames_bytes"][1]), 255 - large)
    assert made["vectors"].numpy().tolist() == [[3, 6], [4, 8]]


def test_what_is_made_of_jpeg_is_jpeg():
    found = encoded_endpoint(Endpoint(inverted, SPECS), MAKES)
    grey = np.full((8, 8, 3), 100, "uint8")
    files = np.array([[tf.io.encode_jpeg(grey).numpy()]], object)
    (made,) = served(found)(files, np.float32([0]))["frames_bytes"].numpy()[0]
    assert made.startswith(b"\xff\xd8\xff")
    assert np.abs(tf.io.decode_jpeg(made).numpy().astype(int) - 155).max() <= 1


def test_what_is_made_of_ppm_is_ppm():
    found = encoded_endpoint(Endpoint(inverted, SPECS), MAKES)
    video = pictures(1, 2, 3, 4, 3)
    made = served(found)(ppm(video), np.float32([0]))["frames_bytes"].numpy()
    assert made.tolist() == ppm(255 - video).tolist()


@pytest.mark.parametrize("kind", ["png", "ppm"])
def test_masks_are_a_grey_picture_of_each_class(kind):
    mask = pictures(1, 2, 3, 4, 3)
    spec = tf.TensorSpec((None, *FREE, 3), tf.uint8, "video")
    endpoint = Endpoint(lambda video: {"mask": video}, [spec])
    made = served(encoded_endpoint(endpoint, {"mask": tf.TensorSpec((*FREE, 3), tf.uint8)}))(
        png(mask) if kind == "png" else ppm(mask)
    )
    if kind == "ppm":
        first = b"P5\n4 3\n255\n" + mask[0, 0, ..., 0].tobytes()
        assert made["mask_bytes"][0, 0, 0].numpy() == first
        return
    assert list(made) == ["mask_bytes"] and made["mask_bytes"].shape == (1, 2, 3)
    levels = read(made["mask_bytes"])[..., 0]
    np.testing.assert_array_equal(np.moveaxis(levels, 2, -1), mask)


def test_masks_of_jpeg_lose_nothing():
    """They are PNG: of JPEG they would be another mask."""
    spec = tf.TensorSpec((None, *FREE, 3), tf.uint8, "video")
    endpoint = Endpoint(lambda video: {"mask": video}, [spec])
    found = encoded_endpoint(endpoint, {"mask": tf.TensorSpec((*FREE, 3), tf.uint8)})
    file = tf.io.encode_jpeg(np.full((3, 4, 3), 100, np.uint8)).numpy()
    made = served(found)(np.array([[file]], object))["mask_bytes"]
    assert all(each.startswith(b"\x89PNG") for each in made.numpy().ravel())


def test_masks_that_are_read_are_shares():
    specs = [SPECS[0], tf.TensorSpec((None, *FREE, 1), tf.float32, "mask")]
    endpoint = Endpoint(
        lambda video, mask: {"video": tf.cast(tf.round(255 * mask), tf.uint8) + 0 * video}, specs
    )
    found = encoded_endpoint(endpoint, {"video": MAKES["video"]})
    assert [spec.name for spec in found.signature] == ["frames_bytes", "mask_bytes"]
    hole = pictures(1, 1, 3, 4, 1)
    made = served(found)(png(pictures(1, 1, 3, 4, 3)), png(hole))["frames_bytes"]
    np.testing.assert_array_equal(read(made)[..., :1], hole)


def stateful():
    """An endpoint that adds the mean of its frame to a state of a fourth of the pixels."""
    specs = [
        tf.TensorSpec((*FREE, 3), tf.uint8, "frame"),
        tf.TensorSpec((*FREE, 2), tf.float32, "state"),
    ]

    def function(frame, state):
        return {"frame": frame, "state": state + tf.reduce_mean(tf.cast(frame, tf.float32))}

    makes = {"frame": tf.TensorSpec((None, None, 3), tf.uint8)}
    makes["state"] = tf.TensorSpec((None, None, 2), tf.float32)
    return encoded_endpoint(
        Endpoint(function, specs), makes, lambda size: tf.concat([size // 2, [2]], 0)
    )


def test_a_state_is_empty_at_first_and_comes_back_as_it_was():
    call = served(stateful())
    files = png(np.full((1, 4, 6, 3), 5, "uint8"))
    state = np.array([b""], object)
    for wanted in (5, 10):
        made = call(files, state)
        state = made["state_bytes"]
        assert list(made) == ["frame_bytes", "state_bytes"]
        found = tf.io.parse_tensor(state[0], tf.float32)
        assert found.shape == (2, 3, 2) and (found.numpy() == wanted).all()


@pytest.mark.parametrize(
    "state", [b"x", tf.io.serialize_tensor(tf.zeros((3, 2, 2))), tf.io.serialize_tensor(0.0)]
)
def test_a_state_of_another_video_is_refused(state):
    files = png(np.full((1, 4, 6, 3), 5, "uint8"))
    with pytest.raises(tf.errors.InvalidArgumentError):
        served(stateful())(files, tf.reshape(state, (1,)))


def test_a_clip_without_a_frame_is_refused_in_a_sentence():
    ask = served(encoded_endpoint(Endpoint(inverted, SPECS), MAKES))
    with pytest.raises(tf.errors.InvalidArgumentError, match="each clip must have a frame"):
        ask(tf.zeros((1, 0), tf.string), tf.zeros((1,)))


def test_frames_of_two_sizes_are_no_clip():
    files = np.array([[png(pictures(3, 4, 3)).item(), png(pictures(4, 3, 3)).item()]], object)
    with pytest.raises(tf.errors.InvalidArgumentError, match="must all have the height and the"):
        served(encoded_endpoint(Endpoint(inverted, SPECS), MAKES))(files, np.float32([0]))


def test_the_size_that_is_asked_for_is_told():
    spec = tf.TensorSpec((None, 2, 4, 4, 3), tf.uint8, "windows")
    endpoint = Endpoint(lambda windows: {"vectors": windows[:, 0, 0, 0, :2]}, [spec])
    found = served(encoded_endpoint(endpoint, {"vectors": tf.TensorSpec((2,), tf.uint8)}))
    assert found(png(pictures(3, 2, 4, 4, 3)))["vectors"].shape == (3, 2)
    with pytest.raises(tf.errors.InvalidArgumentError, match="or as asked for"):
        found(png(pictures(1, 2, 4, 5, 3)))


def test_a_request_is_that_of_the_arrays_in_jpeg_files():
    values = {"video": np.full((1, 2, 8, 8, 3), 90, "uint8"), "level": np.float32([0.5])}
    found = encoded_endpoint(Endpoint(inverted, SPECS, request=lambda: values), MAKES).request()
    assert list(found) == ["frames_bytes", "level"] and found["frames_bytes"].shape == (1, 2)
    assert found["frames_bytes"][0, 1].startswith(b"\xff\xd8\xff")
