"""The card: what is known is said, and what it tells one to type is what there is."""

import json
import shlex

import pytest
from tfvgan_cli.main import make_parser

from tfvgan.runs import Settings, card


def test_the_command_is_one_that_the_command_line_takes(tmp_path):
    given = {"network": "continuous", "conditional": True, "learning_rate": 1e-3, "frames": 32}
    settings = Settings.make("/far/away/my videos", {**given, "cache": "/somewhere"})
    words = shlex.split(card.command(settings, tmp_path))
    assert words[:3] == ["tfvgan", "train", "my videos"]
    args = vars(make_parser().parse_args(words[1:]))
    assert {name: args[name] for name in given} == given
    assert "cache" not in args and "size" not in args
    mending = {"network": "restorer", "recipes": ["noisy", "old"], "detail": "/far/away/first"}
    command = card.command(Settings.make("videos", mending), tmp_path)
    args = vars(make_parser().parse_args(shlex.split(command)[1:]))
    assert args["recipes"] == ["noisy", "old"] and args["detail"] == "runs/first"
    cutting = {"network": "segmenter", "masks": "/far/masks", "cutouts": "/far/people"}
    command = card.command(Settings.make("videos", cutting), tmp_path)
    args = vars(make_parser().parse_args(shlex.split(command)[1:]))
    assert (args["masks"], args["cutouts"]) == ("masks", "people")  # Which are no runs.


def test_examples_name_files_that_were_kept(tmp_path):
    (tmp_path / "1").mkdir()
    for name, size in (("a-float32", 9), ("a-float16", 5), ("a-int8", 3), ("b-dynamic", 2)):
        (tmp_path / "1" / f"{name}.tflite").write_bytes(bytes(size))
    uses = ['open("m/1/a-dynamic.tflite")', 'open("m/1/b-dynamic.tflite")', "c-int8.tflite"]
    card.write_card(tmp_path, "m", {"a.png": "a"}, {}, "", uses)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    for use in ('open("m/1/a-float16.tflite")', uses[1], uses[2]):
        assert f"\n{use}\n" in text


def test_scores_are_a_row_each(tmp_path):
    lines = [
        {
            "name": "fvd_i3d",
            "value": 44.71,
            "interval": [40.0, 50.0],
            "real": None,
            "better": "lower",
        },
        {"name": "motion", "value": 1.5, "interval": None, "real": 1.25},
    ]
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert card.score_table(path).splitlines()[2:] == [
        "| `fvd_i3d` | 44.71 | 40 to 50 |  | lower |",
        "| `motion` | 1.5 |  | 1.25 |  |",
    ]


@pytest.mark.parametrize("line", ["", "{", "[]", "{}", '{"name": "x", "value": "high"}'])
def test_what_is_no_score_is_one_sentence(line, tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_text('{"name": "motion", "value": 1.5}\n' + line + "\n")
    with pytest.raises(ValueError, match="Line 2 of .* should be a score of `tfvgan evaluate`"):
        card.score_table(path)


def test_the_sizes_are_those_of_the_files(tmp_path):
    for name, size in (("1/variables/a", 1000), ("1/saved_model.pb", 2000), ("1/x.tflite", 600)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    rows = card.file_table(tmp_path).splitlines()[2:]
    assert rows == ["| `1/ SavedModel` | 0.003 |", "| `1/x.tflite` | 0.001 |", "| all | 0.004 |"]


def test_the_commit_is_known_where_there_is_a_repository():
    commit = card.commit()
    assert commit is None or (len(commit) == 40 and int(commit, 16))
