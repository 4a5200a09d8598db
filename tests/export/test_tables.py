import json

from tfvgan.export import format_both, format_quality, format_table, write_table
from tfvgan.export.parity import Parity


def row(target, maximum, mean=0.0, lost=0.0):
    return Parity(target, maximum, mean, 1_500_000, 2.5, agreement=47.0, unit="dB", lost=lost)


def test_what_is_lost_is_a_table_of_its_own():
    told = format_quality([row("keras", 0.0), row("int8", 0.5, lost=0.27)])
    assert told.splitlines()[2:] == ["| generate | int8 | 47.0 dB | 0.27 dB of 35 |"]
    mask = row("dynamic", 0.5)._replace(agreement=0.9987, unit="IoU", lost=0.13)
    assert format_quality([mask]).splitlines()[-1].endswith("| IoU 0.9987 | 0.13 % |")
    assert format_both([mask]) == f"{format_table([mask])}\n\n{format_quality([mask])}"
    old = [Parity("int8", 0.5, 0.1, 9, 2.5)]
    assert format_quality(old) == "" and format_both(old) == format_table(old)


def test_what_was_left_out_is_said_below():
    said = format_both([row("int8", 0.5)], ["the int8 export may not", "nor the other"])
    assert said.endswith("\n\nLeft out: the int8 export may not.\nLeft out: nor the other.")


def test_the_table_is_readable_and_written(tmp_path):
    rows = [row("int8", 0.25, 0.003)]
    assert (
        "| generate | int8 | 2.5e-01 | 3.0e-03 | 1.50 MB | 2.5 ms |"
        in format_table(rows).splitlines()
    )
    path = write_table(rows, tmp_path / "parity.json", left_out=["the int8 export may not"])
    content = json.loads((tmp_path / "parity.json").read_text())
    assert path == str(tmp_path / "parity.json")
    assert content["scale"] == "[-1, 1]" and content["left_out"] == ["the int8 export may not"]
    assert content["rows"] == [rows[0]._asdict()]
    assert content["allowed"]["float32"] == {"max_difference": 1e-3, "mean_difference": 1e-5}


def test_what_was_not_timed_has_no_time():
    row = Parity("int8", 0.1, 0.01, 2_000_000, None, "score")
    assert "| 2.00 MB |  |" in format_table([row])
    assert "| 2.00 MB | 0.0 ms |" in format_table([row._replace(milliseconds=0.0)])
