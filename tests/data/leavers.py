"""A script: processes that leave while a data set is at work; prints how each ended, as JSON.

usage: leavers.py CACHE WAY... All ways are taken at once, by copies of one process, since each
would need seconds to import TensorFlow. Reading is slow where nobody counts it: when tf.data, in a
thread of its own, makes arrays of what it was given. The process leaves while one does so.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import threading
import time
import types

import tensorflow as tf

from tfvgan.data import cache, clips, feed, leaving
from tfvgan.data.pairs import pairs

CACHE, *WAYS = sys.argv[1:]
SECONDS = 0.3  # that an array takes
LIMIT = 60.0  # seconds after which one that wants to leave hangs

began = threading.Semaphore(0)  # counts the arrays
kept = sys.modules["kept"] = types.ModuleType("kept")  # goes when the interpreter does


class Slow:
    """An array that takes its time."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        began.release()
        time.sleep(SECONDS)
        return self.array


def slowed(samples, stack=feed._stack):
    return {name: Slow(array) for name, array in stack(samples).items()}


def data(**settings):
    feed._stack = slowed
    return clips(CACHE, 4, 16, **{"batch_size": 2, "repeat": True, **settings})


def first(dataset, more=3):
    """Returns an iterator that has given one element, when more are under way."""
    iterator = iter(dataset)
    next(iterator)
    for _ in range(more):
        began.acquire()
    return iterator


def two():
    kept.iterators = [first(data()), first(data(moments=2), 4)]


def between():
    each = tf.autograph.experimental.do_not_convert(lambda _: data())
    many = tf.data.Dataset.range(2).interleave(each, 2, num_parallel_calls=2)
    kept.iterator = first(many.unbatch().shuffle(4).batch(2).repeat().prefetch(2))


def paired():
    module = importlib.import_module("tfvgan.data.pairs")
    degrade = module.degrade

    def slow(*args):
        began.release()
        time.sleep(SECONDS)
        return degrade(*args)

    module.degrade = slow
    kept.iterator = first(pairs(clips(CACHE, 4, 16, batch_size=2, repeat=True), "clean", 16))


def traced():
    iterator = iter(data())

    @tf.function(autograph=False)
    def following():
        return iterator.get_next()["video"]

    following()
    kept.following = following


def deleted():
    iterator = first(data())
    del iterator


def asked():
    for _ in data():
        sys.exit(3)


def failed():
    for _ in data():
        raise ValueError("a fault of the caller")


def interrupted():
    for _ in data():
        os.kill(os.getpid(), signal.SIGINT)


def fitted(strategy=None):
    import keras

    with strategy.scope() if strategy else tf.device(None):
        model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
    stop = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: os.kill(os.getpid(), signal.SIGINT)
    )
    model.fit(data().map(lambda batch: (batch["video"], tf.zeros([2, 1]))), steps_per_epoch=9,
              verbose=0, callbacks=[stop])  # fmt: skip


def mirrored():
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    fitted(tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]))


def decoded():
    kept.iterator = iter(clips(os.path.join(CACHE, "..", "videos"), 4, 16, batch_size=1))
    next(kept.iterator)


def stuck():
    leaving.PATIENCE = 1.0
    nothing, _ = os.pipe()

    def never(self, number):
        began.release()
        os.read(nothing, 1)

    iterator = kept.iterator = iter(clips(CACHE, 4, 16, batch_size=1, repeat=True))
    next(iterator)
    cache.ClipCache.clip = never
    while not began.acquire(timeout=0.1):  # It has read ahead, and does so when there is room.
        next(iterator)


def run(way, said):
    """Takes a way in a copy of this process; returns its number, and a file that ends when it has.

    The copy does not return from `main`, but goes on to its end, as any process.
    """
    going, gone = os.pipe()
    number = os.fork()
    if number:
        os.close(gone)
        return number, going
    os.dup2(said.fileno(), 2)
    sys.stdout = sys.stderr
    try:
        globals()[way]()
    finally:
        os.close(gone)
    sys.exit()


def ended(number, going):
    """Returns the exit code of a process, or "hangs"."""
    os.read(going, 1)
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return "hangs"


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # Shells have it ignored behind a &.
    gc.collect()
    gc.freeze()  # At its end, a copy needs not look at all that TensorFlow is made of.
    with contextlib.ExitStack() as opened:
        files = [opened.enter_context(tempfile.TemporaryFile("w+")) for _ in WAYS]
        copies = [run(way, said) for way, said in zip(WAYS, files, strict=True)]
        codes = [ended(*copy) for copy in copies]
        for said in files:
            said.seek(0)
        print(json.dumps([[code, said.read()] for code, said in zip(codes, files, strict=True)]))


main()
