"""A learned video codec: each frame becomes quantised latents, and is decoded from them.

The encoder begins with motion. It compares features of a frame and of the previous decoded one, and
writes the first eighth of the latents, at a sixteenth of the size. Block matching is added to two
of them. The motion decoder makes a flow of the rounded latents, which warps the previous frame.
The other latents are the residual: DCT coefficients, and what an encoder adds to them.

The decoder adds an inverse DCT, whose basis is learnt, to the warped frame. A reconstruction
network with a hidden state corrects the sum. A first frame is predicted from grey, and a flag says
so. Each latent is multiplied by a gain before it is rounded, and by an inverse gain after (see
`gains.py`). How many bits it takes depends on its context (see `contexts.py`).

Source: motion, and what it leaves: Lu et al. 2019, DVC, https://arxiv.org/abs/1812.00101, sec. 3;
features of both frames as the context of what is encoded: Li et al. 2021, DCVC,
https://arxiv.org/abs/2109.15047, sec. 3.2; correlation: Dosovitskiy et al. 2015, FlowNet,
https://arxiv.org/abs/1504.06852, sec. 3; noise for rounding in the rate, rounding in what is
decoded: Minnen & Singh 2020, https://arxiv.org/abs/2007.08739, sec. 3.3.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    depth_to_space,
    enlarge_flow,
    space_to_depth,
    warp,
)
from tfvgan.layers.wavelets import fold_pixels, wavelets
from tfvgan.networks.block_matching import add_flow, block_matching_flow, correlation
from tfvgan.networks.contexts import PAST, PRESENT, estimated_bits
from tfvgan.networks.dct import dct_basis
from tfvgan.networks.gains import (
    MOTION,
    QUALITIES,
    gain,
    initial_gains,
    initial_inverse_gains,
)
from tfvgan.networks.network import Inputs, Network, Signature, Tensor, check_width
from tfvgan.networks.quantisation import rounded, soft_threshold

register = keras.saving.register_keras_serializable(package="tfvgan")
FOLDS = 4
STRIDE = 2**FOLDS  # Pixels of a side that a latent stands for.
FLOW_STEPS = 8  # Of the flow in a pixel: what hardly moves stays, and is not blurred.


@register
class CodecGenerator(Network):
    """Maps a video to its decoded frames.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1], "quality": float32 (batch,) from 1 to
    8}`; returns float32 `(batch, t, h, w, 3)`. Height and width are multiples of 16. `analyze`
    encodes a frame, and `synthesize` decodes it.

    Args:
        channels: latents of a place, a multiple of 8; an eighth of them is of motion.
        width: channels at a quarter and an eighth of the size; 4/3 of it at a sixteenth.
        depth: residual blocks at a quarter of the size.
        memory: channels of the hidden state.
    """

    extent = STRIDE
    steps = 1
    names_in_files = {
        "feature_encoder": "seeing",
        "motion_stem": "joining",
        "motion_block": "weighing",
        "motion_encoder": "pointing",
        "motion_decoder": "heeding",
        "flow_block": "steering",
        "flow_head": "moving",
        "inverse_dct": "adding",
        "residual_stem": "comparing",
        "residual_blocks": "deciding",
        "residual_encoder": "saying",
        "decoder_stem": "hearing",
        "decoder_block": "thinking",
        "upsampling": "growing",
        "upsampled_block": "drawing",
        "reconstruction_stem": "mixing",
        "reconstruction_blocks": "mending",
        "state_head": "remembering",
        "inverse_gains": "undoings",
    }

    def __init__(
        self, channels: int = 128, width: int = 36, depth: int = 2, memory: int = 24, **kwargs: Any
    ):
        super().__init__(**kwargs)
        check_width(width)
        if channels % MOTION or channels < 2 * MOTION:
            raise ValueError(f"`channels` must be 16, 24 and so on, but is {channels!r}.")
        self.channels, self.width, self.depth, self.memory = channels, width, depth, memory
        self.motion_channels = channels // MOTION
        wide = 4 * width // 3
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)
        self.feature_encoder = [self._conv(32), self._conv(width, 1)]
        self.motion_stem = self._conv(width)
        self.motion_block = self._block(width)
        small = {"kernel_initializer": _small()}
        self.motion_encoder = [self._conv(wide, 1), self._conv(self.motion_channels, **small)]
        self.motion_decoder = [self._conv(width), self._conv(96, 1), self._conv(64, 1)]
        self.flow_block = self._block(24)
        self.flow_head = self._conv(2, kernel_initializer="zeros")
        # From random weights 400 steps came to 15 dB; from a DCT the first 250 had 34.
        basis = dct_basis(channels - self.motion_channels, FOLDS)
        self.inverse_dct = self.add_weight(basis.shape, _constant(basis), name="inverse_dct")
        self.residual_stem = self._conv(width)
        self.residual_blocks = [self._block(width), self._block(wide)]
        self.residual_encoder = [self._conv(wide, 1), self._conv(len(basis), **small)]
        self.decoder_stem = self._conv(wide)
        self.decoder_block = self._block(wide)
        self.upsampling = [self._conv(4 * width, 1), self._conv(4 * memory, 1)]
        self.upsampled_block = self._block(width)
        self.reconstruction_stem = self._conv(width)
        self.reconstruction_blocks = [self._block(width) for _ in range(depth)]
        self.state_head = self._conv(memory, 1)
        self.head = self._conv(48, kernel_initializer="zeros")
        # Logarithms, of a quality in a first frame, and in the others.
        shape = (2, QUALITIES, channels)
        self.gains = self.add_weight(shape, initial_gains, name="gains")
        self.inverse_gains = self.add_weight(shape, initial_inverse_gains, name="inverse_gains")
        # Of the scales of Laplace's distribution: first or not, pass, and contexts; see `scale_of`.
        shape = (2, 2, channels, len(PAST) + 1, len(PRESENT) + 1)
        self.scales = self.add_weight(shape, "zeros", name="scales")

    def _conv(self, channels, extent=3, **kwargs):
        return layers.Conv2D(channels, extent, padding="same", dtype=self.dtype_policy, **kwargs)

    def _block(self, width):
        small = _small()  # First: initializers draw their seeds in the order that they are made.
        return [self._conv(width), self._conv(width, kernel_initializer=small)]

    def _residual(self, block, x):
        return x + block[1](self.relu(block[0](x)))

    def signature(self) -> Signature:
        return {"video": ((None, None, None, 3), "float32"), "quality": ((), "float32")}

    def start(self, frame: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the frame before the first, grey, and the state: `(batch, h / 4, w / 4, memory)`.

        Args:
            frame: float32 `(batch, h, w, 3)`.
        """
        small = fold_pixels(frame, 2)
        return 0.0 * frame, ops.repeat(0.0 * small[..., :1], self.memory, axis=-1)

    def analyze(self, frame: Tensor, previous: Tensor, first: Tensor, quality: Tensor) -> Tensor:
        """Returns latents, float32 `(batch, h / 16, w / 16, channels)`, to be rounded.

        Args:
            frame: float32 `(batch, h, w, 3)`.
            previous: likewise, what was decoded of the frame before.
            first: float32 `(batch,)`, 1 for a first frame, else 0.
            quality: float32 `(batch,)`, from 1 to 8.
        """
        gains, features = gain(self.gains, first, quality), self._features(frame)
        condition = self._condition(features, first, quality)
        motion = self._encode_motion(features, self._features(previous), condition)
        motion = add_flow(motion, block_matching_flow(frame, previous))
        motion = motion * gains[..., : self.motion_channels]
        motion = (1.0 - first)[:, None, None, None] * motion
        # The residual is of what the decoder will have: the frame warped by the rounded motion.
        warped = warp(previous, enlarge_flow(self._decode_flow(rounded(motion), first, quality)))
        residual = self._encode_residual(
            frame - warped, features, self._features(warped), condition
        )
        residual = soft_threshold(residual * gains[..., self.motion_channels :])
        return ops.concatenate([motion, residual], axis=-1)

    def _encode_motion(self, features, before, condition):
        """Returns the latents of motion, before their gain."""
        x = [features, before, correlation(features, before), condition]
        x = self.relu(self.motion_stem(ops.concatenate(x, axis=-1)))
        x = self._residual(self.motion_block, x)
        x = self.motion_encoder[1](self.relu(self.motion_encoder[0](space_to_depth(x))))
        return ops.cast(x, "float32")

    def _decode_flow(self, motion, first, quality):
        """Returns the flow, in quarters of the size, of rounded latents of motion."""
        motion = motion * gain(self.inverse_gains, first, quality)[..., : self.motion_channels]
        x = self.relu(self.motion_decoder[0](self._cast(motion)))
        x = self.relu(depth_to_space(self.motion_decoder[1](x)))
        x = self._residual(self.flow_block, x)
        x = self.relu(depth_to_space(self.motion_decoder[2](x)))
        flow = enlarge_flow(motion[..., :2]) / STRIDE + ops.cast(self.flow_head(x), "float32")
        return rounded(4.0 * FLOW_STEPS * flow) / (4.0 * FLOW_STEPS)

    def _encode_residual(self, difference, features, warped, condition):
        """Returns the latents of the residual, before their gain: DCT, and what is added to it."""
        x = self.relu(self.residual_stem(ops.concatenate([features, warped, condition], axis=-1)))
        x = self._residual(self.residual_blocks[0], x)
        x = self.relu(self.residual_encoder[0](space_to_depth(x)))
        x = self.residual_encoder[1](self._residual(self.residual_blocks[1], x))
        basis = dct_basis(self.channels - self.motion_channels, FOLDS)
        coefficients = ops.matmul(fold_pixels(difference, FOLDS), ops.convert_to_tensor(basis.T))
        return coefficients + ops.cast(x, "float32")

    def synthesize(
        self, symbols: Tensor, previous: Tensor, state: Tensor, first: Tensor, quality: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Returns the decoded frame, `previous` where it moved to, both float32 `(batch, h, w, 3)`,
        and the next state.

        Args:
            symbols: float32 `(batch, h / 16, w / 16, channels)`, whole numbers.
            previous, first, quality: as for `analyze`.
            state: float32 `(batch, h / 4, w / 4, memory)`.
        """
        flow = self._decode_flow(symbols[..., : self.motion_channels], first, quality)
        warped = warp(previous, enlarge_flow(flow))
        latents = symbols * gain(self.inverse_gains, first, quality)
        residual = self._inverse_dct(latents[..., self.motion_channels :])
        x = ops.concatenate([latents, self._condition(latents, first, quality)], axis=-1)
        x = self._residual(self.decoder_block, self.relu(self.decoder_stem(self._cast(x))))
        x = self.relu(depth_to_space(self.upsampling[0](x)))
        x = self._residual(self.upsampled_block, x)
        x = self.relu(depth_to_space(self.upsampling[1](x)))
        # The state moves with the frame: what is remembered of a place is where that went.
        context = [ops.matmul(fold_pixels(warped + residual, 2), wavelets(2)[0]), warp(state, flow)]
        x = ops.concatenate([self._cast(each) for each in context] + [x], axis=-1)
        x = self.relu(self.reconstruction_stem(x))
        for block in self.reconstruction_blocks:
            x = self._residual(block, x)
        change = ops.matmul(ops.cast(self.head(x), "float32"), wavelets(2)[1])
        change = depth_to_space(depth_to_space(change))
        # Within (-1, 1), since it comes back with each frame of a group.
        state = ops.tanh(ops.cast(self.state_head(x), "float32"))
        return warped + residual + change, warped, state

    def _inverse_dct(self, coefficients):
        pixels = ops.matmul(coefficients, ops.convert_to_tensor(self.inverse_dct))
        for _ in range(FOLDS):
            pixels = depth_to_space(pixels)
        return pixels

    def _cast(self, x):
        return ops.cast(x, self.compute_dtype)

    def _features(self, frame):
        """Returns features of a frame, at an eighth of its size."""
        x = self._cast(ops.matmul(fold_pixels(frame, 2), wavelets(2)[0]))
        x = self.relu(self.feature_encoder[0](x))
        return self.feature_encoder[1](space_to_depth(x))

    def _condition(self, like, first, quality):
        """Returns two channels of the height and width of `like`: the flag, and the quality."""
        condition = self._cast(ops.stack([first, (quality - 4.5) / 3.5], axis=-1))
        return ops.cast(0.0 * like[..., :2], self.compute_dtype) + condition[:, None, None]

    def call(self, inputs: Inputs, training: bool = False) -> Tensor:
        named = self.unpack(inputs)
        frames = ops.unstack(named["video"], axis=1)
        previous, state = self.start(frames[0])
        made, first = [], ops.ones_like(named["quality"])
        for frame in frames:
            latents = self.analyze(frame, previous, first, named["quality"])
            previous, _, state = self.synthesize(
                rounded(latents), previous, state, first, named["quality"]
            )
            first = 0.0 * first
            made.append(previous)
        return ops.stack(made, axis=1)

    def bits(self, latents: Tensor, noise: Tensor, before: Tensor, first: Tensor) -> Tensor:
        """Returns how many bits latents take, about, float32 `(batch,)`, with a slope everywhere.

        Args:
            latents: float32 `(batch, h, w, channels)`, of `analyze`.
            noise: likewise, uniform from -1/2 to 1/2, which stands for rounding.
            before: likewise, the whole numbers of the frame before; zeros for a first one.
            first: float32 `(batch,)`.
        """
        return estimated_bits(latents, noise, before, first, ops.convert_to_tensor(self.scales))

    def get_config(self) -> dict:
        names = ("channels", "width", "depth", "memory")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


def _small():
    return keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")


def _constant(value):
    return lambda shape, dtype=None: ops.convert_to_tensor(value, dtype)
