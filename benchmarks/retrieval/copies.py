"""Copies found: an embedder beside pHash, PDQ and colour histograms, over ten edits of videos.

Of each video some seconds are edited and written as files, and looked for among all videos, and
among those of `--among`, which nobody looks for. Videos that show the same as another are sorted
out first. All methods see a video twice a second, and score it alike: of each moment of a copy the
most alike moment of a video counts, and a copy's score is their mean. So what differs is what a
moment is known by. `tfvgan search` scores by more, and has rows of its own: how long both are
alike along a line of time, and whether they change together.

A row for each video and edit, and means: `R@1`, whether the video with the best score is the right
one; and `found`, whether its score is above that of every false pair of all copies. `error` is the
seconds by which two re-encoded seconds of a video were located wrongly, by `tfvgan.library.match`
alone, and `within` whether it is half a second at most.

    python benchmarks/retrieval/copies.py VIDEOS [--among FOLDER] [--work FOLDER]

A script that was stopped goes on with the next video; copies are kept in `--work`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.begun import Begun
from benchmarks.report import report
from benchmarks.retrieval import edited, rivals
from benchmarks.sets.parts import add_videos, videos_of, with_means
from tfvgan.data import list_videos
from tfvgan.data.resize import AUTO, resize
from tfvgan.library.embedding import vectors_of
from tfvgan.library.entry import VideoEntry
from tfvgan.library.find import find_hits
from tfvgan.library.match import matches, similarity
from tfvgan.runs import load_embedder

OURS = "embed_videos"
SEARCH = "tfvgan search"
ALL = "all ten"
NEAR = 0.5  # Seconds of an error that count as located.
LOOK = "look"
SEEN, ALIKE = 12, 9.0  # Pixels of a side, and levels of 255, by which videos show the same.


def look(frame):
    """Returns a frame as it is looked at to tell whether videos show the same, `(d,)`."""
    return resize(frame[None], (SEEN, SEEN), AUTO).ravel().astype("float32")


def distinct(looks):
    """Returns the videos of which none shows the same as one before, and the names of the others.

    Two show the same when a frame of the one, of two a second, is nearly one of the other.

    Args:
        looks: by path, the `look` of each frame, `(n, d)`.
    """
    kept, out, seen = [], [], []
    for path, flat in looks.items():
        if any(np.abs(flat[:, None] - each[None]).mean(-1).min() < ALIKE for each in seen):
            out.append(path.name)
            continue
        kept.append(path)
        seen.append(flat)
    return kept, out


def searched(query, library):
    """Returns the score that `tfvgan search` gives each video, by path; 0 where it finds nothing.

    Args:
        query: `Vectors` of what is looked for.
        library: `Vectors` by path.
    """
    entries = {path: VideoEntry(None, vectors) for path, vectors in library.items()}
    hits = find_hits(query, entries, len(entries))
    return dict.fromkeys(library, 0.0) | {hit.path: hit.score for hit in hits}


def rows_of(path, known, library, likenesses, describe, embedder, folder, seconds):
    """Returns the rows of a video's copies, and of two seconds of it.

    Args:
        path: of the video.
        known: by path, what `describe` says of all videos.
        library: by path, our `Vectors` of them.
        likenesses: by method, functions of two arrays.
        describe: function from a file to what each method knows it by, a dict.
        embedder: ours.
        folder: of the copies.
        seconds: how long these are.
    """
    rows = []
    for kind, place in edited.copies(path, folder, seconds).items():
        query = describe(place)
        by = {
            who: {
                other: rivals.score(query[who], numbers[who], likeness)
                for other, numbers in known.items()
            }
            for who, likeness in likenesses.items()
        }
        by[SEARCH] = searched(vectors_of(place, embedder, hop=2), library)
        for who, scores in by.items():
            true = scores.pop(path)
            false = max(scores.values())
            row = {"video": path.name, "edit": kind, "who": who, "R@1": float(true > false)}
            rows.append({**row, "true": true, "false": false, "error": None})
    place, begin = edited.located(path, folder)
    found = matches(vectors_of(place, embedder, hop=2), library[path])
    # Where nothing is found, it may be anywhere in the video, of which it is the middle.
    error = abs(found[0].start - found[0].begin - begin) if found else 2 * begin + edited.SHORT
    none = dict.fromkeys(("R@1", "true", "false"))
    where = {"video": path.name, "edit": edited.EXCERPT, "who": OURS}
    return [*rows, {**where, **none, "error": float(error)}]


def judged(rows):
    """Returns the rows with `found` and `within`, and of each video and method one of all ten."""
    false = {}
    for row in rows:
        if row["false"] is not None:
            false[row["who"]] = max(false.get(row["who"], -1.0), row["false"])
    made, groups = [], {}
    for row in rows:
        found = None if row["true"] is None else float(row["true"] > false[row["who"]])
        within = None if row["error"] is None else float(row["error"] <= NEAR)
        made.append({**row, "found": found, "within": within})
        if row["edit"] not in (edited.TWO, edited.EXCERPT):
            groups.setdefault((row["video"], row["who"]), []).append(made[-1])
    for (video, who), group in groups.items():
        means = {key: float(np.mean([row[key] for row in group])) for key in ("R@1", "found")}
        none = dict.fromkeys(("true", "false", "error", "within"))
        made.append({"video": video, "edit": ALL, "who": who, **none, **means})
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_videos(parser)
    parser.add_argument("--among", help="a folder of further videos, which nobody looks for")
    parser.add_argument("--model", default=f"saved_models/{OURS}", help="published, or a run")
    parser.add_argument("--seconds", type=float, default=6.0, help="of each video that are copied")
    parser.add_argument("--work", help="where copies are kept (default: nowhere)")
    parser.add_argument("--name", default=OURS, help="name of the file in results/")
    arguments = parser.parse_args()
    embedder = load_embedder(arguments.model)
    videos, parts = videos_of(arguments)
    more = [Path(file.path) for file in list_videos(arguments.among)] if arguments.among else []
    others = rivals.rivals()
    functions = {LOOK: look} | {name: function for name, (function, _) in others.items()}

    def describe(path, vectors=None):
        vectors = vectors or vectors_of(path, embedder)
        return {OURS: vectors.numbers} | rivals.of_file(path, functions)

    library = {path: vectors_of(path, embedder) for path in [*videos, *sorted(more)]}
    known = {path: describe(path, vectors) for path, vectors in library.items()}
    kept, out = distinct({path: each[LOOK] for path, each in known.items()})
    print(f"sorted out, since they show what others do: {', '.join(out) or 'none'}", flush=True)
    videos = [path for path in videos if path in kept]
    known, library = ({path: each[path] for path in kept} for each in (known, library))
    likenesses = {OURS: similarity} | {name: likeness for name, (_, likeness) in others.items()}
    size = arguments.seconds, len(kept)
    begun = Begun(arguments.name, size=size, who=sorted(likenesses), of=embedder.name)
    with tempfile.TemporaryDirectory() as folder:
        how = likenesses, describe, embedder, arguments.work or folder, arguments.seconds
        rows = list(begun.of(videos, lambda path: rows_of(path, known, library, *how)))
    names = {path.name for path in videos}
    parts = {part: [name for name in given if name in names] for part, given in parts.items()}
    report(
        arguments.name,
        "Copies of videos that nothing was trained on, found among them and others.",
        with_means(judged(rows), ("edit", "who"), parts),
        packages=("pdqhash", "opencv-python-headless"),
        clips=[path.name for path in videos],
        parts=parts,
        among=len(kept),
        sorted_out=out,
        seconds=arguments.seconds,
    )
    begun.end()


if __name__ == "__main__":
    main()
