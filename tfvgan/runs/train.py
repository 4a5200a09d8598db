"""Train a video GAN in a folder, so that it can be killed at any moment and continued."""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

import keras

from tfvgan import callbacks as watch
from tfvgan import plots
from tfvgan.applications import application
from tfvgan.callbacks.checkpoint import checkpoints
from tfvgan.data.plainly import plainly
from tfvgan.runs.addresses import workers_by
from tfvgan.runs.clips import clips_of, prepare_clips
from tfvgan.runs.folder import LOCK, alone_in, is_empty
from tfvgan.runs.game import class_names, cool_down, make_model, moments, shown
from tfvgan.runs.loading import CLASSES
from tfvgan.runs.newest import CHECKPOINTS, MODEL, load_checkpoint
from tfvgan.runs.settings import FILE, Settings
from tfvgan.runs.signals import on_stop_signal
from tfvgan.runs.team import Team
from tfvgan.runs.train_settings import TrainSettings
from tfvgan.sealed import write_sealed
from tfvgan.tasks.loading import load_keras
from tfvgan.video import to_uint8

LOG = "log.csv"


class Unhealthy(RuntimeError):
    """A training went wrong and was stopped; the run holds the last good weights."""


def train(
    videos: str | os.PathLike | Sequence[str | os.PathLike] | None,
    out: str | os.PathLike,
    *,
    resume: bool = False,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    workers: str | None = None,
    index: int | None = None,
    devices: int | None = None,
    **settings: Unpack[TrainSettings],
) -> keras.Model:
    """Returns the trained model; its run's folder `out` holds everything about it.

    The folder gets settings.json, classes.json (their names, if it learns them), clips.json (what
    the clips are: it goes on with no others), cache/ (the decoded clips; of videos that go beside
    them, such as `pairs`, there are a file and a folder, too), log.csv, tensorboard/,
    curves.png, previews/, checkpoints/ and, at the end, model.keras. SIGINT (Ctrl-C) and SIGTERM
    save before they raise `KeyboardInterrupt`. A run that was stopped or killed and is resumed ends
    with the weights, bit for bit, of one that never was.

    Several workers train one model, a process each, which see `out` and the videos on one disk. The
    `batch_size` is of all of them together. Worker 0 alone writes. When one fails all end, and the
    same call on all goes on, with `resume` or without.

    Args:
        videos: a folder (sub-folders are classes), a file, a pattern, a list of files, or a folder
            that `tfvgan.data.prepare` has made; may be None when resuming.
        out: the run's folder, empty or not there; with `resume` one that was begun.
        resume: bool, continue the run in `out` with the settings it began with.
        callbacks: more of `keras.callbacks.Callback`, of each worker.
        workers: addresses of all workers, "host1:port,host2:port", as of `workers_by`; None for
            what TF_CONFIG or SLURM says, or one process.
        index: which of the workers this process is, from 0; None for what the environment says.
        devices: GPUs of this process, or of each worker, that train; None is one.
        **settings: see `Settings`; when resuming, only `epochs` and `minutes` may differ.

    Raises:
        Busy: when another process trains in `out`.
        ValueError: for a wrong setting, videos that cannot be read, or are others than those that
            the run began with, a folder in use, or nothing left to train.
        Unhealthy: when training went wrong; see `tfvgan.callbacks.Health`.
        WorkerLost: when another worker did not come, failed or was killed.
        KeyboardInterrupt: when stopped by a signal.
    """
    out = Path(out)
    team = Team(workers_by(workers, index, os.environ), devices)
    team.join()
    with team.watched():
        with team.together():  # None writes anything before all have looked.
            resume = resume or (team.count > 1 and (out / FILE).is_file())
            settings = _settings(videos, out, resume, settings)
            sentence = team.batch_of(settings.batch_size)
            saved = [file.name for file in checkpoints(out / CHECKPOINTS)]
        team.check_alike(settings=settings, checkpoints=saved)
        print(sentence, end="\n" * bool(sentence))
        with alone_in(out) if team.chief else contextlib.nullcontext():
            model = (_continued if resume else _begun)(settings, out, team)
            if _is_left(model, settings):
                with plainly():
                    _fit(model, settings, out, team, callbacks)
            with team.together():
                _finish(model, out, team)
    return model


def _settings(videos, out, resume, given):
    """Returns the settings of a new run, or of one that goes on."""
    return Settings.load(out).resumed(videos, given) if resume else Settings.make(videos, given)


def _begun(settings, out, team):
    """Returns a new model, with what a run needs in its folder, and the clips prepared.

    Being interrupted, or a full disk, leaves a run to resume; a wrong input leaves nothing.
    """
    with team.together():
        if team.chief and not is_empty(out):
            raise ValueError(
                f"`{out}` is not empty: choose another folder, or continue the run in it by "
                "`resume` (--resume)."
            )
    with team.scope():
        model = make_model(settings)
    model.check_ready()
    with team.together():
        if team.chief:
            _prepare(settings, out)
    return model


def _prepare(settings, out):
    """Writes what a run needs into its folder, and prepares the clips; or leaves nothing."""
    try:
        if settings.conditional:
            names = json.dumps(class_names(settings.videos))
            (out / CLASSES).write_text(names + "\n", encoding="utf-8")
        settings.save(out)
        prepare_clips(settings, out)
    except ValueError:
        for path in out.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != LOCK:
                path.unlink()
        raise


def _continued(settings, out, team):
    """Returns the model of a run that was stopped, with its clips prepared if any are needed."""
    with team.scope():
        model = load_checkpoint(out / CHECKPOINTS, team.chief) or make_model(settings)
    with team.together():
        left = _is_left(model, settings)
        if not left and _is_finished(model, out):
            raise ValueError(
                f"The run in `{out}` has trained all of its {settings.epochs} epochs: "
                "ask for more `epochs` to continue."
            )
        if left:
            model.check_ready()
        if team.chief:
            settings.save(out)
            if left:
                prepare_clips(settings, out)
    return model


def _is_left(model, settings):
    """Returns whether there are steps left to train."""
    return model.steps_made < settings.epochs * settings.steps_per_epoch


def _is_finished(model, out):
    """Returns whether the finished model's file exists: a run may be killed before that."""
    try:
        return load_keras(out / MODEL).steps_made >= model.steps_made
    except ValueError:
        return False


def _batches(model, settings, out, moments=None, share=(0, 1)):
    """Returns the batches that come next, for ever: whole clips, or `moments` frames of each."""
    clips_from = clips_of(settings, out, moments, share)
    batches = application(settings.network).batches(clips_from, settings, model.steps_made)
    if share == (0, 1):
        return batches
    return batches.map(lambda batch: {name: batch[name] for name in batch if name != "place"})


def _fit(model, settings, out, team, more):
    """Trains until all epochs are done or a callback stops it; the first may be the rest of one."""
    steps = settings.steps_per_epoch
    epoch, done = divmod(model.steps_made, steps)
    checkpoint = watch.Checkpoint(out / CHECKPOINTS, writes=team.chief)
    batch = next(iter(_batches(model, settings, out)))
    health = watch.Health(to_uint8(batch["video"]).numpy())
    callbacks = [health, *_endings(settings), *more, checkpoint]
    if team.chief:
        preview = watch.Preview(out / "previews", show=shown(model, batch))
        callbacks += map(watch.Observer, _observers(settings, out, preview))
    spans = [(epoch, settings.epochs, steps)]
    if done:
        spans = [(epoch, epoch + 1, steps - done), (epoch + 1, settings.epochs, steps)]
    with on_stop_signal(checkpoint.request_stop):
        for first, last, count in spans:
            if first < last:
                batches = _batches(model, settings, out, moments(model), team.share)
                model.fit(
                    team.dealt(batches, settings.batch_size),
                    initial_epoch=first,
                    epochs=last,
                    steps_per_epoch=count,
                    callbacks=callbacks,
                    verbose=0,
                )
            if model.stop_training:
                break
    if health.trouble is not None:
        _finish(model, out, team)
        raise Unhealthy(health.trouble)


def _endings(settings):
    """Returns the callbacks that end training or lower its rates."""
    endings = []
    if share := cool_down(settings):
        steps = settings.epochs * settings.steps_per_epoch
        endings.append(watch.CoolDown(steps, settings.minutes, share))
    if settings.minutes is not None:
        endings.append(watch.StopAfter(settings.minutes))
    return endings


def _observers(settings, out, preview):
    """Returns the callbacks that log, draw and show progress, after the checkpoint."""
    shown = watch.Progress if sys.stdout.isatty() else watch.EpochLine
    return [
        watch.CsvLog(out / LOG),
        shown(settings.epochs, minutes=settings.minutes),
        keras.callbacks.TensorBoard(str(out / "tensorboard"), write_graph=False),
        preview,
        keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: plots.curves(out / LOG, out / "curves.png")
        ),
    ]


def _finish(model, out, team):
    """Writes the model under its final name, whole."""
    if team.chief:
        write_sealed(out / MODEL, model.save)
