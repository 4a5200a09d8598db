"""The two data sets of MoCoGAN's tables as clips: moving shapes, and people in four actions.

Both are in the paper's repository, github.com/sergeytulyakov/mocogan, as `data/shapes.tar.gz` and
`data/actions.tar.gz`: folders of classes, one image a video, its frames from left to right.
(Tulyakov et al. 2018, MoCoGAN: Decomposing Motion and Content for Video Generation.)
"""

import tarfile
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np

SKIPPED = 3  # The exit code of a benchmark whose data are not there.
SIZE = 64
EACH = 8  # Strips of a person: four actions, each once more mirrored.


class Strip(NamedTuple):
    """A video of the actions: the `action`, a folder's name; the `person`, 0 to 8; and the `video`,
    uint8 `(frames, 64, 64, 3)`."""

    action: str
    person: int
    video: np.ndarray


def add_sets(parser):
    """Adds the options that name the two archives."""
    for name in ("shapes", "actions"):
        parser.add_argument(f"--{name}", metavar="ARCHIVE", help=f"{name}.tar.gz of MoCoGAN's data")


def archives_of(arguments):
    """Returns `{name: archive}`; ends the script in one sentence when none was given."""
    archives = {name: getattr(arguments, name) for name in ("shapes", "actions")}
    archives = {name: archive for name, archive in archives.items() if archive}
    if not archives:
        print(
            "Skipped: download data/shapes.tar.gz and data/actions.tar.gz of "
            "github.com/sergeytulyakov/mocogan, and name them by --shapes and --actions."
        )
        raise SystemExit(SKIPPED)
    return archives


def halves(archive, count, frames=16, seed=0):
    """Returns two sets of clips that share no video: uint8 `(count or less, frames, 64, 64, 3)`.

    Args:
        archive: path of a .tar.gz of strips.
        count: int, the most clips in each half.
        frames: int; a strip is cut into clips of so many frames, without overlap.
        seed: int, chooses the strips of each half, and their clips.
    """
    random = np.random.default_rng(seed)
    with tarfile.open(archive) as tar:
        strips = sorted((m for m in tar if m.isfile()), key=lambda member: member.name)
        order = random.permutation(len(strips))[: 2 * count]
        cut = {n: _clips(tar.extractfile(strips[n]).read(), frames) for n in sorted(order)}
    both = []
    for half in (order[::2], order[1::2]):
        clips = np.concatenate([cut[number] for number in half])
        both.append(clips[random.permutation(len(clips))[:count]])
    return both


def strips(archive):
    """Returns each `Strip` of the actions, in the order of their numbers.

    Files are numbered through all folders. Eight that follow each other are of one person.

    Args:
        archive: path of actions.tar.gz.
    """
    with tarfile.open(archive) as tar:
        files = [PurePosixPath(member.name) for member in tar if member.isfile()]
        return [
            Strip(
                path.parent.name,
                int(path.stem) // EACH,
                _video(tar.extractfile(str(path)).read()),
            )
            for path in sorted(files, key=lambda path: int(path.stem))
        ]


def _video(image):
    """Returns a strip as uint8 `(frames, 64, 64, 3)`."""
    import tensorflow as tf

    strip = tf.io.decode_image(image, channels=3, expand_animations=False).numpy()
    return np.stack(np.split(strip, strip.shape[1] // SIZE, axis=1))


def _clips(image, frames):
    """Returns a strip as uint8 `(clips, frames, 64, 64, 3)`."""
    video = _video(image)
    count = len(video) // frames
    return video[: count * frames].reshape(count, frames, *video.shape[1:])
