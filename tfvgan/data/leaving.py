"""An orderly end: data sets stop before the interpreter does.

The threads of tf.data call Python. One that asks for the interpreter when it has begun to end never
gets an answer (python/cpython#87135), and who destroys its iterator then waits for it for ever.
TensorFlow looks before it asks (tensorflow/tensorflow#21277), which leaves a race. So while Python
still answers, no new work is begun, and all iterators are emptied, which joins their threads.

What is out of reach is an iterator that only a `tf.function` holds, which was made outside of it.
"""

import atexit
import contextlib
import functools
import gc
import sys
import threading
import time
import traceback
import types
import weakref

import tensorflow as tf

LEAVING = threading.Event()  # set when the interpreter is about to end
PATIENCE = 30.0  # seconds for what is read or made at that time; what hangs is left behind

_threads = weakref.WeakSet()
_stops = []
_expecting = threading.Lock()  # taken for good when there may be iterators


class Leaving(Exception):
    """Raised by what waits or works for a data set, when the interpreter is ending."""


def expect_iterators():
    """Has all iterators of tf.data emptied at the end; for who makes a data set that calls Python.

    That takes a thread, which is begun here: at the end, Python 3.12 begins none.
    """
    if _expecting.acquire(blocking=False):
        thread(_empty_all)


def until_exit(items):
    """Yields the items of an iterator, and ends when the interpreter is about to end."""
    while not LEAVING.is_set():
        try:
            item = next(items)
        except (StopIteration, Leaving):
            return
        yield item


def unless_leaving(function):
    """Returns a function for `tf.numpy_function` that ends its data set when the end is near.

    It may raise `Leaving`, as one that takes long should where `LEAVING` is set.
    """

    @functools.wraps(function)
    def called(*args):
        if LEAVING.is_set():
            raise StopIteration
        try:
            return function(*args)
        except Leaving:
            raise StopIteration from None

    return called


def thread(target, *args):
    """Starts a thread that the end waits for, so it must look at `LEAVING` between its items."""
    started = threading.Thread(target=target, args=args, daemon=True)
    _threads.add(started)
    started.start()


def when_leaving(stop):
    """Has `stop()` called when `LEAVING` is set, to wake a thread that waits for something else."""
    _stops.append(stop)


@atexit.register
def _leave():
    LEAVING.set()
    for stop in _stops:
        stop()
    deadline = time.monotonic() + PATIENCE
    threads = list(_threads)
    for each in threads:
        each.join(max(0.0, deadline - time.monotonic()))
    if any(each.is_alive() for each in threads):
        print(
            f"What is read or made for a data set is not done after {PATIENCE:.0f} seconds, and is "
            "left behind: does the disk with the videos or the cache still answer?",
            file=sys.stderr,
        )


def _empty_all():
    LEAVING.wait()
    for iterator in _iterators():
        _empty(iterator)


def _iterators():
    """Returns all that holds threads of tf.data, whoever made it and whatever stands between."""
    held = []
    for thing in gc.get_objects():
        if issubclass(type(thing), (tf.data.Iterator, tf.distribute.DistributedIterator)):
            held.append(thing)
        elif type(thing) is types.TracebackType:
            traceback.clear_frames(thing)  # They hold what was called with an iterator.
    return held


def _empty(iterator):
    """Returns when no thread of the iterator runs any more."""
    with contextlib.suppress(Exception):  # Not every iterator can be given other data.
        (resource,) = tf.nest.flatten(iterator, expand_composites=True)
        tf.raw_ops.MakeIterator(dataset=_no_elements(iterator.element_spec), iterator=resource)
    vars(iterator).clear()


def _no_elements(spec):
    """Returns a data set without elements as a tensor; those of any shape would fit in."""
    kinds = [part.dtype for part in tf.nest.flatten(spec, expand_composites=True)]

    @tf.autograph.experimental.do_not_convert
    def parsed(text):
        return tuple(tf.io.parse_tensor(text, kind) for kind in kinds)

    dataset = tf.data.Dataset.from_tensors("").take(0).map(parsed)
    return tf.data.experimental.to_variant(dataset)
