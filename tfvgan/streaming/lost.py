"""Losses on the way from a source to what is written, said before the work begins."""

import os

from tfvgan.data.errors import say_once
from tfvgan.data.opening import opened
from tfvgan.streaming.about import besides
from tfvgan.streaming.look import tell_hdr
from tfvgan.streaming.outputs import PIPE


def tell_lost_colours(source, look, why):
    """Warns of a source's colours that frames of a `Look` lose; `why` is a clause."""
    name, depth = "The video" if source.piped else source.path, look.depth
    tell_hdr([kind for kind, _ in source.look.hdr if not look.hdr], name)
    if depth < source.look.depth:
        say_once(f"{name} has {source.look.depth} bits a colour, of which {depth} are kept: {why}.")


def tell_lost_chroma(source, had, kept, why):
    """Warns that chroma gets coarser, if it does; `why` is a clause."""
    if any(now > before for before, now in zip(had, kept)):
        name = "The video" if source.piped else source.path
        say_once(
            f"{name} has finer colours than the {kept[0]}x{kept[1]} pixels that share one now: "
            f"{why}."
        )


def tell_lost_tracks(source, out):
    """Warns of all that a source loses where its picture alone is written."""
    if source.is_folder or source.piped:
        return
    with opened(source.path) as container:
        if names := besides(container):
            where = "A pipe" if os.fspath(out) == PIPE else "Images"
            names = ", ".join(names)
            say_once(f"{where} can't hold what {source.path} holds beside its picture ({names}).")
