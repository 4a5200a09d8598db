"""The learned codec: what comes out is what was decoded by whoever wrote it, on every machine."""

import hashlib
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
import tiny_codec
from moving import texture

from tfvgan.coding import Header, Reader, Writer, encode
from tfvgan.networks import DcganGenerator
from tfvgan.tasks.compression.latents import Latents
from tfvgan.tasks.compression.learned_codec import LearnedCodec
from tfvgan.video import from_uint8, to_uint8

VIDEO = texture(5, 48, (1.5, 0.5))[0][:, :40, :44]
SIZE = VIDEO.shape[1:3]
GOLDEN = Path(__file__).parent / "golden"
# The sha256 of the golden files, with flags and without, and of the latents of both.
FILES = {
    True: ("learned-flags.tvg", "06b17244fc4c4c27f30eebf0cba684058204aaef906dd79b591c607b19d2dd5a"),
    False: ("learned.tvg", "8c3450dd5a3327a374d0962abea5991fada4ba53b7d96d61ebc6ce2397747416"),
}
LATENTS = "94224e55856ee7869afbf30879ea8b3631f132219a2804fb0ee485083e199d4f"


@pytest.fixture(scope="module")
def codec():
    return tiny_codec.codec()


def made(codec, payload, count=5, size=SIZE):
    return np.stack(list(codec.decode(payload, count, size)))


def by_hand(network, video, quality):
    """Returns the latents and the decoded frames of a video whose sides are multiples of 16."""
    quality, first = tf.constant([quality]), tf.ones((1,))
    previous, state = network.start(from_uint8(video[:1]))
    latents, frames = [], []
    for frame in video:
        said = tf.round(network.analyze(from_uint8(frame[None]), previous, first, quality))
        previous, _, state = network.synthesize(said, previous, state, first, quality)
        latents.append(said[0].numpy())
        frames.append(to_uint8(previous[0]).numpy())
        first = tf.zeros((1,))
    return np.stack(latents), np.stack(frames)


@pytest.mark.parametrize("quality", [1.0, 5.5])
def test_a_group_holds_what_the_network_says(quality):
    video = texture(3, 48, (1.5, 0.5))[0]
    codec = tiny_codec.codec(quality=quality)
    payload = codec.encode(list(video), 25)
    latents, frames = by_hand(codec.generator, video, quality)
    assert payload[0] == round(32 * (quality - 1))
    read = np.stack(list(codec.latents(payload, 3, (48, 48))))
    np.testing.assert_array_equal(read, latents)
    far = np.abs(made(codec, payload, 3, (48, 48)).astype(int) - frames)
    assert far.max() <= 1 and np.abs(latents).max() > 3


@pytest.mark.parametrize("level", [0, 255])
def test_latents_that_no_table_lists_come_back(level):
    """Those of black and white at the best quality: cut off, their first frame would be grey."""
    codec, video = tiny_codec.codec(quality=8), np.full((2, 32, 32, 3), level, np.uint8)
    payload = codec.encode(list(video), 25)
    latents, frames = by_hand(codec.generator, video, 8.0)
    read = np.stack(list(codec.latents(payload, 2, (32, 32))))
    np.testing.assert_array_equal(read, latents)
    assert np.abs(latents[0]).max() > 150
    assert np.abs(made(codec, payload, 2, (32, 32)).astype(int) - frames).max() <= 1


@pytest.mark.parametrize("value", [1e9, np.nan])
def test_a_network_that_went_astray_is_refused(codec, value):
    other = codec.with_settings(quality=4)
    other._analyzed = lambda *told: tf.fill((1, 3, 3, 16), value)
    with pytest.raises(ValueError, match="within 32768 of 0, but this network says .*: its"):
        other.encode(list(VIDEO), 25)


def test_frames_are_padded_by_their_edges(codec):
    wide = np.pad(VIDEO, [(0, 0), (0, 8), (0, 4), (0, 0)], "edge")
    payload = codec.encode(list(VIDEO), 25)
    assert payload == codec.encode(list(wide), 25)
    found = made(codec, payload)
    assert found.shape == VIDEO.shape and found.dtype == np.uint8
    np.testing.assert_array_equal(found, made(codec, payload, 5, (48, 48))[:, :40, :44])


def test_one_frame_of_one_pixel(codec):
    payload = codec.encode([VIDEO[0, :1, :1]], 25)
    assert made(codec, payload, 1, (1, 1)).shape == (1, 1, 1, 3)


def test_quality_makes_latents_larger():
    sizes = [
        len(tiny_codec.codec(quality=quality).encode(list(VIDEO), 25)) for quality in (1, 4, 8)
    ]
    assert sizes == sorted(sizes) and sizes[2] > 1.5 * sizes[0]


def test_bits_are_kept_and_used():
    one, eight = (
        8 * len(tiny_codec.codec(quality=q).encode(list(VIDEO), 25)) / VIDEO[..., 0].size
        for q in (1, 8)
    )
    for bits in np.geomspace(1.3 * one, eight / 1.3, 3):
        payload = tiny_codec.codec(bits=bits).encode(list(VIDEO), 25)
        assert 0.8 < 8 * len(payload) / VIDEO[..., 0].size / bits <= 1
    few = tiny_codec.codec(bits=one / 9).encode(list(VIDEO), 25)
    assert few == tiny_codec.codec(quality=1).encode(list(VIDEO), 25)


def test_identity_is_of_weights_and_tables(codec):
    network, tables = codec.generator, tiny_codec.tables(bend=3)
    others = [tiny_codec.codec(seed=1), LearnedCodec(network, tables, quality=4)]
    assert codec.identity == tiny_codec.codec(quality=7).identity and len(codec.identity) == 32
    assert len({codec.identity, *(other.identity for other in others)}) == 3


def test_damage_is_an_error_in_a_sentence_or_a_picture(codec):
    payload, draws = codec.encode(list(VIDEO), 25), np.random.default_rng(0)
    for number in range(30):
        hit = bytearray(payload[: draws.integers(0, len(payload) + 1)])
        if number % 3 == 0:
            hit = bytearray(draws.bytes(draws.integers(0, 200)))
        elif hit:
            hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        count = int(draws.integers(1, 8))
        try:
            assert made(codec, bytes(hit), count).shape == (count, *SIZE, 3)
        except ValueError as error:
            assert str(error).count(". ") == 0


def test_what_is_no_group(codec):
    for payload in (b"", b"\xff", bytes([225]) + bytes(9)):
        with pytest.raises(ValueError, match="should begin with its quality"):
            next(codec.latents(payload, 1, SIZE))
    blocks, large = [], np.full((3, 3, 16), 32769)

    for numbers, tables in Latents(3, 3, 16).symbols(None, large):
        blocks.append((numbers, codec.tables.rows[tables]))
    with pytest.raises(ValueError, match="within 32768 of 0"):
        next(codec.latents(b"\0" + encode(blocks, codec.tables.symbols), 1, SIZE))
    with pytest.raises(ValueError, match="up to 8388608 pixels, but these are 65535x65535"):
        next(codec.decode(b"\0", 1, (65535, 65535)))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"quality": 4, "bits": 0.1}, "Give either `quality` or `bits`"),
        ({"quality": None}, "Give either `quality` or `bits`"),
        ({"quality": 8.5}, "must be from 1 to 8, but is 8.5"),
        ({"bits": 0}, "must be above 0, but is 0"),
    ],
)
def test_wrong_arguments(arguments, said):
    with pytest.raises(ValueError, match=said):
        tiny_codec.codec(**arguments)


def test_what_does_not_belong_together(codec):
    with pytest.raises(ValueError, match="must be for 24 channels, but are for 16: give"):
        LearnedCodec(tiny_codec.generator(channels=24), codec.tables, quality=4)
    with pytest.raises(
        ValueError, match="must be a tfvgan.networks.CodecGenerator, but is a Dcgan"
    ):
        LearnedCodec(DcganGenerator(4, 4, 8), codec.tables, quality=4)


def write_golden(flagged):
    """Writes a golden file; only for a codec of another name is it to be called again."""
    codec, ticks = tiny_codec.codec(quality=6, flagged=flagged), range(0, 5000, 1000)
    header = Header(codec.name, codec.identity[:8], *SIZE[::-1], Fraction(1, 25000))
    with Writer(GOLDEN / FILES[flagged][0], header) as writer:
        writer.write_group(list(ticks), codec.encode(list(VIDEO), 25))
    np.savez_compressed(GOLDEN / "learned.npz", frames=read_golden(flagged)[1])


def read_golden(flagged):
    """Returns the sha256 of a golden file's latents, and its frames."""
    codec = tiny_codec.codec(flagged=flagged)
    with Reader(GOLDEN / FILES[flagged][0]) as reader:
        reader.check_model(codec.identity, "the tiny one")
        group = reader.read(0)
        found = group.payload, len(group.times), (reader.header.height, reader.header.width)
    return tiny_codec.sha256(codec.latents(*found)), made(codec, *found)


ELSEWHERE = """
import sys
import numpy as np
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads({threads})
tf.config.threading.set_inter_op_parallelism_threads({threads})
sys.path[:0] = {places}
from test_learned_codec import read_golden
latents, frames = read_golden(True)
print(latents)
np.save(sys.argv[1], frames)
"""


@pytest.mark.parametrize(
    "elsewhere",
    [[(1, "0")], pytest.param([(1, "1"), (2, "0"), (2, "1")], marks=pytest.mark.slow)],
    ids=["farthest", "others"],
)
def test_golden_files_are_read_alike_everywhere(elsewhere, tmp_path):
    """With oneDNN and without, by one thread and two: pixels differ by 2 levels at most."""
    for name, known in FILES.values():
        assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() == known
    places = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    jobs = []
    for threads, fast in elsewhere:
        program = ELSEWHERE.format(threads=threads, places=places)
        told = {**os.environ, "TF_ENABLE_ONEDNN_OPTS": fast, "TF_CPP_MIN_LOG_LEVEL": "3"}
        out = [sys.executable, "-c", program, str(tmp_path / f"{len(jobs)}.npy")]
        jobs.append(subprocess.Popen(out, env=told, stdout=subprocess.PIPE, text=True))
    (latents, frames), (old, before) = read_golden(True), read_golden(False)
    with np.load(GOLDEN / "learned.npz") as arrays:
        wanted = arrays["frames"].astype(int)
    found = [frames, before]
    for number, job in enumerate(jobs):
        assert job.communicate()[0].strip() == LATENTS
        found.append(np.load(tmp_path / f"{number}.npy"))
    assert latents == old == LATENTS
    assert max(np.abs(each - wanted).max() for each in found) <= 2


def test_another_quality_of_the_same_network_is_not_compiled_anew(codec):
    other = codec.with_settings(quality=2)
    assert (other.quality, other.bits) == (2, None) and other._analyzed is codec._analyzed
    assert other.encode(list(VIDEO), 25) == tiny_codec.codec(quality=2).encode(list(VIDEO), 25)
