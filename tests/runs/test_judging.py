"""A video's signs lead through the table of thresholds to a choice."""

import media
import pytest

from tfvgan.data.signs import Signs
from tfvgan.runs import judging
from tfvgan.runs.choices import Choice, choices
from tfvgan.runs.judging import Judgement, decided, judge_video, seen

SIGNS = Signs(
    codec="h264", height=360, width=640, bits=0.1, coarse=3.0, noise=0.5, grain=0.5, blocks=0.1,
    rings=0.2, detail=0.8, hard=0.0, spread=50.0, grey=False, woven=False, flagged=False,
    moves=True,
)  # fmt: skip
NONE, STRONG = Choice()._asdict(), Choice("denoise")._asdict()
HALF = Choice("deblock", strength=0.5)._asdict()
TREE = {
    "sign": "noise",
    "at": 4.0,
    "below": {"sign": "coarse", "at": 4.5, "below": NONE, "above": HALF},
    "above": STRONG,
}
TABLE = {
    "sharp": 0.6,
    "trees": {"1": {"detail": TREE, "fidelity": NONE}, "2": {"detail": STRONG, "fidelity": HALF}},
}


@pytest.mark.parametrize(
    "signs, expected",
    [
        ({}, Choice()),
        ({"coarse": 4.5}, Choice("deblock", False, 0.5)),
        ({"noise": 4.0, "coarse": 9.0}, Choice("denoise")),
    ],
)
def test_thresholds_lead_to_a_choice(signs, expected):
    assert decided(SIGNS._replace(**signs), 1, "detail", TABLE) == expected


def test_scale_and_preference_have_trees_of_their_own():
    assert decided(SIGNS, 2, "detail", TABLE) == Choice("denoise")
    assert decided(SIGNS, 2, "fidelity", TABLE) == Choice("deblock", False, 0.5)


@pytest.mark.parametrize(
    "signs, scale",
    [
        ({}, 2),
        ({"detail": 0.5}, 1),  # Its own pixels can show all that it has.
        ({"height": 720, "width": 1280}, 1),
        ({"height": 1280, "width": 719}, 2),
    ],
)
def test_small_and_sharp_pictures_are_enlarged(monkeypatch, signs, scale):
    monkeypatch.setattr(judging, "_table", lambda: TABLE)
    monkeypatch.setattr(judging, "signs_of", lambda path, partial: SIGNS._replace(**signs))
    assert judge_video("film.mp4").scale == scale
    assert judge_video("film.mp4", 2).scale == 2, "asked for"


def test_large_pictures_are_not_taken_for_worn_ones(monkeypatch):
    old, large = Choice("old"), {"height": 720, "width": 1280, "detail": 0.5}
    gate = {"noise": 2.0, "spread": 12.0, "detail": 0.55, "choice": old._asdict()}
    table = TABLE | {"worn": {"1": gate}}
    monkeypatch.setattr(judging, "_table", lambda: table)
    monkeypatch.setattr(judging, "signs_of", lambda path, partial: SIGNS._replace(**path))
    assert judge_video({"detail": 0.5}).choice == old
    assert judge_video(large).choice == Choice()
    assert judge_video(large, 1).choice == old, "asked for"
    for signs in ({"detail": 0.56}, {"detail": 0.5, "spread": 9.0}, {"detail": 0.5, "noise": 2.5}):
        assert judge_video(signs, 1).choice == Choice()
    assert judge_video({"detail": 0.5}, prefer="fidelity").choice == Choice()


def test_other_scales_are_errors():
    with pytest.raises(ValueError, match="must be 1, 2 or 4, but is 3"):
        judge_video("film.mp4", 3)


def test_what_was_seen_is_said():
    assert seen(SIGNS) == (
        "H.264 of 640x360, 0.10 bits a pixel, 80 % of the detail that its pixels can show"
    )
    more = {"coarse": 5.6, "noise": 7.4, "blocks": 0.6, "rings": 2.0, "grey": True, "woven": True}
    line = seen(SIGNS._replace(**more, codec="images", moves=False))
    for word in ("images of", "very coarsely coded", "noise of 7 levels", "blocks", "ringing"):
        assert word in line
    for word in ("black and white", "a still", "interlaced"):
        assert word in line and word not in seen(SIGNS)
    assert ", coarsely coded" in seen(SIGNS._replace(coarse=4.2))
    assert "grain of 3 levels" in seen(SIGNS._replace(grain=3.1))


def test_verdicts_say_what_is_done():
    verdicts = [
        Judgement(SIGNS, scale, choice, False).verdict
        for scale, choice in ((1, Choice()), (2, Choice()), (4, Choice("x4")))
    ]
    assert verdicts == [
        "no model helps, so frames stay as they are",
        "no model helps, so it is enlarged bicubically, twice as large",
        "takes x4, four times as large",
    ]


def test_the_package_has_a_table_of_what_it_has(tmp_path):
    path = media.video(tmp_path / "film", "h264.mp4", media.frames(3))
    for scale in judging.SCALES:
        for prefer in ("detail", "fidelity"):
            assert _leaves(judging._table()["trees"][str(scale)][prefer]) <= set(choices(scale))
            assert judge_video(path, scale, prefer).choice in choices(scale)


def _leaves(node):
    """Returns the choices of a tree, a set."""
    if "sign" not in node:
        return {Choice(**node)}
    assert node["sign"] in Signs._fields
    return _leaves(node["below"]) | _leaves(node["above"])


def test_woven_frames_that_do_not_say_so_are_told(monkeypatch):
    monkeypatch.setattr(judging, "_table", lambda: TABLE)
    for woven, flagged in ((True, False), (True, True), (False, False)):
        signs = SIGNS._replace(woven=woven, flagged=flagged)
        monkeypatch.setattr(judging, "signs_of", lambda path, partial, signs=signs: signs)
        assert judge_video("film.mp4", 1).weave == (woven and not flagged)
