"""tfvgan.data.errors: what a bad file raises, and saying things once."""

import logging
import pickle
import threading
import time

from tfvgan.data.errors import UnreadableVideo, say_once


def test_unreadable_video_names_file_and_reason_in_one_sentence():
    error = UnreadableVideo("folder/a.mp4", "the file is empty")
    assert isinstance(error, ValueError)
    assert (error.path, error.reason) == ("folder/a.mp4", "the file is empty")
    assert str(error) == "folder/a.mp4 can't be read as a video: the file is empty."


def test_unreadable_video_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableVideo("a.mp4", "the file is empty")))
    assert str(error) == str(UnreadableVideo("a.mp4", "the file is empty"))


def test_say_once_says_it_once(caplog):
    with caplog.at_level(logging.WARNING, logger="tfvgan"):
        for _ in range(3):
            say_once("said by the test of say_once")
    assert [record.message for record in caplog.records] == ["said by the test of say_once"]


def test_threads_that_come_at_once_say_it_once_together(caplog, monkeypatch):
    def slowly(record):
        time.sleep(0.05)
        return True

    monkeypatch.setattr(logging.getLogger("tfvgan"), "filters", [slowly])
    threads = [threading.Thread(target=say_once, args=("said by threads",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [record.message for record in caplog.records] == ["said by threads"]
