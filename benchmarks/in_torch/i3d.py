"""I3D in PyTorch, with the weights of ours: the reference of the FVD benchmark."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

# Of each Inception module: the single branch, two reduced ones, and the pooled one.
MODULES = {
    "mixed_3b": (64, (96, 128), (16, 32), 32),
    "mixed_3c": (128, (128, 192), (32, 96), 64),
    "pool_4a": ((3, 3, 3), (2, 2, 2)),
    "mixed_4b": (192, (96, 208), (16, 48), 64),
    "mixed_4c": (160, (112, 224), (24, 64), 64),
    "mixed_4d": (128, (128, 256), (24, 64), 64),
    "mixed_4e": (112, (144, 288), (32, 64), 64),
    "mixed_4f": (256, (160, 320), (32, 128), 128),
    "pool_5a": ((2, 2, 2), (2, 2, 2)),
    "mixed_5b": (256, (160, 320), (32, 128), 128),
    "mixed_5c": (384, (192, 384), (48, 128), 128),
}


def same(x, extent, strides, value=0.0):
    """Returns `x` padded as TensorFlow does: more at the end where the sides can't be equal."""
    sides = []
    for size, k, s in zip(x.shape[2:], extent, strides):
        total = max(k - s if size % s == 0 else k - size % s, 0)
        sides = [total // 2, total - total // 2, *sides]
    return F.pad(x, sides, value=value) if any(sides) else x


class Convolution(nn.Module):
    """Convolution and ReLU. Odd extents at stride 1 are padded by the convolution itself."""

    def __init__(self, inputs, filters, extent, strides=1):
        super().__init__()
        padding = extent // 2 if strides == 1 else 0
        self.convolution = nn.Conv3d(inputs, filters, extent, strides, padding)
        self.extent, self.strides = (extent,) * 3, (strides,) * 3

    def forward(self, x):
        if self.strides[0] > 1:
            x = same(x, self.extent, self.strides)
        return F.relu_(self.convolution(x))


class Pool(nn.Module):
    """The maximum."""

    def __init__(self, extent, strides):
        super().__init__()
        self.extent, self.strides = extent, strides

    def forward(self, x):
        # Behind a ReLU nothing is below zero, so zeros at the sides change no maximum.
        return F.max_pool3d(same(x, self.extent, self.strides), self.extent, self.strides)


class Inception(nn.Module):
    """Four branches, side by side."""

    def __init__(self, inputs, single, double, second_double, pooled):
        super().__init__()
        self.branch_0 = Convolution(inputs, single, 1)
        self.branch_1_reduce = Convolution(inputs, double[0], 1)
        self.branch_1 = Convolution(double[0], double[1], 3)
        self.branch_2_reduce = Convolution(inputs, second_double[0], 1)
        self.branch_2 = Convolution(second_double[0], second_double[1], 3)
        self.pool = Pool((3, 3, 3), (1, 1, 1))
        self.branch_3 = Convolution(inputs, pooled, 1)

    def forward(self, x):
        branches = (
            self.branch_0(x),
            self.branch_1(self.branch_1_reduce(x)),
            self.branch_2(self.branch_2_reduce(x)),
            self.branch_3(self.pool(x)),
        )
        return torch.cat(branches, 1)


class I3D(nn.Module):
    """Maps float32 `(batch, 3, frames, 224, 224)` in [-1, 1] to logits `(batch, 400)`."""

    def __init__(self):
        super().__init__()
        self.conv_1a = Convolution(3, 64, 7, 2)
        self.pool_2a = Pool((1, 3, 3), (1, 2, 2))
        self.conv_2b = Convolution(64, 64, 1)
        self.conv_2c = Convolution(64, 192, 3)
        self.pool_3a = Pool((1, 3, 3), (1, 2, 2))
        channels = 192
        for name, shape in MODULES.items():
            if name.startswith("pool"):
                self.add_module(name, Pool(*shape))
            else:
                self.add_module(name, Inception(channels, *shape))
                channels = shape[0] + shape[1][1] + shape[2][1] + shape[3]
        self.logits = nn.Linear(channels, 400)

    def forward(self, x):
        for name, stage in self.named_children():
            if name != "logits":
                x = stage(x)
        return self.logits(F.avg_pool3d(x, (2, 7, 7), 1).mean((2, 3, 4)))


def i3d(weights, layout):
    """Returns the network with these weights.

    Args:
        weights: `{path of the Keras variable: array}`.
        layout: "contiguous" or "channels_last".
    """
    network = I3D().eval()
    state = {}
    for path, array in weights.items():
        *names, part = path.split("/")
        tensor = torch.tensor(array)
        if names[0] != "logits":
            names.append("convolution")
        if part == "kernel":
            last = tensor.ndim - 1
            tensor = tensor.permute(last, last - 1, *range(last - 1)).contiguous()
        state[".".join([*names, {"kernel": "weight"}.get(part, part)])] = tensor
    network.load_state_dict(state)
    if layout == "channels_last":
        network = network.to(memory_format=torch.channels_last_3d)
    return network


def extractor(weights, layout):
    """Returns a function: uint8 `(n, frames, h, w, 3)` to logits `(n, 400)`, float32 arrays."""
    network = i3d(weights, layout)

    @torch.inference_mode()
    def features(videos):
        x = torch.tensor(videos).flatten(0, 1).permute(0, 3, 1, 2).float()
        x = F.interpolate(x, (224, 224), mode="bilinear", align_corners=False) / 127.5 - 1
        x = x.unflatten(0, videos.shape[:2]).transpose(1, 2)
        if layout == "channels_last":
            x = x.contiguous(memory_format=torch.channels_last_3d)
        return network(x.contiguous() if layout == "contiguous" else x).numpy()

    return features
