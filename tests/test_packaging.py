"""What `pip install .` promises: metadata that agrees with the tree, the package, the command."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import tfvgan
from tfvgan.sums import write_sums

ROOT = Path(__file__).resolve().parent.parent
LOADED = ("generator.keras", "generator.json", "enlarger/generator.keras")


def run(*command, **options):
    """Returns the output of a command, which must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_folder_with_code_is_a_package():
    """setuptools leaves out folders without an __init__.py, and with them their modules."""
    folders = {path.parent for path in (ROOT / "tfvgan").rglob("*.py")}
    assert all((folder / "__init__.py").is_file() for folder in folders)


def test_ci_calls_the_script_that_everyone_can_run():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert re.findall(r"- run: (.*)", workflow) == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_make_target_is_explained():
    """`make help` lists every target that is a command."""
    text = (ROOT / "Makefile").read_text()
    commands = set(re.search(r"\.PHONY: (.*)", text)[1].split())
    listed = run("make", "help", cwd=ROOT)
    assert commands == set(re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE))


def test_the_command_is_installed():
    """`tfvgan --help` names every verb."""
    command = Path(sysconfig.get_path("scripts")) / "tfvgan"
    text = run(str(command), "--help")
    for verb in ("train", "evaluate", "generate", "weights", "export", "prepare", "demo", "doctor"):
        assert verb in text


def test_help_imports_neither_tfvgan_nor_tensorflow():
    """The command line answers at once."""
    code = (
        "import sys, tfvgan_cli.main as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'tfvgan', 'tensorflow', 'keras', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run(sys.executable, "-c", code)


def test_import_is_lean():
    """What only some need is not imported with tfvgan; tensorflow itself may bring it."""
    code = (
        "import sys, tensorflow; before = set(sys.modules)\n"
        "import tfvgan\n"
        "lazy = {'tensorflow_io', 'av', 'matplotlib', 'ai_edge_litert', 'tqdm'}\n"
        "more = lazy & (set(sys.modules) - before)\n"
        "assert not more, more"
    )
    run(sys.executable, "-c", code)


def test_public_names_exist():
    """Everything in __all__ can be had."""
    assert tfvgan.__all__
    for name in tfvgan.__all__:
        assert hasattr(tfvgan, name), name


@pytest.fixture
def clone(tmp_path):
    """A folder `tfvgan` that is built by setup.py: a package of few files, and one model."""
    folder = tmp_path / "parent" / "tfvgan"
    files = {
        "tfvgan/__init__.py": "",
        "tfvgan/version.py": '__version__ = "1.2.3"\n',
        "tfvgan/coding/__init__.py": "",
        "tfvgan/coding/heads.npz": "numbers",
        "tfvgan/serving/__init__.py": "",
        "tfvgan/serving/server/__init__.py": "",
        "tfvgan/serving/server/page/index.html": "page",
        "tfvgan/cli/__init__.py": "",
        "tfvgan/cli/main.py": "from . import other\n",
        "tfvgan/cli/other.py": "",
        "saved_models/README.md": "all of them",
        **{f"saved_models/generate_toy/{name}": name for name in ("README.md", "strip.png")},
        **{f"saved_models/generate_toy/{name}": name for name in LOADED},
        "saved_models/generate_toy/1/saved_model.pb": "for servers",
        "tests/test_toy.py": "",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    write_sums(folder / "saved_models" / "generate_toy" / "1")
    write_sums(folder / "saved_models" / "generate_toy")
    for name in ("setup.py", "pyproject.toml", "MANIFEST.in", "README.md", "tfvgan_cli.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def built(clone, what, out):
    """Returns the archive that a front end such as pip has built of a clone."""
    pytest.importorskip("wheel")
    code = f"from setuptools import build_meta; build_meta.build_{what}({str(out)!r})"
    run(sys.executable, "-c", code, cwd=clone)
    (archive,) = out.iterdir()
    return archive


def inside(wheel):
    """Returns what is in a wheel, bytes by names."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree_of(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_wheel_has_the_package_its_other_name_and_of_models_what_is_loaded(clone, tmp_path):
    before = tree_of(clone)
    found = inside(built(clone, "wheel", tmp_path / "wheel"))
    assert tree_of(clone) == before
    names = {name for name in found if ".dist-info/" not in name}
    models = {f"tfvgan/saved_models/generate_toy/{name}" for name in (*LOADED, "README.md")}
    models.add("tfvgan/saved_models/generate_toy/SHA256SUMS")
    assert {name for name in names if "saved_models" in name} == models
    code = {path.relative_to(clone).as_posix() for path in (clone / "tfvgan").rglob("*.*")}
    assert names - models == code | {"tfvgan_cli.py"}
    (told,) = [text.decode() for name, text in found.items() if name.endswith("/METADATA")]
    assert "\nVersion: 1.2.3\n" in told and "\nSummary: From a folder of videos" in told


@pytest.mark.slow
def test_what_lay_there_from_before_does_not_come_along(clone, tmp_path):
    """Not what an older setup.py has built in the tree, nor what has been deleted since."""
    for name in ("build/lib/tfvgan/gone.py", "tfvgan.egg-info/SOURCES.txt"):
        (clone / name).parent.mkdir(parents=True)
        (clone / name).write_text("tests/test_toy.py\n")
    first = inside(built(clone, "wheel", tmp_path / "first"))
    shutil.rmtree(clone / "saved_models" / "generate_toy")
    (clone / "tfvgan" / "cli" / "other.py").unlink()
    gone = set(first) - set(inside(built(clone, "wheel", tmp_path / "second")))
    assert "tfvgan/gone.py" not in first
    assert gone == {"tfvgan/cli/other.py", *(name for name in first if "generate_toy" in name)}
    assert "test_toy" not in str(tree_of(unpacked(built(clone, "sdist", tmp_path / "source"))))


def unpacked(archive):
    """Returns the folder with what is in a source archive."""
    shutil.unpack_archive(archive, archive.parent, filter="data")
    return next(path for path in archive.parent.iterdir() if path.is_dir())


@pytest.mark.slow
def test_a_wheel_of_the_source_archive_is_the_trees(clone, tmp_path):
    wheel = inside(built(clone, "wheel", tmp_path / "wheel"))
    source = unpacked(built(clone, "sdist", tmp_path / "source"))
    assert inside(built(source, "wheel", tmp_path / "again")) == wheel


def test_an_editable_install_is_a_path_and_is_found_beside_the_clone(clone, tmp_path):
    """A finder of setuptools comes last: a script beside the clone would find the folder first."""
    place = tmp_path / "site"
    shutil.unpack_archive(built(clone, "editable", tmp_path / "wheel"), place, "zip")
    (path,) = [name for name in os.listdir(place) if not name.endswith(".dist-info")]
    assert (place / path).read_text().strip() == str(clone)
    code = (
        f"import site, sys; sys.path.insert(0, ''); site.addsitedir({str(place)!r})\n"
        "import tfvgan_cli.main; assert 'tfvgan' not in sys.modules\n"
        "import tfvgan; print(tfvgan.__file__, tfvgan_cli.main.__file__)"
    )
    for folder in (clone.parent, clone, tmp_path):
        found = run(sys.executable, "-I", "-S", "-c", code, cwd=folder).split()
        assert found == [f"{clone}/tfvgan/__init__.py", f"{clone}/tfvgan/cli/main.py"]


def test_the_package_is_found_beside_a_folder_of_its_name(tmp_path):
    """As this environment has it installed."""
    (tmp_path / "tfvgan").mkdir()
    code = "import importlib.util as u; print(u.find_spec('tfvgan').origin)"
    assert run(sys.executable, "-c", code, cwd=tmp_path).strip() == tfvgan.__file__


def test_what_is_said_of_the_package_is_said_once():
    """setup.py and CITATION.cff name the same people, licence and keywords."""
    cited = (ROOT / "CITATION.cff").read_text()
    said = (ROOT / "setup.py").read_text()
    for text in re.findall(r"- name: (.*)|license: (.*)", cited):
        assert f'"{"".join(text)}"' in said
    words = re.findall(r"^  - (?!name)(.*)$", cited, re.MULTILINE)
    assert len(words) > 3 and ", ".join(words) in re.sub(r'"\n +"', "", said)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_pip_install_alone_gives_the_package_and_the_command(tmp_path):
    """A plain `pip install .` into a fresh environment, used from another folder."""
    before = set(os.listdir(ROOT))
    run(sys.executable, "-m", "venv", str(tmp_path / "venv"))
    bin = tmp_path / "venv" / "bin"
    run(str(bin / "python"), "-m", "pip", "install", "--quiet", str(ROOT))
    assert not {"build", "dist", "tfvgan.egg-info"} & (set(os.listdir(ROOT)) - before)
    elsewhere = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": ""}}
    where = run(str(bin / "python"), "-c", "import tfvgan; print(tfvgan.__file__)", **elsewhere)
    assert str(tmp_path / "venv") in where

    def say(line):
        return run(str(bin / "tfvgan"), *line.split(), **elsewhere)

    assert "train" in say("--help")
    assert "tensorflow" in say("doctor")
    say("generate people --frames 4 -o people.mp4")
    say("restore people.mp4 -o larger.mp4 --task x2_fast")
    say("compress people.mp4 -o small.tvg")
    say("decompress small.tvg -o back.mp4")
    say("export restore_x2_fast served")
    run(str(bin / "python"), "-m", "pip", "check", **elsewhere)
