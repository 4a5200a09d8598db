"""Facts about a trained network, such as its classes, in a small .json file beside it."""

import json
from pathlib import Path
from typing import NamedTuple

from tfvgan.claims import read_claims
from tfvgan.engine.draws import USES
from tfvgan.sums import check_sums
from tfvgan.whole import write_whole

DRAWS = 2  # How what is saved now draws by its seed; files that do not say it draw as 1 does.


class _Known(NamedTuple):
    class_names: list[str] = []
    fps: float | None = None
    draws: int = 1
    codec: bool = False  # Whether a restorer's network is a codec's.


def write_beside(path, **facts):
    """Writes facts about the network at `path` as .json beside it."""
    text = json.dumps(facts) + "\n"
    write_whole(Path(path).with_suffix(".json"), lambda file: file.write_text(text))


def known_beside(path):
    """Returns the facts about the network at `path`, a dict: at least its `"draws"`.

    Raises:
        ValueError: when the file that should say it does not.
    """
    path = Path(path).with_suffix(".json")
    if not path.is_file():
        return {"draws": 1}
    check_sums(path)
    return read_claims(path, _Known, "what is known of a network beside it")._asdict()


def use_of(draws, use):
    """Returns the stream of random numbers for a use, one of `tfvgan.engine.draws.USES`.

    Args:
        draws: 1, as for training: what was saved before uses were told apart keeps its samples,
            some of which were trained on; or 2, for the use alone.
        use: what they are drawn for.

    Raises:
        ValueError: when it is another number.
    """
    if draws not in (1, 2):
        raise ValueError(
            f"`draws` must be 1 or {DRAWS}, but is {draws!r}: what a later version saved is read "
            "by that version."
        )
    return USES[0] if draws == 1 else use
