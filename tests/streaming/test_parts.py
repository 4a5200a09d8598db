"""Parts of images and of transparent films: they go on where they were stopped."""

import media
import numpy as np
import pytest
from counting import Counting
from PIL import Image

from tfvgan.streaming import Source, process


@pytest.mark.parametrize("stop", [1, 4])
def test_stopped_images_go_on_beside_those_that_were_there(tmp_path, stop, caplog):
    """Of those that were made before, none stay; of others all do."""
    media.images(tmp_path / "in9", media.frames(9))
    media.images(tmp_path / "in", media.frames(5)[::-1])
    out, how = tmp_path / "out", {"overwrite": True, "part": 3}
    process(Counting(1), tmp_path / "in9", out)
    (out / "20240101.png").write_bytes(b"mine")
    with pytest.raises(KeyboardInterrupt):
        process(Counting(1, stop), tmp_path / "in", out, **how)
    assert len(list(out.glob("*.png"))) == 10
    process(Counting(1), tmp_path / "in", out, resume=True, part=3)
    process(Counting(1), tmp_path / "in", tmp_path / "whole")
    names = [f"{n:06d}.png" for n in range(1, 6)]
    assert sorted(path.name for path in out.glob("*.png")) == [*names, "20240101.png"]
    assert all((out / n).read_bytes() == (tmp_path / "whole" / n).read_bytes() for n in names)
    assert (out / "20240101.png").read_bytes() == b"mine" and "20240101.png" in caplog.text


def test_a_resumed_move_of_images_leaves_none_of_those_before(tmp_path, monkeypatch):
    """All 5 frames are made, in parts of 4: that is not 8."""
    for count in (9, 5):
        media.images(tmp_path / f"in{count}", media.frames(count))
    out = tmp_path / "out"
    process(Counting(1), tmp_path / "in9", out)

    def stopped(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tfvgan.streaming.parts.move_images", stopped)
        with pytest.raises(KeyboardInterrupt):
            process(Counting(1), tmp_path / "in5", out, overwrite=True, part=4)
    process(Counting(1), tmp_path / "in5", out, resume=True, part=4)
    assert len(list(out.glob("*.png"))) == 5


def test_alpha_is_enlarged_too(tmp_path):
    (tmp_path / "in").mkdir()
    picture = np.full((16, 16, 4), 120, "uint8")
    picture[:, 8:, 3] = 0
    Image.fromarray(picture).save(tmp_path / "in" / "1.png")
    process(Counting(), tmp_path / "in", tmp_path / "out")
    alpha = np.asarray(Image.open(tmp_path / "out" / "000001.png"))[..., 3]
    assert alpha.shape == (32, 32) and alpha[:, :12].min() == 120 and alpha[:, 20:].max() == 0


@pytest.mark.parametrize("name", ["out.webm", "out.mkv", "out"])
def test_transparency_that_comes_late_is_kept_over_the_parts(tmp_path, name):
    (tmp_path / "in").mkdir()
    pictures = np.full((6, 16, 16, 4), 255, "uint8")
    pictures[4:, :, 8:, 3] = 0
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(tmp_path / "in" / f"{number}.png")
    codec = "libvpx-vp9" if name != "out" else None
    out = process(Counting(), tmp_path / "in", tmp_path / name, codec=codec, part=2)
    found = [frame.alpha for frame in Source(out).frames()]
    assert all(alpha is None for alpha in found[:4])
    for alpha in found[4:]:
        assert alpha[:, :12].min() > 250 and alpha[:, 20:].max() < 5
    if name == "out":
        shapes = [np.asarray(Image.open(path)).shape for path in (tmp_path / name).glob("*.png")]
        assert shapes == [(32, 32, 4)] * 6
