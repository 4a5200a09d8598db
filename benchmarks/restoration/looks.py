"""One page to look at: real videos that are old or badly coded, restored in three ways.

Of each video some frames in a row are shown as they are, enlarged bicubically, as `tfvgan restore`
makes them by itself, and as Real-ESRGAN does on frames of half their size: as a film of all four,
which play in step, as stills at full size, and as one row of pixels over time, where flicker shows.
The page is one file, and needs nothing else. What is asked of it no number says: flicker, waxy
faces, invented texture.

    tfvgan weights fetch realesrgan
    python benchmarks/restoration/looks.py VIDEOS... --out looks.html [--frames 16] [--first 40]
"""

import argparse
import base64
import html
import io
import itertools
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np
from PIL import Image

from tfvgan.data import probe
from tfvgan.data.degrade import resize
from tfvgan.runs import load_restorer
from tfvgan.runs.choices import chosen_stepper
from tfvgan.runs.judging import judge_video, seen
from tfvgan.streaming import Recurrence, Source
from tfvgan.streaming.sink import EncodedFile
from tfvgan.streaming.tiles import side_within
from tfvgan.tasks import PeerRestorer
from tfvgan.tasks.restoration.halved import Halved
from tfvgan.whole import write_whole

PEER = "realesrgan_x4plus"
MEMORY = 1000.0  # MB, as `tfvgan restore` takes.
CRF = 12  # Of the films on the page: nothing is seen of it.
STYLE = (
    "body{background:#222;color:#eee;font:16px sans-serif;margin:1em}"
    "video,img{display:block;margin:.3em 0 1em;image-rendering:pixelated}"
)


class Shown(NamedTuple):
    """A video as it is shown: its name, what is said of it, and four videos by title, uint8
    `(t, h, w, 3)` of one size; and frames a second."""

    name: str
    said: str
    versions: dict
    rate: float


def made_by(stepper, frames):
    """Returns what a stepper makes of frames of one scene, uint8 `(t, h, w, 3)`."""
    side = side_within(MEMORY, stepper, frames.shape[1:3])
    recurrence = Recurrence(stepper, side, cuts=False, part=len(frames))
    return np.stack([made.picture for made in recurrence(frames)])


def by_itself(found, frames):
    """Returns what `tfvgan restore` makes of frames of which it found that."""
    return made_by(chosen_stepper(found.choice, found.scale, found.signs.noise), frames)


def shown(path, peer, first, count, restorer=None):
    """Returns a `Shown` of some frames of a file.

    Args:
        path: of the video.
        peer: `PeerRestorer` of factor 4.
        first: int, number of the first frame.
        count: int, frames.
        restorer: `Restorer` that is shown in place of what `tfvgan restore` takes by itself.
    """
    found = judge_video(path, getattr(restorer, "factor", None))
    source = Source(path, "yes" if found.weave else "auto")
    chosen = itertools.islice(source.frames(), first, first + count)
    frames = np.stack([frame.rgb for frame in chosen])
    sides = [side // 2 * 2 for side in frames.shape[1:3]]
    frames = frames[:, : sides[0], : sides[1]]
    ours = made_by(restorer, frames) if restorer else by_itself(found, frames)
    scale = found.scale
    size = tuple(ours.shape[1:3])
    theirs = made_by(peer if scale == 4 else Halved(peer), frames)
    versions = {
        "as it is": frames.repeat(scale, 1).repeat(scale, 2),
        "bicubic": resize(frames, size, "bicubic"),
        "tfvgan restore": ours,
        peer.name: theirs if theirs.shape == ours.shape else resize(theirs, size, "bicubic"),
    }
    verdict = "a model that was named" if restorer else found.verdict
    said = f"{seen(found.signs)}; {verdict}"
    return Shown(Path(path).name, said, versions, probe(path).fps)


def film(one):
    """Returns the bytes of a .webm of all four, two beside each other and two below."""
    a, b, c, d = one.versions.values()
    both = np.concatenate([np.concatenate([a, b], 2), np.concatenate([c, d], 2)], 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "film.webm")
        rate = Fraction(one.rate).limit_denominator(1001)
        sink = EncodedFile(str(path), "libvpx-vp9", CRF, rate, "webm")
        for number, frame in enumerate(both):
            sink.write(np.ascontiguousarray(frame), None, number / float(rate))
        sink.close()
        return path.read_bytes()


def over_time(video, each=4):
    """Returns the row in the middle of all frames below each other, uint8 `(each * t, w, 3)`."""
    return video[:, video.shape[1] // 2].repeat(each, 0)


def page(all_shown):
    """Returns the page of a list of `Shown`, a text of HTML."""
    parts = [f"<!doctype html><meta charset=utf-8><title>Looks</title><style>{STYLE}</style>"]
    for one in all_shown:
        titles = list(map(html.escape, one.versions))
        parts.append(f"<h2>{html.escape(one.name)}</h2><p>{html.escape(one.said)}</p>")
        parts.append(f"<p>Above: {titles[0]}, {titles[1]}. Below: {titles[2]}, {titles[3]}.</p>")
        film_text = base64.b64encode(film(one)).decode()
        parts.append(
            f'<video autoplay loop muted controls src="data:video/webm;base64,{film_text}"></video>'
        )
        for title, video in zip(titles, one.versions.values(), strict=True):
            parts.append(f"<p>{title}</p>{_image(video[len(video) // 2])}")
        for title, video in zip(titles, one.versions.values(), strict=True):
            parts.append(f"<p>{title}: its middle row over time</p>{_image(over_time(video))}")
    return "\n".join(parts) + "\n"


def _image(picture):
    """Returns a picture inside the page."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, format="png")
    return f'<img src="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}">'


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", nargs="+", help="files of real videos that look bad")
    parser.add_argument("--out", default="looks.html", help="where to write the page")
    parser.add_argument("--frames", type=int, default=16, help="of each video")
    parser.add_argument("--first", type=int, default=40, help="number of the first frame")
    parser.add_argument("--peer", default=PEER, help="a published network that enlarges 4 times")
    parser.add_argument("--model", help="a restorer to show, and not what is taken by itself")
    arguments = parser.parse_args()
    peer = PeerRestorer(arguments.peer)
    restorer = load_restorer(arguments.model) if arguments.model else None
    made = []
    for path in arguments.videos:
        made.append(shown(path, peer, arguments.first, arguments.frames, restorer))
        print(f"{path}: {made[-1].said}", flush=True)
    text = page(made)
    write_whole(arguments.out, lambda path: path.write_text(text, encoding="utf-8"))


if __name__ == "__main__":
    main()
