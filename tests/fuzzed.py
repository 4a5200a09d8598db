"""The readers of foreign bytes that tests/fuzz.py attacks, each with a few good files."""

import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import golden_tvg
import numpy as np
from moving import texture
from PIL import Image


class Reader(NamedTuple):
    """A reader, good files, and how their names end.

    Attributes:
        read: function of a path, which raises a ValueError or an OSError of one sentence.
        seeds: list of the bytes of good files.
        suffix: of files; ".json" are changed as texts.
    """

    read: Callable
    seeds: list[bytes]
    suffix: str


def tvg(stack):
    """A .tvg file: its header, its index, all its groups."""
    from tfvgan.coding import Reader as TvgReader

    def read(path):
        with TvgReader(path) as file:
            for number in range(len(file.groups)):
                file.read(number)

    return Reader(read, [golden_tvg.FILE.read_bytes()], ".tvg")


def video(stack):
    """Videos of several containers, all frames of them."""
    from tfvgan.data import write_video
    from tfvgan.data.decode import read_video

    frames, seeds = texture(6, 32, (1.0, 0.5))[0], []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("x.mp4", "x.mkv", "x.webm", "x.gif", "x.avi"):
            path = Path(folder, name)
            try:
                write_video(path, frames, fps=25)
            except ValueError:
                continue
            seeds.append(path.read_bytes())
    return Reader(lambda path: read_video(path, decoder="pyav"), seeds, ".mp4")


def _pictures():
    picture = Image.fromarray(texture(1, 24, (0.0, 0.0))[0][0])
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP"):
        held = io.BytesIO()
        picture.save(held, kind)
        yield held.getvalue()


def picture(stack):
    """Pictures."""
    from tfvgan.data.stills import read_still

    return Reader(read_still, list(_pictures()), ".png")


def mask(stack):
    """Masks of black and white."""
    from tfvgan.data.masks import read_masks

    held = io.BytesIO()
    Image.fromarray(np.eye(16, dtype="uint8") * 255).convert("RGB").save(held, "PNG")

    def read(path):
        for _ in read_masks(path):
            pass

    return Reader(read, [held.getvalue()], ".png")


def _prepared(stack):
    """Returns the folder of a small cache of clips."""
    from tfvgan.data import prepare, write_video

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    write_video(folder / "x.mp4", texture(8, 16, (1.0, 0.5))[0], fps=25)
    prepare([folder / "x.mp4"], folder / "cache", frames=4, size=8)
    return folder / "cache"


def cache(stack):
    """The index of a cache of clips."""
    from tfvgan.data.cache import ClipCache

    folder = _prepared(stack)
    (index,) = folder.glob("*.json")
    good = index.read_bytes()

    def read(path):
        index.write_bytes(path.read_bytes())
        clips = ClipCache.open(folder)
        for number in range(min(clips.count, 4)):
            clips.clip(number), clips.label(number)

    return Reader(read, [good], ".json")


def shard(stack):
    """A shard of a cache of clips."""
    from tfvgan.data.cache import ClipCache

    folder = _prepared(stack)
    held = max(folder.iterdir(), key=lambda path: path.stat().st_size)

    def read(path):
        held.unlink()
        held.write_bytes(path.read_bytes())
        clips = ClipCache.open(folder)
        for number in range(clips.count):
            clips.clip(number)

    return Reader(read, [held.read_bytes()], ".bin")


def sealed(stack):
    """An archive with a seal, and one without."""
    from tfvgan.sealed import check_seal, write_sealed

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    write_sealed(folder / "x.npz", lambda file: np.savez(file, a=np.arange(99)))
    plain = io.BytesIO()
    np.savez_compressed(plain, a=np.arange(99))
    return Reader(check_seal, [(folder / "x.npz").read_bytes(), plain.getvalue()], ".npz")


def model(stack):
    """A network without a seal, which old files lack."""
    import tiny_codec

    from tfvgan.tasks.loading import load_keras

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    tiny_codec.generator().save(folder / "x.keras")
    return Reader(load_keras, [(folder / "x.keras").read_bytes()], ".keras")


def tables(stack):
    """Tables of a learned codec, without a seal."""
    import tiny_codec

    from tfvgan.tasks.compression.latent_tables import load_tables

    held = io.BytesIO()
    with np.load(tiny_codec.GOLDEN / "learned-flags-tables.npz") as arrays:
        np.savez(held, **arrays)
    return Reader(load_tables, [held.getvalue()], ".npz")


def library(stack):
    """The list of a library of videos."""
    from tfvgan.library.store import Library, Place, write_list

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    write_list(folder, "embed", [Place("a.mp4", 9, 8, "0" * 64), Place("b.mp4", 7, 6, "1" * 64)])
    (listed,) = folder.glob("*.json")
    good = listed.read_bytes()

    def read(path):
        listed.write_bytes(path.read_bytes())
        Library(folder)

    return Reader(read, [good], ".json")


def entry(stack):
    """What a library holds of a video, without a seal."""
    from tfvgan.library.entry import VideoEntry

    facts = {"model": "embed", "size": 9, "frames": 8, "fps": 8.0, "height": 7, "width": 6}
    facts |= {"duration": 1.0, "codec": "h264"}
    text = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    held = io.BytesIO()
    times, numbers = np.arange(3, dtype="float32"), np.ones((3, 64), "int8")
    np.savez(held, times=times, numbers=numbers, facts=text)
    return Reader(VideoEntry.load, [held.getvalue()], ".npz")


def settings(stack):
    """The settings of a run."""
    from tfvgan.runs import Settings

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    (folder / "x.mp4").touch()
    Settings.make(folder, {"epochs": 3}).save(folder)
    (held,) = folder.glob("*.json")
    good = held.read_bytes()

    def read(path):
        held.write_bytes(path.read_bytes())
        Settings.load(folder)

    return Reader(read, [good], ".json")


def sums(stack):
    """The list of checksums of a published folder."""
    from tfvgan.sums import SUMS, check_sums, write_sums

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    (folder / "x").write_bytes(b"content")
    write_sums(folder)
    good = (folder / SUMS).read_bytes()

    def read(path):
        (folder / SUMS).write_bytes(path.read_bytes())
        check_sums(folder / "x")

    return Reader(read, [good], ".txt")


def weights(stack):
    """Published weights, which are pickles."""
    import pickle

    from tfvgan.weights.unpickle import unpickle

    good = pickle.dumps({"a": {"b": np.arange(6.0)}, "c": np.ones((2, 3), "float32")}, protocol=4)
    return Reader(lambda path: unpickle(path.read_bytes()), [good], ".pkl")


def network(stack):
    """Published networks in ncnn's two files, whose lengths stand before them here."""
    from tfvgan.weights.ncnn import read_ncnn

    lines = "7767517\n3 3\nInput in 0 1 x\nConvolution c 1 1 x a 0=3 1=1 6=9\nSwish s 1 1 a y\n"
    text, numbers = lines.encode(), np.ones(13, "<f4")
    numbers[0] = 0  # The mark of weights of 32 bits.
    good = len(text).to_bytes(4, "little") + text + numbers.tobytes()

    def read(path):
        data = path.read_bytes()
        end = 4 + int.from_bytes(data[:4], "little")
        read_ncnn(data[4:end], data[end:])

    return Reader(read, [good], ".ncnn")


def tensors(stack):
    """Published weights in a file of PyTorch's: three numbers that are called `a`."""
    import pickle

    from tfvgan.weights.torch_file import MAGIC, VERSION, read_torch

    storage = b"(Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\x03NtQ"
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"K\0K\x03\x85K\x01\x85\x89NtR"
    head = [pickle.dumps(value, 2) for value in (MAGIC, VERSION, {})]
    good = b"".join([*head, b"\x80\x02}Va\n" + tensor + b"s.", pickle.dumps(["0"], 2)])
    good += (3).to_bytes(8, "little") + np.ones(3, "<f4").tobytes()
    return Reader(lambda path: read_torch(path.read_bytes()), [good], ".pth")


def request(stack):
    """Bodies of requests to a server."""
    from tfvgan.serving.json_format import read_request, read_response

    signatures = {"serving_default": {"x": np.dtype("float32"), "text": np.dtype(object)}}
    rows = {"instances": [{"x": [1.5, 2], "text": {"b64": "AAEC"}}, {"x": [3, 4], "text": "a"}]}
    columns = {"signature_name": "serving_default", "inputs": {"x": [[1, 2.5]], "text": ["a"]}}
    answer = {"outputs": {"x": [[0.5, 1]]}}

    def read(path):
        body = path.read_bytes()
        if b"outputs" in body or b"predictions" in body:
            read_response(body, {"x": np.dtype("float32")})
        else:
            read_request(body, signatures)

    seeds = [json.dumps(each).encode() for each in (rows, columns, answer)]
    return Reader(read, seeds, ".json")


READERS = {
    each.__name__: each
    for each in (
        tvg, video, picture, mask, cache, shard, sealed, model, tables, library, entry, settings,
        sums, weights, network, tensors, request,
    )
}  # fmt: skip
