"""The process of a clip on the page: it decodes what a stranger sent, and nobody else does.

It writes the clip as browsers play it, and what a model makes of it, and says how far it is.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tfvgan.serving.server.limits import MB
from tfvgan.serving.server.messages import packed
from tfvgan.serving.server.worker import limit_memory, private_pipes

POLITE = 10  # What the process adds to its niceness: models that answer others go first.
OFTEN = 0.2  # Seconds between two words on how far it is.
BROWSERS = 8  # Bits of a colour that all browsers play in H.264.


def run_job() -> None:
    """Does the job that the arguments name, and says how far it is."""
    _, answers = private_pipes()
    told = json.loads(sys.argv[1])

    def say(**head):
        for piece in packed(head):
            answers.write(piece)
        answers.flush()

    os.nice(POLITE)
    limit_memory(told["memory"])
    _limit_file(told["file"])
    try:
        names = generated(told) if told["kind"] == "generate" else changed(told, often(say))
        say(done=True, names=names)
    except MemoryError:
        say(error="There is not enough memory for this clip: take a smaller one.")
    except (ValueError, OSError) as error:
        say(error=without_place(str(error), told["folder"]))
    except Exception as error:
        say(error=f"The clip could not be done: unexpected {type(error).__name__}.")


def generated(told: dict[str, Any]) -> dict[str, str]:
    """Returns the name of the video that was made, as that of what came after.

    Args:
        told: the folder of the job, the model's, and options of `tfvgan.generate`.
    """
    from tfvgan.runs import generate

    generate(told["model"], Path(told["folder"], "after.mp4"), 1, **told["options"])
    return {"after": "after.mp4"}


def changed(told: dict[str, Any], progress: Callable[[int, int | None], None]) -> dict[str, str]:
    """Returns the names of the clip as browsers play it, and of what became of it.

    Args:
        told: the folder of the job with the file "upload", the model's, what is done, and options.
        progress: as of `tfvgan.streaming.process`, of both.
    """
    from tfvgan import streaming

    folder = Path(told["folder"])
    upload, cuts = folder / "upload", told["kind"] != "segment"
    source = streaming.Source(upload, partial=True)
    ending = ".webm" if source.look.depth > BROWSERS else ".mp4"
    names = {name: f"{name}{ending}" for name in ("before", "after")}
    both = None if source.count is None else 2 * source.count
    how = {"partial": True, "memory": told["memory"] / 4}
    made = 0

    def first(done, count):
        nonlocal made
        made = done
        progress(done, both)

    streaming.process(Unchanged(), upload, folder / names["before"], progress=first, **how)
    stepper = stepper_of(told["kind"], told["model"], told["options"])
    streaming.process(
        stepper,
        upload,
        folder / names["after"],
        cuts=cuts,
        progress=lambda done, count: progress(made + done, both and max(both, 2 * made)),
        **how,
    )
    return names


def stepper_of(kind: str, model: str, options: dict[str, Any]) -> Any:
    """Returns what makes videos of others, a `tfvgan.streaming.Stepper`.

    Args:
        kind: "restore", "stylize" or "segment".
        model: its folder.
        options: of it.
    """
    from tfvgan.runs import load_restorer, load_segmenter, load_stylizer

    loads = {"restore": load_restorer, "stylize": load_stylizer, "segment": load_segmenter}
    return loads[kind](model, **options)


class Unchanged:
    """A `tfvgan.streaming.Stepper` that leaves frames as they are."""

    factor, multiple, alpha, found = 1, 1, False, None
    bytes_per_pixel, identity = 12.0, "unchanged"

    def step(self, window: Sequence[np.ndarray], state: Any) -> tuple[np.ndarray, Any]:
        """Returns the frame, and no state.

        Args:
            window: three frames: before, now, after.
            state: of the frame before.
        """
        return window[1][..., :3], np.zeros(0, np.uint8)


def often(say: Callable[..., None]) -> Callable[[int, int | None], None]:
    """Returns a function that says how far it is, now and then.

    Args:
        say: function of `made` and `count`.
    """
    last = 0.0

    def progress(done, count):
        nonlocal last
        now = time.monotonic()
        if now - last > OFTEN or done == count:
            last = now
            say(made=done, count=count)

    return progress


def without_place(message: str, folder: str) -> str:
    """Returns the first line of an error, without where the clip lies here.

    Args:
        message: of the error.
        folder: of the job.
    """
    line = next(iter(message.strip().splitlines()), "The clip could not be done.")
    line = line.replace(f"`{folder}/upload`", "the clip").replace(f"{folder}/upload", "the clip")
    line = line.replace(folder, "the clip's folder")
    return line[:1].upper() + line[1:]


def _limit_file(most):
    """Limits the bytes of each file that is written."""
    size = int(most * MB)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
