"""Finders of cuts: ours, PySceneDetect's, and FFmpeg's score of scenes.

Each looks at a file once, and says what it found at thresholds that are handed to it afterwards:
so thresholds can be chosen without looking again.
"""

import importlib.util
import re
import subprocess

import imageio_ffmpeg
import numpy as np

from tfvgan.runs import load_finder
from tfvgan.tasks.analysis.shots import transitions

LEAST = 15  # Frames of a scene, PySceneDetect's own default; of FFmpeg's, which has none, too.


def ours(model):
    """Returns the function of a path and what follows: a function of thresholds to frames."""
    finder = load_finder(model)

    def look(path):
        scores = finder.find(path)
        return lambda cut, gradual: [
            (each.begin + each.end) // 2 for each in transitions(scores, cut, gradual)
        ]

    return look


def ffmpeg(path):
    """Returns what FFmpeg's filter `select` finds: a function of a threshold to frames."""
    words = ["-v", "error", "-threads", "1", "-i", str(path)]
    words += ["-vf", "select='gte(scene,0)',metadata=print:file=-", "-f", "null", "-"]
    said = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), *words], check=True, capture_output=True, text=True
    ).stdout
    scores = np.array([float(each) for each in re.findall(r"scene_score=([0-9.]+)", said)])
    return lambda threshold: spaced(np.flatnonzero(scores >= threshold))


def scene_detect(metric, least):
    """Returns a function like `ffmpeg`, of PySceneDetect's adaptive detector; None without it.

    Args:
        metric: "content_val", which its content detector looks at, or "adaptive_ratio (w=2)".
        least: the content value that the adaptive detector asks for beside the ratio; 0 for none.
    """
    if importlib.util.find_spec("scenedetect") is None:
        return None

    def look(path):
        from scenedetect import AdaptiveDetector, SceneManager, StatsManager, open_video

        stats = StatsManager()
        manager = SceneManager(stats)
        manager.add_detector(AdaptiveDetector())
        video = open_video(str(path))
        manager.detect_scenes(video)
        frames = video.frame_number
        values, contents = (
            np.array([_metric(stats, frame, name) for frame in range(frames)])
            for name in (metric, "content_val")
        )
        return lambda threshold: spaced(np.flatnonzero((values >= threshold) & (contents >= least)))

    return look


def _metric(stats, frame, name):
    """Returns a value of a frame, 0 where there is none."""
    if not stats.metrics_exist(frame, [name]):
        return 0.0
    return float(stats.get_metrics(frame, [name])[0] or 0.0)


def spaced(places):
    """Returns the frames of places that are `LEAST` behind the last one that was taken."""
    found = []
    for place in map(int, places):
        if place and (not found or place - found[-1] >= LEAST):
            found.append(place)
    return found
