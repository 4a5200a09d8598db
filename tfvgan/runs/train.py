"""Train a video GAN in a folder, so that it can be killed at any moment and continued."""

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
from tfvgan.data.plainly import plainly
from tfvgan.runs.clips import clips_of, prepare_clips
from tfvgan.runs.folder import LOCK, alone_in, is_empty
from tfvgan.runs.game import class_names, cool_down, make_model, moments, shown
from tfvgan.runs.loading import CLASSES
from tfvgan.runs.newest import CHECKPOINTS, MODEL, load_checkpoint
from tfvgan.runs.settings import Settings
from tfvgan.runs.signals import on_stop_signal
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
    **settings: Unpack[TrainSettings],
) -> keras.Model:
    """Returns the trained model; its run's folder `out` holds everything about it.

    The folder gets settings.json, classes.json (their names, if it learns them), clips.json (what
    the clips are: it goes on with no others), cache/ (the decoded clips; of videos that go beside
    them, such as `pairs`, there are a file and a folder, too), log.csv, tensorboard/,
    curves.png, previews/, checkpoints/ and, at the end, model.keras. SIGINT (Ctrl-C) and SIGTERM
    save before they raise `KeyboardInterrupt`. A run that was stopped or killed and is resumed ends
    with the weights, bit for bit, of one that never was.

    Args:
        videos: a folder (sub-folders are classes), a file, a pattern, a list of files, or a folder
            that `tfvgan.data.prepare` has made; may be None when resuming.
        out: the run's folder, empty or not there; with `resume` one that was begun.
        resume: bool, continue the run in `out` with the settings it began with.
        callbacks: more of `keras.callbacks.Callback`.
        **settings: see `Settings`; when resuming, only `epochs` and `minutes` may differ.

    Raises:
        Busy: when another process trains in `out`.
        ValueError: for a wrong setting, videos that cannot be read, or are others than those that
            the run began with, a folder in use, or nothing left to train.
        Unhealthy: when training went wrong; see `tfvgan.callbacks.Health`.
        KeyboardInterrupt: when stopped by a signal.
    """
    out = Path(out)
    if resume:
        settings = Settings.load(out).resumed(videos, settings)
    else:
        settings = Settings.make(videos, settings)
    with alone_in(out):
        model = _continued(settings, out) if resume else _begun(settings, out)
        if _is_left(model, settings):
            with plainly():
                _fit(model, settings, out, callbacks)
        _finish(model, out)
    return model


def _begun(settings, out):
    """Returns a new model, with what a run needs in its folder, and the clips prepared.

    Being interrupted, or a full disk, leaves a run to resume; a wrong input leaves nothing.
    """
    if not is_empty(out):
        raise ValueError(
            f"`{out}` is not empty: choose another folder, or continue the run in it by resuming."
        )
    model = make_model(settings)
    model.check_ready()
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
    return model


def _continued(settings, out):
    """Returns the model of a run that was stopped, with its clips prepared if any are needed."""
    model = load_checkpoint(out / CHECKPOINTS) or make_model(settings)
    settings.save(out)
    if _is_left(model, settings):
        model.check_ready()
        prepare_clips(settings, out)
    elif _is_finished(model, out):
        raise ValueError(
            f"The run in `{out}` has trained all of its {settings.epochs} epochs: "
            "ask for more `epochs` to continue."
        )
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


def _batches(model, settings, out, moments=None):
    """Returns the batches that come next, for ever: whole clips, or `moments` frames of each."""
    clips_from = clips_of(settings, out, moments)
    return application(settings.network).batches(clips_from, settings, model.steps_made)


def _fit(model, settings, out, more):
    """Trains until all epochs are done or a callback stops it; the first may be the rest of one."""
    steps = settings.steps_per_epoch
    epoch, done = divmod(model.steps_made, steps)
    checkpoint = watch.Checkpoint(out / CHECKPOINTS)
    batch = next(iter(_batches(model, settings, out)))
    health = watch.Health(to_uint8(batch["video"]).numpy())
    preview = watch.Preview(out / "previews", show=shown(model, batch))
    callbacks = [health, *_endings(settings), *more, checkpoint]
    callbacks += map(watch.Observer, _observers(settings, out, preview))
    spans = [(epoch, settings.epochs, steps)]
    if done:
        spans = [(epoch, epoch + 1, steps - done), (epoch + 1, settings.epochs, steps)]
    with on_stop_signal(checkpoint.request_stop):
        for first, last, count in spans:
            if first < last:
                model.fit(
                    _batches(model, settings, out, moments(model)),
                    initial_epoch=first,
                    epochs=last,
                    steps_per_epoch=count,
                    callbacks=callbacks,
                    verbose=0,
                )
            if model.stop_training:
                break
    if health.trouble is not None:
        _finish(model, out)
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


def _finish(model, out):
    """Writes the model under its final name, whole."""
    write_sealed(out / MODEL, model.save)
