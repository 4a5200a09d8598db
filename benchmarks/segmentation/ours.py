"""Networks of ours that are measured: published folders and runs, as functions to masks."""

import tempfile
from pathlib import Path

import numpy as np

from benchmarks.segmentation.scenes import SIDE
from tfvgan.export.tflite import export_tflite, load_tflite
from tfvgan.runs.segment import load_segmenter

WITHOUT = "cross-entropy alone"
LITERT = "ours in LiteRT, weights of 8 bits"
WARM = 3  # Frames by which all is compiled before it is timed.


def networks(ours, model, without=None, beside=()):
    """Returns the folders of networks by name: ours, its twin, and others by their own names.

    Those that are not there are left out, and named.

    Args:
        ours: what ours is called.
        model: its folder.
        without: that of the same, trained without the game; None for none.
        beside: those of further ones.
    """
    if without is None:
        print(f"left out, for want of --without: {WITHOUT}", flush=True)
    found = {ours: model, WITHOUT: without} | {Path(folder).name: folder for folder in beside}
    found = {name: Path(folder) for name, folder in found.items() if folder is not None}
    for name, folder in found.items():
        if not folder.is_dir():
            print(f"left out, for want of {folder}: {name}", flush=True)
    return {name: folder for name, folder in found.items() if folder.is_dir()}


def segmenters(ours, found):
    """Returns the functions from a video to masks, by name, of `networks`; and ours in LiteRT."""
    made = {name: cut(folder) for name, folder in found.items()}
    return made | ({LITERT: in_litert(found[ours])} if ours in found else {})


def cut(folder):
    """Returns the function from a video to the masks of a segmenter of two classes.

    Raises:
        ValueError: when it tells other classes apart.
    """
    segmenter = load_segmenter(folder)
    if segmenter.generator.classes != 2:
        raise ValueError(
            f"`{folder}` must tell two classes apart, what is to be cut out and the rest, but has "
            f"{segmenter.generator.classes} classes: measure another."
        )
    return lambda video: segmenter.segment(video)[..., 0] > 127


def in_litert(folder, side=SIDE):
    """Returns as `cut` does what LiteRT makes of the segmenter, with weights of 8 bits."""
    segmenter = load_segmenter(folder, edge=(side, side))
    edge = segmenter.endpoints()["segment_frame"].edge
    first = np.zeros(edge.signature[-1].shape, "float32")
    with tempfile.TemporaryDirectory() as place:
        path = export_tflite(segmenter, Path(place, "x.tflite"), "dynamic", "segment_frame")
        run = load_tflite(path, threads=1)

    def masks(video):
        state, made = first, []
        for frame in video:
            outputs = run(frame=frame[None], state=state)
            state = outputs["state"]
            made.append(outputs["mask"][0, ..., 1] > 0.5)
        return np.stack(made)

    return masks
