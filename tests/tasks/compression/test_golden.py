"""A compressed file that is kept for ever: the same numbers everywhere, and pictures nearly so."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import golden_tvg
import numpy as np
from golden_tvg import (
    CLOSE,
    FILE,
    FRAMES,
    HALF,
    HALF_PIXELS,
    HEADS,
    HEADS_PIXELS,
    PART,
    PIXELS,
    SHARP,
    SHARP_PIXELS,
    SHOWN,
    SIZE,
)

from tfvgan.coding import Reader
from tfvgan.tasks import EnhancedCodec
from tfvgan.tasks.compression.enhanced_group import CLOSE as CLOSE_FLAG
from tfvgan.tasks.compression.enhanced_group import unpacked

LEVELS = 2  # Of grey, which pixels may differ by from machine to machine.
SYMBOLS = {
    "av1": "01349d16bf20e8b8be0e980f37942c3d38e7340bda2ad673aba31e6fab2563a3",
    "hevc": "861f93c3eb0826a9867d87e46e9c50f627e26899d718c597d4bf954e679207af",
    "h264": "b909876edd665f78964d66372e4628c1ce0695e2c529c1aeffa86d35e8b559a0",
}
BASE_LAYERS = {
    "av1": "d3fd5bebf8f508b078577e2f04cafd648509c521609fdf9e4418494b3d64e544",
    "hevc": "30d2521e811ee16b2f3f2eec8a48021702acf065fe3374b764e6ed291867314d",
    "h264": "4216a0ace911145e91805101f9da0d141f0ea73f5c288881a97d0bce77ed09c2",
}
H264 = "fc0f94b704869737c5fa0016eb06f6debc85b3e8b4e82275b0508b0bf99296eb"
HALF_SYMBOLS = "bf7e80cf6f3a31fd67435a3df51bc4ef97549b306ede69e6ea89132cb27950ec"
HALF_BASE_LAYER = "128160bca066af1dc2aff1112c666e390fd98a1da1d056d1d0bf93ca660482eb"
ALONE = """
import sys
import numpy as np, tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
import test_golden
np.save(sys.argv[1], test_golden.decoded())
"""


def groups(file=FILE):
    """Yields the groups of the file, as bytes."""
    with Reader(file) as reader:
        for number in range(len(reader.groups)):
            yield reader.read(number).payload


def decoded():
    """Returns the frames of all groups, float `(groups, frames, h, w, 3)`."""
    codec = golden_tvg.codec()
    return np.array([list(codec.decode(each, FRAMES, SIZE)) for each in groups()], float)


def planes(base, packets):
    """Returns the sha256 of the frames as the standard defines them: not a bit may differ."""
    told = hashlib.sha256()
    for frame in base._decoded(packets, SIZE):
        told.update(frame.to_ndarray(format="yuv420p").tobytes())
    return told.hexdigest()


def symbols_of(group):
    """Returns the sha256 of what a group says."""
    told = repr((group.standard, group.step, group.strength, group.packets))
    return hashlib.sha256(told.encode()).hexdigest()


def test_symbols_and_base_layers_are_the_same_for_ever():
    symbols, layers = {}, {}
    for payload in groups():
        group = unpacked(payload, FRAMES)
        symbols[group.standard] = symbols_of(group)
        layers[group.standard] = planes(*EnhancedCodec.base_layer(payload, FRAMES))
    assert symbols == SYMBOLS
    assert layers == BASE_LAYERS


def test_packets_that_lie_close_are_the_same_for_ever():
    (payload,) = groups(CLOSE)
    group = unpacked(payload, FRAMES)
    assert symbols_of(group) == SYMBOLS["av1"]
    assert payload[0] & CLOSE_FLAG
    assert len(payload) < len(next(groups()))


def test_half_the_size_is_the_same_for_ever():
    (payload,) = groups(HALF)
    group = unpacked(payload, FRAMES)
    assert symbols_of(group) == HALF_SYMBOLS and group.half
    assert planes(group.base, group.packets) == HALF_BASE_LAYER
    made = np.array(list(golden_tvg.codec().decode(payload, FRAMES, SIZE)), float)
    assert np.abs(made[SHOWN][PART, PART] - np.load(HALF_PIXELS)[0]).max() <= LEVELS


def test_sharpness_is_the_same_for_ever():
    (payload,) = groups(SHARP)
    group, codec = unpacked(payload, FRAMES), golden_tvg.codec()
    assert group.sharpness == 60 and symbols_of(group) == SYMBOLS["av1"]
    plain = group._replace(sharpness=0).packed()
    made, before = (np.array(list(codec.decode(p, FRAMES, SIZE)), float) for p in (payload, plain))
    assert np.abs(made[SHOWN][PART, PART] - np.load(SHARP_PIXELS)[0]).max() <= LEVELS
    assert np.abs(made - before).max() > 4 * LEVELS


def test_packets_without_what_they_repeat_are_the_same_for_ever():
    codec, shown, symbols = golden_tvg.codec(), [], {}
    for payload in groups(HEADS):
        group = unpacked(payload, FRAMES)
        symbols[group.standard] = symbols_of(group)
        assert payload == group.packed() and group.sharpness == -20
        shown.append(list(codec.decode(payload, FRAMES, SIZE))[SHOWN][PART, PART])
    assert symbols == {**SYMBOLS, "h264": H264}  # Of which x264's settings are no longer kept.
    assert np.abs(np.array(shown, float) - np.load(HEADS_PIXELS)).max() <= LEVELS


def test_it_names_the_network_that_decodes_it():
    with Reader(FILE) as reader:
        reader.check_model(golden_tvg.codec().identity, "the one here")


def test_pictures_are_those_of_any_machine(tmp_path):
    """Here, and with one thread and without oneDNN; the network changes far more than it may."""
    path = tmp_path / "alone.npy"
    folders = [Path(__file__).parent, Path(__file__).parents[2], *sys.path]
    alone = {"TF_ENABLE_ONEDNN_OPTS": "0", "PYTHONPATH": os.pathsep.join(map(str, folders))}
    subprocess.run(
        [sys.executable, "-c", ALONE, str(path)], env={**os.environ, **alone}, check=True
    )
    here, there, kept = decoded(), np.load(path), np.load(PIXELS)
    assert np.abs(here - there).max() <= LEVELS
    assert np.abs(here[:, SHOWN, PART, PART] - kept).max() <= LEVELS
    for payload, made in zip(groups(), here):
        base, packets = EnhancedCodec.base_layer(payload, FRAMES)
        assert np.abs(np.array(list(base.decode(packets, SIZE)), float) - made).max() > 8 * LEVELS
