from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from tfvgan.data.decode import read_video
from tfvgan.streaming.look import Look
from tfvgan.streaming.sink import EncodedFile, ImageFolder, format_of, open_output
from tfvgan.streaming.source import Source

COLOURS = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (220, 220, 30), (128, 128, 128)]


@pytest.mark.parametrize(("height", "matrix"), [(64, 6), (720, 1)])
def test_colours_come_back_and_the_file_says_their_matrix(tmp_path, height, matrix):
    sink = EncodedFile(str(tmp_path / "x.mp4"), crf=4)
    for number, colour in enumerate(COLOURS):
        picture = np.full((height, 64, 3), colour, "uint8")
        sink.write(picture, None, Fraction(number, 25))
    sink.close()
    with av.open(str(tmp_path / "x.mp4")) as container:
        assert int(next(container.decode(video=0)).colorspace) == matrix
    for frame, colour in zip(Source(tmp_path / "x.mp4").frames(), COLOURS, strict=True):
        np.testing.assert_allclose(frame.rgb.mean((0, 1)), colour, atol=4)


@pytest.mark.parametrize("codec", ["mjpeg", "v308", "huffyuv", "mpeg4", "utvideo"])
@pytest.mark.parametrize("height", [64, 720])
def test_colours_come_back_of_encoders_that_say_no_matrix_or_one_alone(tmp_path, codec, height):
    sink = EncodedFile(str(tmp_path / "x"), codec)
    sink.write(np.full((height, 64, 3), COLOURS[0], "uint8"), None, Fraction(0))
    sink.close()
    decoded = read_video(tmp_path / "x", decoder="pyav")[0]
    for rgb in (next(Source(tmp_path / "x").frames()).rgb, decoded):
        np.testing.assert_allclose(rgb.mean((0, 1)), COLOURS[0], atol=4)


def test_odd_sides_become_even_where_they_must(tmp_path):
    sizes = {"libx264": (34, 52), "libx265": (98, 100), "huffyuv": (33, 52)}
    for codec, size in {
        **sizes,
        "ffv1": (33, 51),
        "mpeg4": (33, 51),
        "libvpx-vp9": (33, 51),
    }.items():
        path = tmp_path / f"{codec}.mkv"
        given = (97, 99) if codec == "libx265" else (33, 51)
        sink = EncodedFile(str(path), codec)
        sink.write(np.full((*given, 3), 90, "uint8"), None, Fraction(0))
        sink.close()
        found = next(Source(path).frames()).rgb
        assert found.shape[:2] == size and np.abs(found[: given[0], : given[1]] - 90.0).max() < 9


@pytest.mark.parametrize(
    ("look", "size"),
    [(Look(stretch=Fraction(4, 3)), (30, 64)), (Look(stretch=Fraction(1, 2)), (60, 48))],
)
def test_frames_are_stretched_where_a_file_cannot_say_their_shape(tmp_path, look, size):
    path = tmp_path / "x.webm"
    sink = EncodedFile(path, "libvpx-vp9", look=look)
    sink.write(np.full((30, 48, 3), 90, "uint8"), None, Fraction(0))
    sink.close()
    assert next(Source(path).frames()).rgb.shape[:2] == size


def test_a_file_says_the_look_of_its_frames(tmp_path):
    look = Look(aspect=Fraction(64, 45), primaries=9, transfer=18)
    sink = EncodedFile(tmp_path / "x.mp4", look=look)
    sink.write(np.full((48, 64, 3), 90, "uint8"), None, Fraction(0))
    sink.close()
    assert Source(tmp_path / "x.mp4").look == look


def transparent():
    """Returns a frame and an alpha channel that leaves out its right half."""
    alpha = np.full((48, 64, 1), 255, "uint8")
    alpha[:, 32:] = 0
    return np.full((48, 64, 3), 90, "uint8"), alpha


@pytest.mark.parametrize(
    ("codec", "name"),
    [("libvpx-vp9", "x.webm"), ("ffv1", "x.mkv"), ("qtrle", "x.mov"), ("prores_ks", "x.mov")],
)
def test_transparency_is_kept_from_the_first_frame_on(tmp_path, codec, name):
    rgb, alpha = transparent()
    sink = EncodedFile(tmp_path / name, codec, look=Look(alpha=True))
    sink.write(rgb, None, Fraction(0))
    sink.write(rgb, alpha, Fraction(1, 25))
    sink.close()
    first, second = Source(tmp_path / name).frames()
    assert first.alpha is None
    np.testing.assert_allclose(second.alpha, alpha, atol=3)


def test_transparency_that_is_lost_is_said_once(tmp_path, caplog):
    rgb, alpha = transparent()
    sink = EncodedFile(tmp_path / "x.mp4", "libx264")
    for number in range(3):
        sink.write(rgb, alpha, Fraction(number, 25))
    sink.close()
    assert [record.message.split(",")[0] for record in caplog.records] == [
        "The video is transparent in places"
    ]


def test_images_are_all_alike(tmp_path):
    rgb, alpha = transparent()
    sink = ImageFolder(tmp_path, alpha=True)
    sink.write(rgb, None, Fraction(0))
    sink.write(rgb, alpha, Fraction(1))
    shapes = [np.asarray(Image.open(path)).shape for path in sorted(tmp_path.iterdir())]
    assert shapes == [(48, 64, 4)] * 2


def test_an_encoder_that_does_not_open_is_one_sentence(tmp_path):
    sink = EncodedFile(tmp_path / "x.mkv", "h263")
    with pytest.raises(ValueError, match="The encoder h263 can't be opened for 50x50 pixels"):
        sink.write(np.full((50, 50, 3), 90, "uint8"), None, Fraction(0))


def test_a_quality_that_an_encoder_does_not_have_is_named(tmp_path):
    sink = EncodedFile(tmp_path / "x.mkv", "libx265", 60)
    with pytest.raises(ValueError, match=r"pixels and a `crf` \(--crf\) of 60 .* or `crf`\.$"):
        sink.write(np.full((48, 64, 3), 90, "uint8"), None, Fraction(0))


def test_the_ending_says_the_format():
    assert [format_of(f"12:30.{name}") for name in ("mkv", "mp4")] == ["matroska", "mp4"]
    with pytest.raises(ValueError, match="must be a video file such as out.mp4"):
        open_output("x.unheard")


@pytest.mark.parametrize("name", ["x.png", "%06d.PNG", "x.jpeg"])
def test_a_picture_is_no_video_and_a_folder_is_named_instead(tmp_path, name):
    with pytest.raises(ValueError, match=f"but is the picture .*{tmp_path}/frames`, which gets"):
        open_output(tmp_path / name)
    open_output(tmp_path / name, "matroska").close()  # As parts are, whatever they are called.


@pytest.mark.parametrize(("codec", "step"), [("libx265", 64), ("ffv1", 1), ("libsvtav1", 64)])
def test_deep_colours_come_back(tmp_path, codec, step):
    colours = [(40000, 9000, 30100), (20000, 20032, 20064)]
    sink = EncodedFile(tmp_path / "x", codec, 4 if step > 1 else None, look=Look(depth=10))
    for number, colour in enumerate(colours):
        sink.write(np.full((96, 128, 3), colour, "uint16"), None, Fraction(number, 25))
    sink.close()
    for frame, colour in zip(Source(tmp_path / "x").frames(deep=True), colours, strict=True):
        np.testing.assert_allclose(frame.rgb.mean((0, 1)), colour, atol=3 * step)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_part_of_one_or_two_frames_is_written_by_every_encoder(tmp_path, count):
    for number, codec in enumerate(("libx265", "libx264", "libvpx-vp9", "libsvtav1") * 2):
        path = tmp_path / str(number)
        sink = EncodedFile(path, codec)
        for frame in range(count):
            sink.write(np.full((96, 128, 3), 90, "uint8"), None, Fraction(frame, 25))
        sink.close()
        assert [float(frame.time) for frame in Source(path).frames()] == [
            n / 25 for n in range(count)
        ]
