"""Workers that begin, end and fail together: alone in this process, and as real processes."""

import json
import signal
import socket
import time

import films
import numpy as np
import pytest
import tensorflow as tf
import working

from tfvgan.runs import WorkerLost, load_run
from tfvgan.runs.addresses import Workers
from tfvgan.runs.team import Team

TWO = Workers(("a:1", "b:2"), 1, "--workers")
GAME = {
    **{"network": "continuous", "frames": 5, "size": 8, "width": 4, "augment": "adaptive"},
    **{"flip": True, "batch_size": 4, "decoder": "pyav"},
}

# Its generator gathers statistics of batches, which all workers must go on with alike.
NORMALISED = {
    **{"network": "vgan", "frames": 2, "size": 8, "width": 4, "batch_size": 4, "decoder": "pyav"},
    **{"epochs": 3, "steps_per_epoch": 4},
}


@pytest.fixture(scope="module")
def videos(tmp_path_factory):
    return str(films.folder(tmp_path_factory.mktemp("videos"), frames=(12, 9, 11), classes=()))


def test_one_process_is_the_chief_and_shares_nothing():
    team = Team()
    team.join()
    assert team.chief and team.share == (0, 1) and team.batch_of(7) == ""
    batches = tf.data.Dataset.range(3)
    assert team.dealt(batches, 4) is batches
    team.check_alike(settings=1)
    with team.scope(), team.together(), team.watched():
        assert tf.distribute.get_strategy() is team.strategy
    with pytest.raises(tf.errors.UnavailableError), team.watched():
        raise tf.errors.UnavailableError(None, None, "A disk is gone.")


def test_the_first_worker_alone_is_chief():
    assert Team(TWO._replace(index=0)).chief
    team = Team(TWO)
    assert not team.chief and team.share == (1, 2)


def test_a_batch_is_of_all_together():
    assert "2 workers with one device, 4 clips on each" in Team(TWO).batch_of(8)
    with pytest.raises(ValueError, match=r"a multiple of 2, but is 5: choose 6\."):
        Team(TWO).batch_of(5)


@pytest.mark.parametrize("devices", [99, 0])
def test_devices_that_there_are_not_are_refused(devices):
    sentence = rf"`devices` must be from 1 to the \d+ GPUs .* is {devices}"
    with pytest.raises(ValueError, match=sentence):
        Team(TWO, devices=devices)


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        workers = Workers((f"localhost:{port}", "localhost:1"), 0, "--workers")
        with pytest.raises(ValueError, match=rf"The port of worker 0, localhost:{port}, is taken"):
            Team(workers).join()


def test_who_does_not_come_is_named():
    first, other = working.ports(2)
    with socket.socket() as there:
        there.bind(("", 0))
        there.listen()
        second = f"localhost:{there.getsockname()[1]}"
        team = Team(Workers((first, second, other), 0, "--workers"))
        with pytest.raises(WorkerLost, match=rf"within 0\.001 minutes, but {other} did not answer"):
            team.join(patience=0.001)


def test_all_who_come_are_a_team(monkeypatch, capsys):
    first, other = working.ports(2)
    with socket.socket() as there:
        there.bind(("", int(other.partition(":")[2])))
        there.listen()
        team = Team(Workers((first, other), 0, "--workers"))
        monkeypatch.setattr(team, "_made", lambda: "a strategy")
        team.join(patience=0.1)
    assert team.strategy == "a strategy"
    printed = f"Worker 0 of 2 ({first}, by --workers) waits for the others.\n"
    assert capsys.readouterr().out == printed


def test_what_others_say_is_heard(monkeypatch):
    team, said = Team(TWO), []
    monkeypatch.setattr(team, "_said", lambda number: said.append(number) or [number, 3])
    with pytest.raises(WorkerLost, match=r"Worker 1 \(b:2\) had to stop"), team.together():
        pass
    with pytest.raises(KeyError), team.together():
        raise KeyError
    assert said == [0, 1], "the others are told of what failed here"
    with pytest.raises(ValueError, match=r"the same settings, but those of worker 1 \(b:2\)"):
        team.check_alike(settings={"seed": 1})
    monkeypatch.setattr(team, "_said", lambda number: [number, number])
    team.check_alike(settings={"seed": 1})


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (tf.errors.UnavailableError, "Connection\nreset."),
        (tf.errors.InternalError, "Collective ops are aborted."),
    ],
)
def test_a_lost_worker_is_told_in_a_sentence(error, message):
    lost = rf"^Another worker is gone.*\({message[:6]}[^{{]*\)\. Start"
    with pytest.raises(WorkerLost, match=lost), Team(TWO).watched():
        raise error(None, None, "{{node all/reduce}} " + message)
    with pytest.raises(tf.errors.InternalError, match=r"^A disk"), Team(TWO).watched():
        raise tf.errors.InternalError(None, None, "A disk is full.")
    with pytest.raises(ValueError, match=r"^wrong$"), Team(TWO).watched():
        raise ValueError("wrong")


def noted(folder, index):
    """Returns losses by step, what was drawn, and weights, that a worker noted."""
    with np.load(folder / f"{index}.npz") as held:
        weights = [held[f"arr_{n}"] for n in range(len(held.files) - 2)]
        return json.loads(str(held["losses"])), held["drawn"], weights


@pytest.fixture(scope="module")
def alone(videos, tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    working.trained(1, folder, videos=videos, steps_per_epoch=20, epochs=1, **GAME)
    return noted(folder, 0)


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 4])
def test_workers_train_what_one_trains(videos, tmp_path, alone, count):
    working.trained(count, tmp_path, videos=videos, steps_per_epoch=20, epochs=1, **GAME)
    losses, drawn, weights = alone
    for index in range(count):
        own_losses, own_drawn, own_weights = noted(tmp_path, index)
        assert len(own_losses) == len(losses) == 20
        for step, other in zip(own_losses, losses, strict=True):
            # It follows the signs of scores, and one that is nearly zero may round to either.
            assert step.pop("augment_p") == pytest.approx(other["augment_p"], abs=5e-5)
            others = {name: value for name, value in other.items() if name != "augment_p"}
            assert step == pytest.approx(others, abs=1e-5, rel=1e-5)
        for weight, other in zip(own_weights, weights, strict=True):
            far = 2e-5 if np.ndim(other) else 5e-5  # `augment_p` is one number, see above.
            np.testing.assert_allclose(weight, other, rtol=0, atol=far)
        rows = 4 // count
        np.testing.assert_array_equal(own_drawn, drawn[index * rows : (index + 1) * rows])
    assert len(np.unique(drawn)) == drawn.size, "each draws latents of its own"
    files = sorted(path.name for path in (tmp_path / "run").iterdir())
    assert {"model.keras", "log.csv", "previews", "checkpoints"} <= set(files)
    assert len((tmp_path / "run" / "log.csv").read_text().splitlines()) == 2


def command(videos, out, listed, index):
    words = ["-c", "import sys; from tfvgan_cli.main import main; sys.exit(main())"]
    words += ["train", videos, "--out", str(out), "--workers", listed]
    words += ["--index", str(index)]
    for name, value in NORMALISED.items():
        words += [f"--{name.replace('_', '-')}", str(value)]
    return words


def both(videos, out):
    """Returns two workers as processes."""
    listed = ",".join(working.ports(2))
    return [working.start(command(videos, out, listed, index)) for index in range(2)]


def ended(workers):
    """Checks that workers have ended well."""
    for each in workers:
        _, errors = each.communicate(timeout=580)
        assert each.returncode == 0, errors[-4000:]


@pytest.fixture(scope="module")
def undisturbed(videos, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "run"
    ended(both(videos, out))
    return load_run(out).get_weights()


def seconds_until_the_other_ends(workers, victim, signum, limit):
    """Returns the seconds from a signal to one worker to the sentence of the other, at most."""
    workers[victim].send_signal(signum)
    sent = time.monotonic()
    _, errors = workers[1 - victim].communicate(timeout=limit)
    seconds = time.monotonic() - sent
    assert workers[1 - victim].returncode == 1, errors[-4000:]
    assert "tfvgan: stopped: Another worker is gone" in errors
    return seconds


def wait_for(out, moment, workers):
    """Waits until a file is there, or a worker has ended."""
    while not any(out.glob(moment)) and all(each.poll() is None for each in workers):
        time.sleep(0.02)


@pytest.mark.slow
def test_a_stopped_worker_ends_the_others(videos, tmp_path):
    """It answers nothing and closes no connection: TensorFlow asks each half minute."""
    workers = both(videos, tmp_path / "run")
    try:
        wait_for(tmp_path / "run", "checkpoints/step-00000004.keras", workers)
        assert seconds_until_the_other_ends(workers, 1, signal.SIGSTOP, 180) < 120
    finally:
        for each in workers:
            each.kill()
            each.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("victim", "moment"),
    [(1, "clips.json"), (1, "checkpoints/step-00000004.keras"), (0, "checkpoints/*8.keras")],
)
def test_a_killed_worker_ends_all_and_the_same_command_goes_on(
    videos, tmp_path, undisturbed, victim, moment
):
    out = tmp_path / "run"
    workers = both(videos, out)
    wait_for(out, moment, workers)
    assert seconds_until_the_other_ends(workers, victim, signal.SIGKILL, 120) < 30
    workers[victim].communicate()
    ended(both(videos, out))
    for weight, other in zip(load_run(out).get_weights(), undisturbed, strict=True):
        np.testing.assert_array_equal(weight, other)
