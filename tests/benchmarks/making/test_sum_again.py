"""A folder from before gets its lists: one of the version, one of the rest."""

from benchmarks.making.sum_again import sum_again
from tfvgan.sums import SUMS, check_sums


def test_each_file_is_in_one_list(tmp_path):
    for name in (
        "generator.keras",
        "enlarger/generator.keras",
        "1/saved_model.pb",
        "1/parity.json",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    for _ in range(2):
        sum_again(tmp_path)
        lists = [tmp_path / SUMS, tmp_path / "1" / SUMS]
        named = [[line[66:] for line in path.read_text().splitlines()] for path in lists]
        assert named == [
            ["enlarger/generator.keras", "generator.keras"],
            ["parity.json", "saved_model.pb"],
        ]
        check_sums(tmp_path)
        (tmp_path / "generator.keras").write_text("trained for longer")
