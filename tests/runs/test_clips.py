"""The clips of a run: those it began with, and beside them what became of the same videos."""

import media
import numpy as np
import pytest

from tfvgan import applications
from tfvgan.data import ClipCache, prepare
from tfvgan.data.masks import palette
from tfvgan.runs import Settings
from tfvgan.runs.clips import clips_of, prepare_clips
from tfvgan.video import to_uint8

CUT = {"frames": 3, "size": 16, "crop": "random", "decoder": "pyav"}


@pytest.fixture
def videos(tmp_path):
    """Two videos, and after them their negatives; nothing is lost in a .png."""
    for name in ("a", "b"):
        video = np.random.default_rng(ord(name)).integers(0, 256, (6, 16, 24, 3)).astype("uint8")
        media.images(tmp_path / "before" / name, video)
        media.images(tmp_path / "after" / name, 255 - video)
    return tmp_path


def asked(root, videos="before", pairs="after", **more):
    pairs = pairs and str(root / pairs)
    given = {"network": "stylizer", "batch_size": 2, "flip": True, "pairs": pairs}
    return Settings.make(str(root / videos), {**CUT, **given, **more})


def read(settings, out, start=0, count=4):
    return list(clips_of(settings, out)(start).take(count))


def assert_negatives(batches):
    for batch in batches:
        np.testing.assert_allclose(batch["pairs"], -batch["video"], atol=1e-6)


def test_pairs_are_cut_alike_and_gone_on_with_where_they_were_left(videos, tmp_path):
    settings, out = asked(videos), tmp_path / "run"
    out.mkdir()
    prepare_clips(settings, out)
    whole = read(settings, out)
    assert_negatives(whole)
    for late, batch in zip(read(settings, out, start=2, count=2), whole[2:], strict=True):
        for name in ("video", "pairs"):
            np.testing.assert_array_equal(late[name], batch[name])
    assert {path.name for path in out.iterdir()} == {
        *("cache", "cache_pairs", "clips.json", "pairs.json")
    }
    media.images(videos / "after" / "b", media.frames(6, 16, 24))
    with pytest.raises(ValueError, match="began with other clips"):
        prepare_clips(settings, out)


def test_workers_share_each_batch_and_what_is_beside_it(videos, tmp_path):
    settings, out = asked(videos), tmp_path / "run"
    out.mkdir()
    prepare_clips(settings, out)
    whole = read(settings, out)
    parts = [list(clips_of(settings, out, share=(n, 2))(0).take(4)) for n in (0, 1)]
    for batch, *both in zip(whole, *parts, strict=True):
        assert [part["place"].numpy().tolist() for part in both] == [[0], [1]]
        for name in ("video", "pairs"):
            joined = np.concatenate([part[name] for part in both])
            np.testing.assert_array_equal(joined, batch[name])


def test_masks_are_numbers_of_classes_in_step_with_their_videos(videos, tmp_path, monkeypatch):
    monkeypatch.setattr(applications, "TABLE", ["toy_application.options", *applications.TABLE])
    colours = "black,red,0000ff"
    for name in ("a", "b"):
        video = np.random.default_rng(ord(name)).integers(0, 256, (6, 16, 24, 3)).astype("uint8")
        media.images(tmp_path / "classes" / name, palette(colours)[video[..., 0] // 86])
    more = {"stencils": str(tmp_path / "classes"), "palette": colours, "pairs": None}
    settings = asked(videos, network="brightener", **more)
    prepare_clips(settings, tmp_path)
    for batch in read(settings, tmp_path):
        found, video = (to_uint8(batch[name]).numpy() for name in ("stencils", "video"))
        np.testing.assert_array_equal(found, np.repeat(video[..., :1] // 86, 3, -1))
    other = asked(videos, network="brightener", **{**more, "palette": "3"})
    with pytest.raises(ValueError, match="was made with masks='black,red,0000ff', but masks='3'"):
        prepare_clips(other, tmp_path)


def test_videos_without_pairs_are_alone(videos, tmp_path):
    settings = Settings.make(str(videos / "before"), {**CUT, "batch_size": 2})
    prepare_clips(settings, tmp_path)
    assert [set(batch) for batch in read(settings, tmp_path, count=1)] == [{"video"}]
    assert not (tmp_path / "pairs.json").exists() and (tmp_path / "cache").is_dir()


def test_either_side_may_have_been_decoded_before(videos, tmp_path):
    for name in ("before", "after"):
        prepare(str(videos / name), tmp_path / f"{name}_cache", **CUT, progress=False)
    for number, names in enumerate(
        (("before_cache", "after_cache"), ("before_cache", "after"), ("before", "after_cache"))
    ):
        out = tmp_path / f"{number}"
        out.mkdir()
        settings = asked(videos, *names, cache=str(tmp_path / f"kept{number}"))
        prepare_clips(settings, out)
        assert_negatives(read(settings, out, count=2))
        decoded = [name for name in ("", "_pairs") if (tmp_path / f"kept{number}{name}").exists()]
        assert decoded == [[], ["_pairs"], [""]][number]
    other = asked(videos, pairs="after_cache", stride=2)
    with pytest.raises(ValueError, match=r"after_cache` was made with stride=1, but stride=2"):
        prepare_clips(other, tmp_path)


def test_who_has_no_partner_is_named_before_anything_is_decoded(videos, tmp_path):
    (videos / "before" / "c").mkdir()
    media.images(videos / "before" / "c", media.frames(6, 16, 24))
    with pytest.raises(ValueError, match=r"partner of its name in `.*after`, but `.*c` has none"):
        prepare_clips(asked(videos), tmp_path)
    media.images(videos / "after" / "c", media.frames(5, 16, 24))
    with pytest.raises(ValueError, match=r"c` has a length of 6 frames and `.*c` of 5: make it"):
        prepare_clips(asked(videos), tmp_path)
    assert not (tmp_path / "cache").exists()


def test_what_cannot_be_read_has_no_clip_to_go_beside(videos, tmp_path):
    """A video that is left out takes its partner with it; a partner that is, is an error."""
    (videos / "before" / "bad.mp4").write_text("no video")
    media.images(videos / "after" / "bad", media.frames(6, 16, 24))
    prepare_clips(asked(videos), tmp_path)
    assert len(ClipCache.open(tmp_path / "cache_pairs").files) == 2
    again = tmp_path / "again"
    again.mkdir()
    (videos / "before" / "bad.mp4").unlink()
    media.images(videos / "before" / "bad", media.frames(6, 16, 24))
    for image in (videos / "after" / "bad").iterdir():
        image.unlink()
    (videos / "after" / "bad").rmdir()
    (videos / "after" / "bad.mp4").write_text("no video")
    with pytest.raises(ValueError, match=r"bad` gives 2 of 16x24 pixels and `.*bad.mp4` none"):
        prepare_clips(asked(videos), again)
