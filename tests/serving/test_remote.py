"""Frames that a server makes are those that are made without one."""

import numpy as np
import pytest
from in_memory import InMemory, busy
from moving import texture

from tfvgan.networks import RestorerGenerator, SteadierGenerator
from tfvgan.serving.remote import RemoteStepper
from tfvgan.streaming import Recurrence
from tfvgan.tasks import Restorer, Steadier

VIDEO = texture(7, 32, (1.0, 0.5))[0][:, :30, :27]


@pytest.fixture(scope="module")
def restorer():
    return Restorer(busy(RestorerGenerator(2, 8, 1, masked=True, leveled=True)), edge=(8, 8))


WAYS = {}  # What was traced once is of use for the next test.


def remote(model, verb, conditions, arrays, **how):
    way = WAYS.setdefault(id(model), InMemory({"m": model}, arrays))
    del way.asked[:]
    told = way.signatures("m")[1]
    ask = lambda signature, inputs: way.predict("m", signature, inputs, told)  # noqa: E731
    return RemoteStepper(ask, told, verb, "m/1", conditions, arrays, **how), way


def scene(stepper, video, **how):
    return np.stack([made.picture for made in Recurrence(stepper, cuts=False, **how)(video)])


@pytest.mark.parametrize("arrays", [True, False])
def test_frames_masks_and_states_are_those_without_a_server(restorer, arrays):
    """In runs of several frames, of an odd size, with a mask as a fourth channel."""
    stepper, way = remote(restorer, "restore", {"level": 0.5}, arrays)
    assert (stepper.factor, stepper.multiple) == (restorer.factor, restorer.multiple)
    assert stepper.masked and stepper.found is None and not stepper.alpha
    gap = np.zeros((7, 30, 27, 1), "uint8")
    gap[3, 5:9, 5:9] = 255
    video = np.concatenate([VIDEO, gap], -1)
    stepper.together = 3
    wanted = scene(restorer, video)
    del way.asked[:]
    made = scene(stepper, video, part=5)
    assert way.asked == ["restore_part" if arrays else "restore_part_encoded"] * 3
    assert np.abs(made.astype(int) - wanted).max() <= 1
    assert np.abs(scene(restorer, VIDEO).astype(int) - wanted).max() > 1, "the mask counts"


def test_what_is_too_large_for_a_request_becomes_several(restorer, monkeypatch):
    stepper, way = remote(restorer, "restore", {"level": 0.5}, True)
    wanted = scene(stepper, VIDEO, part=7)
    del way.asked[:]
    monkeypatch.setattr("tfvgan.serving.remote.LARGEST", 2 * 30 * 28 * 3 * 5)
    np.testing.assert_array_equal(scene(stepper, VIDEO, part=7), wanted)
    assert len(way.asked) == 4


def test_jpeg_is_smaller_and_near(restorer):
    stepper, way = remote(restorer, "restore", {"level": 0.5}, True, jpeg=True)
    del way.asked[:]
    made = scene(stepper, VIDEO, part=7)
    assert set(way.asked) == {"restore_part_encoded"}
    far = np.abs(made.astype(int) - scene(restorer, VIDEO))
    assert 0 < far.mean() < 20


def test_files_are_ppm_where_that_is_read_and_png_elsewhere(restorer, monkeypatch):
    """Either way without loss; whether it is read is asked once, by the first picture."""
    wanted = scene(remote(restorer, "restore", {"level": 0.5}, False)[0], VIDEO, part=7)
    for reads_plain in (True, False):
        way, sent = WAYS[id(restorer)], set()
        answer = way.predict

        def predict(model, signature, inputs, told, answer=answer, plain=reads_plain, sent=sent):
            magic = inputs["frames_bytes"].flat[0][:2]
            if magic == b"P6" and not plain:
                raise ValueError("The server refuses: pictures must be JPEG or PNG")
            sent.add(magic)
            made = answer(model, signature, inputs, told)
            assert made["frames_bytes"].flat[0][:2] == magic
            return made

        with monkeypatch.context() as patch:
            patch.setattr(way, "predict", predict)
            stepper, _ = remote(restorer, "restore", {"level": 0.5}, False, near=True)
            np.testing.assert_array_equal(scene(stepper, VIDEO, part=7), wanted)
            known = {"near": True, "measured": stepper.measured}
            other, _ = remote(restorer, "restore", {"level": 0.5}, False, **known)
            np.testing.assert_array_equal(scene(other, VIDEO, part=7), wanted)
        assert sent == {b"P6" if reads_plain else b"\x89P"}


def test_frames_of_16_bits_go_as_8(restorer):
    stepper, _ = remote(restorer, "restore", {"level": 0.5}, True)
    deep = np.minimum(VIDEO.astype("int64") * 257 + 100, 65535).astype("uint16")
    made = scene(stepper, deep, part=7)
    assert made.dtype == np.uint16
    np.testing.assert_array_equal(made, scene(stepper, VIDEO, part=7) * np.uint16(257))


@pytest.mark.parametrize("arrays", [True, False])
def test_two_videos_go_side_by_side(arrays):
    steadier = Steadier(busy(SteadierGenerator(8, 1)), edge=(8, 8))
    stepper, _ = remote(steadier, "steady", {}, arrays)
    both = np.concatenate([VIDEO, 255 - VIDEO], -1)
    far = np.abs(scene(stepper, both, part=7).astype(int) - scene(steadier, both))
    assert far.max() <= 1


def test_tiles_are_those_without_a_server(restorer):
    """A step takes as much memory by what it says."""
    stepper, _ = remote(restorer, "restore", {"level": 0.5}, True)
    assert stepper.bytes_per_pixel == restorer.bytes_per_pixel


def test_what_the_model_does_not_do_is_refused(restorer):
    with pytest.raises(ValueError, match="`m/1` must serve stylize_part_encoded, but serves "):
        remote(restorer, "stylize", {}, True)
    with pytest.raises(ValueError, match="`m/1` is not told strength: leave that out"):
        remote(restorer, "restore", {"strength": 0.5, "level": 0.5}, True)
    one, other = (remote(restorer, "restore", {"level": x}, True)[0] for x in (0.5, 0.6))
    assert one.identity != other.identity
