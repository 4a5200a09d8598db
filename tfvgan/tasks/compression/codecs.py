"""The codec of a model that was loaded, with the tables that lie beside it."""

import os
from pathlib import Path

from tfvgan.coding.header import IDENTITY
from tfvgan.tasks.compression.enhanced_codec import EnhancedCodec
from tfvgan.tasks.compression.latent_tables import load_tables
from tfvgan.tasks.compression.learned_codec import LearnedCodec, network_in
from tfvgan.tasks.restoration.restorer import Restorer

TABLES = "tables.npz"  # What lies beside the network of a learned codec,
OLD_TABLES = "tables-{}.npz"  # and what files name by which it was one before it was counted anew.
CODECS = (EnhancedCodec.name, LearnedCodec.name)
QUALITY = 4.0


def codec_of(
    loaded,
    place,
    quality=None,
    bits=None,
    base=None,
    prefer=None,
    size=None,
    memory=None,
    fast=False,
):
    """Returns the `EnhancedCodec` or the `LearnedCodec` of a model.

    Args:
        loaded: a `VideoRestorer`, a `Restorer`, a `VideoCodec`, its network or a `LearnedCodec`.
        place: where it was loaded from; the network of a learned codec has its tables there.
        quality: float from 1 to 8; None is `QUALITY` unless `bits` is given.
        bits: float, bits per pixel at most.
        base, prefer, size, memory: of `EnhancedCodec`; None for the usual. A learned codec has no
            base layer and no preference, and takes what memory its frames need.
        fast: bool, likewise; a learned codec is as fast as ever, since its entropy coder depends on
            what its network returns.

    Raises:
        ValueError: when there is no such model, its tables are missing, or it does not go with what
            is asked for.
    """
    settings = {"quality": QUALITY if quality is None and bits is None else quality, "bits": bits}
    restorer = getattr(loaded, "restorer", loaded)
    if isinstance(restorer, Restorer):
        more = {"standard": base, "prefer": prefer, "size": size, "memory": memory}
        more = {name: value for name, value in more.items() if value is not None}
        return EnhancedCodec(restorer.generator, **settings, **more, fast=fast)
    network = network_in(loaded)
    if network is None:
        raise ValueError(
            f"`{place}` must hold a codec's network, but holds a {type(loaded).__name__}: train "
            'the network "codec", or "restorer" by `--recipes coded`, or leave the model out.'
        )
    for name, value in (("base", base), ("prefer", prefer), ("size", size)):
        if value is not None:
            raise ValueError(
                f"A learned codec knows no `{name}` (--{name}), which is the enhanced one's: leave "
                "it out, or give another model."
            )
    if isinstance(loaded, LearnedCodec):
        return loaded.with_settings(**settings)
    return LearnedCodec(network, load_tables(tables_file(place)), **settings)


def of_time(codec, place, identity):
    """Returns the codec for a file: a learned one gets the tables that the file was written with.

    Args:
        codec: of `codec_of`.
        place: where it was loaded from.
        identity: bytes, the first of the `identity` that the file names.
    """
    if isinstance(place, (str, os.PathLike)) and isinstance(codec, LearnedCodec):
        path = tables_file(place).with_name(OLD_TABLES.format(identity.hex()))
        if codec.identity[:IDENTITY] != identity and path.is_file():
            return codec.with_settings(quality=QUALITY, tables=load_tables(path))
    return codec


def tables_file(model):
    """Returns the path of the tables beside the network of a learned codec.

    Args:
        model: a folder or a file; anything else has none.

    Raises:
        ValueError: when there are none.
    """
    if isinstance(model, (str, os.PathLike)):
        path = (Path(model) if Path(model).is_dir() else Path(model).parent) / TABLES
        if path.is_file():
            return path
    raise ValueError(
        f"A learned codec needs the tables that were counted for it, but there is no {TABLES} "
        "beside this one: make it by `tfvgan.runs.tabulate`."
    )
