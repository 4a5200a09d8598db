"""What is said of the results of restoration in the README and on cards."""

import restoration_table

NUMBERS = dict.fromkeys(("PSNR", "LPIPS", "tOF", "warping error", "VMAF", "VMAF-NEG"), 0.5)
ROWS = [
    {"task": task, "rival": rival, **NUMBERS, "frames/s": 12.34}
    for task, rivals in {
        "x2": ("lanczos", "restore_x2", "restore_x2_fast"),
        "x4": ("lanczos", "restore_x4"),
    }.items()
    for rival in rivals
]


def test_a_row_for_each_and_ours_in_bold():
    table = restoration_table.markdown(ROWS).splitlines()
    assert len(table) == 2 + len(ROWS)
    assert table[2] == "| x2 | lanczos | 0.50 | 0.500 | 0.500 | 500.00 | 0.5 | 0.5 | 12.3 |"
    assert [line.count("**") for line in table[2:]] == [0, 2, 2, 0, 2]


def test_a_card_shows_its_model_and_its_rivals():
    found = restoration_table.of_model(ROWS, "restore_x2_fast")
    assert [row["rival"] for row in found] == ["lanczos", "restore_x2_fast"]
    assert restoration_table.of_model(ROWS, "restore_x8") == []
