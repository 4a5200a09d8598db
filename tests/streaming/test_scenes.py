"""Scenes: told some frames later, of cuts as without flashes, and of flashes none."""

import numpy as np
import pytest
from moving import texture

from tfvgan.streaming import SceneCuts, Scenes
from tfvgan.streaming.scenes import AHEAD, BACK, BEHIND, gone_back


def scene(seed, frames=12):
    return list(texture(frames, 64, (1.0, 0.5), seed)[0])


def told(frames, **how):
    scenes = Scenes(**how)
    return [*(each for frame in frames for each in scenes(frame)), *scenes.rest()]


def begun(frames, **how):
    return np.flatnonzero(told(frames, **how)).tolist()


def test_scenes_begin_where_they_are_cut():
    frames = [*scene(0), *scene(1), *scene(2, 3)]
    assert begun(frames) == [0, 12, 24] and len(told(frames)) == len(frames)
    assert begun([*scene(0), *scene(1, 1)]) == [0, 12]
    assert begun(scene(0, 1)) == [0] and told([]) == []


def test_it_is_told_when_the_frames_behind_are_seen():
    scenes = Scenes()
    assert [len(scenes(frame)) for frame in scene(0)] == AHEAD * [0] + (12 - AHEAD) * [1]
    assert len(scenes.rest()) == AHEAD and scenes.rest() == []
    at_once = Scenes(ahead=0)
    assert [at_once(frame) for frame in scene(0, 3)] == [[True], [False], [False]]


@pytest.mark.parametrize("count", range(1, AHEAD + 1))
def test_a_flash_begins_no_scene_where_a_cut_does(count):
    frames = scene(0, 20)
    for place in range(9, 9 + count):
        frames[place] = 255 - (255 - frames[place]) // 4
    seen = SceneCuts()
    assert sum(map(seen, frames)) > 1, "or there were nothing to leave out"
    assert begun(frames) == [0]
    assert begun([*frames, *scene(1)]) == [0, 20]
    assert begun([*frames, *scene(1)], ahead=0) == [0, 9, 20]


def test_what_goes_back_too_late_is_a_scene():
    assert begun([*scene(0, 12), *scene(1, BEHIND + 1), *scene(0, 6)]) == [0, 12, 12 + BEHIND + 1]


def test_gone_back_is_nearer_than_a_share_of_the_cut():
    def film(*levels):
        return [np.full((16, 24, 3), level, np.uint8) for level in levels]

    jump = 100
    near = int(jump * BACK)
    assert gone_back(film(50, 50 + jump, 50 + near - 1), 1)
    assert not gone_back(film(50, 50 + jump, 50 + near), 1)
    assert gone_back(film(150, 50, 150), 2), "as behind a flash"
    early = [150, *[50] * BEHIND, 150]
    assert not gone_back(film(*early), BEHIND + 1)
    assert gone_back(film(*early[:1], *early[2:]), BEHIND)
