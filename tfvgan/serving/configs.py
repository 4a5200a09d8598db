"""Files that TensorFlow Serving is started with, for a folder of models.

Sources: https://www.tensorflow.org/tfx/serving/serving_config and .../docker;
tensorflow_serving/batching/README.md and servables/tensorflow/session_bundle_config.proto, whose
names the fields have.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from tfvgan.whole import write_whole

IMAGE = "tensorflow/serving:2.17.0"
PORTS = (8500, 8501)  # Of gRPC and of REST.
LARGEST_BATCH = 8  # Examples that are computed at once; frames and clips are large.
WAIT = 2000  # Microseconds that a request waits for others, to be in one batch with them.
QUEUE = 256  # Batches that may wait; more requests are refused, and may come again.
TIMEOUT = 300  # Seconds that a request by REST may take: a clip takes longer than a number.
METRICS = "/monitoring/prometheus/metrics"


def models_config(names: Iterable[str], base: str = "/models") -> str:
    """Returns models.config, a text of a `ModelServerConfig`: the newest version of each model.

    Args:
        names: of models, which are folders of versions.
        base: the folder that they lie in, as the server sees it.
    """
    entries = [
        "  config {\n"
        f"    name: {_quoted(name)}\n"
        f"    base_path: {_quoted(f'{base}/{name}')}\n"
        '    model_platform: "tensorflow"\n'
        "    model_version_policy { latest { num_versions: 1 } }\n"
        "  }\n"
        for name in names
    ]
    return f"model_config_list {{\n{''.join(entries)}}}\n"


def batching_params(threads: int, largest: int = LARGEST_BATCH) -> str:
    """Returns batching_params.pbtxt, a text of `BatchingParameters`.

    Batches are filled up to a power of two, so that few shapes have to be prepared for.

    Args:
        threads: batches that are computed at the same time; the number of cores.
        largest: examples of a batch at most; the last size that is allowed, as has to be.
    """
    sizes = [2**power for power in range(largest.bit_length()) if 2**power < largest]
    lines = [
        f"max_batch_size {{ value: {largest} }}",
        f"batch_timeout_micros {{ value: {WAIT} }}",
        f"max_enqueued_batches {{ value: {QUEUE} }}",
        f"num_batch_threads {{ value: {threads} }}",
        *(f"allowed_batch_sizes: {size}" for size in [*sizes, largest]),
    ]
    return "\n".join(lines) + "\n"


def monitoring_config() -> str:
    """Returns monitoring.config, a text of a `MonitoringConfig`: Prometheus may ask."""
    return f"prometheus_config {{\n  enable: true\n  path: {_quoted(METRICS)}\n}}\n"


def server_words(configs: str, batching: bool) -> list[str]:
    """Returns what TensorFlow Serving is told on its command line of the files that are written.

    Args:
        configs: the folder of the files, as the server sees it.
        batching: whether the server puts requests together.
    """
    words = [f"--model_config_file={configs}/models.config"]
    words += [f"--monitoring_config_file={configs}/monitoring.config"]
    words += [f"--rest_api_timeout_in_ms={1000 * TIMEOUT}"]
    if batching:
        words.append("--enable_batching=true")
        words.append(f"--batching_parameters_file={configs}/batching_params.pbtxt")
    return words


def compose_file(models: str, batching: bool) -> str:
    """Returns docker-compose.yml: the official image, with the files beside it.

    Args:
        models: path of the folder of models, from where the file lies.
        batching: whether the server puts requests together.
    """
    ports = [f'      - "127.0.0.1:{port}:{port}"' for port in PORTS]
    lines = [
        "# Ports are open to this machine alone: there is neither a password nor encryption.",
        "services:",
        "  serving:",
        f"    image: {IMAGE}",
        "    command:",
        *(f"      - {word}" for word in server_words("/config", batching)),
        "    ports:",
        *ports,
        "    volumes:",
        f"      - {json.dumps(f'{models}:/models:ro')}",
        '      - "./:/config:ro"',
        "    restart: unless-stopped",
    ]
    return "\n".join(lines) + "\n"


def write_configs(
    folder: str | os.PathLike,
    names: Iterable[str],
    out: str | os.PathLike,
    batching: bool = True,
    threads: int | None = None,
    base: str | None = None,
) -> list[str]:
    """Returns the paths of the files that a server of a folder of models is started with.

    They are models.config, monitoring.config, with batching batching_params.pbtxt, and without a
    `base` docker-compose.yml.

    Args:
        folder: which the models lie in.
        names: of the models.
        out: the folder of the files, made when missing; files of these names are replaced.
        batching: whether the server puts requests together.
        threads: see `batching_params`; None for the number of cores.
        base: where a server without Docker sees the folder of models; None for the official image.

    Raises:
        ValueError: when there is no model, `out` is a file, or `base` is no whole path.
    """
    names, out = list(names), Path(out)
    if base is not None and not (base.startswith("/") or "://" in base):
        raise ValueError(
            f"`base` must be a whole path or an address, such as /srv/models, but is {base!r}: "
            "TensorFlow Serving takes no other."
        )
    if not names:
        raise ValueError(
            f"`{folder}` must hold models, NAME/1/saved_model.pb, but has none: write some there "
            "by `tfvgan export`."
        )
    if out.exists() and not out.is_dir():
        raise ValueError(f"`{out}` must be a folder for files, but is a file: name another.")
    out.mkdir(parents=True, exist_ok=True)
    models = os.path.relpath(folder, out)
    models = models if models.startswith(".") else f"./{models}"
    files = {
        "models.config": models_config(names, *([] if base is None else [base.rstrip("/")])),
        "monitoring.config": monitoring_config(),
    }
    if base is None:
        files["docker-compose.yml"] = compose_file(models, batching)
    if batching:
        files["batching_params.pbtxt"] = batching_params(threads or os.cpu_count() or 1)
    return [
        write_whole(out / name, lambda file, text=text: file.write_text(text, encoding="utf-8"))
        for name, text in files.items()
    ]


def _quoted(text):
    """Returns a text as the text format of protocol buffers writes it."""
    return json.dumps(text, ensure_ascii=False)
