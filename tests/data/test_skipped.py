import pytest

from tfvgan.data.cut import ShortVideo
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.skipped import Skipped

BAD = UnreadableVideo("a.mp4", "the file is empty")
SHORT = ShortVideo("b.mp4", 3, 16)


def test_each_file_is_named_once_with_its_reason_and_a_count(caplog):
    skipped = Skipped(5, "warn", "skip")
    for path, error in [("a.mp4", BAD), ("b.mp4", SHORT), ("a.mp4", BAD)]:
        skipped.add(path, error)
    assert [record.getMessage() for record in caplog.records] == [
        "Skipped `a.mp4` (1 of 5 files so far): the file is empty.",
        "Skipped `b.mp4` (2 of 5 files so far): 3 frames, and a clip takes 16.",
    ]
    assert "5 video files" in str(skipped.none_left())
    assert "the file is empty" in str(skipped.none_left())


@pytest.mark.parametrize(
    ("bad", "short", "error"),
    [("error", "skip", BAD), ("warn", "error", SHORT), ("warn", "skip", RuntimeError("a bug"))],
)
def test_what_must_not_be_skipped_is_raised(bad, short, error):
    with pytest.raises(type(error)):
        Skipped(5, bad, short).add("a.mp4", error)


def test_bad_is_checked():
    with pytest.raises(ValueError, match="`bad` must be one of"):
        Skipped(5, "ignore", "skip")
