"""Pairs: by name, alike in frames, size and rate, read in step."""

import media
import numpy as np
import pytest

from tfvgan.data import write_video
from tfvgan.evaluation import pairing
from tfvgan.evaluation.pairing import find_pairs, named_pairs, pair_of, windows

VIDEO = media.frames(7, 16, 24)


def written(path, video=VIDEO, fps=10):
    return write_video(path, video, fps)


def test_files_of_folders_pair_by_name_whatever_their_ending(tmp_path):
    for side, name in (("x", "a.mp4"), ("x", "deep/b.mp4"), ("y", "a.mp4"), ("y", "deep/b.gif")):
        written(tmp_path / side / name)
    pairs = find_pairs(str(tmp_path / "x"), str(tmp_path / "y"))
    assert [pair.name for pair in pairs] == ["a", "deep/b"]
    assert pairs[1].output.endswith("b.gif") and pairs[0][3:] == (7, 16, 24, 10.0)


def test_names_are_matched_before_any_file_is_read(tmp_path):
    for side in "xy":
        media.text(written(tmp_path / side / "a.mp4"))
    x, y = (str(tmp_path / side) for side in "xy")
    assert named_pairs(x, y) == [("a", f"{x}/a.mp4", f"{y}/a.mp4")]
    for side in "xy":
        written(tmp_path / side / "a.mp4")
    assert [pair_of(*named_pairs(x, y)[0])] == find_pairs(x, y)


def test_two_files_are_a_pair_whatever_their_names(tmp_path):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4")
    (pair,) = find_pairs(a, b)
    assert (pair.name, pair.reference, pair.output) == ("a", a, b)


def test_images_have_no_rate_to_differ_in(tmp_path):
    a, b = media.images(tmp_path / "a", VIDEO), written(tmp_path / "b.mp4", fps=3)
    assert find_pairs(a, b)[0].frames == 7


def test_who_has_no_partner_is_named(tmp_path):
    for side, name in (("x", "a"), ("x", "b"), ("y", "a"), ("y", "c"), ("z", "a"), ("z", "b")):
        written(tmp_path / side / f"{name}.mp4")
    x, y, z = (str(tmp_path / side) for side in "xyz")
    with pytest.raises(ValueError, match=r"1 of 3 have no output \(b\)"):
        find_pairs(x, y)
    written(tmp_path / "z" / "d.mp4")
    with pytest.raises(ValueError, match=r"1 of 3 have no reference \(d\)"):
        find_pairs(x, z)
    written(tmp_path / "x" / "a.gif")
    with pytest.raises(ValueError, match="differ in their endings alone"):
        find_pairs(x, y)


@pytest.mark.parametrize(
    "video, fps, said",
    [
        (VIDEO[:, :8], 10, "16 pixels of height and the output 8"),
        (VIDEO[:, :, :16], 10, "24 pixels of width and the output 16"),
        (VIDEO[:4], 10, "7 frames and the output 4"),
        (VIDEO, 12, "10 frames a second and the output 12"),
    ],
)
def test_partners_that_differ_are_an_error(tmp_path, video, fps, said):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4", video, fps)
    with pytest.raises(ValueError, match=f"`a` must match, but the reference has {said}"):
        find_pairs(a, b)


def test_windows_cover_all_frames_once_and_share_the_overlap(tmp_path, monkeypatch):
    monkeypatch.setattr(pairing, "MOST", 3)
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4", VIDEO[::-1])
    (pair,) = find_pairs(a, b)
    alone = list(windows(pair, 0))
    assert [len(window.output) for window in alone] == [3, 3, 1]
    shared = list(windows(pair, 2))
    assert [(len(window.output), window.shared) for window in shared] == [(3, 0), (5, 2), (3, 2)]
    for side in ("reference", "output"):
        whole = np.concatenate([getattr(window, side) for window in alone])
        np.testing.assert_array_equal(getattr(shared[1], side), whole[1:6])
        np.testing.assert_array_equal(getattr(shared[2], side), whole[4:])


def test_who_ends_early_after_all_is_told_with_the_counts(tmp_path):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4", VIDEO[:6])
    (pair,) = find_pairs(a, b)
    with pytest.raises(ValueError, match="7 frames and the output 6"):
        list(windows(pair, 0))
