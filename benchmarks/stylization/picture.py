"""Pictures of what styles and `steady` make of a video, beside a rival: a frame, and over time.

Nothing may have been trained on the video. A line of pixels over time shows flicker as stripes.

    python benchmarks/stylization/picture.py VIDEO [--style watercolour] [--kind ink]
"""

import argparse
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import RESULTS
from benchmarks.sets.wide import clip
from benchmarks.stylization.flickering import KINDS
from benchmarks.stylization.steadiers import along_flow
from benchmarks.stylization.steady import OURS
from tfvgan import plots
from tfvgan.data.styles import STYLES, styled
from tfvgan.runs import load_steadier, load_stylizer
from tfvgan.runs.shipped import STYLES as PREFIX


def of_style(source, style, models):
    """Returns the videos of a style: the video, its filter frame by frame, ours."""
    ours = load_stylizer(Path(models, PREFIX + style)).stylize(source)
    return {"video": source, "filter": styled(source, style), "ours": ours}


def of_steady(source, kind, models):
    """Returns those of one that flickers: as it is, a mean along the flow, ours."""
    given = KINDS[kind](source)
    ours = load_steadier(Path(models, OURS)).steady(source, given)
    return {kind: given, "flow-EMA": along_flow(source, given), "ours": ours}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", help="a video that nothing was trained on")
    parser.add_argument("--models", default="saved_models", help="a folder of published models")
    parser.add_argument("--style", default="watercolour", choices=STYLES)
    parser.add_argument("--kind", default="ink", choices=KINDS, help="of flicker")
    arguments = parser.parse_args()
    source = clip(arguments.video)
    shown = {
        "styles": of_style(source, arguments.style, arguments.models),
        OURS: of_steady(source, arguments.kind, arguments.models),
    }
    for name, videos in shown.items():
        path = RESULTS / f"{name}.png"
        plots.time_slice({label: video[None] for label, video in videos.items()}, path)
        print(f"written: {path}")


if __name__ == "__main__":
    main()
