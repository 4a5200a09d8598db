"""Runs of stylizers: what settings become, that they train, and what a style may be."""

import films
import numpy as np
import pytest
from PIL import Image

from tfvgan.runs import Settings, load_stylizer, train
from tfvgan.tasks import VideoStylizer
from tfvgan.tasks.stylization.application import Stylization, read_pictures

TINY = {
    "network": "stylizer",
    "frames": 3,
    "size": 16,
    "square": 16,
    "width": 8,
    "depth": 1,
    "batch_size": 2,
    "decoder": "pyav",
}


def made(**more):
    return Stylization().make(Settings.make("videos", {**TINY, **more}), 0, None)


def picture(path, colour=(200, 60, 30), size=(20, 24)):
    Image.fromarray(np.full((*size, 3), colour, "uint8")).save(path)
    return str(path)


def test_the_numbers_are_those_of_the_settings(tmp_path):
    model = made(filter="ink", perceptual=0.0)
    assert (model.generator.width, model.generator.depth, model.paired) == (8, 1, True)
    assert model.loss_weights["steady"] == 1 and model.loss_weights["perceptual"] == 0
    flickering = made(filter="ink", steady=0.0, adversarial=0.0)
    assert flickering.loss_weights["steady"] == flickering.loss_weights["ping_pong"] == 0
    assert not flickering.plays
    assert not made(style=picture(tmp_path / "x.png")).paired


def test_one_style_is_asked_for(tmp_path):
    style = {"style": picture(tmp_path / "x.png")}
    for wrong, said in (
        ({}, "none came"),
        ({"filter": "ink", **style}, "came filter and style"),
        ({"pairs": "after", "filter": "ink"}, "came filter and pairs"),
        ({"pairs": "after", **style}, "came style and pairs"),
    ):
        with pytest.raises(ValueError, match=f"one style, from one teacher: .*style; {said}"):
            made(**wrong)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ValueError, match=r"must be a folder with pictures .* has none"):
        made(style=str(empty))
    (tmp_path / "text.txt").write_text("no picture")
    for name in ("text.txt", "missing.png"):
        with pytest.raises(ValueError, match="must be a picture or a folder of pictures, but"):
            made(style=str(tmp_path / name))


def test_a_picture_of_a_folder_that_cannot_be_read_is_named(tmp_path):
    picture(tmp_path / "a.png")
    (tmp_path / "b.JPG").write_bytes(b"cut off")
    with pytest.raises(ValueError, match=r"b\.JPG` cannot be read .* or take it away"):
        made(style=str(tmp_path))


def test_small_clips_give_squares_of_their_size():
    given = {**TINY, "size": 64, "filter": "ink", "adversarial": 0.0, "perceptual": 0.0}
    del given["square"]
    model = Stylization().make(Settings.make("videos", given), 0, None)
    assert model.discriminator.size == 64
    with pytest.raises(ValueError, match="`square` must be at most the `size` .* 16, but is 32"):
        made(filter="ink", square=32)


def test_a_folder_has_its_pictures_in_order(tmp_path):
    picture(tmp_path / "b.png", (1, 2, 3))
    picture(tmp_path / "a.jpg", (250, 250, 250))
    (tmp_path / "notes.txt").write_text("not one")
    first, second = read_pictures(tmp_path, 64)
    assert first.min() > 240 and second[0, 0].tolist() == [1, 2, 3]


def test_a_large_picture_is_shrunk_to_a_few_squares(tmp_path, monkeypatch):
    picture(tmp_path / "a.png", size=(200, 300))
    picture(tmp_path / "b.png", size=(30, 90))
    seen = []
    monkeypatch.setattr("tfvgan.tasks.stylization.application.panned", seen.extend)
    made(style=str(tmp_path))
    assert [each.shape for each in seen] == [(4 * 16, 6 * 16, 3), (30, 90, 3)]


def test_a_picture_without_known_levels_is_named(tmp_path):
    Image.fromarray(np.zeros((8, 8), "float32")).save(tmp_path / "x.tif")
    with pytest.raises(ValueError, match=r"x.tif` cannot be read as one \(its levels are neither"):
        made(style=str(tmp_path / "x.tif"))


def test_a_style_begins_with_another(tmp_path):
    known = made(filter="ink")
    known.average.head.kernel.assign(0.1 + known.average.head.kernel)
    known.discriminator.set_weights([0.5 + each for each in known.discriminator.get_weights()])

    def begun(held, **more):
        given = {"network": "stylizer", "begin": str(tmp_path), **more}
        return Stylization().make(Settings.make("videos", given), 0, {str(tmp_path): held}.get)

    video = np.random.default_rng(0).uniform(-1, 1, (1, 3, 8, 8, 3)).astype("float32")
    shown = {"video": video, "level": np.ones(1, "float32")}
    wanted = known.average(shown).numpy()
    for held in (known, known.stylizer):
        model = begun(held, filter="poster", square=16)
        assert np.abs(wanted - known.generator(shown)).max() > 0.01
        for network in (model.generator, model.average):
            np.testing.assert_array_equal(network(shown), wanted)
        assert int(model.step) == 0 and model.generator.trainable_weights
        judges = [each.discriminator.get_weights()[0] for each in (model, known)]
        assert np.array_equal(*judges) == (held is known)
    assert begun(known, filter="poster", square=32).discriminator.size == 32
    pictures = begun(known, style=picture(tmp_path / "x.png"), square=16)
    assert (pictures.discriminator.get_weights()[0] != known.discriminator.get_weights()[0]).any()
    np.testing.assert_array_equal(pictures.generator(shown), wanted)
    with pytest.raises(ValueError, match=r"begins with has width=8 \(asked for: 16\): to go on"):
        begun(known, filter="poster", width=16)
    with pytest.raises(ValueError, match="`begin` must be the run of a stylizer, but .* a str"):
        begun("text", filter="poster")


@pytest.mark.slow
def test_a_run_learns_from_pairs(tmp_path, without_pictures, eagerly):
    shared = films.folder(tmp_path / "before", frames=(3, 3), classes=())
    films.folder(tmp_path / "after", frames=(3, 3), classes=())
    given = {"perceptual": 0.0, "epochs": 1, "steps_per_epoch": 1, "pairs": tmp_path / "after"}
    model = train(str(shared), tmp_path / "run", **TINY, **given)
    assert int(model.step) == 1 and model.paired and (tmp_path / "run" / "pairs.json").is_file()
    assert Settings.load(tmp_path / "run").pairs == str(tmp_path / "after")
    films.film(tmp_path / "after" / "1.mp4", frames=4)
    with pytest.raises(ValueError, match=r"1.mp4` has a length of 3 frames and .* of 4"):
        train(str(shared), tmp_path / "other", **TINY, **given)
    assert not (tmp_path / "other").exists()


def test_a_run_paints(tmp_path, without_pictures):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    given = {"filter": "poster", "perceptual": 0.0, "epochs": 1, "steps_per_epoch": 1}
    model = train(str(videos), tmp_path / "run", **TINY, **given)
    assert isinstance(model, VideoStylizer)
    video = np.zeros((2, 8, 8, 3), "uint8")
    assert load_stylizer(tmp_path / "run").stylize(video).shape == video.shape
