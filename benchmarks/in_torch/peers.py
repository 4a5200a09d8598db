"""The networks of tfvgan.networks in PyTorch, layer by layer, and the same training step."""

import itertools

import torch
from torch import nn
from torch.nn import functional

SLOPE = 0.2

# As TensorFlow does: without it the vgan's step is 4 times slower as soon as gradients get tiny.
torch.set_flush_denormal(True)


def up(inputs, outputs, dims):
    """Returns transposed convolution, batch normalisation, ReLU: twice the extents."""
    conv = {2: nn.ConvTranspose2d, 3: nn.ConvTranspose3d}[dims]
    norm = {2: nn.BatchNorm2d, 3: nn.BatchNorm3d}[dims]
    return nn.Sequential(conv(inputs, outputs, 4, 2, 1, bias=False), norm(outputs), nn.ReLU())


def down(inputs, outputs, dims, normalize):
    """Returns convolution, batch normalisation, leaky ReLU: half the extents."""
    conv = {2: nn.Conv2d, 3: nn.Conv3d}[dims](inputs, outputs, 4, 2, 1, bias=not normalize)
    norm = [{2: nn.BatchNorm2d, 3: nn.BatchNorm3d}[dims](outputs)] if normalize else []
    return nn.Sequential(conv, *norm, nn.LeakyReLU(SLOPE))


def dense(inputs, outputs):
    """Returns a linear layer, batch normalisation, ReLU."""
    return nn.Sequential(nn.Linear(inputs, outputs, bias=False), nn.BatchNorm1d(outputs), nn.ReLU())


class DcganGenerator(nn.Module):
    """`tfvgan.networks.DcganGenerator` at 64x64; returns `(batch, frames, 3, 64, 64)`."""

    def __init__(self, latent_dim, frames, width):
        super().__init__()
        self.frames, self.width = frames, width
        widths = [width >> level for level in range(4)]
        self.clip_code = dense(latent_dim, width)
        self.frame_codes = dense(width, frames * width)
        self.image_code = dense(width, 4 * 4 * width)
        self.ups = nn.Sequential(*(up(*pair, dims=2) for pair in itertools.pairwise(widths)))
        self.image = nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1)

    def forward(self, latents):
        x = self.frame_codes(self.clip_code(latents)).reshape(-1, self.width)
        x = self.ups(self.image_code(x).reshape(-1, self.width, 4, 4))
        return torch.tanh(self.image(x)).unflatten(0, (-1, self.frames))


class DcganDiscriminator(nn.Module):
    """`tfvgan.networks.DcganDiscriminator` at 64x64; returns `(batch, frames)`."""

    def __init__(self, frames, width):
        super().__init__()
        self.frames = frames
        widths = [3] + [width >> level for level in reversed(range(4))]
        self.downs = nn.Sequential(
            *(down(*pair, 2, level > 0) for level, pair in enumerate(itertools.pairwise(widths)))
        )
        self.logit = nn.Linear(4 * 4 * width, 1)

    def forward(self, video):
        return self.logit(self.downs(video.flatten(0, 1)).flatten(1)).reshape(-1, self.frames)


class VganGenerator(nn.Module):
    """`tfvgan.networks.VganGenerator`, 16 frames of 64x64; returns `(batch, 3, 16, 64, 64)`."""

    def __init__(self, latent_dim, width):
        super().__init__()
        self.width = width
        widths = [width >> level for level in range(4)]
        pairs = list(itertools.pairwise(widths))
        self.moving_code = dense(latent_dim, 4 * 4 * width)
        self.moving_ups = nn.Sequential(*(up(*pair, dims=3) for pair in pairs))
        self.moving_image = nn.ConvTranspose3d(widths[-1], 4, 4, 2, 1)
        self.still_code = dense(latent_dim, 4 * 4 * width)
        self.still_ups = nn.Sequential(*(up(*pair, dims=2) for pair in pairs))
        self.still_image = nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1)

    def forward(self, latents):
        x = self.moving_code(latents).reshape(-1, self.width, 1, 4, 4)
        x = self.moving_image(self.moving_ups(x))
        foreground, mask = torch.tanh(x[:, :3]), torch.sigmoid(x[:, 3:])
        x = self.still_ups(self.still_code(latents).reshape(-1, self.width, 4, 4))
        background = torch.tanh(self.still_image(x)).unsqueeze(2)
        return mask * foreground + (1 - mask) * background


class VganDiscriminator(nn.Module):
    """`tfvgan.networks.VganDiscriminator`, 16 frames of 64x64; returns `(batch, 1)`."""

    def __init__(self, width):
        super().__init__()
        widths = [3] + [width >> level for level in reversed(range(4))]
        self.downs = nn.Sequential(
            *(down(*pair, 3, level > 0) for level, pair in enumerate(itertools.pairwise(widths)))
        )
        self.logit = nn.Linear(4 * 4 * width, 1)

    def forward(self, video):
        return self.logit(self.downs(video).flatten(1))


def dcgan(latent_dim, frames, width):
    """Returns generator, discriminator and a second generator."""
    make = lambda: start(DcganGenerator(latent_dim, frames, width))  # noqa: E731
    return make(), start(DcganDiscriminator(frames, width)), make()


def vgan(latent_dim, frames, width):
    """Returns generator, discriminator and a second generator; of 16 frames, no other number."""
    make = lambda: start(VganGenerator(latent_dim, width))  # noqa: E731
    return make(), start(VganDiscriminator(width)), make()


def start(network):
    """Returns the network with the weights that tfvgan starts from: normals of 0.02."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d | nn.BatchNorm3d):
            nn.init.normal_(module.weight, 1.0, 0.02)
        elif getattr(module, "weight", None) is not None:
            nn.init.normal_(module.weight, 0.0, 0.02)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return network


def channels_last(network):
    """Returns the network with its convolutions' kernels laid out as TensorFlow lays them out."""
    layouts = {4: torch.channels_last, 5: torch.channels_last_3d}
    for module in network.modules():
        if isinstance(module, nn.modules.conv._ConvNd):
            module.to(memory_format=layouts[module.weight.dim()])
    return network


class Game:
    """The step of `tfvgan.engine.AdversarialModel`: D, then G, the average of G, gradient norms.

    Args:
        players: generator, discriminator, and a second generator that follows the first.
        latent_dim: numbers in a latent.
        rate, beta_1, beta_2: of Adam, for both players.
        decay: of the average.
    """

    def __init__(self, players, latent_dim, rate, beta_1, beta_2, decay):
        self.generator, self.discriminator, self.average = players
        self.latent_dim, self.decay = latent_dim, decay
        adam = {"lr": rate, "betas": (beta_1, beta_2), "eps": 1e-7}
        self.generator_optimizer = torch.optim.Adam(self.generator.parameters(), **adam)
        self.discriminator_optimizer = torch.optim.Adam(self.discriminator.parameters(), **adam)

    def step(self, real):
        """Returns what one step on a batch of real videos logs."""
        fake = self.generator(torch.randn(real.shape[0], self.latent_dim))
        real_logits, fake_logits = self.discriminator(real), self.discriminator(fake.detach())
        d_loss = functional.softplus(-real_logits).mean() + functional.softplus(fake_logits).mean()
        d_norm = descend(self.discriminator_optimizer, d_loss, self.discriminator)
        g_loss = functional.softplus(-self.discriminator(fake)).mean()
        g_norm = descend(self.generator_optimizer, g_loss, self.generator)
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.parameters()), list(self.generator.parameters()), 1 - self.decay
            )
            for mean, latest in zip(self.average.buffers(), self.generator.buffers()):
                mean.copy_(latest)
        logs = (d_loss, g_loss, real_logits.mean(), fake_logits.mean(), d_norm, g_norm)
        return [log.item() for log in logs]


def descend(optimizer, loss, network):
    parameters = list(network.parameters())
    gradients = torch.autograd.grad(loss, parameters)
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient
    optimizer.step()
    return torch.nn.utils.get_total_norm(gradients)
