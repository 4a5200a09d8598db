"""Video files as a `tf.data.Dataset` of batches of clips."""

import os
from collections.abc import Sequence

import tensorflow as tf

from tfvgan.data.cache import ClipCache, check_settings, is_cache
from tfvgan.data.decode import probe
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.feed import CachedSource, Feed
from tfvgan.data.files import list_videos
from tfvgan.data.leaving import expect_iterators
from tfvgan.data.moments import Moments
from tfvgan.data.prepare import prepare
from tfvgan.data.settings import ClipSettings
from tfvgan.data.skipped import Skipped
from tfvgan.data.split import split
from tfvgan.data.stream import Stream
from tfvgan.video import from_uint8


def clips(
    path: str | os.PathLike | Sequence[str | os.PathLike] | ClipCache,
    frames: int = 16,
    size: int | tuple[int, int] = 64,
    *,
    batch_size: int | None = 8,
    stride: int = 1,
    fps: float | None = None,
    crop: str = "center",
    flip: bool = False,
    shuffle: bool = True,
    seed: int = 0,
    repeat: bool = False,
    overlap: int = 0,
    short: str = "skip",
    deinterlace: str = "auto",
    partial: bool = False,
    masks: str | None = None,
    validation_split: float = 0.0,
    subset: str | None = None,
    labels: str | None = "auto",
    cache: str | os.PathLike | None = None,
    bad: str = "warn",
    decoder: str = "auto",
    start: int = 0,
    drop_remainder: bool = False,
    moments: int | None = None,
    share: tuple[int, int] = (0, 1),
) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of `{"video": float32 (b, t, h, w, 3) in [-1, 1]}`.

    With labels there is also `"label"`, int32 (b,), and the data set's `class_names` say what they
    mean. With `moments=k` a batch has k frames of each clip, (b, k, h, w, 3), and `"times"`,
    float32 (b, k): their numbers in the clip, ascending, from 0 to t - 1.

    Order and random draws are pure functions of (seed, epoch, sample number). With `repeat`,
    `start=k` gives what a data set begun at 0 gives after k samples, to the bit. Without, the data
    set is one epoch, and each time it has been played to its end the next one comes, in a new
    order. From a cache, skipping costs nothing and the whole set is shuffled; from files, what is
    skipped is decoded (one epoch and a part of another at most), and clips are shuffled among a few
    files at a time. Resume and long training want a cache.

    Args:
        path: a folder (sub-folders are classes), a glob, a list of files, one file, a folder that
            `prepare` has made, or a `ClipCache`.
        frames: frames of a clip, t.
        size: side of the square in pixels, or `(height, width)`; pictures are resized to cover it.
        batch_size: clips of a batch, b; the last one of an epoch may have less.
        stride: every `stride`-th frame is taken.
        fps: frames per second that files are resampled to, instead of `stride`.
        crop: "center"; "random": the place is drawn for each clip, anew each epoch; or "squeeze":
            the whole picture becomes `size`, whatever its aspect.
        flip: whether to mirror half of the clips left to right, drawn for each, anew each epoch.
        shuffle: whether clips come in a new order each epoch, or file after file.
        seed: whole number >= 0, of every draw.
        repeat: whether to go on for ever, for `fit(..., steps_per_epoch=...)`; batches are full.
        overlap: frames that a clip shares with the one before in its file.
        short: what to do with a file of less than a clip: "skip", "loop" or "error".
        deinterlace: "auto" makes whole frames of those that say they are interlaced, "yes" of all,
            "no" of none.
        partial: whether to take what is there of files that are cut off, as a warning says.
        masks: None, or of videos that are masks the palette that they are read by: `to_uint8` of
            their clips gives the numbers of classes, see `tfvgan.data.masks`.
        validation_split: the share of the files in the validation half.
        subset: "training" or "validation", with `validation_split`. All clips of a file are in the
            same half, whatever other files come. The validation half is read plainly: in its order,
            from the middle, never mirrored, the same moments each time.
        labels: "auto" (when there are two classes or more), True or False.
        cache: a folder for decoded clips, made by `prepare` if it is missing, and read.
        bad: what to do with a file that cannot be decoded: "warn" (and skip it) or "error".
        decoder: "auto", "tensorflow-io" or "pyav".
        start: samples to leave out at the start, counted over epochs.
        drop_remainder: whether to leave out a last batch that is not full.
        moments: how many frames of each clip to take, drawn for each as
            `tfvgan.data.moments.Moments` says, anew each epoch; None takes all. From a cache only
            these are read, but for a clip's first time, when its checksum is looked at; so a batch
            costs the same however long the clips are.
        share: `(index, count)`, for one of several workers: of each batch the rows of part number
            `index` of `count` equal ones, `batch_size / count` of them. No other clip is read.
            There is `"place"`, too, int64 `(rows,)`, where in the batch each lies. Together they
            see what one worker sees. It takes a cache, and `repeat`.

    Raises:
        ValueError: when a setting is out of range, when no file gives a clip, or when the cache was
            made with other settings. Raised while reading, TensorFlow wraps it.
        UnreadableVideo: for a bad file, when `bad` is "error".
    """
    how = (stride, fps, crop, overlap, short, deinterlace, partial, masks)
    settings = ClipSettings(frames, size, *how)
    _check_arguments(batch_size, seed, start, labels)
    _check_share(share, batch_size, repeat)
    plain = subset == "validation"
    if moments is not None:
        moments = Moments(moments, frames, seed, anew=not plain)
    order = seed if shuffle and not plain else None
    if cache is not None or isinstance(path, ClipCache) or is_cache(path):
        stored = _stored(path, cache, settings, bad, decoder)
        class_names = stored.class_names
        halved = stored.only(split(stored.files, validation_split, subset))
        source = CachedSource(halved, order)
    else:
        if share != (0, 1):
            raise ValueError("`share` takes a cache: give `cache`, or what `prepare` has made.")
        files = list_videos(path)
        class_names = [
            name for _, name in sorted({(file.label, file.class_name) for file in files})
        ]
        files = split(files, validation_split, subset)
        skipped = Skipped(len(files), bad, short)
        _check_readable(files, skipped, partial)
        source = Stream(files, settings, decoder, skipped, order)
    feed = Feed(
        source,
        settings.shape if moments is None else (moments.count, *settings.shape[1:]),
        batch_size=batch_size,
        seed=seed,
        flip=flip and not plain,
        random_crop=crop == "random" and not plain,
        start=start,
        repeat=repeat,
        drop_remainder=drop_remainder,
        moments=moments,
        share=share,
    )
    labelled = len(class_names) > 1 if labels == "auto" else labels
    dataset = _dataset(feed, labelled)
    dataset.class_names = class_names
    return dataset


def _check_arguments(batch_size, seed, start, labels):
    for name, value, least in (
        ("batch_size", batch_size, 1),
        ("seed", seed, 0),
        ("start", start, 0),
    ):
        if value < least:
            raise ValueError(f"`{name}` must be {least} or more, but is {value!r}.")
    if labels not in ("auto", True, False):
        raise ValueError(f"`labels` must be 'auto', True or False, but is {labels!r}.")


def _check_share(share, batch_size, repeat):
    index, count = share
    if not 0 <= index < count or batch_size % count or (count > 1 and not repeat):
        raise ValueError(
            "`share` must be (index, count) of equal parts of each batch, with `repeat=True`, but "
            f"is {share} of {batch_size} clips{'' if repeat else ', without'}."
        )


def _stored(path, cache, settings, bad, decoder):
    """Returns the `ClipCache` that is at `path`, or that of the videos there."""
    if isinstance(path, ClipCache) or is_cache(path):
        stored = path if isinstance(path, ClipCache) else ClipCache.open(path)
        check_settings(stored.folder, stored.settings, settings)
        return stored
    return prepare(path, cache, bad=bad, decoder=decoder, **vars(settings))


def _check_readable(files, skipped, partial):
    """Raises when no file can be opened, or when one can't and `skipped` forbids that."""
    for file in files:
        try:
            probe(file.path, partial)
        except UnreadableVideo as error:
            skipped.add(file.path, error)
        else:
            if skipped.bad == "warn":
                return
    if len(skipped.reasons) == len(files):
        raise skipped.none_left()


def _dataset(feed, labelled):
    """Returns the data set of a feed's batches, with what is known of its shape and length."""
    batch = feed.rows if feed.repeat or feed.drop_remainder else None
    signature = {
        "video": tf.TensorSpec((batch, *feed.shape), tf.uint8, "video"),
        "label": tf.TensorSpec((batch,), tf.int32, "label"),
    }
    if feed.moments is not None:
        signature["times"] = tf.TensorSpec((batch, feed.moments.count), tf.float32, "times")
    if not feed.whole:
        signature["place"] = tf.TensorSpec((batch,), tf.int64, "place")

    def wanted(tensors):
        named = {**tensors, "video": from_uint8(tensors["video"])}
        return named if labelled else {n: named[n] for n in named if n != "label"}

    expect_iterators()
    dataset = tf.data.Dataset.from_generator(feed, output_signature=signature)
    dataset = dataset.map(wanted, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)
    if feed.length is not None:
        dataset = dataset.apply(tf.data.experimental.assert_cardinality(feed.length))
    options = tf.data.Options()
    options.deterministic = True
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return dataset.prefetch(tf.data.AUTOTUNE).with_options(options)
