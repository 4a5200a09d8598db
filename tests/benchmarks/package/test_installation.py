"""What is counted are the bytes of files, however deep they lie."""

import os

from benchmarks.package import installation


def test_links_of_other_files_and_folders_take_nothing_more(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "large").write_bytes(bytes(2_500_000))
    (tmp_path / "small").write_bytes(bytes(500_000))
    os.symlink("a/b/large", tmp_path / "link")
    assert 3.0 <= installation.megabytes(tmp_path.rglob("*")) < 3.001
