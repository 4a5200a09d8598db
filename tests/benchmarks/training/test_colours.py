"""What is said of colours: whether they moved, and how far they are off."""

import numpy as np
import pytest

from benchmarks.training import colours


def test_a_picture_that_moved_is_found_to_have_moved():
    video = colours.drawn(2)
    assert video.shape == (2, colours.HEIGHT, colours.WIDTH, 3) and video.dtype == np.uint8
    assert (video[0] != video[1]).any()
    assert colours.moved(video, video) == 0
    assert colours.moved(np.roll(video, 1, axis=2), video) == 1
    between = (video.astype(float) + np.roll(video, -1, axis=2)) / 2
    assert colours.moved(between, video) == -0.5


def test_decibels_are_of_rgb_without_edges():
    video = np.zeros((1, colours.HEIGHT, colours.WIDTH, 3), np.uint8)
    found = video + 51
    found[:, :, : colours.EDGE] = 255
    assert colours.psnr(found, video) == pytest.approx(20 * np.log10(5))


@pytest.mark.parametrize("codec", ["libx264", "mjpeg"])
def test_what_tfvgan_writes_it_reads_with_colours_where_they_were(tmp_path, codec):
    y, x = np.mgrid[: colours.HEIGHT, : colours.WIDTH]
    waves = 127 + 60 * np.sin(np.stack([x / 5, (x + y) / 6, (x - y) / 7], -1))
    video = np.repeat(waves[None].round().astype("uint8"), 2, 0)
    path = str(tmp_path / "a.mkv")
    colours.by_tfvgan(path, video, codec)
    found = colours.READERS["tfvgan"](path)
    assert abs(colours.moved(found, video)) < 0.1 and colours.psnr(found, video) > 35
    assert colours.psnr(found, video) > colours.psnr(colours.plain(path), video) + 1
