"""From the names and shapes of the published files to those of networks/frozen."""

import re

import numpy as np

EPSILON = 1e-3  # of I3D's batch normalisation


def i3d(arrays):
    """Returns I3D's weights by variable path, batch normalisation folded into the convolutions.

    `(k * x - mean) / sqrt(var + e) + bias` is the convolution with the kernel
    `k / sqrt(var + e)` and the bias `bias - mean / sqrt(var + e)`: I3D has no scale.

    Args:
        arrays: the published file's, by path.
    """
    weights = {}
    for path, kernel in arrays.items():
        if not path.endswith("/Conv_0/kernel"):
            continue
        published = path.removeprefix("params/").removesuffix("/Conv_0/kernel")
        name = i3d_name(published)
        if name == "logits":
            weights["logits/kernel"] = kernel[0, 0, 0]
            weights["logits/bias"] = arrays["params/Logits/Conv3d_0c_1x1/Conv_0/bias"]
            continue
        mean, variance = (
            arrays[f"batch_stats/{published}/BatchNorm_0/{key}"].reshape(-1).astype("float64")
            for key in ("mean", "var")
        )
        bias = arrays[f"params/{published}/BatchNorm_0/bias"]
        deviation = np.sqrt(variance + EPSILON)
        weights[f"{name}/kernel"] = (kernel / deviation).astype("float32")
        weights[f"{name}/bias"] = (bias - mean / deviation).astype("float32")
    return weights


def i3d_name(published):
    """Returns our name of a published unit, such as mixed_3b/branch_1_reduce."""
    stem = re.fullmatch(r"Conv3d_(\d[a-z])_\dx\d", published)
    if stem:
        return f"conv_{stem[1]}"
    mixed = re.fullmatch(r"(Mixed_\d[a-z])/(Branch_\d)/Conv3d_0([ab])_(\d)x\4", published)
    if mixed:
        # Only the branches 1 and 2 have a second convolution, which is the branch's own then.
        reduces = mixed[3] == "a" and mixed[2] in ("Branch_1", "Branch_2")
        return f"{mixed[1]}/{mixed[2]}{'_reduce' if reduces else ''}".lower()
    return published.split("/")[0].lower()


def lpips_alex(arrays):
    """Returns the weights of LPIPS on AlexNet by variable path."""
    names = [f"conv_{number}" for number in range(1, 6)]
    return convert_lpips(arrays, "AlexNet_0", "alexnet", names)


def lpips_vgg(arrays):
    """Returns the weights of LPIPS on VGG16 by variable path."""
    depths = (2, 2, 3, 3, 3)
    names = [f"conv_{i}_{j}" for i, depth in enumerate(depths, 1) for j in range(1, depth + 1)]
    return convert_lpips(arrays, "VGG16_0", "vgg16", names)


def convert_lpips(arrays, published, backbone, names):
    """Returns the weights of LPIPS by variable path.

    Args:
        arrays: the published file's, by path.
        published: what the backbone is called there.
        backbone: what it is called here.
        names: what its convolutions are called here, in order.
    """
    weights = {}
    for number, name in enumerate(names):
        for part in ("kernel", "bias"):
            weights[f"{backbone}/{name}/{part}"] = arrays[f"{published}/Conv_{number}/{part}"]
    for number in range(5):
        head = arrays[f"NetLinLayer_{number}/Conv_0/kernel"]
        weights[f"head_{number + 1}/kernel"] = head[0, 0]
    return weights


def ffdnet(arrays):
    """Returns FFDNet's weights by variable path.

    The published network has the four pixels of a square beside each other for each colour; ours
    has the three colours beside each other for each pixel.

    Args:
        arrays: the published file's, such as "model.0.weight", `(out, in, rows, columns)`.
    """
    numbers = sorted({int(path.split(".")[1]) for path in arrays})
    colours = np.arange(12).reshape(3, 4).T.ravel()
    weights = {}
    for place, number in enumerate(numbers):
        kernel = arrays[f"model.{number}.weight"].transpose(2, 3, 1, 0)
        bias = arrays[f"model.{number}.bias"]
        if place == 0:
            kernel = kernel[:, :, [*colours, 12]]
        if place == len(numbers) - 1:
            kernel, bias = kernel[..., colours], bias[colours]
        weights |= {f"conv_{place}/kernel": kernel, f"conv_{place}/bias": bias}
    return weights


def basicvsr(arrays):
    """Returns BasicVSR's weights by variable path.

    Where a square of pixels is made of channels, the published network has the four pixels beside
    each other for each channel; ours has the channels beside each other for each pixel.

    Args:
        arrays: the published file's, such as "params/fusion.weight", `(out, in, rows, columns)`.
    """
    weights = {}
    for path, array in arrays.items():
        published, part = path.removeprefix("params/").rsplit(".", 1)
        if part in ("mean", "std"):  # Of colours, which the network knows.
            continue
        if array.ndim == 4:
            array = array.transpose(2, 3, 1, 0)
        if published.startswith("upconv"):
            array = array[..., np.arange(array.shape[-1]).reshape(-1, 4).T.ravel()]
        kind = "kernel" if part == "weight" else part
        weights[f"{basicvsr_name(published)}/{kind}"] = array
    return weights


def basicvsr_name(published):
    """Returns our name of a published layer, such as from_before/block_3_1."""
    level = re.fullmatch(r"spynet\.basic_module\.(\d)\.basic_module\.(\d)", published)
    if level:
        return f"flow/level_{level[1]}_conv_{int(level[2]) // 2}"
    trunk, _, rest = published.partition("_trunk.main.")
    if rest:
        block = re.fullmatch(r"2\.(\d+)\.conv(\d)", rest)
        place = {"forward": "from_before", "backward": "from_after"}[trunk]
        return f"{place}/{f'block_{block[1]}_{block[2]}' if block else 'first'}"
    names = {"conv_hr": "detail", "conv_last": "colours"}
    return names.get(published, published.replace("upconv", "enlarge_"))
