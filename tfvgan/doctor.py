"""Is everything there? Versions, decoders that were tried, oneDNN, devices, and what to install."""

import contextlib
import importlib.metadata
import os
import platform
import tempfile
from fractions import Fraction

import numpy as np
import tensorflow as tf

from tfvgan.advice import METRIC_PACKAGES, PACKAGES, advice, stack
from tfvgan.data.base_layer import LEAST_SIDE, STANDARDS, Base
from tfvgan.data.decode import read_video
from tfvgan.data.worker import POOL, Unavailable
from tfvgan.version import __version__


def report() -> dict:
    """Returns what was found on this machine, as a dict that JSON can hold.

    Each decoder is tried out on a tiny video, which is made, decoded and compared.

    Returns:
        A dict with
        "package": this one's version, and the folder that it was imported from;
        "stack": which TensorFlow this is, and who decodes, in a sentence;
        "machine": the system and its processor's kind, such as "Linux x86_64";
        "versions": version by package, None for one that isn't installed;
        "decoders": for "tensorflow-io" and "pyav", {"works": bool, "why": str};
        "compression": likewise for each base layer that a codec may have, and "constriction";
        "onednn": {"on": bool, "why": str};
        "devices": names of the CPU and the GPUs, the first being the CPU;
        "threads": cores, and TensorFlow's threads within and between operations (0: it chooses);
        "advice": what to do, a sentence each; empty when all is well.
    """
    facts = {
        "package": {"version": __version__, "folder": os.path.dirname(__file__)},
        "versions": {
            "python": platform.python_version(),
            **{name: _version(name) for name in (*PACKAGES, *METRIC_PACKAGES)},
        },
        "machine": f"{platform.system()} {platform.machine()}",
        "decoders": _decoders(),
        "compression": {**_base_layers(), "constriction": _range_coder()},
        "onednn": _onednn(),
        "devices": [_processor(), *_gpus()],
        "threads": {
            "cores": os.cpu_count(),
            "intra_op": tf.config.threading.get_intra_op_parallelism_threads(),
            "inter_op": tf.config.threading.get_inter_op_parallelism_threads(),
        },
    }
    return {**facts, "stack": stack(facts), "advice": advice(facts)}


def render(report: dict) -> str:
    """Returns a report as text for a terminal."""
    package = report["package"]
    lines = [f"tfvgan {package['version']}, in {package['folder']}", report["stack"], "versions"]
    lines += [
        f"  {name:<22} {version or 'not installed'}" for name, version in report["versions"].items()
    ]
    for title, part in (("video decoders", "decoders"), ("compression", "compression")):
        lines.append(title)
        lines += [
            f"  {name:<22} {'works' if result['works'] else 'no'}: {result['why']}"
            for name, result in report[part].items()
        ]
    onednn, threads, devices = report["onednn"], report["threads"], report["devices"]
    lines += [
        "machine",
        f"  {'oneDNN':<22} {'on' if onednn['on'] else 'off'}: {onednn['why']}",
        *(f"  {'device':<22} {device}" for device in devices + ["GPU: none"] * (len(devices) < 2)),
        f"  {'threads':<22} {threads['cores']} cores; TensorFlow takes "
        f"{threads['intra_op'] or 'all'} within operations, {threads['inter_op'] or 'all'} across",
        "advice",
        *(f"  {sentence}" for sentence in report["advice"] or ["All is well."]),
    ]
    return "\n".join(lines)


def _version(name):
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return None


def _decoders():
    """Each decoder, tried out on a video of four frames."""
    try:
        import av
    except ImportError as error:
        missing = {"works": False, "why": f"PyAV isn't there ({error}), and it looks files over"}
        return {"tensorflow-io": missing, "pyav": missing}
    codec = ".".join(map(str, av.library_versions["libavcodec"]))
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "four frames.mp4")
        pictures = _write_test_video(path)
        for name in ("tensorflow-io", "pyav"):
            try:
                difference = np.abs(read_video(path, decoder=name) - pictures).mean()
            except ValueError as error:
                results[name] = {"works": False, "why": _reason(error)}
                continue
            works = bool(difference < 8)
            on = _ffmpeg_4() if name == "tensorflow-io" else f"its own FFmpeg, libavcodec {codec}"
            outcome = (
                "decoded a test video" if works else f"gave wrong frames, {difference:.0f} off"
            )
            results[name] = {"works": works, "why": f"on {on}; {outcome}"}
    return results


def _base_layers():
    """Each standard of a base layer, tried out on two frames."""
    frames = np.full((2, LEAST_SIDE, LEAST_SIDE, 3), 128, "uint8")
    results = {}
    for name, standard in STANDARDS.items():
        try:
            base = Base(name)
            packets = base.encode(frames, standard.best)
            made = np.stack(list(base.decode(packets, (LEAST_SIDE, LEAST_SIDE))))
            works = made.shape == frames.shape and bool(np.abs(made - 128.0).max() < 8)
            outcome = "coded two frames" if works else "gave wrong frames"
        except (ImportError, ValueError, OSError, RuntimeError) as error:
            works, outcome = False, _sentence(error)
        results[name] = {
            "works": works,
            "why": f"{standard.encoder}, {standard.decoder}; {outcome}",
        }
    return results


def _range_coder():
    """The range coder, tried out on a few symbols."""
    try:
        import constriction

        stream = constriction.stream
        symbols, even = np.arange(5, dtype="int32"), stream.model.Uniform(5)
        encoder = stream.queue.RangeEncoder()
        encoder.encode(symbols, even)
        made = stream.queue.RangeDecoder(encoder.get_compressed()).decode(even, 5)
    except (ImportError, AttributeError, TypeError) as error:
        return {"works": False, "why": _sentence(error)}
    works = bool(np.array_equal(made, symbols))
    return {"works": works, "why": "coded five symbols" if works else "gave other symbols back"}


def _sentence(error):
    """An error's first line, or its name without a message."""
    return str(error).partition("\n")[0] or type(error).__name__


def _write_test_video(path):
    """Writes four frames as MPEG-4 and returns them, float (4, 48, 64, 3)."""
    import av

    y, x = np.mgrid[0:48, 0:64] / 64
    pictures = np.stack([np.stack([x, y, 0 * x + t / 4], -1) * 200 + 20 for t in range(4)])
    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", rate=4)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 4)
        stream.bit_rate = 2_000_000
        for picture in pictures.astype(np.uint8):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return pictures


def _reason(error):
    """An error without the name of the test video in front, nor the decoder's."""
    reason = getattr(error, "reason", str(error))
    for prefix in ("tensorflow-io was asked for, but ", "tensorflow-io doesn't work: "):
        reason = reason.removeprefix(prefix)
    return reason


def _ffmpeg_4():
    try:
        return POOL.ffmpeg()
    except Unavailable as error:
        return f"nothing ({error})"


def _onednn():
    """TensorFlow reads the variable when it is imported; tfvgan sets it before, unless it is."""
    value = os.environ.get("TF_ENABLE_ONEDNN_OPTS", "unset")
    if value == "0":
        return {"on": False, "why": "TF_ENABLE_ONEDNN_OPTS is 0"}
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return {"on": False, "why": f"TensorFlow leaves it off on {platform.machine()}"}
    return {"on": True, "why": f"TF_ENABLE_ONEDNN_OPTS is {value}"}


def _processor():
    """The CPU's name."""
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return f"CPU: {line.split(':', 1)[1].strip()}"
    return f"CPU: {platform.processor() or platform.machine()}"


def _gpus():
    """The names of the GPUs that TensorFlow sees."""
    names = []
    for device in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(device)
        names.append(f"GPU: {details.get('device_name', device.name)}")
    return names
