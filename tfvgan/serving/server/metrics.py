"""What a server counts, as Prometheus reads it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

# Upper bounds of the seconds that requests take, as far as they are told apart.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Counts:
    """Requests by model, interface and code, and how long they took."""

    def __init__(self):
        self._requests = Counter()
        self._buckets = defaultdict(lambda: [0] * len(BOUNDS))
        self._seconds = Counter()
        self._timed = Counter()

    def add(self, model: str, interface: str, code: str, seconds: float) -> None:
        """Counts a request.

        Args:
            model: its name, one that the server has, or "".
            interface: "REST" or "gRPC".
            code: of gRPC, such as "OK".
            seconds: that it took.
        """
        self._requests[model, interface, code] += 1
        key = model, interface
        self._timed[key] += 1
        self._seconds[key] += seconds
        for place, bound in enumerate(BOUNDS):
            self._buckets[key][place] += seconds <= bound

    def lines(self) -> Iterable[str]:
        """Yields the lines of the counts."""
        yield from family(
            "tfvgan_requests_total",
            "counter",
            "Requests that were answered, by code.",
            [
                ({"model": model, "interface": interface, "code": code}, count)
                for (model, interface, code), count in sorted(self._requests.items())
            ],
        )
        name = "tfvgan_request_seconds"
        yield f"# HELP {name} How long requests took, with the time that they waited."
        yield f"# TYPE {name} histogram"
        for key in sorted(self._timed):
            labels = dict(zip(("model", "interface"), key))
            for bound, count in zip(BOUNDS, self._buckets[key]):
                yield _sample(f"{name}_bucket", {**labels, "le": f"{bound:g}"}, count)
            yield _sample(f"{name}_bucket", {**labels, "le": "+Inf"}, self._timed[key])
            yield _sample(f"{name}_sum", labels, round(self._seconds[key], 6))
            yield _sample(f"{name}_count", labels, self._timed[key])


def family(
    name: str, kind: str, meaning: str, samples: Sequence[tuple[dict[str, str], float]]
) -> Iterable[str]:
    """Yields the lines of a metric.

    Source: https://prometheus.io/docs/instrumenting/exposition_formats

    Args:
        name: of the metric.
        kind: "counter" or "gauge".
        meaning: a sentence.
        samples: pairs of labels and a value.
    """
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield _sample(name, labels, value)


def _sample(name, labels, value):
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{told}}} {value}" if told else f"{name} {value}"


def _escaped(text):
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
