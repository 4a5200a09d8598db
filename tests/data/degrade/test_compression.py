import numpy as np
import pytest
from moving import texture

from tfvgan.data import moving_shapes
from tfvgan.data.degrade import CODECS, jpeg, recompress
from tfvgan.data.degrade.compression import FINER

VIDEO = moving_shapes(1, 6, 48)["video"][0][:, :47, :]


@pytest.mark.parametrize("codec", CODECS)
def test_worse_quality_is_further_from_the_video(codec):
    _, best, worst = CODECS[codec]
    far = []
    for quality in (best, worst):
        found = recompress(VIDEO, codec, quality)
        assert found.shape == VIDEO.shape and found.dtype == np.uint8
        far.append(np.abs(found.astype(float) - VIDEO).mean())
    assert far[0] < 6 and far[0] < far[1]


def test_a_jpeg_of_lower_quality_is_further_from_the_frame():
    found = [jpeg(VIDEO[0], quality) for quality in (95, 10)]
    far = [np.abs(each.astype(float) - VIDEO[0]).mean() for each in found]
    assert found[0].shape == VIDEO[0].shape and found[0].dtype == np.uint8
    assert far[0] < 3 and far[0] < far[1]


@pytest.mark.parametrize("codec, side", [("libx264", 200), ("libx265", 46)])
def test_it_is_the_same_every_time(codec, side):
    video = texture(6, side, (1.5, 0.5))[0]
    first = recompress(video, codec, 24)
    for _ in range(24):
        np.testing.assert_array_equal(recompress(video, codec, 24), first)


@pytest.mark.parametrize("codec", CODECS)
def test_colours_of_half_the_size_are_those_that_a_film_is_read_with(codec):
    y, x = np.mgrid[0:96, 0:96]
    picture = np.stack([127 + 120 * np.sin(k) for k in (x / 5 + y / 31, y / 4, (x + y) / 6)], -1)
    video = np.repeat(picture.round().astype("uint8")[None], 3, axis=0)
    assert np.square(recompress(video, codec, 3).astype(float) - video).mean() < 45


def test_it_says_nothing(capfd):
    recompress(VIDEO, "libx265", 30)
    assert capfd.readouterr() == ("", "")


def test_another_codec_is_an_error():
    with pytest.raises(ValueError, match="must be one of libx264, .*, libvpx-vp9, but"):
        recompress(VIDEO, "theora", 3)


def test_colours_that_are_finer_across_are_nearer():
    wave = 60 * np.sin(2 * np.arange(96.0))[:, None].repeat(96, axis=1)
    rows = 128 + np.stack([wave, 0 * wave, -wave], axis=-1)
    video = np.repeat(rows.round().astype("uint8")[None], 2, axis=0)
    for codec in FINER:
        far = [
            np.abs(recompress(video, codec, 3, finer=finer).astype(int) - video).mean()
            for finer in (False, True)
        ]
        assert far[1] < 0.7 * far[0], codec
    same = [recompress(video, "mpeg4", 3, finer=finer) for finer in (False, True)]
    np.testing.assert_array_equal(*same)


@pytest.mark.parametrize("codec", ["libx264", "libx265", "mpeg2video", "mpeg4"])
def test_a_slower_encoder_leaves_other_artefacts(codec):
    video = texture(6, 96, (1.5, 0.5))[0]
    fast, slow = (recompress(video, codec, CODECS[codec][2], slower=how) for how in (False, True))
    assert fast.shape == slow.shape and np.abs(fast.astype(int) - slow).max() > 0
