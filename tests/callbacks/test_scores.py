"""Scores: in the logs when it is their turn, of the average, with the real videos read once."""

import csv

import keras
import numpy as np
import pytest

from tfvgan.callbacks import CsvLog, Scores


class Colour:
    """An extractor: the mean of each channel."""

    name, resize, per, dimension = "colour", "none", "video", 3

    def __call__(self, videos):
        return np.asarray(videos, np.float32).mean(axis=(1, 2, 3))


class Model(keras.Model):
    """Generates noise that gets brighter each time it is asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def generate(self, count, seed):
        self.asked.append((count, seed))
        shift = 40 * len(self.asked)
        return noise(count, seed) // 2 + np.uint8(shift)


def noise(count, seed):
    return np.random.default_rng(seed).integers(0, 200, (count, 3, 8, 8, 3), np.uint8)


def real(read):
    for seed in range(100, 200):
        read.append(seed)
        yield {"video": noise(4, seed)}


def test_the_scores_are_in_the_logs_when_it_is_their_turn(tmp_path):
    read = []
    scores = Scores(real(read), every=2, count=10, extractor=Colour(), seed=7, progress=False)
    model, log = Model(), CsvLog(tmp_path / "log.csv")
    for callback in (scores, log):
        callback.set_model(model)
        callback.on_train_begin()
    assert len(read) == 3  # Batches of 4 for 10 videos.
    seen = []
    for epoch in range(4):
        logs = {"g_loss": 1.0}
        for callback in (scores, log):
            callback.on_epoch_end(epoch, logs)
        seen.append(logs)
    scores.on_train_begin()
    assert len(read) == 3 and model.asked == [(10, 7)] * 2
    assert [set(logs) - {"g_loss"} for logs in seen] == [
        set(),
        {"fvd", "kvd", "precision_k3", "recall_k3"},
    ] * 2
    # Between two such noises lies little but the shift of the mean; 40 levels a channel are added.
    centre = noise(10, 7).mean() / 2 - 100
    for logs, shift in ((seen[1], 40), (seen[3], 80)):
        assert logs["fvd"] == pytest.approx(3 * (centre + shift) ** 2, rel=0.2)
    assert scores.results[0].name == "fvd_colour_3f_10v_stride1_none_seed7"
    rows = list(csv.DictReader((tmp_path / "log.csv").open()))
    assert rows[0]["fvd"] == "nan" and float(rows[1]["fvd"]) == seen[1]["fvd"]


def test_an_extractor_that_is_none_is_told_before_the_training():
    with pytest.raises(ValueError, match="nonsense"):
        Scores([], extractor="nonsense")
