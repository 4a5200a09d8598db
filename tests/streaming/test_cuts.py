import numpy as np
from moving import texture

from tfvgan.streaming import SceneCuts


def scene(seed, frames=6):
    return list(texture(frames, 64, (1.0, 0.5), seed)[0])


def test_the_first_frames_of_scenes_are_found_and_no_others():
    frames = [*scene(0), *scene(1), *scene(2)]
    cut = SceneCuts()
    assert [n for n, frame in enumerate(frames) if cut(frame)] == [0, 6, 12]


def test_a_still_picture_is_one_scene():
    cut = SceneCuts()
    assert [cut(np.full((30, 40, 3), 90, "uint8")) for _ in range(4)] == [True, False, False, False]


def test_deep_colours_are_cut_where_others_are():
    frames = [*scene(0), *scene(1)]
    cut = SceneCuts()
    assert [n for n, frame in enumerate(frames) if cut(frame.astype("uint16") * 257)] == [0, 6]
