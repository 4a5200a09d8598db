"""Equal time for all: what is counted, when it is looked, and what is made of several seeds."""

import types

import pytest

from benchmarks.training import stabler
from tfvgan import VideoGAN
from tfvgan.tasks.generation.video_gan import learning


class Clock:
    """Tells a second more at each call."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


def test_looks_are_spread_and_not_counted():
    clock = Clock()

    def look():
        clock.now += 1000.0
        return 7.0

    watch = stabler.OnProcessors(40, look, looks=4, clock=clock)
    watch.set_model(types.SimpleNamespace(stop_training=False))
    assert watch.spent == 0
    steps = 0
    while not watch.model.stop_training:
        watch.on_train_batch_end(steps)
        steps += 1
    assert [fvd for _, fvd in watch.found] == [7.0] * 4
    # A look begins at its time, and the thousand seconds that it takes are nobody's.
    assert [spent for spent, _ in watch.found] == [10, 20, 30, 40]
    assert watch.steps == steps - 1


def test_rates_fall_in_the_second_half_of_the_processors_time():
    watch = types.SimpleNamespace(seconds=60.0, spent=0.0)
    cooling = stabler.Cooling(watch, 0.5)
    cooling.set_model(
        types.SimpleNamespace(
            steps_made=5, optimizer=types.SimpleNamespace(pace=types.SimpleNamespace())
        )
    )
    paces = []
    cooling.model.optimizer.pace.assign = paces.append
    for watch.spent in (0.0, 30.0, 45.0, 60.0):
        cooling.on_train_batch_begin(0)
    assert paces == pytest.approx([1.0, 1.0, 0.525, 0.05])


def test_each_change_is_one_that_the_preset_takes():
    model = VideoGAN.from_preset("continuous", 4, 8, compile=False, width=8)
    for change, changed in stabler.CHANGES.items():
        model.compile(**{**learning("continuous"), **changed()})
        others = changed() or change in (stabler.BASE, *stabler.COOL_DOWN)
        assert others, change


def run(change, seed, *looks, trouble=None):
    return {"change": change, "seed": seed, "steps": 10 * seed, "looks": looks, "trouble": trouble}


def test_seeds_become_a_row():
    runs = [
        run("a", 0, (5.0, 200.0), (10.0, 90.0)),
        run("a", 1, (6.0, 100.0), (12.0, 110.0)),
        run("a", 2, (5.0, 300.0), (10.0, 150.0), trouble="The generator has collapsed"),
        run("b", 0, (5.0, 99.0)),
        run("b", 1, (5.0, 101.0)),
        run("b", 2, (5.0, 400.0)),
    ]
    first, second = stabler.summary(runs, 100)
    assert (first["reached"], first["seconds"], first["FVD"]) == (2, 10.0, 110.0)
    assert (first["best"], first["worst"], first["failures"], first["steps"]) == (90, 150, 1, 10)
    assert (second["reached"], second["seconds"]) == (1, None), "most of them are later than all"


@pytest.mark.slow
def test_a_training_of_seconds(monkeypatch):
    monkeypatch.setattr(stabler, "CLIPS", 64)
    row = stabler.train("cool-down", 0, 2.0, lambda model: float(model.steps_made))
    assert len(row["looks"]) == stabler.LOOKS and row["looks"][-1][0] >= 2.0
    assert row["looks"][-1][1] == row["steps"] + 1 and row["trouble"] is None
