"""Files read ahead in threads, handed out in an order that no thread can change."""

import collections
import itertools
import queue
import threading

from tfvgan.data.leaving import LEAVING, Leaving, thread

READERS = 4  # files open at once; a constant, so that every machine plays the same order
DEPTH = 4  # items that each keeps ready


def handed_out(files, open_file, together):
    """Yields `(file, item, error)` for each item of each file, then once more at its end.

    The end of a file is `(file, None, error)`, where error is None or what ended it early; it ends
    that file alone.

    Args:
        files: iterable of anything.
        open_file: function of a file that returns an iterator of its items (never None).
        together: True takes an item of each of the `READERS` open files in turn; False plays one
            file after the other, while the next ones are read ahead.
    """
    waiting = (_Reader(file, open_file) for file in files)
    readers = collections.deque(itertools.islice(waiting, READERS))
    try:
        while readers:
            entry = readers[0].next()
            yield entry
            if entry[1] is None:
                readers.popleft()
                readers.extend(itertools.islice(waiting, 1))
            elif together:
                readers.rotate(-1)
    finally:
        for reader in readers:
            reader.close()


def ahead(items, depth=1):
    """Yields the items of an iterable (none is None), which a thread of its own makes ahead.

    What that raises is raised here, behind the items before it.

    Args:
        items: iterable, which nobody else reads meanwhile.
        depth: items that are kept ready; one more is being made.
    """
    reader = _Reader(items, iter, depth)
    try:
        while True:
            _, item, error = reader.next()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        reader.close()


class _Reader:
    """A file that is read by a thread of its own, `depth` items ahead of whoever asks."""

    def __init__(self, file, open_file, depth=DEPTH):
        self._queue = queue.Queue(depth)
        self._closed = threading.Event()
        thread(self._read, file, open_file)

    def next(self):
        while not LEAVING.is_set():
            try:
                return self._queue.get(timeout=0.1)
            except queue.Empty:
                continue
        raise Leaving

    def close(self):
        self._closed.set()

    def _read(self, file, open_file):
        error, items = None, None
        try:
            items = open_file(file)
            for item in items:
                if not self._put((file, item, None)):
                    return
        except BaseException as raised:  # Whoever waits for the next item gets it, whatever it is.
            error = raised
        finally:
            if hasattr(items, "close"):  # What a generator holds is let go of here, and at once.
                items.close()
        self._put((file, None, error))

    def _put(self, entry):
        while not (self._closed.is_set() or LEAVING.is_set()):
            try:
                self._queue.put(entry, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False
