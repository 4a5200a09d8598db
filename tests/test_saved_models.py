"""What is published works with the code beside it: it loads, does what it is for, and is small."""

import functools
import json
import re
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from moving import texture

from tfvgan import Sampler
from tfvgan.applications import applications
from tfvgan.data import sample_videos
from tfvgan.data.composites import Staging, composite
from tfvgan.data.decode import read_frames
from tfvgan.data.resize import AUTO, resize
from tfvgan.data.styles import styled
from tfvgan.runs import for_edge, load_codec, load_model, load_restorer, shipped_tasks
from tfvgan.runs.analyze import load_finder
from tfvgan.runs.codec_models import reading
from tfvgan.runs.loading import known_at
from tfvgan.runs.segment import load_segmenter
from tfvgan.runs.shipped import shipped
from tfvgan.runs.steady import load_steadier
from tfvgan.runs.stylize import load_stylizer
from tfvgan.streaming import Source
from tfvgan.sums import check_sums
from tfvgan.tasks import Embedder, EnhancedCodec
from tfvgan.tasks.analysis.finder import THUMBNAIL
from tfvgan.tasks.analysis.shots import Transition, transitions
from tfvgan.tasks.application import Given

FOLDER = Path(__file__).resolve().parent.parent / "saved_models"
MODELS = sorted(path.parent for path in FOLDER.glob("*/generator.keras"))
RESTORERS = [model for model in MODELS if model.name.startswith("restore_")]
STYLES = [model for model in MODELS if model.name.startswith("style_")]
STEADIERS = [model for model in MODELS if model.name == "steady"]
SEGMENTERS = [model for model in MODELS if model.name.startswith("segment_")]
FINDERS = [model for model in MODELS if model.name.startswith("find_")]
EMBEDDERS = [model for model in MODELS if model.name.startswith("embed_")]
LEARNED = [model for model in MODELS if (model / "tables.npz").is_file()]
OLD = sorted(FOLDER.glob("*/tables-*.npz"))
CODECS = [model for model in MODELS if model.name.startswith("codec_") and model not in LEARNED]
OF_VIDEOS = RESTORERS + CODECS + LEARNED + STYLES + STEADIERS + SEGMENTERS + EMBEDDERS + FINDERS
GENERATORS = [model for model in MODELS if model not in OF_VIDEOS]


@functools.cache
def sampler(model):
    return Sampler.load(model / "generator.keras")


@functools.cache
def learned_codec(model):
    return load_codec(model, quality=4)


def test_there_are_some():
    assert MODELS


@pytest.mark.parametrize("model", GENERATORS, ids=lambda model: model.name)
def test_a_published_generator_makes_videos_that_move(model):
    videos = sampler(model).generate(2, seed=3, frames=20)
    assert videos.shape[:2] == (2, 20) and videos.dtype == np.uint8
    assert np.ptp(videos) > 100 and np.abs(np.diff(np.int16(videos), axis=1)).max() > 50


@pytest.mark.parametrize("model", GENERATORS, ids=lambda model: model.name)
def test_a_published_generator_makes_the_videos_of_a_seed_that_it_made_when_published(model):
    """The SavedModel beside it has its draws in its graph."""
    served = tf.saved_model.load(str(model / "1")).signatures["sample"]
    found = served(seed=tf.constant([7, 8]))["video"].numpy()
    made = np.concatenate([sampler(model).generate(1, seed=seed) for seed in (7, 8)])
    assert np.abs(made.astype(int) - found).max() <= 2
    with pytest.raises(tf.errors.InvalidArgumentError, match="`seed` must have from 1 to 64"):
        served(seed=tf.constant([], tf.int32))


@pytest.mark.parametrize("model", RESTORERS, ids=lambda model: model.name)
def test_a_published_restorer_changes_a_video_a_little(model, eagerly):
    restorer = load_restorer(model)
    video = texture(3, 32, (1.0, 0.5))[0]
    made = restorer.restore(video).astype(float)
    side = 32 * restorer.factor
    assert made.shape == (3, side, side, 3)
    far = np.abs(made[:, :: restorer.factor, :: restorer.factor] - video).mean()
    assert 0 <= far < 24


@pytest.mark.parametrize("model", STYLES, ids=lambda model: model.name)
def test_a_published_style_paints_as_its_filter_does(model, eagerly):
    """Nearer to it than the video is; without strength it is the video."""
    name = model.name.removeprefix("style_")
    video = faces()[:, :48, :48]
    wanted = styled(video, name).astype(float)
    made = load_stylizer(name).stylize(video)
    assert np.abs(made - wanted).mean() < 0.75 * np.abs(video - wanted).mean()
    assert np.array_equal(load_stylizer(name, strength=0.0).stylize(video), video)


@pytest.mark.parametrize("model", STEADIERS, ids=lambda model: model.name)
def test_a_published_steadier_takes_flicker_out(model, eagerly):
    video = np.repeat(faces()[:1, :48, :48], 8, axis=0)
    flicker = video.astype(float) * (1 + 0.2 * np.resize([0, 1], 8)[:, None, None, None])
    flicker = np.rint(np.clip(flicker, 0, 255)).astype(np.uint8)
    made = load_steadier().steady(video, flicker)
    assert (
        np.abs(np.diff(np.int16(made[4:]), axis=0)).mean()
        < 0.3 * np.abs(np.diff(np.int16(flicker[4:]), axis=0)).mean()
    )
    steady = load_steadier().steady(video, video)
    assert np.abs(steady.astype(int) - video).mean() < 4


@pytest.mark.slow
def test_what_moves_is_cut_out(eagerly):
    """Of what stands next to nothing is in the mask, and of what moves most is."""
    plain = {"light": 0.0, "shadows": 0.0, "decoys": 1.0, "noise": 0.0, "coded": 0.0, "blur": 0.0}
    staging = Staging(things=(1, 1), camera="still", **plain)
    overlaps = []
    for seed in range(3):
        draws = np.random.default_rng(seed)
        made = composite(draws, np.repeat(faces()[:1], 12, 0), 96, staging=staging)
        found = load_segmenter("motion").masks(made.video)[6:, ..., 1] > 127
        true = made.mask[6:] > 0
        overlaps.append((found & true).sum() / (found | true).sum())
    assert np.median(overlaps) > 0.5
    still = load_segmenter("motion").masks(np.repeat(faces()[:1], 6, 0))[3:, ..., 1]
    assert (still > 127).mean() < 0.02


def test_a_person_is_cut_out_and_a_room_is_not(eagerly):
    """The clip's person is in its lower middle; its upper corner shows none."""
    found = load_segmenter("people").masks(faces())[1:, ..., 1] > 127
    height, width = found.shape[1:]
    middle = found[:, height // 2 :, width // 3 : 2 * width // 3]
    assert middle.mean() > 0.8 and 0.15 < found.mean() < 0.8


@pytest.mark.parametrize("model", EMBEDDERS, ids=lambda model: model.name)
def test_a_published_embedder_knows_a_copy_from_something_else(model, eagerly):
    window = faces()[[0, 1, 2, 2]]
    sides = window.shape[1] // 16, window.shape[2] // 16
    copy = window[:, sides[0] : -sides[0], sides[1] : -sides[1]]
    other = texture(4, 96, (1.0, 0.5))[0]
    windows = np.stack([resize(each, (96, 96), AUTO) for each in (window, copy, other)])
    one, again, far = Embedder.load(model / "generator.keras").embed(windows).astype(float)
    assert one @ again / 127**2 > 0.6 > one @ far / 127**2 + 0.2


@pytest.mark.slow
def test_a_cut_and_a_dissolve_are_found_and_nothing_within_a_scene():
    """Of two real scenes; flashes between two frames of one are none."""
    first, second = scenes()
    finder = load_finder()
    shares = np.linspace(0, 1, 18)[1:-1, None, None, None]
    mixed = np.rint(first[-16:] * (1 - shares) + second[:16] * shares).astype(np.uint8)
    flash = first.copy()
    flash[20:22] = np.minimum(255, flash[20:22].astype(int) + 140)
    cut = transitions(finder.score(np.concatenate([flash, second])))
    assert cut == [Transition("cut", len(first), len(first))]
    film = np.concatenate([first[:-16], mixed, second[16:]])
    (slow,) = transitions(finder.score(film))
    assert slow.kind == "gradual" and abs(slow.begin - len(first) + 16) < 5
    assert abs(slow.end - len(first)) < 5


def scenes():
    """Returns the thumbnails of two real scenes, 50 frames each."""
    names = ("bigbuckbunny.mp4", "carphone_pristine.mp4")
    paths = [path for name in names for path in sample_videos() if path.endswith(name)]
    return [
        np.stack([frame.rgb for _, frame in zip(range(50), Source(path).frames(size=THUMBNAIL))])
        for path in paths
    ]


QUICK = ("restore_x2_fast",)
ANY_SIZE = [
    pytest.param(model, marks=[] if model.name in QUICK else pytest.mark.slow, id=model.name)
    for model in RESTORERS + CODECS
]


@pytest.mark.parametrize("model", ANY_SIZE)
def test_what_is_served_takes_frames_of_any_size(model):
    """Networks fold pixels by 2 or 4: neither divides these sides."""
    served, size = tf.saved_model.load(str(model / "1")).signatures, (2, 21, 27)
    video = np.random.default_rng(0).integers(0, 256, (1, *size, 3), np.uint8)
    if model in CODECS:
        function, enhancer = served["enhance"], load_model(model).with_settings(0.5, 0.5, 0.1)
        told = {"level": [0.5], "strength": [0.5], "sharpness": [0.1]}
        told["state"] = state = np.zeros((1, 6, 7, enhancer.generator.width), "float32")
        names = dict(zip(("before", "frame", "after"), video[:, [0, 0, 1]].swapaxes(0, 1)))
        wanted, _ = enhancer.step([frame[0] for frame in names.values()], state)
    else:
        function, restorer = served["restore"], load_restorer(model)
        told = {"level": [0.5]} if restorer.generator.leveled else {}
        if restorer.generator.masked:
            told["mask"] = np.zeros((1, *size, 1))
        names, wanted = {"video": video}, restorer.scene(video[0])
    told = {name: tf.constant(value, tf.float32) for name, value in told.items()}
    found = function(**{name: tf.constant(value) for name, value in names.items()}, **told)
    (made,) = (value.numpy()[0] for name, value in found.items() if name in ("frame", "video"))
    assert made.shape == wanted.shape and np.abs(made.astype(int) - wanted).max() <= 1


@pytest.mark.parametrize("model", CODECS, ids=lambda model: model.name)
def test_a_published_codec_mends_its_base_layer(model, eagerly):
    codec = EnhancedCodec(load_restorer(model).generator, quality=4)
    video = texture(4, 96, (1.0, 0.5))[0]
    payload = codec.encode(list(video), 25)
    made = np.stack(list(codec.decode(payload, 4, (96, 96)))).astype(float)
    assert len(payload) < video.size / 20 and np.abs(made - video).mean() < 24
    assert codec.identity[:8].hex() in (model / "README.md").read_text(encoding="utf-8")
    assert (model / "1" / "enhance-dynamic.tflite").is_file()
    endpoints = list(for_edge(load_model(model)).endpoints())
    assert endpoints[0] == "enhance" and {name.partition("_")[0] for name in endpoints} == {
        "enhance"
    }


def greys(level):
    return np.full((3, 96, 96, 3), level, np.uint8)


def shaded(low, high):
    """Returns waves that move, between two levels."""
    return (low + texture(3, 96, (1.0, 0.5))[0] / 255 * (high - low)).astype(np.uint8)


def faces():
    """Returns the first frames of a real clip."""
    path = next(path for path in sample_videos() if path.endswith("carphone_pristine.mp4"))
    return next(read_frames(path, size=96, chunk=3, decoder="pyav"))


# Least PSNR of any frame, in dB, at qualities 4 and 8, and the most bits per pixel.
FLOORS = {
    "black": (lambda: greys(0), (45, 45), (0.1, 0.2)),
    "white": (lambda: greys(255), (45, 45), (0.1, 0.2)),
    "dark": (lambda: shaded(0, 38), (31, 36), (0.4, 0.8)),
    "bright": (lambda: shaded(217, 255), (31, 36), (0.4, 0.8)),
    "waves": (lambda: shaded(0, 255), (26, 28), (0.8, 1.6)),
    "faces": (faces, (27, 28), (0.4, 0.9)),
}


@pytest.mark.parametrize("model", LEARNED, ids=lambda model: model.name)
@pytest.mark.parametrize("kind", FLOORS)
def test_each_frame_of_a_published_learned_codec_is_near_to_what_it_was(model, kind):
    """Grey is 12 dB from waves, 6 from black and white."""
    make, floors, most = FLOORS[kind]
    video = make()
    for quality, floor, bits in zip((4, 8), floors, most):
        codec = learned_codec(model).with_settings(quality=quality)
        payload = codec.encode(list(video), 25)
        made = np.stack(list(codec.decode(payload, len(video), (96, 96))))
        error = np.square(made.astype(float) - video).mean((1, 2, 3))
        psnr = 10 * np.log10(255**2 / np.maximum(error, 1e-4))
        assert psnr.min() > floor and 8 * len(payload) / video[..., 0].size < bits


@pytest.mark.parametrize("model", LEARNED, ids=lambda model: model.name)
def test_a_published_learned_codec_says_how_files_name_it(model):
    card = (model / "README.md").read_text(encoding="utf-8")
    assert learned_codec(model).identity[:8].hex() in card
    assert (model / "1" / "synthesize-float32.tflite").is_file()


@pytest.mark.parametrize("tables", OLD, ids=lambda path: path.stem)
def test_files_from_before_have_their_tables(tables):
    name = tables.stem.removeprefix("tables-")
    assert reading(tables.parent, bytes.fromhex(name)).identity[:8].hex() == name
    assert name in (tables.parent / "README.md").read_text(encoding="utf-8")


def test_the_package_finds_its_restorers():
    for task in shipped_tasks():
        assert FOLDER in [Path(shipped(task, "fidelity")).parent]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_published_folder_is_small_and_says_what_it_is(model):
    most = 2.6e6 if model in STYLES else 4.7e6 if model in RESTORERS + STEADIERS else 7.4e6
    card = (model / "README.md").read_text(encoding="utf-8")
    large = int(re.search(r"Parameters \| ([\d,]+)", card)[1].replace(",", "")) > 400_000
    most = max(most, 6.4e6) if large else most
    assert sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) < most
    assert card.startswith(f"# {model.name}") and "Licence" in card
    rows = json.loads((model / "1" / "parity.json").read_text())["rows"]
    targets = {row["target"] for row in rows}
    lite = {"float32"} if model in LEARNED else {"dynamic", "int8"}  # Either is small and fast.
    lite |= {"float16"} if large and model in RESTORERS else set()
    assert {"keras", "saved_model"} <= targets and lite & targets


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_all_that_is_loaded_of_a_published_folder_is_what_its_checksums_say(model):
    listed = set()
    for folder in (model, model / "1"):
        check_sums(folder)
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        listed |= {folder / line[66:] for line in lines}
    looked_at = (".md", ".png")
    there = {path for path in model.rglob("*") if path.is_file() and path.suffix not in looked_at}
    assert listed == {path for path in there if path.name != "SHA256SUMS"}, (
        f"python benchmarks/making/sum_again.py saved_models/{model.name}"
    )


KIND = re.compile(r"-(float32|float16|dynamic|int8)(?=\.tflite)")  # A card names one that is there.


def flat(text):
    """Returns a text without what formatting changes: blanks, and commas before brackets."""
    return re.sub(r",(?=\))", "", re.sub(r"\s", "", text))


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(model, marks=[] if model.name in QUICK else pytest.mark.slow, id=model.name)
        for model in MODELS
    ],
)
def test_a_card_has_the_facts_and_examples_that_are_written_today(model):
    example = None if model in GENERATORS else "x.mp4"  # Of the picture, which is not drawn here.
    given = Given(load_model(model), model, known=known_at(model, None), example=example)
    published = next(card for each in applications() if (card := each.card(given)) is not None)
    wanted = [*published.uses(f"saved_models/{model.name}"), *published.shown.values()]
    facts = {k: v for k, v in published.facts().items() if not k.startswith("Bits per pixel")}
    wanted += [f"| {name} | {fact}" for name, fact in facts.items()]
    written = (model / "README.md").read_text(encoding="utf-8")
    card = flat(KIND.sub("", written))
    assert [text for text in wanted if flat(KIND.sub("", text)) not in card] == []
    named = re.findall(rf'"saved_models/{model.name}/(\S+\.tflite)"', written)
    assert [name for name in named if not (model / name).is_file()] == []


def test_the_list_names_them_all():
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    for model in MODELS:
        assert f"[{model.name}]({model.name}/README.md)" in listed
