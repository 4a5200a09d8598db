"""Clips of a prepared cache as TensorFlow alone reads them: what a tf.data service can hand out."""

import os

import tensorflow as tf

from tfvgan.data.cache import ClipCache
from tfvgan.video import from_uint8

MODES = ("off", "dynamic")


def served_clips(
    cache: str | os.PathLike,
    service: str,
    batch_size: int,
    mode: str = "dynamic",
    job: str | None = None,
) -> tf.data.Dataset:
    """Returns batches of a prepared cache, read by the workers of a tf.data service, in any order.

    One pass over the clips: `{"video": float32 (b, frames, height, width, 3) in [-1, 1], "label":
    int32 (b,)}`; the last batch may be smaller. Nothing is drawn: of a cache of the crop "random"
    the whole pictures come.

    With "dynamic" each clip comes at most once, and exactly once while no worker ends. One that is
    killed takes the clips that it was at along, and nothing says so. Readers wait until there is a
    worker at its address again, for ever if there is none. With "off" each worker hands out all
    clips, so each clip comes as often as there are workers.

    Args:
        cache: folder of a prepared cache, which workers see under the same path.
        service: the dispatcher's address, such as "grpc://localhost:5000".
        batch_size: int, clips in a batch.
        mode: "dynamic" or "off".
        job: name under which several readers share one pass; None for a pass of one's own.

    Raises:
        ValueError: when the folder holds no finished cache, or one of pictures of several sizes;
            when there is no such mode, or no clip in a batch.

    Source: `tf.data.experimental.service`, "Fault Tolerance".
    """
    if mode not in MODES or batch_size < 1:
        raise ValueError(
            f"`mode` must be one of {', '.join(MODES)} and `batch_size` 1 or more, but they are "
            f"{mode!r} and {batch_size!r}."
        )
    opened = ClipCache.open(os.path.abspath(cache))
    shapes = {file.shape for file in opened.files}
    if len(shapes) > 1:
        raise ValueError(
            f"The pictures in `{cache}` are of several sizes, as with the crop 'random', and a "
            "batch has one: prepare a cache of another crop."
        )
    shape, shards = shapes.pop(), sorted({file.shard for file in opened.files})
    keys = tf.constant([os.fsencode(file.path) for file in opened.files])
    numbers = tf.constant([opened.class_names.index(file.class_name) for file in opened.files])
    labels = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(keys, numbers), -1)

    def parsed(record):
        text = tf.io.FixedLenFeature((), tf.string)
        features = tf.io.parse_single_example(record, {"video": text, "path": text})
        video = tf.reshape(tf.io.decode_raw(features["video"], tf.uint8), shape)
        return {"video": from_uint8(video), "label": labels.lookup(features["path"])}

    paths = [os.path.join(opened.folder, shard) for shard in shards]
    dataset = tf.data.Dataset.from_tensor_slices(paths)
    dataset = dataset.flat_map(tf.data.TFRecordDataset)
    dataset = dataset.map(parsed, num_parallel_calls=tf.data.AUTOTUNE)
    dataset = dataset.filter(lambda clip: clip["label"] >= 0)  # Others are of videos that left.
    dataset = dataset.batch(batch_size)
    sharding = tf.data.experimental.service.ShardingPolicy
    return dataset.apply(
        tf.data.experimental.service.distribute(
            sharding.DYNAMIC if mode == "dynamic" else sharding.OFF, service, job_name=job
        )
    )
