"""Sums over workers alone: the seconds of one of so many bytes, by TensorFlow on this machine.

Each worker is a process on a core; they meet on localhost, as those of a training do. Some sums
follow each other in one graph, as in a training step, so what a call costs in Python is shared.

    python benchmarks/scaling/exchange.py [--workers 2] [--kilobytes 0 500 2000]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.ports import free_ports
from benchmarks.report import table

CHAIN = 10  # Sums, one after the other, of a call.
CALLS = 12


def work(listed, index, cores, sizes):
    """Sums as one of the workers, and prints the seconds of a sum for each size as JSON."""
    os.sched_setaffinity(0, cores)
    import tensorflow as tf

    cluster = tf.train.ClusterSpec({"worker": listed})
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        cluster, task_type="worker", task_id=index, rpc_layer="grpc"
    )
    strategy = tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)

    @tf.function
    def chain(values):
        context = tf.distribute.get_replica_context()
        for _ in range(CHAIN):
            values = context.all_reduce(tf.distribute.ReduceOp.SUM, tf.identity(values))
        return tf.reduce_sum(values)

    seconds = []
    for size in sizes:
        values, times = tf.ones((max(1, size // 4),)), []
        for _ in range(2 + CALLS):
            start = time.perf_counter()
            strategy.experimental_local_results(strategy.run(chain, (values,)))[0].numpy()
            times.append((time.perf_counter() - start) / CHAIN)
        seconds.append(statistics.median(times[2:]))
    print(json.dumps(seconds))


def measure(workers, sizes):
    """Returns the row of each size: the seconds that a sum over so many workers takes.

    Args:
        workers: how many; they take the cores of this machine in turns.
        sizes: list of bytes.
    """
    free = sorted(os.sched_getaffinity(0))
    listed = [f"localhost:{port}" for port in free_ports(workers)]
    started = []
    for index in range(workers):
        told = {"listed": listed, "index": index, "sizes": sizes}
        told["cores"] = [free[index % len(free)]]
        words = [sys.executable, __file__, "--told", json.dumps(told)]
        started.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
    printed = [each.communicate()[0].splitlines() for each in started]
    if any(each.returncode for each in started):
        raise SystemExit(f"A worker of {workers} failed.")
    seconds = json.loads(printed[0][-1])
    return [
        {"workers": workers, "bytes": size, "ms": 1000 * took}
        for size, took in zip(sizes, seconds, strict=True)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kilobytes", nargs="+", type=int, default=[0, 500, 2000])
    parser.add_argument("--told", type=json.loads, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.told:
        return work(**arguments.told)
    print(table(measure(arguments.workers, [1000 * size for size in arguments.kilobytes])))


if __name__ == "__main__":
    main()
