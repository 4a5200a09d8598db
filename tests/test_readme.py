"""README is short, and what it and the pages quote is what was measured."""

import json
import re
from pathlib import Path

from pages import TEXTS, blocks, plain
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
README = TEXTS["README.md"]
FIGURES = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
MOST_LINES, MOST_BYTES = 120, 2_000_000


def rows(name, **given):
    """Returns the rows of a benchmark's committed results in which these values stand."""
    path = ROOT / "benchmarks" / "results" / f"{name}.json"
    found = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return [row for row in found if all(row[key] == value for key, value in given.items())]


def test_readme_is_short():
    assert len(README.splitlines()) <= MOST_LINES
    assert all(len(block.splitlines()) <= 9 for block in blocks(README))


def test_the_picture_moves_and_is_small():
    (target,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert (ROOT / target).stat().st_size <= MOST_BYTES
    with Image.open(ROOT / target) as picture:
        assert picture.n_frames > 24 and picture.info["loop"] == 0


def test_figures_of_restoration():
    """The rival without a network is named at its best."""

    def best(task, name):
        return max(
            (row for row in rows("restoration", task=task) if row["rival"].startswith(name)),
            key=lambda row: row["PSNR"],
        )

    ours, lanczos = best("x4", "restore_x4_best"), best("x4", "lanczos")
    said = "LPIPS {:.3f} and PSNR {:.2f} dB, where Lanczos has {:.3f} and {:.2f} |"
    assert said.format(ours["LPIPS"], ours["PSNR"], lanczos["LPIPS"], lanczos["PSNR"]) in README
    ours, bm3d = best("noise 25", "restore_denoise"), best("noise 25", "ffmpeg bm3d")
    assert f"PSNR {ours['PSNR']:.2f} dB, where FFmpeg's bm3d has {bm3d['PSNR']:.2f} |" in README


def test_figures_of_stylization():
    """And the cards' tables, which quote the same results."""

    def thousandfold(row):
        return f"{1000 * row['warping error']:.2f}"

    means = rows("styles", video="mean")
    source, of_filter, ours = (
        next(thousandfold(row) for row in means if (row["style"], row["who"]) == key)
        for key in (("", "source"), ("ink", "filter"), ("ink", "style_ink"))
    )
    said = f"warping error {ours}, where its filter has {of_filter} and the video itself {source} "
    assert said in README
    kept, errors = {}, {}
    for row in rows("steady", video="mean", kind="exposure"):
        kept[row["who"]] = row["sharpness"] / kept.setdefault("", row["sharpness"])
        errors[row["who"]] = thousandfold(row)
    assert (
        f"warping error {errors['steady']} at {kept['steady']:.0%} of the sharpness, where a mean "
        f"along the flow has {errors['flow-EMA']} at {kept['flow-EMA']:.0%} (x1000)"
    ).replace("%", " %") in README
    for row in means:
        if row["who"].startswith("style_"):
            card = (ROOT / "saved_models" / row["who"] / "README.md").read_text(encoding="utf-8")
            numbers = f"{thousandfold(row)} | {row['sharpness']:.1f} | {row['PSNR']:.1f}"
            numbers += f" | {row['LPIPS']:.3f} | {row['Gram']:.3f} |"
            assert f"| **{row['who']}** | {numbers}" in card
    card = (ROOT / "saved_models" / "steady" / "README.md").read_text(encoding="utf-8")
    inputs = {row["kind"]: row["sharpness"] for row in rows("steady", video="mean", who="input")}
    for row in rows("steady", video="mean", who="steady"):
        share = 100 * row["sharpness"] / inputs[row["kind"]]
        assert f"| {thousandfold(row)} | {share:.0f} % | {row['LPIPS']:.3f} |" in card


def test_figures_of_compression():
    begin = "| **ours over av1, detail** | SVT-AV1 preset 4 |"
    (row,) = [line for line in FIGURES.splitlines() if line.startswith(begin)]
    lpips, _, vmaf_neg, *_ = [cell.strip(" -") for cell in row.removeprefix(begin).split("|")]
    page = TEXTS["docs/compression.md"]
    assert f"{lpips} fewer bits than SVT-AV1 at equal LPIPS, {vmaf_neg} at equal VMAF" in README
    assert f"takes {lpips} fewer bits than SVT-AV1 preset 4 itself" in page
    assert f"at equal VMAF-NEG it takes {vmaf_neg} fewer" in page


def test_figures_of_generation():
    (ours,) = rows("generation", videos="continuous", minutes=60)
    (real,) = rows("generation", videos="real")
    ours, real = [f"{row['FVD']:.0f} ± {row['FVD +-']:.0f}" for row in (ours, real)]
    assert f"FVD {ours} on moving shapes, after an hour" in README
    assert f"other real videos have {real} |" in README


def test_seconds_of_a_step():
    seconds = {row["network"]: row["tfvgan ms"] / 1000 for row in rows("training_step")}
    continuous = rows("generation_step")[0]["tfvgan ms"] / 1000
    said = (
        f"about {continuous:.2f} s with `continuous`, {seconds['dcgan']:.1f} s with `dcgan` and "
        f"{seconds['vgan']:.1f} s with `vgan`"
    )
    assert said in plain(TEXTS["docs/training.md"])
    (cell,) = [
        block for block in blocks(README, "python") if "epochs=40, steps_per_epoch=250" in block
    ]
    assert '"vgan"' in cell and round(seconds["vgan"] * 40 * 250 / 3600) == 3
    assert "this takes three hours, and `epochs=1` five minutes" in README
    assert round(seconds["vgan"] * 250 / 60) == 5


def test_what_fvd_sees():
    fvd = {row["other half"]: row["fvd"] for row in rows("what_fvd_sees", set="shapes")}
    far = {name: f"{fvd[name] - fvd['as it is']:.0f}" for name in fvd}
    said = (
        f"Of the {far['noise']} that lie between real shapes and noise, standing still costs "
        f"{far['first frame']}, and frames in any order cost {far['shuffled']}."
    )
    assert said in plain(TEXTS["docs/metrics.md"])


def test_figures_of_segmentation():
    moving = rows("segment_motion", video="mean", camera="moving")
    ours = next(row["IoU"] for row in moving if row["who"] == "segment_motion")
    others = max(row["IoU"] for row in moving if "ours" not in row["who"] and row["IoU"] != ours)
    said = f"IoU {ours:.2f}, where the best of OpenCV's subtractors and others has {others:.2f} |"
    assert said in README
