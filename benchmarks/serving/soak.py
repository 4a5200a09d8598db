"""Ten minutes of good, bad and hostile requests to `tfvgan serve`, on this machine alone.

python benchmarks/serving/soak.py [--minutes 10] [--models saved_models]
"""

import argparse
import collections
import functools
import http.client
import itertools
import statistics
import sys
import threading
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.report import report
from benchmarks.serving import hostile
from benchmarks.serving.asking import MODELS, ROOT, ask, good_requests, measured, served

LIMITS = {"body": 16, "slow": 5, "memory": 900}  # Others are the usual ones.
VICTIM = "style_night"  # Giant requests are to end its process: the others shall grow old.
AT_ONCE = 200
BETWEEN = 0.25  # Seconds between two requests of one who asks, so that others have time too.
BURST, GIANT = 40.0, 60.0  # Seconds between two of these.
WAIT = 200.0  # Seconds that a good request may take, however much else is asked.


class Tally:
    """What was asked, and what became of it; threads share it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.seconds = collections.defaultdict(list)
        self.wrong = []

    def add(self, what, wrong="", seconds=None):
        """Counts a request."""
        with self.lock:
            self.counts[what] += 1
            if wrong:
                self.wrong.append(f"{what}: {wrong}")
            if seconds is not None:
                self.seconds[what].append(seconds)


class Soak:
    """Threads that ask a server until time is up.

    Args:
        port: of HTTP.
        stub: of gRPC.
        good: requests with their answers.
        minutes: how long.
    """

    def __init__(self, port, stub, good, minutes):
        self.port, self.stub, self.good = port, stub, good
        self.began = time.monotonic()
        self.end = self.began + 60 * minutes
        self.tally, self.memory = Tally(), []

    def run(self):
        """Returns when all threads have ended."""
        work = [(self.rest, False), (self.rest, True), (self.grpc,), (self.bad,), (self.hostile,)]
        work += [(self.cutting,), (self.slowly,), (self.giants,), (self.bursts,), (self.watch,)]
        together(functools.partial(*each) for each in work)

    def left(self):
        """Returns whether there is time left."""
        return time.monotonic() < self.end

    def answered(self, what, call):
        """Counts a good request that `call()` sends."""
        began = time.monotonic()
        try:
            wrong = "" if call() else "another answer"
        except Exception as error:
            wrong = f"{type(error).__name__} {error}"[:300]
        self.tally.add(what, wrong, time.monotonic() - began)

    def rest(self, packed):
        """Asks by REST, through one connection after the other."""
        what = "good, REST, gzip" if packed else "good, REST"
        for number, good in enumerate(itertools.cycle(self.good)):
            if not self.left():
                return
            if number % 20 == 0:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
            self.answered(what, functools.partial(good.by_rest, connection, packed))
            time.sleep(BETWEEN)

    def grpc(self):
        """Asks by gRPC."""
        for good in itertools.cycle(self.good):
            if not self.left():
                return
            self.answered("good, gRPC", functools.partial(good.by_grpc, self.stub, WAIT))
            time.sleep(BETWEEN)

    def bad(self):
        """Asks wrongly."""
        self._each("bad", hostile.bad_requests())

    def hostile(self):
        """Asks with bad intent."""
        self._each("hostile", hostile.hostile_requests())

    def cutting(self):
        """Hangs up, and sends what is no HTTP."""
        while self.left():
            for where in ("body", "answer"):
                hostile.cut(self.port, where)
                self.tally.add("hung up")
            hostile.garbage(self.port, 3000)
            self.tally.add("no HTTP")
            time.sleep(4 * BETWEEN)

    def slowly(self):
        """Sends slowly, from ten connections at once."""

        def one():
            patience = time.monotonic() + 12 * LIMITS["slow"]
            enough = hostile.slow(self.port, patience)
            self.tally.add("slow", "" if enough else "was waited for")

        while self.left():
            together([one] * 10)

    def giants(self):
        """Asks for what takes too much memory or time, and ends a model's process."""
        while self.left():
            time.sleep(min(GIANT, max(self.end - time.monotonic(), 0)) / 2)
            for code in hostile.giant(self.stub, WAIT, VICTIM):
                self.tally.add(f"giant, {code}")
            time.sleep(min(GIANT, max(self.end - time.monotonic(), 0)) / 2)

    def bursts(self):
        """Asks two hundred times at once."""

        def one(good):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
            self.answered(f"good, {AT_ONCE} at once", lambda: good.by_rest(connection))
            connection.close()

        while self.left():
            time.sleep(min(BURST, max(self.end - time.monotonic(), 0)))
            some = itertools.islice(itertools.cycle(self.good), AT_ONCE)
            together(functools.partial(one, good) for good in some)

    def watch(self):
        """Looks at the memory of all processes."""
        while self.left():
            found = {
                name: value / 1e6
                for name, value in measured(self.port).items()
                if "resident" in name
            }
            self.memory.append((time.monotonic() - self.began, found))
            time.sleep(2)

    def _each(self, what, requests):
        for name, (request, allowed) in itertools.cycle(requests.items()):
            if not self.left():
                return
            wrong = hostile.answered(self.port, request, allowed)
            self.tally.add(what, wrong and f"{name} {wrong}")
            time.sleep(BETWEEN)


def together(calls):
    """Returns when all of these calls have ended, each in a thread of its own."""
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def quantile(seconds, share):
    """Returns the milliseconds within which a share of requests was answered."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def grown(memory):
    """Returns MB by process: the medians of the second tenth and of the last one, and the most.

    While a process is started anew it has no memory, which counts for nothing.

    Args:
        memory: list of seconds, and MB by the names of metrics.
    """
    end, rows = memory[-1][0], []
    for name in memory[-1][1]:
        there = [(at, each[name]) for at, each in memory if each[name]]
        early = [value for at, value in there if 0.1 * end <= at <= 0.2 * end]
        late = [value for at, value in there if at >= 0.9 * end]
        rows.append(
            {
                "process": process_of(name),
                "MB at first": statistics.median(early) if early else None,
                "MB at last": statistics.median(late) if late else None,
                "MB at most": max((value for _, value in there), default=None),
            }
        )
    return rows


def each_minute(memory):
    """Returns the median MB in each minute, lists by process.

    Args:
        memory: as of `grown`.
    """
    minutes = collections.defaultdict(lambda: collections.defaultdict(list))
    for at, found in memory:
        for name, value in found.items():
            minutes[process_of(name)][int(at // 60)].append(value)
    return {
        name: [
            round(statistics.median(list(filter(None, values)) or [0]))
            for _, values in sorted(of.items())
        ]
        for name, of in minutes.items()
    }


def process_of(name):
    """Returns which process a metric is of."""
    return name.split('"')[1] if '"' in name else "the server itself"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--models", type=Path, default=ROOT / "saved_models")
    given = parser.parse_args()
    import grpc
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    limits = [word for name, value in LIMITS.items() for word in (f"--{name}", str(value))]
    good = good_requests(given.models)
    with served(given.models, [*MODELS, VICTIM], *limits) as (server, port, grpc_port):
        any_size = [("grpc.max_receive_message_length", -1)]
        with grpc.insecure_channel(f"127.0.0.1:{grpc_port}", any_size) as channel:
            stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
            soak = Soak(port, stub, good, given.minutes)
            soak.run()
        alive = server.poll() is None and ask(port, "GET", "/v1/models/style_ink")[0] == 200
        told(soak, alive, measured(port), given.minutes)


def told(soak, alive, metrics, minutes):
    """Writes the results."""
    tally = soak.tally
    rows = []
    for what, count in sorted(tally.counts.items()):
        seconds = tally.seconds[what]
        rows.append(
            {
                "requests": what,
                "count": count,
                "wrong": sum(line.startswith(f"{what}: ") for line in tally.wrong),
                "p50 ms": quantile(seconds, 0.5) if seconds else None,
                "p99 ms": quantile(seconds, 0.99) if seconds else None,
            }
        )
    restarts = {
        name.split('"')[1]: int(value) for name, value in metrics.items() if "restarts" in name
    }
    report(
        "soak",
        f"{minutes:g} minutes of good, bad and hostile requests at once to `tfvgan serve`.",
        rows,
        packages=("starlette", "uvicorn", "grpcio", "tensorflow-serving-api"),
        minutes=minutes,
        alive=alive,
        victim=VICTIM,
        memory=grown(soak.memory),
        each_minute=each_minute(soak.memory),
        restarts=restarts,
        wrong=tally.wrong[:50],
        limits=LIMITS,
    )


if __name__ == "__main__":
    main()
