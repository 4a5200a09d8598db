"""A file's signs are those of what was written into it."""

import media
import numpy as np
import pytest

from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.signs import signs_of


def film(count=8, side=96, noise=0.0, grey=False, moves=True):
    draws, y, x = np.random.default_rng(0), *np.mgrid[:side, :side]
    frames = []
    for number in range(count):
        at = 3 * number * moves
        base = 110 + 40 * np.sin((x + at) / 9) + 30 * np.cos(y / 7) + 40 * ((x + at) // 16 % 2)
        picture = np.stack([base, base if grey else 0.6 * base, base if grey else 200 - base], -1)
        frames.append(picture + draws.normal(0, noise, picture.shape) if noise else picture)
    return np.stack(frames).clip(0, 255).astype("uint8")


def test_a_folder_of_images_is_lossless_and_its_noise_is_measured(tmp_path):
    media.images(tmp_path / "noisy", film(noise=9, moves=False))
    signs = signs_of(tmp_path / "noisy")
    assert (signs.codec, signs.height, signs.width, signs.coarse) == ("images", 96, 96, 0)
    assert signs.noise == pytest.approx(9, rel=0.15) and signs.grain == pytest.approx(9, rel=0.2)
    assert signs.moves and not (signs.grey or signs.woven or signs.flagged)
    assert signs.bits > 1


def test_a_file_tells_its_codec_and_how_coarse_it_was(tmp_path):
    fine = signs_of(media.video(tmp_path / "fine", "h264.mp4", film(), crf="10"))
    coarse = signs_of(media.video(tmp_path / "coarse", "h264.mp4", film(), crf="40"))
    assert fine.codec == "h264" and coarse.coarse > fine.coarse + 2
    assert coarse.bits < fine.bits


def test_what_tells_no_quantiser_is_judged_by_its_bits(tmp_path):
    pictures = film(noise=20)
    steps = [
        signs_of(media.video(tmp_path / f"{crf}", "hevc.mkv", pictures, crf=crf)).coarse
        for crf in ("12", "40")
    ]
    assert steps[0] < steps[1]


def test_greys_and_stills_are_seen(tmp_path):
    media.images(tmp_path / "grey", film(grey=True, moves=False))
    signs = signs_of(tmp_path / "grey")
    assert signs.grey and not signs.moves


def test_woven_frames_are_seen_that_do_not_say_so(tmp_path):
    film_of_fields = film(count=16)
    woven = film_of_fields[::2].copy()
    woven[:, 1::2] = film_of_fields[1::2, 1::2]
    media.images(tmp_path / "woven", woven)
    signs = signs_of(tmp_path / "woven")
    assert signs.woven and not signs.flagged


def test_one_frame_is_enough_and_none_is_an_error(tmp_path):
    media.images(tmp_path / "one", film(count=1))
    assert not signs_of(tmp_path / "one").moves
    with pytest.raises(UnreadableVideo):
        signs_of(tmp_path / "none.mp4")


def test_small_pictures_are_no_error(tmp_path):
    media.images(tmp_path / "small", film(side=16))
    signs = signs_of(tmp_path / "small")
    assert (signs.noise, signs.detail) == (0, 1)
