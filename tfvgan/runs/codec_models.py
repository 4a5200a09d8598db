"""The codecs of runs, of what was published of them, and of the package."""

import os

from tfvgan.coding.header import IDENTITY
from tfvgan.runs.loading import loaded
from tfvgan.runs.shipped import PREFERENCES, model_at, shipped_folders
from tfvgan.tasks import EnhancedCodec, LearnedCodec, Restorer, VideoRestorer
from tfvgan.tasks.compression.codecs import CODECS, TABLES, codec_of, of_time

PREFIX = "codec_"  # How the folders of the models in the package begin.


def load_codec(
    model: str | os.PathLike | VideoRestorer | Restorer | LearnedCodec,
    quality: float | None = None,
    bits: float | None = None,
    base: str | None = None,
    prefer: str | None = None,
    size: str | None = None,
    memory: float | None = None,
    fast: bool = False,
) -> EnhancedCodec | LearnedCodec:
    """Returns the `EnhancedCodec` or the `LearnedCodec` of a model.

    Args:
        model: a run's folder, a published folder, a `.keras` file, the name of a model in the
            package, a `VideoRestorer`, a `Restorer` or a `LearnedCodec`. The network of a learned
            codec has its tables beside it.
        quality: float from 1 to 8; None is `QUALITY` unless `bits` is given.
        bits: float, bits per pixel at most.
        base, prefer, size, memory: of `EnhancedCodec`; None for the usual. A learned codec has no
            base layer and no preference, and takes what memory its frames need.
        fast: bool, whether files are decoded faster, a few levels off by one; of `EnhancedCodec`.

    Raises:
        ValueError: when there is no such model, its tables are missing, or it does not go with what
            is asked for.
    """
    model = model_at(model)
    return codec_of(loaded(model), model, quality, bits, base, prefer, size, memory, fast)


def reading(model, identity, memory=None, fast=False):
    """Returns the codec that reads a file: a learned one with the tables of the file's time.

    Args:
        model: as of `load_codec`.
        identity: bytes, the first of the `identity` that the file names.
        memory, fast: likewise.

    Raises:
        ValueError: as `load_codec`; that no tables are the file's is for its reader to say.
    """
    model = model_at(model)
    return of_time(load_codec(model, memory=memory, fast=fast), model, identity)


def shipped_codec(codec=EnhancedCodec.name, prefer="detail"):
    """Returns the folder of the package's model for a codec and a preference, or the first.

    Raises:
        ValueError: when there is none, or no such codec or preference.
    """
    for name, value, choices in (("codec", codec, CODECS), ("prefer", prefer, PREFERENCES)):
        if value not in choices:
            raise ValueError(f"`{name}` must be {' or '.join(choices)}, but is {value!r}.")
    folders = {folder.name: os.fspath(folder) for folder in _folders(codec)}
    for name in (PREFIX + prefer, *folders):
        if name in folders:
            return folders[name]
    kind = "" if codec == EnhancedCodec.name else f" of the {codec} codec"
    raise ValueError(f"There is no model{kind} in the package: give the `model` (--model).")


def named(codec, identity, memory=None, fast=False):
    """Returns the package's codec whose identity a file names.

    Args:
        codec: its name.
        identity: bytes, the first of its `identity`.
        memory, fast: as of `load_codec`.

    Raises:
        ValueError: when there is none.
    """
    for folder in _folders(codec):
        loaded = reading(os.fspath(folder), identity, memory, fast)
        if identity == loaded.identity[:IDENTITY]:
            return loaded
    raise ValueError(
        f"There is no model in the package by which this was compressed ({identity.hex()}): give "
        "the `model` (--model)."
    )


def _folders(codec):
    """Returns the folders of the package's models for a codec."""
    if codec not in CODECS:
        return []
    learned = codec == LearnedCodec.name
    return [each for each in shipped_folders(PREFIX) if (each / TABLES).is_file() == learned]
