"""Rivals: what they say of a film of two scenes, and how near two cuts may be."""

import importlib.util

import numpy as np
import pytest
from moving import texture

from benchmarks.analysis import finders
from tfvgan.data import write_video


def test_cuts_are_some_frames_from_one_another():
    assert finders.spaced(np.array([0, 3, 10, 18, 40])) == [3, 18, 40]


def test_ffmpeg_finds_a_cut(tmp_path):
    film = np.concatenate([texture(20, 64, (1.0, 0.0), seed)[0] for seed in range(2)])
    look = finders.ffmpeg(write_video(tmp_path / "a.mp4", film))
    assert look(0.1) == [20] and look(1.1) == []


def test_what_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert finders.scene_detect("content_val", 0.0) is None


@pytest.mark.skipif(importlib.util.find_spec("scenedetect") is None, reason="not installed")
def test_scene_detect_finds_a_cut(tmp_path):
    film = np.concatenate([texture(30, 64, (1.0, 0.0), seed)[0] for seed in range(2)])
    look = finders.scene_detect("content_val", 0.0)(write_video(tmp_path / "a.mp4", film))
    assert look(15.0) == [30]
