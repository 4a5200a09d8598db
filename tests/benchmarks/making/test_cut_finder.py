"""The making of the finder of cuts: examples with their labels, and a training that learns."""

import numpy as np
from moving import texture

from benchmarks.making import cut_finder as making
from tfvgan.data import write_video
from tfvgan.data.transitions.joins import Film
from tfvgan.networks.cut_finder import SEEN

CLIPS = [texture(24, 40, (0.5, 0.2), seed)[0] for seed in range(3)]


def test_shots_are_read_of_a_folder(tmp_path):
    write_video(tmp_path / "a.mp4", np.concatenate(CLIPS[:2]))
    assert [each.shape[1:] for each in making.shots(tmp_path)] == []
    write_video(tmp_path / "b.mp4", np.concatenate([CLIPS[0], CLIPS[0][::-1]]))
    assert [each.shape for each in making.shots(tmp_path)] == [(48, *making.SIZE, 3)]


def test_a_film_backwards_is_cut_where_its_shots_begin():
    video = np.repeat(np.arange(6, dtype=np.uint8), 27 * 48 * 3).reshape(6, 27, 48, 3) * 40
    cut, gradual = np.arange(6) == 2, np.arange(6) == 4
    ways = set()
    for seed in range(12):
        one = Film(video, cut, gradual, cut, cut)
        made, label = making._changed(np.random.default_rng(seed), one)
        forward = made[-1].mean() > made[0].mean()
        ways.add(bool(forward))
        assert np.flatnonzero(label[:, 0]).tolist() == [2 if forward else 4]
        assert np.flatnonzero(label[:, 1]).tolist() == [4 if forward else 1]
        assert made.dtype == np.float32 and np.abs(made).max() <= 1
    assert ways == {True, False}


def test_examples_are_functions_of_the_seed_and_are_learnt():
    seen, labels = making.examples(CLIPS, 0, count=2, variants=2, frames=24)
    again, _ = making.examples(CLIPS, 0, count=1, variants=2, frames=24)
    assert seen.shape == (4, 24, SEEN) and labels.shape == (4, 24, 2)
    np.testing.assert_array_equal(seen[:2], again)

    fresh, trained = (making.train(seen, labels, 0, steps, width=8) for steps in (0, 4))
    losses = []
    for network in (fresh, trained):
        made = 1 / (1 + np.exp(-np.asarray(network.judge(seen))))
        losses.append(-np.log(np.where(labels > 0, made, 1 - made).clip(1e-6)).mean())
    assert losses[1] < losses[0]
