"""A segmenter on its own: arrays of any size, what is shown and served, what is refused."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import SegmenterGenerator, StylizerGenerator
from tfvgan.networks.segmenter import KEPT
from tfvgan.tasks import Segmenter

VIDEO = np.random.default_rng(0).integers(0, 256, (3, 10, 14, 3)).astype("uint8")


def network(classes=2):
    made = SegmenterGenerator(classes, 8, 1)
    made.build()
    made.head.kernel.assign(np.random.default_rng(1).normal(0.0, 0.3, made.head.kernel.shape))
    return made


def test_masks_are_shares_of_any_size_and_what_is_shown_is_made_of_them(eagerly):
    net = network()
    masks = Segmenter(net).masks(VIDEO)
    assert masks.shape == (3, 10, 14, 2) and masks.dtype == np.uint8
    np.testing.assert_allclose(masks.sum(-1, dtype=int), 255, atol=1)
    grey = Segmenter(net).segment(VIDEO)
    np.testing.assert_allclose(grey.astype(int), masks[..., 1:].repeat(3, -1), atol=1)
    share = masks[..., 1:] / 255
    red = Segmenter(net, "red").segment(VIDEO)
    wanted = share * VIDEO + (1 - share) * np.array([255, 0, 0])
    np.testing.assert_allclose(red, wanted, atol=1.6)
    cut = Segmenter(net, "cutout").segment(VIDEO)
    np.testing.assert_array_equal(cut, np.concatenate([VIDEO, grey[..., :1]], -1))


def test_deep_frames_stay_deep(eagerly):
    segmenter = Segmenter(network(), "overlay")
    frame = VIDEO[0, :8, :12]
    fine, _ = segmenter.step([frame.astype("uint16") * 257] * 3, None)
    coarse, _ = segmenter.step([frame] * 3, None)
    assert fine.dtype == np.uint16 and coarse.dtype == np.uint8
    np.testing.assert_allclose(fine / 257, coarse, atol=0.51)


def test_large_frames_are_seen_small(eagerly, monkeypatch):
    monkeypatch.setattr("tfvgan.tasks.segmentation.segmenter.SEEN", 8)
    large = VIDEO.repeat(2, 1).repeat(2, 2)
    net = network()
    of_itself = Segmenter(net).masks(large)
    assert of_itself.shape == (3, 20, 28, 2)
    np.testing.assert_array_equal(of_itself, Segmenter(net, shrink=3).masks(large))
    assert np.abs(of_itself.astype(int) - Segmenter(net, shrink=1).masks(large)).max() > 3
    _, state = Segmenter(net).step([large[0]] * 3, None)
    assert state.shape == (1, 2, 3, 8 + KEPT)


def test_what_is_shown_can_be_larger_and_what_is_served_is_not(eagerly):
    net = network()
    plain, grown = Segmenter(net, "red"), Segmenter(net, "red", grow=2)
    share = plain.masks(VIDEO)[..., 1].astype("float32") / 255
    np.testing.assert_array_equal(grown.masks(VIDEO)[..., 1] / np.float32(255), share)
    around = np.pad(share, ((0, 0), (2, 2), (2, 2)))
    wide = np.lib.stride_tricks.sliding_window_view(around, (5, 5), (1, 2)).max((3, 4))[..., None]
    wanted = wide * VIDEO + (1 - wide) * np.array([255, 0, 0])
    inside = np.s_[:, 2:-2, 2:-2]  # Files are filled up beyond their border.
    np.testing.assert_allclose(grown.segment(VIDEO)[inside], wanted[inside], atol=1.6)
    assert grown.identity != plain.identity and grown.resized((8, 8)).grow == 2
    with pytest.raises(ValueError, match="`grow` must be from 0 to 64 pixels, but is -1"):
        Segmenter(net, grow=-1)


def test_files_go_through_the_stream(monkeypatch):
    asked = {}

    def process(stepper, path, out, **how):
        asked.update(how, path=path, out=out)
        return out

    monkeypatch.setattr("tfvgan.streaming.process", process)
    assert Segmenter(network()).segment("a.mp4", "b.mkv", resume=True) == "b.mkv"
    assert asked == {"path": "a.mp4", "out": "b.mkv", "resume": True, "background": None}


def test_what_is_behind_comes_with_the_frames(eagerly, tmp_path):
    net, path = network(), tmp_path / "beach.jpg"
    path.touch()
    segmenter = Segmenter(net, path)
    frame, other = VIDEO[0, :8, :12], VIDEO[1, :8, :12]
    made, _ = segmenter.step([np.concatenate([frame, other], -1)] * 3, None)
    share = Segmenter(net).masks(frame[None])[0, ..., 1:] / 255
    np.testing.assert_allclose(made, share * frame + (1 - share) * other, atol=1.6)
    assert segmenter.identity != Segmenter(net).identity
    with pytest.raises(ValueError, match="is behind videos in files: give a path and `out`"):
        segmenter.segment(VIDEO)


@pytest.mark.parametrize("shrink, sides", [(None, (3, 4)), (2, (2, 2))])
def test_clips_and_frames_are_served_alike(shrink, sides, eagerly):
    segmenter = Segmenter(network(3), shrink=shrink, edge=(8, 12))
    served = segmenter.endpoints()
    more = ["segment_frame_12x8", "segment_part", "segment_encoded", "segment_part_encoded"]
    assert list(served) == ["segment", "segment_frame", *more]
    wanted = segmenter.masks(VIDEO)
    whole = served["segment"].function(tf.constant(VIDEO[None]))["mask"]
    np.testing.assert_allclose(whole[0].numpy().astype(int), wanted, atol=1)
    state = np.zeros((1, *sides, 8 + KEPT), "float32")
    for now in range(3):
        outputs = served["segment_frame"].function(tf.constant(VIDEO[None, now]), state)
        np.testing.assert_allclose(outputs["mask"][0].numpy().astype(int), wanted[now], atol=1)
        state = outputs["state"]
    edge = served["segment_frame"].edge
    made = edge.function(*edge.examples(1, 0)[0].values())
    assert made["mask"].shape == (1, 8, 12, 3)
    np.testing.assert_allclose(tf.reduce_sum(made["mask"], -1), 1, atol=1e-5)


def test_edge_devices_are_tried_on_states_of_frames_before(eagerly):
    edge = Segmenter(network(), edge=(12, 20)).endpoints()["segment_frame"].edge
    examples = edge.examples(6, 0)
    assert len(examples) == 6
    for first, second in zip(examples, examples[1:]):
        begins = not second["state"].any()
        assert begins == (second is examples[4])
        if not begins:
            made = edge.function(*(first[name] for name in ("frame", "state")))
            np.testing.assert_allclose(made["state"], second["state"], atol=1e-5)


@pytest.mark.parametrize(
    ("classes", "logit", "found"),
    [(2, -0.1, False), (2, 0.1, True), (3, -0.8, False), (3, 0, True)],
)
def test_something_is_found_where_a_pixel_is_less_than_half_of_the_first_class(
    classes, logit, found, eagerly
):
    net = network(classes)
    net.head.kernel.assign(0 * net.head.kernel)
    each = 4 * (classes - 1)  # Of a pixel: a logit of each class but the first, and slopes.
    bias = [logit * (n % each < classes - 1) for n in range(net.head.bias.shape[0])]
    net.head.bias.assign(bias)
    segmenter = Segmenter(net, "red")
    segmenter.step([VIDEO[0, :8, :12]] * 3, None)
    assert segmenter.found is found


def test_where_nothing_is_found_a_line_says_so(monkeypatch, caplog):
    segmenter = Segmenter(network())
    for found in (True, False):
        monkeypatch.setattr(segmenter, "found", found)
        monkeypatch.setattr("tfvgan.streaming.process", lambda stepper, path, out, **how: out)
        segmenter.segment(f"{found}.mp4", "b.mkv")
    assert "In False.mp4 nothing was found: in no frame is more than half" in caplog.text
    assert "True.mp4" not in caplog.text


def test_what_it_is_told_is_part_of_what_it_is():
    net = network()
    names = {Segmenter(net, *told).identity for told in ((), ("blur",), ("green",), ("blur", 2))}
    assert len(names) == 4
    assert Segmenter(net, "blur", 2).resized((8, 8)).edge == (8, 8)
    assert Segmenter(net, "blur", 2).resized((8, 8)).identity in names


def test_what_cannot_be():
    with pytest.raises(ValueError, match="must be a .*SegmenterGenerator, but is a StylizerGen"):
        Segmenter(StylizerGenerator(8, 1))
    with pytest.raises(
        ValueError, match="`view` must be mask, overlay, cutout, blur, a colour .*'blue-i"
    ):
        Segmenter(network(), "blue-ish")
    with pytest.raises(ValueError, match="`shrink` must be 1 or more, but is 0"):
        Segmenter(network(), shrink=0)
    with pytest.raises(ValueError, match="must be uint8 .*, but is float32"):
        Segmenter(network()).masks((VIDEO / 255).astype("float32"))
