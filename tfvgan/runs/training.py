"""Train a video GAN in a folder, so that it can be killed at any moment and continued."""

import json
import shutil
import sys
from pathlib import Path

import keras

from tfvgan import callbacks as watch
from tfvgan import plots
from tfvgan.callbacks.checkpoint import checkpoints
from tfvgan.data import clips, prepare
from tfvgan.data.cache import is_cache
from tfvgan.runs.codecs import CODEC, codec_batches
from tfvgan.runs.game import class_names, cool_down, make_model, moments, shown
from tfvgan.runs.loading import CHECKPOINTS, CLASSES, MODEL
from tfvgan.runs.restorers import RESTORER, restorer_batches
from tfvgan.runs.settings import Settings
from tfvgan.runs.signals import on_stop_signal
from tfvgan.sealed import write_sealed
from tfvgan.tasks.loading import load_keras
from tfvgan.video import to_uint8

LOG = "log.csv"
BATCHES = {RESTORER: restorer_batches, CODEC: codec_batches}  # Of networks that read no clips.


class Unhealthy(RuntimeError):
    """A training went wrong and was stopped; the run holds the last good weights."""


def train(videos, out, *, resume=False, callbacks=(), **settings):
    """Returns the trained model; all there is to know of it is in the run's folder `out`.

    The folder gets settings.json, classes.json (their names, if it learns them), cache/ (the
    decoded clips), log.csv, tensorboard/, curves.png, previews/, checkpoints/ and, at the end,
    model.keras. SIGINT (Ctrl-C) and SIGTERM save before they raise `KeyboardInterrupt`. A run that
    was stopped or killed and is resumed ends with the weights, bit for bit, of one that never was.

    Args:
        videos: a folder (sub-folders are classes), a file, a pattern, a list of files, or a folder
            that `tfvgan.data.prepare` has made; may be None when resuming.
        out: the run's folder, empty or not there; with `resume` one that was begun.
        resume: bool, continue the run in `out` with the settings it began with.
        callbacks: more of `keras.callbacks.Callback`.
        **settings: see `Settings`; when resuming, only `epochs` and `minutes` may differ.

    Raises:
        ValueError: for a wrong setting, videos that cannot be read, a folder in use, or nothing
            left to train.
        Unhealthy: when training went wrong; see `tfvgan.callbacks.Health`.
        KeyboardInterrupt: when stopped by a signal.
    """
    out = Path(out)
    if resume:
        settings = Settings.load(out).resumed(videos, settings)
        saved = checkpoints(out / CHECKPOINTS)
        model = load_keras(saved[-1]) if saved else make_model(settings)
        _check_something_left(model, settings, out)
        settings.save(out)
        _prepare(settings, out)
    else:
        settings = Settings.make(videos, settings)
        model = _begin(settings, out)
    _fit(model, settings, out, callbacks)
    _finish(model, out)
    return model


def _begin(settings, out):
    """Returns a new model, with a folder for its run and the clips prepared.

    Being interrupted leaves a run to resume; a wrong input leaves no folder.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(
            f"`{out}` is not empty: choose another folder, or continue the run in it by resuming."
        )
    model = make_model(settings)
    new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    if settings.conditional:
        names = json.dumps(class_names(settings.videos))
        (out / CLASSES).write_text(names + "\n", encoding="utf-8")
    settings.save(out)
    try:
        _prepare(settings, out)
    except Exception:
        shutil.rmtree(out)
        if not new:
            out.mkdir()
        raise
    return model


def _check_something_left(model, settings, out):
    if model.steps_made >= settings.epochs * settings.steps_per_epoch:
        raise ValueError(
            f"The run in `{out}` has trained all of its {settings.epochs} epochs: "
            "ask for more `epochs` to continue."
        )


def _cache(settings, out):
    """Returns the folder of decoded clips: given as the videos, given beside them, or the run's."""
    if is_cache(settings.videos):
        return settings.videos
    return settings.cache or str(out / "cache")


def _prepare(settings, out):
    if not is_cache(settings.videos):
        prepare(settings.videos, _cache(settings, out), **settings.clip_settings())


def _batches(model, settings, out, moments=None):
    """Returns the batches that come next, for ever: whole clips, or `moments` frames of each."""

    def clips_from(left):
        return clips(
            _cache(settings, out),
            **settings.clip_settings(),
            batch_size=settings.batch_size,
            flip=settings.flip,
            seed=settings.seed,
            labels=settings.conditional,
            repeat=True,
            start=left * settings.batch_size,
            moments=moments,
        )

    start = model.steps_made
    if settings.network in BATCHES:
        return BATCHES[settings.network](clips_from, settings, start)
    return clips_from(start)


def _fit(model, settings, out, more):
    """Trains until all epochs are done or a callback stops it; the first may be the rest of one."""
    steps = settings.steps_per_epoch
    epoch, done = divmod(model.steps_made, steps)
    checkpoint = watch.Checkpoint(out / CHECKPOINTS)
    batch = next(iter(_batches(model, settings, out)))
    health = watch.Health(to_uint8(batch["video"]).numpy())
    preview = watch.Preview(out / "previews", show=shown(model, batch))
    callbacks = [*_callbacks(settings, out, health, preview), *more, checkpoint]
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
                    shuffle=False,
                    verbose=0,
                )
            if model.stop_training:
                break
    if health.trouble is not None:
        _finish(model, out)
        raise Unhealthy(health.trouble)


def _callbacks(settings, out, health, preview):
    """Returns what watches every run; `health` adds to the logs, so it comes first."""
    found = [
        health,
        watch.CsvLog(out / LOG),
        keras.callbacks.TensorBoard(str(out / "tensorboard"), write_graph=False),
        preview,
        keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: plots.curves(out / LOG, out / "curves.png")
        ),
    ]
    shown = watch.Progress if sys.stdout.isatty() else watch.EpochLine
    found.append(shown(settings.epochs))
    if share := cool_down(settings):
        steps = settings.epochs * settings.steps_per_epoch
        found.append(watch.CoolDown(steps, settings.minutes, share))
    if settings.minutes is not None:
        found.append(watch.StopAfter(settings.minutes))
    return found


def _finish(model, out):
    """Writes the model under its final name, whole."""
    write_sealed(out / MODEL, model.save)
