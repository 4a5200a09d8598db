"""What `tfvgan.serving.Client` costs beside the same work without a server, on one machine.

A film goes from file to file: by the network in memory, as `tfvgan restore` and the others do, and
by `tfvgan serve` on this machine, by REST and by gRPC. Networks are loaded before. The processors'
seconds are those of whoever asks and of the server with its processes, together. Each side is a
process of its own, and all take turns. Other work on the machine makes the wall's time longer; it
changes the ratios of a round less, and the processors' seconds least.

The first request is that of ten frames, or of a video, to a server that has just loaded its models,
by a client that knows nothing of it. The later ones ask for the same.

    python benchmarks/serving/client.py [--rounds 7] [--frames 50] [--starts 3]
"""

import argparse
import contextlib
import functools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.apart import Apart
from benchmarks.report import answers_in_turns, report
from benchmarks.serving.asking import ROOT, served
from benchmarks.sets.wide import write_film

HERE = "benchmarks.serving.client"
MODELS = {
    "restore": "restore_deblock_x2",
    "stylize": "style_ink",
    "segment": "segment_people",
    "enhance": "codec_detail",
    "generate": "generate_people",
}
SIZE = (180, 320)  # Height and width of the film's frames.
SEEDS = range(8)  # Of the videos that are generated.
TOGETHER = 10  # Frames of the first request.
LATER = 3  # Requests behind it.
CONDITIONS = {"level": 0.5, "strength": 1.0, "sharpness": 0.0}  # Of `enhance`.
LOCAL, REST, GRPC = "local", "REST", "gRPC"
WAYS = (REST, GRPC)
TICK = 1 / os.sysconf("SC_CLK_TCK")  # What processors' seconds are told in.


def in_memory(film, folder):
    """Returns what does a verb's work without a server, a function of the verb, and its process.

    Args:
        film: path of the video.
        folder: where results go.
    """
    from tfvgan import streaming
    from tfvgan.data import write_videos
    from tfvgan.runs import load_model

    load = functools.cache(lambda verb: load_model(MODELS[verb]))

    def work(verb):
        model = load(verb)
        if verb == "generate":
            videos = model.generate(len(SEEDS), seed=SEEDS[0])
            return write_videos(Path(folder, LOCAL), videos, 8.0, formats=("mp4",))
        stepper = model.with_settings(**CONDITIONS) if verb == "enhance" else model
        return streaming.process(stepper, film, Path(folder, f"{verb}.mp4"), overwrite=True)

    return work, os.getpid()


def by_server(url, film, folder):
    """Returns the same by a server, a function of the verb and of whether it is to be a file.

    Else it is ten frames or a video in memory, asked for by a client that knows nothing.
    """
    import numpy as np

    from tfvgan.serving import Client
    from tfvgan.streaming import Source

    kept, way = Client(url), url.partition(":")[0]
    some = np.stack([each.rgb for _, each in zip(range(TOGETHER), Source(film).frames())])

    def work(verb, files=True):
        client, name = kept if files else Client(url), MODELS[verb]
        if verb == "generate":
            given = (Path(folder, way), SEEDS) if files else ()
            return client.generate(name, *given)
        conditions = CONDITIONS if verb == "enhance" else {}
        if not files:
            return getattr(client, verb)(some, model=name, **conditions)
        out = Path(folder, f"{verb}-{way}.mp4")
        return getattr(client, verb)(film, out, name, overwrite=True, **conditions)

    return work, os.getpid()


def family(pid):
    """Returns the numbers of a process and of all below it."""
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text(encoding="ascii").split():
            found += family(int(child))
    return found


def worked(pids):
    """Returns the seconds that processors have worked for processes, all together."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks * TICK


def seconds_of(side, pids, *arguments):
    """Returns the seconds of one call of a side, the wall's and the processors' of some processes.

    Args:
        side: `Apart`, whose fact is its process.
        pids: of the server's processes; none where there is none.
        *arguments: of the call.
    """
    pids = [side.facts, *pids]
    before, start = worked(pids), time.perf_counter()
    side(*arguments)
    return time.perf_counter() - start, worked(pids) - before


@contextlib.contextmanager
def addressed():
    """Yields the addresses of a server by the way to it, and its processes, once all is loaded."""
    with served(ROOT / "saved_models", MODELS.values()) as (server, port, grpc_port):
        urls = {REST: f"http://127.0.0.1:{port}", GRPC: f"grpc://127.0.0.1:{grpc_port}"}
        yield urls, family(server.pid)


def row_of(verb, way, seconds):
    """Returns the row of a way.

    Args:
        verb, way: which.
        seconds: of `answers_in_turns`, by side: the wall's and the processors' of each round.
    """
    row = {"verb": verb, "model": MODELS[verb], "way": way}
    for place, clock in enumerate(("wall", "CPU")):
        ours, local = ([each[place] for each in seconds[side]] for side in (way, LOCAL))
        row[f"{clock} s"], row[f"local {clock} s"] = map(statistics.median, (ours, local))
        row[f"{clock} ratio"] = statistics.median(a / b for a, b in zip(ours, local, strict=True))
    return {**row, "load": round(os.getloadavg()[0], 1)}


def firsts(side, pids):
    """Returns the seconds of the first request of each verb, and the medians of those behind."""
    found = {}
    for verb in MODELS:
        first, *later = [seconds_of(side, pids, verb, False) for _ in range(1 + LATER)]
        found[verb] = first, [statistics.median(each) for each in zip(*later)]
    return found


def first_requests(film, starts):
    """Returns the rounds of first requests, a list of what `firsts` returns, by way."""
    found = {way: [] for way in WAYS}
    for _ in range(starts):
        for way in WAYS:
            with addressed() as (urls, pids):
                side = Apart(HERE, "by_server", urls[way], film, None)
                found[way].append(firsts(side, pids))
                side.close()
    return found


def with_firsts(row, pairs):
    """Returns a row with the milliseconds of the first request and of later ones, and the ratios.

    Args:
        row: of `row_of`.
        pairs: seconds of first requests, and medians of those behind: the wall's and the CPU's.
            Where there are none the row stays as it is.
    """
    row = dict(row)
    if not pairs:
        return row
    for place, clock in enumerate(("wall", "CPU")):
        first, later = ([pair[side][place] for pair in pairs] for side in range(2))
        row[f"first {clock} ms"] = 1000 * statistics.median(first)
        row[f"later {clock} ms"] = 1000 * statistics.median(later)
        shares = [one / max(behind, TICK) for one, behind in zip(first, later, strict=True)]
        row[f"first {clock} ratio"] = statistics.median(shares)
    return row


def compare(film, rounds):
    """Returns the rows of all verbs, one for each way."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, addressed() as (urls, pids):
        sides = {LOCAL: (Apart(HERE, "in_memory", film, folder), [])}
        for way in WAYS:
            sides[way] = Apart(HERE, "by_server", urls[way], film, folder), pids
        for verb in MODELS:
            turns = {
                name: functools.partial(seconds_of, side, its, verb)
                for name, (side, its) in sides.items()
            }
            seconds = answers_in_turns(turns, rounds)
            rows += [row_of(verb, way, seconds) for way in WAYS]
            print(*rows[-len(WAYS) :], sep="\n", flush=True)
        for side, _ in sides.values():
            side.close()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--starts", type=int, default=3, help="of servers, for first requests")
    parser.add_argument("--frames", type=int, default=50, help="of the film")
    given = parser.parse_args()
    settings = {"rounds": given.rounds, "starts": given.starts, "frames": given.frames}
    with tempfile.TemporaryDirectory() as folder:
        film = write_film(Path(folder, "film.mkv"), given.frames, SIZE)
        rows = compare(film, given.rounds)
        found = first_requests(film, given.starts)
    report(
        "client",
        "Files by a server on this machine, beside the same without one; networks are loaded.",
        [with_firsts(row, [each[row["verb"]] for each in found[row["way"]]]) for row in rows],
        packages=("starlette", "uvicorn", "grpcio", "tensorflow-serving-api"),
        size=f"{SIZE[1]}x{SIZE[0]}",
        seeds=len(SEEDS),
        **settings,
    )


if __name__ == "__main__":
    main()
