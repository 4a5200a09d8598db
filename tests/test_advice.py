"""tfvgan.advice: a sentence for each cause, the command that mends it, and nothing impossible."""

import pytest

from tfvgan.advice import METRIC_PACKAGES, PACKAGES, advice, stack, takes_tensorflow_io

OLDER = {"python": "3.12.1", "tensorflow": "2.17.1"}
NO_GPU = "No GPU is seen: keep videos small (64x64, 16 frames) and batches of 8."
MEANWHILE = "PyAV reads all videos meanwhile; nothing else is lost."


def found(why="", machine="Linux x86_64", devices=("CPU", "GPU"), onednn=True, **versions):
    """What a doctor finds where all is well, but for `why` tensorflow-io isn't, and versions."""
    versions = {
        **dict.fromkeys((*PACKAGES, *METRIC_PACKAGES), "1.0"),
        **OLDER,
        **{name.replace("_", "-"): version for name, version in versions.items()},
    }
    return {
        "versions": versions,
        "machine": machine,
        "decoders": {
            "tensorflow-io": {"works": not why, "why": why},
            "pyav": {"works": True, "why": ""},
        },
        "compression": {"av1": {"works": True}, "constriction": {"works": True}},
        "onednn": {"on": onednn, "why": "TF_ENABLE_ONEDNN_OPTS is 0"},
        "devices": list(devices),
    }


def test_nothing_is_said_where_all_is_well():
    assert advice(found()) == []


@pytest.mark.parametrize(
    ("python", "tensorflow", "takes"),
    [
        ("3.11.2", "2.17.1", 1),
        ("3.12.9", "2.18.0", 0),
        ("3.13.0", "2.21.0", 0),
        ("3.11.2", None, 1),
    ],
)
def test_tensorflow_io_is_for_one_stack(python, tensorflow, takes):
    assert takes_tensorflow_io({"python": python, "tensorflow": tensorflow}) == takes


@pytest.mark.parametrize(("python", "tensorflow"), [("3.13.0", "2.21.0"), ("3.11.7", "2.20.0")])
def test_what_can_not_be_is_not_advised(python, tensorflow):
    here = {"python": python, "tensorflow": tensorflow, "pyglet_ffmpeg": None}
    assert advice(found("it isn't installed", tensorflow_io=None, **here)) == []
    said = advice(found("its video op doesn't load (undefined symbol: x)", **here))
    assert said == ["tensorflow-io doesn't load on this TensorFlow: pip uninstall tensorflow-io"]


def test_tensorflow_io_is_advised_where_it_belongs():
    said = advice(found("it isn't installed", tensorflow_io=None))
    assert said[0] == "For the default decoder: pip install 'tensorflow-io>=0.37.1,<0.38'"
    assert said[1:] == [MEANWHILE]


@pytest.mark.parametrize(
    ("machine", "pyglet_ffmpeg", "cure"),
    [
        ("Linux x86_64", None, "pip install pyglet-ffmpeg==0.1.4"),
        ("Linux x86_64", "0.1.4", "install FFmpeg 4.0 to 4.4"),
        ("Linux aarch64", None, "install FFmpeg 4.0 to 4.4"),
    ],
)
def test_ffmpeg_4_comes_from_where_it_can(machine, pyglet_ffmpeg, cure):
    why = "there is no FFmpeg 4 (libavformat.so.58) for it"
    said = advice(found(why, machine=machine, pyglet_ffmpeg=pyglet_ffmpeg))
    assert said == [f"For tensorflow-io, the default decoder: {cure}", MEANWHILE]


def test_what_no_package_mends_is_not_answered_with_one():
    assert advice(found("its test decode gave wrong frames")) == [MEANWHILE]


def test_the_machine_is_judged():
    said = advice(found(devices=["CPU"], onednn=False))
    assert said == ["Unset TF_ENABLE_ONEDNN_OPTS: 3-D convolutions are slow without.", NO_GPU]


def test_missing_packages_come_with_their_command():
    said = advice(found(tqdm=None, scipy=None, tensorboard=None))
    assert said == [
        "Install tqdm (progress bars): pip install tqdm",
        "Install tensorboard (curves of a training): pip install tensorboard",
        "Some metrics (BD-rate) need: pip install 'tfvgan[metrics]'",
    ]


def test_the_stack_is_named():
    assert stack(found()) == (
        "TensorFlow 2.17.1 on Python 3.12.1, with tensorflow-io as the default decoder"
    )
    assert stack(found("wrong")).endswith("; PyAV decodes, since tensorflow-io doesn't work")
    newest = found("none", python="3.13.0", tensorflow="2.21.0")
    assert stack(newest).startswith("TensorFlow 2.21.0 on Python 3.13.0; PyAV decodes, since ")
