"""Advice on the doctor's report: a sentence for each cause that can be mended."""

PACKAGES = {
    "tensorflow": "trains and exports",
    "keras": "layers, networks, training loop",
    "numpy": "arrays",
    "tensorflow-io": "the default video decoder",
    "pyglet-ffmpeg": "carries FFmpeg 4 for tensorflow-io where the system has none",
    "av": "the video decoder beside tensorflow-io, and the writer of samples",
    "ai-edge-litert": "runs exported .tflite files",
    "matplotlib": "draws film strips and curves",
    "constriction": "the range coder of compressed videos",
    "tqdm": "progress bars",
    "tensorboard": "curves of a training",
}
METRIC_PACKAGES = {
    "opencv-python-headless": "optical flow",
    "scipy": "BD-rate",
    "imageio-ffmpeg": "VMAF",
}
OPTIONAL = {"tensorflow-io", "pyglet-ffmpeg"}  # They have sentences of their own.


def takes_tensorflow_io(versions: dict) -> bool:
    """Returns whether a stack is one that tensorflow-io is made for, whether or not it is there.

    Args:
        versions: version by package, as the doctor finds them, "python" among them.
    """
    python, tensorflow = (
        tuple(int(part) for part in (versions[name] or "0.0").split(".")[:2])
        for name in ("python", "tensorflow")
    )
    return python < (3, 13) and tensorflow < (2, 18)


def stack(report: dict) -> str:
    """Returns in a sentence which TensorFlow this is, and who decodes."""
    versions = report["versions"]
    here = f"TensorFlow {versions['tensorflow']} on Python {versions['python']}"
    if report["decoders"]["tensorflow-io"]["works"]:
        return f"{here}, with tensorflow-io as the default decoder"
    if takes_tensorflow_io(versions):
        return f"{here}; PyAV decodes, since tensorflow-io doesn't work"
    return f"{here}; PyAV decodes, since tensorflow-io is for TensorFlow 2.17 and Python up to 3.12"


def advice(report: dict) -> list[str]:
    """Returns what to do, a sentence each; none when all is well."""
    versions = report["versions"]
    sentences = [
        f"Install {name} ({use}): pip install {name}"
        for name, use in PACKAGES.items()
        if versions[name] is None and name not in OPTIONAL
    ]
    if missing := [use for name, use in METRIC_PACKAGES.items() if versions[name] is None]:
        sentences.append(f"Some metrics ({', '.join(missing)}) need: pip install 'tfvgan[metrics]'")
    sentences += _of_tensorflow_io(versions, report["decoders"], report["machine"])
    if lacking := [name for name, part in report["compression"].items() if not part["works"]]:
        sentences.append(
            f"To compress with {', '.join(lacking)}: pip install --force-reinstall 'av>=18,<19' "
            "'constriction>=0.5,<0.6'"
        )
    if not report["onednn"]["on"] and "OPTS" in report["onednn"]["why"]:
        sentences.append("Unset TF_ENABLE_ONEDNN_OPTS: 3-D convolutions are slow without.")
    if len(report["devices"]) == 1:
        sentences.append("No GPU is seen: keep videos small (64x64, 16 frames) and batches of 8.")
    return sentences


def _of_tensorflow_io(versions, decoders, machine):
    """What brings tensorflow-io back, where anything can, and whether it is missed."""
    if decoders["tensorflow-io"]["works"]:
        return
    if not takes_tensorflow_io(versions):
        if versions["tensorflow-io"]:
            yield "tensorflow-io doesn't load on this TensorFlow: pip uninstall tensorflow-io"
        return
    if versions["tensorflow-io"] is None:
        yield "For the default decoder: pip install 'tensorflow-io>=0.37.1,<0.38'"
    elif "no FFmpeg 4" in decoders["tensorflow-io"]["why"]:
        carried = versions["pyglet-ffmpeg"] is None and machine == "Linux x86_64"
        cure = "pip install pyglet-ffmpeg==0.1.4" if carried else "install FFmpeg 4.0 to 4.4"
        yield f"For tensorflow-io, the default decoder: {cure}"
    if decoders["pyav"]["works"]:
        yield "PyAV reads all videos meanwhile; nothing else is lost."
