"""What a search costs in libraries of 10,000 to a million vectors: numpy beside faiss.

Libraries are of made-up videos of 100 seconds, whose vectors drift. Queries are a window, and ten
seconds: twenty windows. What is timed, in turns:

- `best of each video` is the step that `tfvgan search` asks: of each window and each video the most
  alike vector. numpy is `tfvgan.library.find.Candidates` itself, from whole numbers of 8 bits.
  faiss has no such step: it is asked for the nearest neighbour in one video after the other.
- `nearest 16` are the nearest vectors of all, whichever video they are of, from floats. faiss has
  IndexFlatIP, which is exact, and an IVF with as many cells as the root of the vectors' number, of
  which 16 are looked at.

`reading` is how long `tfvgan search` reads the entries of such a library from files first. `equal`
is whether faiss finds what numpy does: scores to rounding, of IVF the share of neighbours.

    pip install faiss-cpu
    python benchmarks/retrieval/searching.py

Both have one thread, so that other work on the machine disturbs neither more. Without faiss its
side is left out.
"""

import argparse
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import numpy as np

from benchmarks.report import cpu, in_turns, report
from tfvgan.library.embedding import Vectors
from tfvgan.library.entry import Facts, VideoEntry
from tfvgan.library.find import Candidates
from tfvgan.library.match import similarity
from tfvgan.library.store import ENTRIES, Library, Place, entry_file, write_list
from tfvgan.library.windows import LENGTH, NUMBERS

NAME = "retrieval_searching"
COUNTS = 10_000, 100_000, 1_000_000
QUERIES = 1, 20  # Windows.
WINDOWS = 200  # Of a video.
NEAREST = 16
PROBES, LEARNT = 16, 50_000  # Of IVF: cells that are looked at, vectors that they are learnt from.
ONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # Read when numpy and faiss load.
STEP, TOP = "best of each video", "nearest 16"
NUMPY, FLAT, IVF = "numpy", "faiss, exact", "faiss, IVF"
SAME = 1e-5  # Of cosines.


def films(count, seed=0):
    """Returns the `Vectors` of so many made-up videos, whose vectors drift from window to window.

    Args:
        count: int, of videos.
        seed: int.
    """
    draws, times = np.random.default_rng(seed), np.arange(WINDOWS, dtype=np.float32) / 2
    made = []
    for _ in range(count):
        steps = draws.standard_normal((WINDOWS, NUMBERS), np.float32)
        made.append(Vectors(times, whole(draws.standard_normal(NUMBERS) * 4 + steps)))
    return made


def whole(vectors):
    """Returns vectors of the promised length, int8."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.round(LENGTH * vectors / length).astype(np.int8)


def nearest(query, held):
    """Returns the numbers of the 16 vectors that are nearest to each of a query, the best first."""
    scores = query @ held.T
    places = np.argpartition(-scores, NEAREST - 1, axis=1)[:, :NEAREST]
    order = np.argsort(-np.take_along_axis(scores, places, 1), axis=1, kind="stable")
    return np.take_along_axis(places, order, 1)


def ways(videos, query):
    """Returns `{(what, who): function}` of a library and a query, and what faiss has in common.

    Args:
        videos: list of `Vectors`.
        query: `Vectors`.
    """
    candidates = Candidates(videos)
    held, asked = _floats(np.concatenate([each.numbers for each in videos])), _floats(query.numbers)
    found = {
        (STEP, NUMPY): lambda: candidates.look(query),
        (TOP, NUMPY): lambda: nearest(asked, held),
    }
    if importlib.util.find_spec("faiss") is None:
        print("left out, for want of faiss-cpu: faiss", flush=True)
        return found, {}
    import faiss

    inner = faiss.METRIC_INNER_PRODUCT
    flat = faiss.IndexFlatIP(NUMBERS)
    flat.add(held)
    coarse = faiss.IndexFlatIP(NUMBERS)
    cells = faiss.IndexIVFFlat(coarse, NUMBERS, round(len(held) ** 0.5), inner)
    cells.train(held[np.random.default_rng(1).permutation(len(held))[:LEARNT]])
    cells.add(held)
    cells.nprobe = PROBES
    starts = range(0, len(held), WINDOWS)

    def of_each():
        parts = [faiss.knn(asked, held[at : at + WINDOWS], 1, metric=inner)[0] for at in starts]
        return np.concatenate(parts, axis=1)

    found |= {
        (STEP, FLAT): of_each,
        (TOP, FLAT): lambda: flat.search(asked, NEAREST),
        (TOP, IVF): lambda: cells.search(asked, NEAREST),
    }
    true = nearest(asked, held)
    best = np.stack([similarity(query.numbers, each.numbers).max(1) for each in videos], axis=1)
    scores = np.take_along_axis(asked @ held.T, true, 1)
    shares = [np.isin(*pair).mean() for pair in zip(cells.search(asked, NEAREST)[1], true)]
    return found, {
        (STEP, FLAT): float(np.abs(of_each() - best).max() < SAME),
        (TOP, FLAT): float(np.abs(flat.search(asked, NEAREST)[0] - scores).max() < SAME),
        (TOP, IVF): float(np.mean(shares)),
    }


def _floats(numbers):
    return numbers.astype(np.float32) / LENGTH


def rows_of(count, rounds):
    """Returns the rows of a library of so many vectors."""
    videos, rows = films(count // WINDOWS), []
    middle = videos[len(videos) // 2]
    for windows in QUERIES:
        noise = np.random.default_rng(2).standard_normal((windows, NUMBERS)) * 20
        asked = Vectors(middle.times[:windows], whole(middle.numbers[:windows] + noise))
        functions, equal = ways(videos, asked)
        for key, (wall, spent) in timed(functions, rounds).items():
            head = {"vectors": count, "windows": windows, "what": key[0], "who": key[1]}
            rows.append(head | {"ms": 1e3 * wall, "CPU ms": 1e3 * spent, "equal": equal.get(key)})
            print(rows[-1], flush=True)
    return rows


def timed(functions, rounds):
    """Returns the medians of seconds and of CPU-seconds of functions that take turns."""
    taken = in_turns(functions, rounds, clock=lambda: np.array([time.perf_counter(), cpu()]))
    return {key: [statistics.median(one) for one in zip(*each)] for key, each in taken.items()}


def reading(count):
    """Returns the seconds, and CPU-seconds, in which a library of so many vectors is read."""
    facts = Facts("made up", 4000, 2500, 25.0, 48, 64, 100.0, "h264")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ENTRIES).mkdir()
        places = []
        for number, vectors in enumerate(films(count // WINDOWS)):
            key = f"{number:032x}"
            VideoEntry(facts, vectors).save(entry_file(folder, key))
            places.append(Place(f"/{number}.mp4", 4000, 0, key))
        write_list(folder, "made up", places)
        begin, worked = time.perf_counter(), cpu()
        Library(folder).entries()
        return time.perf_counter() - begin, cpu() - worked


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=COUNTS[-1], help="vectors of a library")
    arguments = parser.parse_args()
    if any(os.environ.get(name) != value for name, value in ONE.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE)
    counts = [count for count in COUNTS if count <= arguments.most]
    report(
        NAME,
        "A search of a million vectors takes less than reading them.",
        [row for count in counts for row in rows_of(count, arguments.rounds)],
        packages=("faiss-cpu",),
        reading={str(count): reading(count) for count in counts},
    )


if __name__ == "__main__":
    main()
