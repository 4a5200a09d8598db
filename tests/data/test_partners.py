"""Partners: by name, alike frame by frame, and their clips in step whatever is drawn."""

import media
import numpy as np
import pytest

from tfvgan.data import ClipCache, clips, partners, prepare, write_video
from tfvgan.data.partners import check_alike, in_step, named_videos, together

VIDEO = media.frames(7, 16, 24)
HOW = {"frames": 3, "size": 16, "crop": "random", "decoder": "pyav"}


def written(path, video=VIDEO, fps=10):
    return write_video(path, video, fps)


def images(path, seed):
    """Writes random frames as images, and their negatives; nothing is lost in a .png."""
    video = np.random.default_rng(seed).integers(0, 256, (7, 16, 24, 3)).astype("uint8")
    media.images(path / "before" / f"{seed}", video)
    media.images(path / "after" / f"{seed}", 255 - video)


def cached(path, place):
    return prepare(place, path, **HOW, progress=False)


def test_names_are_paths_within_the_place_without_endings(tmp_path):
    for name in ("a.mp4", "deep/b.c.gif"):
        written(tmp_path / "videos" / name)
    videos, files = tmp_path / "videos", [str(tmp_path / "videos" / "a.mp4")]
    assert list(named_videos(videos)) == ["a", "deep/b.c"]
    assert named_videos(files) == named_videos(files[0]) == {"a": files[0]}
    assert named_videos(str(videos / "*.mp4")) == {"a": files[0]}
    cached(tmp_path / "cache", str(videos))
    assert named_videos(str(tmp_path / "cache")) == named_videos(str(videos))
    written(videos / "a.gif")
    with pytest.raises(ValueError, match="differ in their endings alone: take one away"):
        named_videos(videos)


def test_partners_are_found_by_name_and_who_has_none_is_named(tmp_path):
    before = [written(tmp_path / "before" / name) for name in ("a.mp4", "x/b.mp4")]
    after = [written(tmp_path / "after" / name) for name in ("a.gif", "x/b.gif", "c.mp4")]
    matched = partners.partners(str(tmp_path / "before"), str(tmp_path / "after"))
    assert matched == dict(zip(before, after))
    assert partners.partners(before[0], after[2]) == {before[0]: after[2]}, "of one file each"
    with pytest.raises(ValueError, match=r"of its name in `.*before`, but `.*c\.mp4` has none"):
        partners.partners(str(tmp_path / "after"), str(tmp_path / "before"))
    with pytest.raises(ValueError, match=r"but `.*a\.mp4` and 1 more have none: put it there"):
        partners.partners(str(tmp_path / "before"), after[2])
    with pytest.raises(ValueError, match="There is no file or folder"):
        partners.partners(str(tmp_path / "before"), str(tmp_path / "missing"))


@pytest.mark.parametrize(
    ("video", "said"),
    [
        (VIDEO[:, :8], "a.mp4` has a height of 16 pixels and `.*b.mp4` of 8: make it anew"),
        (VIDEO[:, :, :16], "a width of 24 pixels and `.*b.mp4` of 16: make"),
        (VIDEO[1:], "a length of 7 frames and `.*b.mp4` of 6: make"),
        (VIDEO[:3], "a length of 7 frames and `.*b.mp4` of 3: make"),
    ],
)
def test_partners_that_differ_are_refused(tmp_path, video, said):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4", video)
    check_alike({a: a})
    with pytest.raises(ValueError, match=said):
        check_alike({a: b})


def test_frames_are_counted_where_packets_differ_a_little(tmp_path, monkeypatch):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4")
    probe = partners.probe
    short = {a: 0, b: -2}
    monkeypatch.setattr(
        partners,
        "probe",
        lambda path, partial: (info := probe(path))._replace(frames=info.frames + short[path]),
    )
    check_alike({a: b})
    short[b] = -3
    with pytest.raises(ValueError, match="7 frames and .* of 4"):
        check_alike({a: b})


def test_rates_matter_where_frames_are_taken_by_time(tmp_path):
    a, b = written(tmp_path / "a.mp4"), written(tmp_path / "b.mp4", fps=12)
    check_alike({a: b})
    check_alike({a: a}, fps=5)
    with pytest.raises(ValueError, match="has 10 frames a second .* 12, or their rates vary"):
        check_alike({a: b}, fps=5)
    check_alike({a: str(tmp_path / "gone.mp4")})


@pytest.mark.parametrize("start", [0, 5])
def test_clips_go_together_whatever_is_drawn(tmp_path, start):
    for seed in (2, 10, 3):
        images(tmp_path, seed)
    media.images(tmp_path / "after" / "1", VIDEO)  # Nobody's partner, and the first of its cache.
    before = cached(tmp_path / "one", str(tmp_path / "before"))
    after = cached(tmp_path / "other", str(tmp_path / "after"))
    matched = partners.partners(str(tmp_path / "before"), str(tmp_path / "after"))
    aligned = in_step(before, after, matched)
    assert [file.path for file in aligned.files] == [matched[file.path] for file in before.files]
    how = {
        "batch_size": 2,
        "flip": True,
        "seed": 3,
        "repeat": True,
        "start": start,
        "labels": False,
    }
    ours, theirs = (clips(each, **HOW, **how) for each in (before, aligned))
    both = together(ours, after=theirs)
    assert both.element_spec["after"] == both.element_spec["video"]
    seen = list(both.take(6))
    for batch in seen:
        np.testing.assert_allclose(batch["after"], -batch["video"], atol=1e-6)
    assert len({batch["video"].numpy().tobytes() for batch in seen}) == 6


def test_partners_give_as_many_clips_of_the_same_size(tmp_path):
    a, b, c = (
        written(tmp_path / f"{n}.mp4", VIDEO[:count]) for n, count in (("a", 7), ("b", 3), ("c", 6))
    )
    one, other = (cached(tmp_path / name, [path]) for name, path in (("x", a), ("y", b)))
    with pytest.raises(ValueError, match=r"gives 2 of 16x24 pixels and `.*b\.mp4` 1 of 16x24: m"):
        in_step(one, other, {a: b})
    with pytest.raises(ValueError, match=r"gives 2 of 16x24 pixels and `.*c\.mp4` none: make it"):
        in_step(one, other, {a: c})
    assert isinstance(in_step(one, one, {a: a}), ClipCache)
