"""A page of a library's duplicates: one HTML file with its pictures inside."""

import base64
import html
import io

import numpy as np

from tfvgan.data.stamps import clock
from tfvgan.library.entry import Facts
from tfvgan.library.match import Match
from tfvgan.library.pictures import pictures_at
from tfvgan.library.report import Duplicates

HEIGHT = 96  # Pixels of a picture,
PICTURES = 3  # so many of each video,
QUALITY = 80  # as JPEG.
HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Duplicates</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.4 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
section { border-top: 1px solid #999; padding: .5em 0 1em; }
article { margin: 1em 0; overflow-wrap: anywhere; }
img { height: 96px; margin: 4px 4px 0 0; }
.best { border-left: 4px solid #2a7; padding-left: .6em; }
small { color: #555; display: block; }
</style></head><body>
"""


def page_of(found: Duplicates) -> str:
    """Returns an HTML page of duplicates, which needs nothing beside it.

    Args:
        found: of `find_duplicates`. The videos are read once more, for their pictures.
    """
    parts = [HEAD, "<h1>Duplicates</h1>", f"<p>{html.escape(summary(found))}</p>"]
    for number, group in enumerate(found.groups, 1):
        parts.append(f"<section><h2>Group {number}: {len(group)} videos</h2>")
        spans = [_span(member.matches) or (0, member.facts.duration) for member in group]
        for member, span in zip(group, spans):
            differs = ", ".join(member.differs) or ("the best of them" if member.best else "alike")
            name = ' class="best"' if member.best else ""
            said = f"{facts_text(member.facts)}; {differs}"
            parts.append(f"<article{name}>{_text(member.path, said)}")
            parts.append(f"{_pictures(member.path, span)}</article>")
        parts.append("</section>")
    for title, pairs in (("Excerpts", found.excerpts), ("Shared parts", found.parts)):
        if pairs:
            parts.append(f"<section><h2>{title}</h2>")
        for pair in pairs:
            best = pair.matches[0]
            for path, span, share in (
                (pair.path, (best.begin, best.end), pair.shares[0]),
                (pair.other, (best.start, best.stop), pair.shares[1]),
            ):
                said = f"{clock(span[0])} to {clock(span[1])}, {100 * share:.0f} % of it is shared"
                parts.append(f"<article>{_text(path, said)}{_pictures(path, span)}</article>")
        if pairs:
            parts.append("</section>")
    return "\n".join([*parts, "</body></html>\n"])


def summary(found: Duplicates) -> str:
    """Returns in a sentence how many duplicates there are.

    Args:
        found: of `find_duplicates`.
    """
    more = sum(len(group) - 1 for group in found.groups)
    return (
        f"Groups: {len(found.groups)}. Copies beside the best of each: {more}. Excerpts of "
        f"others: {len(found.excerpts)}. Pairs that share a part: {len(found.parts)}. "
        "Nothing was deleted."
    )


def facts_text(facts: Facts) -> str:
    """Returns what a video is, in a line."""
    return (
        f"{facts.width}x{facts.height}, {facts.codec}, {clock(facts.duration)}, "
        f"{facts.fps:.4g} frames/s, {facts.bit_rate / 1e6:.2f} Mbit/s, {facts.size / 1e6:.1f} MB"
    )


def _span(found: list[Match]):
    """Returns the first and the last second of a video's best match; None without any."""
    return (found[0].begin, found[0].end) if found else None


def _text(path, said):
    return f"<b>{html.escape(path)}</b><small>{html.escape(said)}</small>"


def _pictures(path, span):
    """Returns the elements of some pictures of a video, evenly spread over a span of seconds."""
    places = (np.arange(PICTURES) + 0.5) / PICTURES
    seconds = [span[0] + share * (span[1] - span[0]) for share in places]
    return "".join(
        f'<img alt="at {clock(second)}" src="data:image/jpeg;base64,{_jpeg(picture)}">'
        for second, picture in zip(seconds, pictures_at(path, seconds, HEIGHT))
    )


def _jpeg(picture):
    """Returns a picture as text."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(file, "JPEG", quality=QUALITY)
    return base64.b64encode(file.getvalue()).decode("ascii")
