"""A steadier on its own: arrays, what is refused, what is served."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import SteadierGenerator, StylizerGenerator
from tfvgan.tasks import Steadier

RNG = np.random.default_rng(0)
ORIGINAL, PROCESSED = RNG.integers(0, 256, (2, 3, 10, 14, 3)).astype("uint8")


def network():
    made = SteadierGenerator(8, 1)
    made.build()
    made.head.kernel.assign(np.random.default_rng(1).normal(0.0, 0.05, made.head.kernel.shape))
    return made


def test_arrays_of_any_size_and_depth(eagerly):
    steadier = Steadier(network())
    made = steadier.steady(ORIGINAL, PROCESSED)
    assert made.shape == PROCESSED.shape and made.dtype == np.uint8
    both = np.concatenate([ORIGINAL, PROCESSED], -1)[:, :8, :12]
    deep = both[0].astype("uint16") * 257
    fine, _ = steadier.step([deep] * 3, None)
    coarse, _ = steadier.step([both[0]] * 3, None)
    assert fine.dtype == np.uint16 and coarse.dtype == np.uint8
    np.testing.assert_allclose(fine / 257, coarse, atol=0.51)


def test_what_is_steady_stays_as_it_was(eagerly):
    fresh = SteadierGenerator(8, 1)
    fresh.build()
    still = ORIGINAL[[0, 0, 0]]
    np.testing.assert_allclose(Steadier(fresh).steady(still, 255 - still), 255 - still, atol=1)


def test_files_go_through_the_stream(monkeypatch):
    asked = {}

    def process(stepper, path, out, **how):
        asked.update(how, path=path, out=out)
        return out

    monkeypatch.setattr("tfvgan.streaming.process", process)
    assert Steadier(network()).steady("a.mp4", "b.mp4", "c.mp4", resume=True) == "c.mp4"
    assert asked == {"path": "b.mp4", "out": "c.mp4", "beside": "a.mp4", "resume": True}


def test_clips_and_frames_are_served_alike(eagerly):
    steadier = Steadier(network(), edge=(8, 12))
    served = steadier.endpoints()
    more = ["steady_frame_12x8", "steady_part", "steady_encoded", "steady_part_encoded"]
    assert list(served) == ["steady", "steady_frame", *more]
    wanted = steadier.steady(ORIGINAL, PROCESSED)
    given = [tf.constant(video[None]) for video in (ORIGINAL, PROCESSED)]
    whole = served["steady"].function(*given)["video"]
    np.testing.assert_allclose(whole[0].numpy().astype(int), wanted, atol=1)
    names = [spec.name for spec in served["steady_frame"].signature]
    assert names == ["original_before", "original", "processed_before", "processed", "state"]
    state, before = np.zeros((1, 3, 4, 56), "float32"), 0
    for now in range(3):
        pictures = [v[None, n] for v in (ORIGINAL, PROCESSED) for n in (before, now)]
        outputs = served["steady_frame"].function(*map(tf.constant, pictures), tf.constant(state))
        np.testing.assert_allclose(outputs["frame"][0].numpy().astype(int), wanted[now], atol=1)
        state, before = outputs["state"], now
    edge = served["steady_frame"].edge
    assert edge.signature[-1].shape == (1, 2, 3, 56)
    made = edge.function(*edge.examples(1, 0)[0].values())
    assert made["frame"].shape == (1, 8, 12, 3)


def test_who_may_steady_what():
    with pytest.raises(ValueError, match="must be a .*SteadierGenerator, but is a StylizerGen"):
        Steadier(StylizerGenerator(8, 1))
    steadier = Steadier(network())
    assert steadier.resized((8, 8)).edge == (8, 8)
    with pytest.raises(ValueError, match=r"of one shape, but are \(3, 10, .* and \(2, 10, "):
        steadier.steady(ORIGINAL, PROCESSED[:2])
    with pytest.raises(ValueError, match="must be both paths, or both arrays"):
        steadier.steady(ORIGINAL, "b.mp4", "c.mp4")
    with pytest.raises(ValueError, match="give a path and `out`, or an array alone"):
        steadier.steady("a.mp4", "b.mp4")
    with pytest.raises(ValueError, match="`processed` must be uint8 .*, but is float32"):
        steadier.steady(ORIGINAL, (PROCESSED / 255).astype("float32"))
