"""SHA256SUMS: what sha256sum would say, of what is loaded and there."""

import hashlib
import os
import shutil
import subprocess

import numpy as np
import pytest

from tfvgan.evaluation.models import find_model_videos
from tfvgan.export.tflite import load_tflite
from tfvgan.export.versions import publish_version
from tfvgan.networks import DcganGenerator
from tfvgan.runs import load_sampler
from tfvgan.sums import SUMS, check_sums, renew_sums, write_sums
from tfvgan.tasks import Sampler
from tfvgan.tasks.compression.latent_tables import load_tables


def filled(folder):
    """Writes something like a published folder, whose version has a list of its own."""
    (folder / "1" / "variables").mkdir(parents=True)
    for name in ("generator.json", "README.md", "x.png", "1/saved_model.pb", "1/variables/v"):
        (folder / name).write_text(name)
    write_sums(folder / "1")
    write_sums(folder)
    return folder


def test_a_list_names_what_is_loaded_and_no_more(tmp_path):
    filled(tmp_path)
    digest = hashlib.sha256(b"generator.json").hexdigest()
    assert (tmp_path / SUMS).read_text() == f"{digest}  generator.json\n"
    lines = (tmp_path / "1" / SUMS).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["saved_model.pb", "variables/v"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum")
def test_sha256sum_reads_it(tmp_path):
    filled(tmp_path)
    for folder in (tmp_path, tmp_path / "1"):
        subprocess.run(["sha256sum", "-c", "--strict", SUMS], cwd=folder, check=True)


def test_what_was_changed_is_seen_and_what_is_not_there_is_not_missed(tmp_path):
    version = filled(tmp_path) / "1"
    check_sums(tmp_path / "generator.json")
    check_sums(version)
    (tmp_path / "README.md").write_text("more is said")
    (version / "more.pb").write_text("of someone else")
    check_sums(tmp_path)
    check_sums(version)
    (version / "variables" / "v").write_text("changed")
    with pytest.raises(ValueError, match="`.*/1/variables/v` is not what was written there, by"):
        check_sums(version)
    (version / "variables" / "v").unlink()
    check_sums(version)
    (tmp_path / "generator.json").write_text("{}")
    with pytest.raises(ValueError, match="fetch or make it anew, or remove SHA256SUMS if you"):
        check_sums(tmp_path / "generator.json")
    renew_sums(tmp_path)
    check_sums(tmp_path / "generator.json")


def test_without_a_list_all_is_taken(tmp_path):
    (tmp_path / "generator.json").write_text("{}")
    check_sums(tmp_path / "generator.json")
    check_sums(tmp_path)
    renew_sums(tmp_path)
    assert os.listdir(tmp_path) == ["generator.json"]


def test_a_list_leads_nowhere_and_says_what_sha256sum_does(tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    (tmp_path / "other").write_text("other")
    (folder / "a").write_text("a")
    (folder / SUMS).write_text(f"{'0' * 64}  ../other\n{'0' * 64} */dev/zero\n")
    check_sums(folder)
    for wrong in ("text", f"{'0' * 63}  a\n", b"\xff", b" " * (1 << 20) + b"\n"):
        (folder / SUMS).write_bytes(wrong if isinstance(wrong, bytes) else wrong.encode())
        with pytest.raises(ValueError, match="should be a list of checksums, as sha256sum writes"):
            check_sums(folder / "a")


def test_whoever_loads_something_looks_it_up(tmp_path):
    """A network, what is said of it beside it, tables, a SavedModel, a .tflite file."""
    network = DcganGenerator(frames=2, size=8, width=4)
    network.build()
    Sampler(network, fps=5.0).save(tmp_path / "generator.keras")
    np.savez(tmp_path / "tables.npz", floats=np.zeros(1))

    def write(folder):
        for name in ("saved_model.pb", "x.tflite"):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(b"graph")

    version = publish_version(tmp_path, write)
    write_sums(tmp_path)
    assert load_sampler(tmp_path).fps == 5.0
    loaders = {
        "generator.json": lambda: load_sampler(tmp_path),
        "generator.keras": lambda: load_sampler(tmp_path),
        "tables.npz": lambda: load_tables(tmp_path / "tables.npz"),
        "1/saved_model.pb": lambda: find_model_videos(tmp_path),
        "1/x.tflite": lambda: load_tflite(f"{version}/x.tflite"),
    }
    for name, load in loaders.items():
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content + b" ")
        with pytest.raises(ValueError, match=f"{name}` is not what was written there"):
            load()
        (tmp_path / name).write_bytes(content)
