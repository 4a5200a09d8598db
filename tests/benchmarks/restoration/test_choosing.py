"""Thresholds follow from cells; what is reported is what those choose."""

import json

import numpy as np
import pytest

from benchmarks.restoration import choosing
from tfvgan.data.signs import Signs
from tfvgan.runs.choices import Choice
from tfvgan.runs.judging import decided

SIGNS = Signs("h264", 96, 96, 0.1, 3.0, 0.5, 0.5, 0.1, 0.2, 0.8, 0.4, 50.0, *[False] * 3, True)
NONE, CLEANS, HARMS = Choice(), Choice("denoise"), Choice("x2", True)


def cell(clip, noise, way="noise", scale=1, detail=0.8):
    """Returns a cell where cleaning helps if there is noise, and harms else."""
    good = noise > 5
    scores = {
        NONE: {"LPIPS": 0.3 if good else 0.01, "PSNR": 28.0, "VMAF-NEG": 60.0},
        CLEANS: {"LPIPS": 0.1 if good else 0.05, "PSNR": 31.0 if good else 27, "VMAF-NEG": 61.0},
        HARMS: {"LPIPS": 0.05 if good else 0.005, "PSNR": 26.0, "VMAF-NEG": 40.0},
    }
    signs = SIGNS._replace(noise=noise, detail=detail)._asdict()
    more = {"clip": clip, "way": way, "scale": scale, "part": "choosing"}
    return {**more, "signs": signs, "scores": scores}


def cells(scale=1):
    found = [cell(f"clip {n % 5}", float(noise), scale=scale) for n, noise in enumerate(range(30))]
    found += [cell(f"clip {n}", 0.0, "clean", scale, 0.8 + n / 100) for n in range(5)]
    return found + [cell(f"clip {n}", 0.0, "blur 1.5", scale, 0.4 + n / 100) for n in range(5)]


def test_the_threshold_is_where_a_choice_begins_to_help():
    table = choosing.chosen(cells())
    for prefer in ("detail", "fidelity"):
        tree = table["trees"]["1"][prefer]
        assert tree["sign"] == "noise" and 5 < tree["at"] < 6
        assert decided(SIGNS, 1, prefer, table) == NONE
        assert decided(SIGNS._replace(noise=9.0), 1, prefer, table) == CLEANS
    assert 0.44 < table["sharp"] < 0.8


def test_what_loses_vmaf_costs_more_than_its_lpips_gains():
    cost, names = choosing.costs(cells()[20:22], "detail")
    assert names == [NONE, CLEANS, HARMS]
    assert (cost[:, 1] < 0).all() and (cost[:, 2] > 3).all() and not cost[:, 0].any()
    worse, _ = choosing.costs(cells()[:2], "detail")
    assert (worse[:, 1] > 1).all(), "LPIPS far above no model's"


def test_a_question_may_help_only_with_the_one_after_it():
    """Noise is to be cleaned, but not where edges are hard: as many have both."""
    both = [
        (noise, hard, cell(f"clip {n % 5}", noise if hard < 0.5 else 0.0))
        for n, (noise, hard) in enumerate([(9.0, 0.0), (9.0, 1.0), (0.0, 0.0), (0.0, 1.0)] * 10)
    ]
    for noise, hard, each in both:
        each["signs"] |= {"noise": noise, "hard": hard}
        if noise and hard:
            each["scores"][CLEANS] = {"LPIPS": 0.09, "PSNR": 20.0, "VMAF-NEG": 59.0}
    table = choosing.chosen([each for *_, each in both] + cells()[30:])
    for noise, hard, wanted in ((9, 0, CLEANS), (9, 1, NONE), (0, 0, NONE), (0, 1, NONE)):
        assert decided(SIGNS._replace(noise=noise, hard=hard), 1, "detail", table) == wanted


def test_what_has_no_detail_left_is_given_to_one_model_where_none_is_harmed():
    old, found = Choice("old"), []
    for number in range(40):
        each = cell(f"clip {number % 5}", 0.0, "way", 2, 0.3 + number / 100)
        worn = number < 20
        each["scores"] = {
            NONE: {"LPIPS": 0.3, "PSNR": 28.0, "VMAF-NEG": 60.0},
            old: {"LPIPS": 0.15 if worn else 0.4, "PSNR": 28.5, "VMAF-NEG": 65.0},
        }
        found.append(each)
    gate = choosing.without_detail(found)
    trees = {p: choosing.fitted(found, p, gate) for p in choosing.PREFERENCES}
    table = {"sharp": 0.6, "worn": {"2": gate}, "trees": {"2": trees}}

    def taken(prefer="detail", **signs):
        return decided(SIGNS._replace(**signs), 2, prefer, table)

    edge = 0.5 - choosing.MARGIN
    assert taken(detail=edge - 0.001) == old and taken(detail=edge + 0.001) == NONE
    assert taken("fidelity", detail=0.3) == NONE, "contours are drawn anew"
    # Of dark and of noisy pictures detail is not told.
    assert taken(detail=0.3, spread=8.0) == taken(detail=0.3, noise=5.0) == NONE
    for each in found:
        each["scores"][old]["LPIPS"] = 0.4
    assert choosing.without_detail(found) is None


def test_where_a_file_would_be_copied_a_model_costs_more():
    same, larger = (choosing.costs(cells(scale)[20:22], "detail")[0] for scale in (1, 2))
    np.testing.assert_allclose(same[:, 1:] - larger[:, 1:], choosing.AGAIN)
    assert not same[:, 0].any()


def test_few_cells_grow_no_tree():
    few = [cell("one", float(noise)) for noise in range(4, 8)]
    assert "sign" not in choosing.chosen(few + cells()[30:])["trees"]["1"]["detail"]
    alone = [cell("one", float(noise)) for noise in range(30)] + cells()[30:]
    assert "sign" not in choosing.chosen(alone)["trees"]["1"]["detail"], "of one clip alone"


def test_what_is_reported_is_what_the_table_chooses(tmp_path):
    table = choosing.chosen(cells())
    choosing.write(table, tmp_path / "table.json")
    assert json.loads((tmp_path / "table.json").read_text()) == table
    shown = [cell("a", 9.0), cell("b", 2.0), cell("a", 0.0, "clean"), cell("b", 0.0, "clean")]
    rows, facts = choosing.reported(shown, table)
    by = {row["way"]: row for row in rows}
    assert by["noise"]["LPIPS auto"] == pytest.approx((0.1 + 0.01) / 2)
    assert by["noise"]["best"] == "denoise" and by["noise"]["took"] == "denoise (1), no model (1)"
    assert by["clean"]["LPIPS auto"] == by["clean"]["LPIPS best"] == 0.01
    assert facts["cells"]["LPIPS worse"] == 0 and facts["cells"]["count"] == 4
    ratio = (0.055 + 0.01) / ((0.1 + 0.05) / 2 + 0.01)
    assert facts["means"]["over the best"] == pytest.approx(np.mean([ratio, 1]) - 1)
    assert [row["clip"] for row in facts["kinds"]] == ["a", "b"]
