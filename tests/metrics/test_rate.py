import numpy as np
import pytest

from tfvgan.metrics.rate import bits_per_pixel, kilobits_per_second


def test_raw_colour_costs_24_bits_a_pixel():
    video = np.zeros((3, 4, 5, 3), np.uint8)
    assert bits_per_pixel(video.tobytes(), 3, 4, 5) == 24.0
    assert bits_per_pixel(memoryview(video), 3, 4, 5) == 24.0


def test_the_bytes_of_a_file_are_those_on_the_disk(tmp_path):
    path = tmp_path / "coded"
    path.write_bytes(bytes(1250))
    assert bits_per_pixel(path, 10, 10, 20) == 5.0
    assert bits_per_pixel(str(path), 10, 10, 20) == 5.0
    assert kilobits_per_second(path, frames=50, fps=25) == 5.0  # 10 kbit in two seconds


@pytest.mark.parametrize("name", ["frames", "height", "width"])
def test_a_video_without_pixels_is_told(name):
    numbers = {"frames": 1, "height": 1, "width": 1, name: 0}
    with pytest.raises(ValueError, match=f"`{name}` must be 1 or more, but is 0"):
        bits_per_pixel(b"x", **numbers)


def test_no_frames_no_time_and_no_file_are_told(tmp_path):
    with pytest.raises(ValueError, match="`frames` must be 1 or more"):
        kilobits_per_second(b"x", 0, 25)
    with pytest.raises(ValueError, match="`fps` must be above 0, but is 0"):
        kilobits_per_second(b"x", 1, 0)
    with pytest.raises(ValueError, match="'gone' is neither"):
        bits_per_pixel("gone", 1, 1, 1)
