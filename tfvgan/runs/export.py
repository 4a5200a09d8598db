"""A run, exported for servers and edge devices."""

import os
import sys
from collections.abc import Mapping, Sequence

from tfvgan.export import export_model
from tfvgan.runs.edges import for_edge
from tfvgan.runs.footage import footage
from tfvgan.runs.loading import loaded


def export(
    run: str | os.PathLike | object,
    out: str | os.PathLike,
    tflite: Sequence[str] = (),
    endpoints: Sequence[str] | None = None,
    edge: tuple[int, int] | None = None,
    allowed: Mapping[str, Mapping[str, float]] | None = None,
    clips: Sequence[str | os.PathLike] | None = None,
    *,
    show: bool = False,
) -> str:
    """Returns the folder of the new version: a SavedModel, .tflite files, and parity.json.

    Args:
        run: a run's folder, a published folder, a `.keras` file, the name of a model in the
            package, or a model of any task.
        out: the model's folder, which gets the next version: `out`/1, `out`/2, ...
        tflite: which .tflite files are written, of "float32", "float16", "dynamic" and "int8".
        endpoints: names of the endpoints that become .tflite files; None takes the first.
        edge: of what takes frames of any size, `(height, width)` of those of edge devices.
        allowed: how far exports may be from the model; see `tfvgan.export.allowing`.
        clips: paths of real videos, of which the first frames are read, for models that read
            frames; see `tfvgan.export.export_model`.
        show: bool, whether to say on stderr what is done, a line for each step.

    Raises:
        ValueError: when there is no such run, or an export differs from the model by more than it
            may; quantised files that do are left out.
    """
    wanted = dict.fromkeys(endpoints, tuple(tflite)) if endpoints else tuple(tflite)
    more = {} if clips is None else {"clips": footage(clips)}
    if show:
        more["tell"] = _say
    return export_model(
        for_edge(loaded(run), edge, run), out, tflite=wanted, allowed=allowed, **more
    )


def _say(step):
    print(f"{step} ...", file=sys.stderr)
