"""MoCoGAN at its published sizes in PyTorch, with a limit of wall-clock time.

Tulyakov et al. 2018, "MoCoGAN: Decomposing Motion and Content for Video Generation", and its
repository, github.com/sergeytulyakov/mocogan. Where each setting comes from:

| setting | value | source |
|---|---|---|
| content, motion | 50 and 10 numbers | `src/train.py`, defaults |
| motion | a GRU cell of 10, begun at noise, fed noise | `src/models.py`, VideoGenerator |
| generator | 5 transposed convolutions, ngf 64 | `src/models.py`, VideoGenerator |
| judges | PatchImageDiscriminator, VideoDiscriminator, ndf 64 | `src/train.py`, `src/models.py` |
| noise before their convolutions | sigma 0.1 | the settings quoted in the repository's issue 16 |
| batches | 32 images and 32 videos | likewise |
| clips | 16 frames, every second one | `src/train.py`; likewise |
| Adam | 2e-4, betas 0.5 and 0.999, weight decay 1e-5 | `src/trainers.py` |
| first weights | PyTorch's own | `src/models.py` sets none |
| samples | with the running statistics of batch normalisation | `src/trainers.py` |

The categories of the published VideoDiscriminator and InfoGAN's term are left out: none of the
networks that it is compared with is told of classes. What is computed is the published step; what
the step does not need is not: gradients of the judges in the generator's turn, and motion codes of
1024 videos, of which 32 images are then made.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

CONTENT, MOTION, WIDTH, FRAMES, NOISE, BATCH = 50, 10, 64, 16, 0.1, 32

# As TensorFlow does: tiny gradients would cost many times the time otherwise.
torch.set_flush_denormal(True)


class Generator(nn.Module):
    """Content that stays and motion that a GRU walks through, drawn frame by frame."""

    def __init__(self):
        super().__init__()
        self.recurrent = nn.GRUCell(MOTION, MOTION)
        widths = [8 * WIDTH, 4 * WIDTH, 2 * WIDTH, WIDTH]
        blocks = [_up(CONTENT + MOTION, widths[0], stride=1, padding=0)]
        blocks += [_up(*pair) for pair in zip(widths, widths[1:])]
        last = nn.ConvTranspose2d(WIDTH, 3, 4, 2, 1, bias=False)
        self.main = nn.Sequential(*blocks, last, nn.Tanh())

    def codes(self, count):
        """Returns the codes of the frames of new videos, `(count, frames, content + motion)`."""
        content = torch.randn(count, 1, CONTENT).expand(-1, FRAMES, -1)
        state, motion = torch.randn(count, MOTION), []
        for _ in range(FRAMES):
            state = self.recurrent(torch.randn(count, MOTION), state)
            motion.append(state)
        return torch.cat([content, torch.stack(motion, dim=1)], dim=-1)

    def videos(self, count):
        """Returns new videos, `(count, 3, frames, 64, 64)` in [-1, 1]."""
        images = self.main(self.codes(count).flatten(0, 1)[..., None, None])
        return images.unflatten(0, (count, FRAMES)).transpose(1, 2)

    def images(self, count):
        """Returns a frame of each of so many new videos, `(count, 3, 64, 64)` in [-1, 1]."""
        codes = self.codes(count)[torch.arange(count), torch.randint(FRAMES, (count,))]
        return self.main(codes[..., None, None])


class Noise(nn.Module):
    """Adds normal noise."""

    def forward(self, x):
        return x + NOISE * torch.randn_like(x)


def image_discriminator():
    """Returns the judge of images: `(n, 3, 64, 64)` to logits of 4 x 4 patches."""
    downs = [layer for level in range(3) for layer in _down(nn.Conv2d, level, stride=2, padding=1)]
    return nn.Sequential(*downs, Noise(), nn.Conv2d(4 * WIDTH, 1, 4, 2, 1, bias=False))


def video_discriminator():
    """Returns the judge of videos: `(n, 3, 16, 64, 64)` to one logit each."""
    step = {"stride": (1, 2, 2), "padding": (0, 1, 1)}
    downs = [layer for level in range(4) for layer in _down(nn.Conv3d, level, **step)]
    return nn.Sequential(*downs, nn.Conv3d(8 * WIDTH, 1, 4, bias=False))


def _up(inputs, outputs, stride=2, padding=1):
    conv = nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


def _down(kind, level, **step):
    inputs, outputs = (3 if level == 0 else WIDTH << (level - 1)), WIDTH << level
    norm = {nn.Conv2d: nn.BatchNorm2d, nn.Conv3d: nn.BatchNorm3d}[kind]
    conv = kind(inputs, outputs, 4, bias=False, **step)
    return [Noise(), conv, *([norm(outputs)] if level else []), nn.LeakyReLU(0.2, inplace=True)]


class Game:
    """The three players and their step."""

    def __init__(self):
        self.generator = Generator()
        self.judges = {"images": image_discriminator(), "videos": video_discriminator()}
        self.optimizers = {name: _adam(judge) for name, judge in self.judges.items()}
        self.optimizer = _adam(self.generator)

    def step(self, real, batch=BATCH):
        """Teaches both judges, then the generator.

        Args:
            real: dict of "images" `(batch, 3, 64, 64)` and "videos" `(batch, 3, frames, 64, 64)`.
            batch: int, how many fakes of each.
        """
        for name, judge in self.judges.items():
            with torch.no_grad():
                fake = getattr(self.generator, name)(batch)
            loss = _cross_entropy(judge(real[name]), 1) + _cross_entropy(judge(fake), 0)
            _descend(self.optimizers[name], loss)
        for judge in self.judges.values():
            judge.requires_grad_(False)
        made = {name: getattr(self.generator, name)(batch) for name in self.judges}
        loss = sum(_cross_entropy(judge(made[name]), 1) for name, judge in self.judges.items())
        _descend(self.optimizer, loss)
        for judge in self.judges.values():
            judge.requires_grad_(True)


def _adam(network):
    return torch.optim.Adam(network.parameters(), 2e-4, (0.5, 0.999), weight_decay=1e-5)


def _cross_entropy(logits, target):
    return functional.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def _descend(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def train(clips, over, seed=0, batch=BATCH):
    """Returns the generator, trained until the time is over.

    Args:
        clips: sequence of uint8 `(16, 64, 64, 3)`.
        over: function, called after each step; training ends when it returns True.
        seed: int.
        batch: int, images and videos of a step.
    """
    torch.manual_seed(seed)
    game, batches = Game(), _batches(clips, batch, np.random.default_rng(seed))
    game.step(next(batches), batch)
    while not over():
        game.step(next(batches), batch)
    return game.generator


def sample(generator, count, seed=0):
    """Returns new videos, uint8 `(count, 16, 64, 64, 3)`."""
    torch.manual_seed(seed)
    generator.eval()
    with torch.no_grad():
        parts = [generator.videos(min(16, count - n)) for n in range(0, count, 16)]
    videos = torch.cat(parts).permute(0, 2, 3, 4, 1)
    return ((videos + 1) * 127.5).round().to(torch.uint8).numpy()


def _batches(clips, batch, random):
    """Yields real images and videos, in a new order each epoch."""
    videos, stills = (_endless(len(clips), random) for _ in range(2))
    while True:
        whole = np.stack([clips[next(videos)] for _ in range(batch)])
        single = np.stack([clips[next(stills)][random.integers(FRAMES)] for _ in range(batch)])
        yield {"images": _tensor(single), "videos": _tensor(whole)}


def _endless(count, random):
    while True:
        yield from random.permutation(count)


def _tensor(pixels):
    """Returns uint8 `(n, ..., 3)` as float32 `(n, 3, ...)` in [-1, 1]."""
    return torch.tensor(pixels).movedim(-1, 1).contiguous().float() / 127.5 - 1
