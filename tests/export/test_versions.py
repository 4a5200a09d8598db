import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tfvgan.export import versions


def write(folder, text="whole"):
    Path(folder, "model").write_text(text)


def test_versions_count_from_1_past_the_largest(tmp_path):
    assert versions.next_version(tmp_path / "none") == 1
    for name in ("2", "10", ".3", "x4", "5.bak"):
        (tmp_path / name).mkdir()
    assert versions.next_version(tmp_path) == 11


def test_a_version_is_written_and_those_before_it_are_kept(tmp_path):
    path = tmp_path / "models" / "x"
    first = versions.publish_version(path, lambda folder: write(folder, "first"))
    second = versions.publish_version(path, lambda folder: write(folder, "second"))
    assert [first, second] == [str(path / "1"), str(path / "2")]
    assert sorted(os.listdir(path)) == ["1", "2"]
    assert Path(first, "model").read_text() == "first"
    assert os.stat(second).st_mode & 0o777 == 0o755


def test_a_failed_write_leaves_nothing(tmp_path):
    def fail(folder):
        write(folder)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        versions.publish_version(tmp_path, fail)
    assert os.listdir(tmp_path) == []


def test_a_killed_write_leaves_no_version(tmp_path):
    code = (
        "import importlib.util, pathlib, sys, time\n"
        f"spec = importlib.util.spec_from_file_location('versions', {versions.__file__!r})\n"
        "versions = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(versions)\n"
        "def write(folder):\n"
        "    pathlib.Path(folder, 'saved_model.pb').write_text('half')\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "versions.publish_version(sys.argv[1], write)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "writing\n"
        process.send_signal(signal.SIGKILL)
    assert not [name for name in os.listdir(tmp_path) if not name.startswith(".")]
    assert versions.publish_version(tmp_path, write) == str(tmp_path / "1")
    assert os.listdir(tmp_path) == ["1"], "what the killed one left is removed"


def test_writers_at_once_get_a_version_each(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: versions.publish_version(tmp_path, write), range(16)))
    assert sorted(int(Path(path).name) for path in paths) == list(range(1, 17))


def test_a_file_is_no_folder_for_versions(tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(ValueError, match="must be a folder for versions, but .* is a file"):
        versions.publish_version(tmp_path / "x", write)
    assert (tmp_path / "x").read_text() == "mine"
