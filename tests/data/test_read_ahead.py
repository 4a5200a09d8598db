import itertools
import threading
import time

import pytest

from tfvgan.data import leaving, read_ahead
from tfvgan.data.read_ahead import DEPTH, READERS, ahead, handed_out


def test_one_file_after_the_other():
    out = list(handed_out([2, 0, 3], lambda n: iter(range(n)), together=False))
    assert out == [
        *[(2, 0, None), (2, 1, None), (2, None, None), (0, None, None)],
        *[(3, 0, None), (3, 1, None), (3, 2, None), (3, None, None)],
    ]


def test_together_takes_turns_whatever_the_threads_do():
    def slow(n):
        for item in range(n):
            time.sleep(0.002 * ((item * n) % 3))
            yield item

    files = [3, 1, 4, 2, 5, 6]
    out = [
        (file, item) for file, item, _ in handed_out(files, slow, together=True) if item is not None
    ]
    assert out == [
        (file, item)
        for file, item, _ in handed_out(files, lambda n: iter(range(n)), together=True)
        if item is not None
    ]
    assert out[:READERS] == [(3, 0), (1, 0), (4, 0), (2, 0)]
    assert sorted(out) == sorted((n, i) for n in files for i in range(n))


def test_an_error_ends_its_file_alone():
    def half(n):
        yield 0
        if n == 1:
            raise ValueError("broken")
        yield 1

    out = list(handed_out([0, 1, 2], half, together=False))
    assert [entry[:2] for entry in out if entry[0] != 1] == [(0, 0), (0, 1), (0, None)] + [
        (2, 0), (2, 1), (2, None),
    ]  # fmt: skip
    (_, item, none), (_, end, error) = [entry for entry in out if entry[0] == 1]
    assert (item, none, end, str(error)) == (0, None, None, "broken")


def test_few_items_are_held_and_the_threads_end_when_the_reader_leaves():
    read = itertools.count()
    before = threading.active_count()
    playing = handed_out(range(100), lambda n: (next(read) for _ in range(1000)), together=True)
    next(playing)
    time.sleep(0.05)
    assert next(read) <= READERS * (DEPTH + 2)
    playing.close()
    deadline = time.time() + 5
    while threading.active_count() > before and time.time() < deadline:
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_at_the_end_of_the_process_the_threads_end_and_are_waited_for(monkeypatch):
    monkeypatch.setattr(read_ahead, "LEAVING", threading.Event())
    before = set(leaving._threads)
    playing = handed_out(range(READERS), lambda n: itertools.count(), together=True)
    next(playing)
    started = set(leaving._threads) - before
    assert len(started) == READERS
    read_ahead.LEAVING.set()
    for thread in started:
        thread.join(5)
    assert not any(thread.is_alive() for thread in started)
    with pytest.raises(leaving.Leaving):
        next(playing)


def test_what_is_made_ahead_comes_in_order_and_then_the_error():
    main, makers = threading.current_thread(), set()

    def made():
        for number in range(5):
            makers.add(threading.current_thread())
            yield number
        raise ValueError("broken")

    taken = []
    with pytest.raises(ValueError, match="^broken$"):
        for item in ahead(made()):
            taken.append(item)
    assert taken == [0, 1, 2, 3, 4]
    assert len(makers) == 1
    assert main not in makers
    assert list(ahead(iter("abc"))) == ["a", "b", "c"]


def test_no_more_is_made_ahead_than_is_kept():
    made = itertools.count()
    items = ahead((next(made) for _ in range(1000)), depth=2)
    next(items)
    time.sleep(0.05)
    assert next(made) <= 4  # One was taken, two are kept, one waits.
    items.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_no_one_may_miss_is_not_missed(error):
    def made():
        yield 1
        raise error

    items = ahead(made())
    assert next(items) == 1
    with pytest.raises(error):
        next(items)


def test_what_is_left_by_its_reader_lets_go_at_once():
    closed = threading.Event()

    def made():
        try:
            yield from itertools.count()
        finally:
            closed.set()

    kept = made()  # So that nothing else ends it.
    items = ahead(kept)
    next(items)
    items.close()
    assert closed.wait(5)
