"""The networks of the preset "continuous" in PyTorch, layer by layer, and the same training step.

Modules are made in the order in which `tfvgan.networks.continuous` builds its layers, so that
weights can be copied one after the other.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from benchmarks.in_torch.peers import descend

SLOPE, GAIN = 0.2, 2.0**0.5

# As TensorFlow does: tiny gradients would cost many times the time otherwise.
torch.set_flush_denormal(True)


def leaky(x):
    """Returns leaky ReLU of slope 0.2."""
    return functional.leaky_relu(x, SLOPE)


class MotionPath(nn.Module):
    """`tfvgan.layers.MotionPath`: a spline through noise at anchors, waves, and a clock."""

    def __init__(self, layer):
        super().__init__()
        self.spacing, self.clip = layer["spacing"], layer["clip"]
        self.control = nn.Conv1d(layer["width"], layer["width"], 3)
        self.phase = nn.Linear(layer["width"], layer["waves"])
        self.register_buffer("turns", torch.tensor([s / (2 * math.pi) for s in layer["speeds"]]))

    def forward(self, noise, times):
        control = self.control(noise.transpose(1, 2)).transpose(1, 2)
        places = times / self.spacing
        places = places - places[:, :1].floor()
        far = (places[..., None] + 0.5 - torch.arange(control.shape[1])).abs()
        weights = 0.5 * (1.5 - far).relu().square() - 1.5 * (0.5 - far).relu().square()
        path = weights @ control
        angle = 2 * math.pi * (times[..., None] * self.turns).frac()
        waves = (angle + math.pi * self.phase(path)).sin()
        angle = 2 * math.pi * (times / (2 * self.clip)).frac()[..., None]
        angles = torch.cat([angle, 2 * angle], dim=-1)
        return torch.cat([path, waves, angles.sin(), angles.cos()], dim=-1)


class MovingWaves(nn.Module):
    """`tfvgan.layers.MovingWaves`: waves over the plane that motion shifts and stretches."""

    def __init__(self, inputs, layer):
        super().__init__()
        self.groups, self.each = layer["groups"], layer["channels"] // layer["groups"]
        self.part, stretch = layer["part"], layer["stretch"]
        self.register_buffer("strength", torch.tensor([1.0, 1.0, stretch, stretch]))
        self.frequency = nn.Parameter(torch.zeros(2, layer["channels"]))
        self.phase = nn.Parameter(torch.zeros(layer["channels"]))
        self.fading = nn.Parameter(torch.zeros(layer["channels"]))
        self.transform = nn.Linear(inputs, 4 * (self.groups - 1))
        place = (torch.arange(layer["side"]) + 0.5) * (2 / layer["side"]) - 1
        self.register_buffer("place", place)

    def forward(self, motion):
        moved = self.transform(motion).unflatten(1, (self.groups - 1, 4)) * self.strength
        body = moved[:, :1]
        moved = torch.cat([body, body + self.part * moved[:, 1:], torch.zeros_like(body)], dim=1)
        moved = moved.repeat_interleave(self.each, dim=1)[..., None]
        at = [(1 + moved[:, :, 2 + n]) * self.place + moved[:, :, n] for n in range(2)]
        angle = [self.frequency[n][:, None] * at[n] for n in range(2)]
        fade = [(-self.fading.exp()[:, None] * s.square()).exp() for s in at]
        angle = angle[0][..., None] + angle[1][:, :, None] + self.phase[:, None, None]
        return angle.sin() * (fade[0][..., None] * fade[1][:, :, None])


class ModulatedConv(nn.Module):
    """`tfvgan.layers.ModulatedConv`: styles on what goes in and out, unit size between them."""

    def __init__(self, style, inputs, outputs, side):
        super().__init__()
        self.kernel = nn.Parameter(torch.zeros(outputs, inputs, side, side))
        self.scale = nn.Linear(style, inputs)
        self.shift = nn.Linear(style, outputs)

    def forward(self, x, style):
        scale = self.scale(style)
        shrink = (scale.square() @ self.kernel.square().sum((2, 3)).T + 1e-8).rsqrt()
        y = functional.conv2d(x * scale[..., None, None], self.kernel, padding="same")
        return leaky(GAIN * (y * shrink[..., None, None] + self.shift(style)[..., None, None]))


class Backdrop(nn.Module):
    """`tfvgan.layers.Backdrop`: a learned constant that styled convolutions enlarge."""

    def __init__(self, style, channels):
        super().__init__()
        self.constant = nn.Parameter(torch.zeros(1, channels[0], 4, 4))
        self.gain = nn.Parameter(torch.zeros(channels[-1]))
        pairs = zip([channels[0], *channels], channels)
        self.convs = nn.ModuleList([ModulatedConv(style, *pair, 3) for pair in pairs])

    def forward(self, style):
        x = self.constant.expand(len(style), -1, -1, -1)
        for level, conv in enumerate(self.convs):
            x = conv(doubled(x) if level else x, style)
        return x * self.gain[:, None, None]


class Generator(nn.Module):
    """`tfvgan.networks.ContinuousGenerator`; returns `(batch * k, 3, size, size)`.

    Args:
        given: dict of the network's numbers, and of its layers'.
    """

    def __init__(self, settings):
        super().__init__()
        code, channels = 2 * settings["latent_dim"], settings["channels"]
        self.colors = settings["colors"]
        self.content = nn.ModuleList(
            [nn.Linear(settings["latent_dim"], code), nn.Linear(code, code)]
        )
        self.journey = MotionPath(settings["path"])
        walked = settings["path"]["width"] + settings["path"]["waves"] + 4
        self.motion = nn.ModuleList([nn.Linear(walked + code, 128), nn.Linear(128, 128)])
        self.plane = MovingWaves(128, settings["plane"])
        self.backdrop = Backdrop(code, settings["backdrop"])
        points = [settings["plane"]["channels"], *settings["points"]]
        pairs = zip(points, points[1:])
        self.points = nn.ModuleList([ModulatedConv(code, *pair, 1) for pair in pairs])
        pairs = zip([points[-1], *channels], channels)
        self.convs = nn.ModuleList([ModulatedConv(code, *pair, 3) for pair in pairs])
        self.mixture = nn.Conv2d(channels[-1], self.colors, 3, padding=1)
        self.palette = nn.Linear(code, 3 * self.colors)

    def forward(self, latents, motion, times):
        code = latents
        for layer in self.content:
            code = leaky(layer(code))
        palette = self.palette(code).tanh().unflatten(1, (self.colors, 3))
        path = self.journey(motion, times)
        style = code[:, None].expand(-1, path.shape[1], -1)
        moved = torch.cat([path, style], dim=-1)
        for layer in self.motion:
            moved = leaky(layer(moved))
        style = style.flatten(0, 1)
        x = self.plane(moved.flatten(0, 1))
        for point in self.points:
            x = point(x, style)
        x = (x.unflatten(0, (-1, path.shape[1])) + self.backdrop(code)[:, None]).flatten(0, 1)
        for level, conv in enumerate(self.convs):
            x = conv(doubled(x) if level else x, style)
        shares = self.mixture(doubled(x)).softmax(dim=1)
        palette = palette.repeat_interleave(path.shape[1], dim=0)
        return torch.einsum("nkhw,nkc->nchw", shares, palette)


def doubled(x):
    """Returns features of twice the extent, bilinear between the centres of pixels."""
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def with_deviation(x):
    """Returns features with the batch's mean deviation as one channel more."""
    deviation = (x.var(dim=0, correction=0) + 1e-8).sqrt().mean()
    return torch.cat([x, deviation.expand_as(x[:, :1])], dim=1)


class Discriminator(nn.Module):
    """`tfvgan.networks.ContinuousDiscriminator`; reads `(batch * k, 3, size, size)`.

    Args:
        given: dict of the network's numbers.
    """

    def __init__(self, settings):
        super().__init__()
        self.samples, self.frames = settings["samples"], settings["frames"]
        channels = settings["channels"]
        last = channels[-1]
        self.stem = nn.Conv2d(3, channels[0], 3, padding=1)
        pairs = zip(channels, channels[1:])
        self.downs = nn.ModuleList([nn.Conv2d(*pair, 4, 2, 1) for pair in pairs])
        self.frame_conv = nn.Conv2d(last, last, 3, padding=1)
        self.frame_head = nn.Linear(8 * 8 * (last + 1), 1)
        self.join = nn.Conv2d(last * self.samples, 2 * last, 3, padding=1)
        self.hidden = nn.Linear(3 * self.samples - 2, 64)
        self.places = nn.Linear(64, 4 * last)
        self.joint = nn.Conv2d(2 * last + 1, 2 * last, 4, 2, 1)
        self.head = nn.Linear(4 * 4 * 2 * last, 1)

    def forward(self, video, times):
        x = leaky(self.stem(video))
        for down in self.downs:
            x = leaky(down(x))
        x = leaky(self.frame_conv(x))
        alone = self.frame_head(with_deviation(x).flatten(1)).reshape(-1, self.samples)
        x = x.unflatten(0, (-1, self.samples))
        x = torch.cat([x[:, :1], x[:, 1:] - x[:, :-1]], dim=1).flatten(1, 2)
        scale, shift = self.code(times)[..., None, None].chunk(2, dim=1)
        x = leaky(self.join(x) * (1 + scale) + shift)
        x = leaky(self.joint(with_deviation(x)))
        return torch.cat([self.head(x.flatten(1)), alone.mean(1, keepdim=True)], dim=1)

    def code(self, times):
        """Returns the code of times and of the gaps between them."""
        gaps = times[:, 1:] - times[:, :-1]
        features = [(1 + gaps).log(), 1 / (1 + gaps), 2 * times / self.frames - 1]
        return self.places(leaky(self.hidden(torch.cat(features, dim=1))))


def copy_weights(network, weights):
    """Gives a network the weights of tfvgan's, a list of arrays in the order of its layers."""
    parameters = list(network.named_parameters())
    if len(parameters) != len(weights):
        raise ValueError(f"{len(parameters)} tensors cannot take {len(weights)} arrays.")
    for (name, parameter), array in zip(parameters, weights):
        value = torch.tensor(array)
        if name.endswith("head.weight"):  # Flattened rows, columns, channels there.
            side = {"frame_head.weight": 8, "head.weight": 4}[name]
            value = value.reshape(side, side, -1).permute(2, 0, 1).reshape(1, -1)
        elif name.endswith("constant"):
            value = value.permute(0, 3, 1, 2)
        elif value.ndim == 4:
            value = value.permute(3, 2, 0, 1)
        elif value.ndim == 3:
            value = value.permute(2, 1, 0)
        elif name.endswith("weight"):
            value = value.T
        if value.shape != parameter.shape:
            raise ValueError(f"{name} is {tuple(parameter.shape)}, not {tuple(value.shape)}.")
        parameter.data.copy_(value)


class Game:
    """The step of `tfvgan.engine.AdversarialModel` as the preset is compiled.

    Args:
        players: generator, discriminator, and a second generator that follows the first.
        given: dict of what the preset is compiled with.
    """

    def __init__(self, players, settings):
        self.generator, self.discriminator, self.average = players
        self.settings, self.steps = settings, 0
        self.optimizers = [
            torch.optim.Adam(player.parameters(), adam["rate"], adam["betas"], eps=adam["eps"])
            for player, adam in zip(players, (settings["adam of G"], settings["adam of D"]))
        ]

    def step(self, real, times):
        """Returns what one step on the moments of real videos logs.

        Args:
            real: float32 `(batch * k, 3, size, size)`.
            times: float32 `(batch, k)`.
        """
        count, settings = len(times), self.settings
        # One start for all moments of a video: an endless time is cut into clips.
        start = torch.randint(settings["longest"], (count, 1)) * settings["clip"]
        motion = torch.randn(count, settings["anchors"], settings["motion_dim"])
        fake = self.generator(torch.randn(count, settings["latent_dim"]), motion, times + start)
        lazy = self.steps % settings["every"] == 0
        real = real.detach().requires_grad_(lazy)
        real_logits = self.discriminator(real, times)
        fake_logits = self.discriminator(fake.detach(), times)
        d_loss = functional.softplus(-real_logits).mean() + functional.softplus(fake_logits).mean()
        penalty = torch.zeros(())
        if lazy:
            (slope,) = torch.autograd.grad(real_logits.sum(), real, create_graph=True)
            # It counts for the steps that leave it out.
            penalty = settings["every"] * settings["gamma"] / 2 * slope.square().sum() / count
        d_norm = descend(self.optimizers[1], d_loss + penalty, self.discriminator)
        g_loss = functional.softplus(-self.discriminator(fake, times)).mean()
        g_norm = descend(self.optimizers[0], g_loss, self.generator)
        # As in the engine: at first the average is near the generator, which is random then.
        decay = min(settings["decay"], (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            pair = [list(network.parameters()) for network in (self.average, self.generator)]
            torch._foreach_lerp_(*pair, 1 - decay)
        self.steps += 1
        logs = (d_loss, g_loss, penalty, real_logits.mean(), fake_logits.mean(), d_norm, g_norm)
        return [log.item() for log in logs]
