"""What is shown of masks that a server makes."""

import numpy as np
import pytest
from in_memory import InMemory, busy
from moving import texture

from tfvgan.networks import SegmenterGenerator
from tfvgan.serving.remote import RemoteStepper
from tfvgan.serving.shown import Shown, remote_scene, through, viewer
from tfvgan.tasks import Segmenter

VIDEO = texture(4, 24, (1.0, 0.5))[0]


@pytest.fixture(scope="module")
def network():
    return busy(SegmenterGenerator(3, 8, 1))


@pytest.fixture(scope="module")
def remote(network):
    way = InMemory({"m": Segmenter(network, edge=(8, 8))}, True)
    told = way.signatures("m")[1]
    return RemoteStepper(
        lambda signature, inputs: way.predict("m", signature, inputs, told),
        told, "segment", "m/1", {}, True,
    )  # fmt: skip


@pytest.mark.parametrize("view, grow", [("mask", 0), ("cutout", 2), ("#0080ff", 0)])
def test_views_are_those_without_a_server(network, remote, view, grow):
    stepper, local = Shown(remote, view, grow), Segmenter(network, view, grow=grow)
    made, wanted = remote_scene(stepper, VIDEO), local.segment(VIDEO)
    assert stepper.alpha == local.alpha and made.shape == wanted.shape
    assert np.abs(made.astype(int) - wanted).max() <= 2  # Masks come as levels.
    assert stepper.found == local.found
    assert stepper.identity != Shown(remote, "blur", grow).identity
    assert stepper.bytes_per_pixel == remote.bytes_per_pixel


def test_a_view_is_one_graph_for_frames_of_all_sizes_and_files():
    seen = viewer("mask", 0, 3, 2, "uint8")
    mask = np.zeros((4, 6, 2), np.uint8)
    mask[..., 0], mask[1, 2] = 255, (127, 128)
    for shown in (seen, viewer("mask", 0, 3, 2, "uint8")):
        picture, found = shown(np.zeros((4, 6, 3), np.uint8), mask)
        assert found and picture.shape == (4, 6, 3) and picture.dtype == np.uint8
        assert picture[1, 2].numpy().tolist() == [128] * 3 and picture[0, 0, 0] == 0
        assert not shown(np.zeros((2, 2, 3), np.uint8), mask[2:, :2])[1]
    assert shown is seen and seen.experimental_get_tracing_count() == 1


def test_a_background_lies_behind(network, remote, tmp_path):
    (tmp_path / "sea.png").touch()
    stepper = Shown(remote, tmp_path / "sea.png", 0)
    behind = np.concatenate([VIDEO, np.zeros_like(VIDEO)], axis=-1)
    shares = 1 - Segmenter(network).masks(VIDEO)[..., :1] / 255
    assert np.abs(remote_scene(stepper, behind) - shares * VIDEO).max() <= 2


def test_arrays_have_no_masks_beside_them(remote):
    with pytest.raises(ValueError, match="are for videos in files: give a path and `out`"):
        through(remote, VIDEO, None, False, {}, mask="mask.png")
    with pytest.raises(ValueError, match="give a path and `out`"):
        through(remote, VIDEO, None, False, {"resume": True})
    np.testing.assert_array_equal(
        through(remote, VIDEO[:2], None, False, {}, mask=None), remote_scene(remote, VIDEO[:2])
    )
