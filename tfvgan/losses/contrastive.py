"""Contrastive losses: what shows the same lies near each other, and all else apart."""

import keras
from keras import ops

FAR = -1e9  # Of what is not compared.


def nt_xent(
    first: keras.KerasTensor,
    second: keras.KerasTensor,
    source: keras.KerasTensor,
    temperature: float = 0.1,
) -> keras.KerasTensor:
    """Returns how far two views of each video are from being the nearest of all, a float32 scalar.

    `mean of -log(exp(z_i . z_j / temperature) / sum over k of exp(z_i . z_k / temperature))`, where
    j is the other view of i's video, and k all views of other sources and j itself. It is 0 at
    best, and `log(2 n - 1)` where all views of n videos are alike.

    Source: Chen et al. 2020, SimCLR, https://arxiv.org/abs/2002.05709, eq. 1.

    Args:
        first, second: float32 `(n, d)`, of length 1: a view of each video, and another.
        source: int `(n,)`, what each video is of: those of one source are not told apart.
        temperature: above 0.
    """
    views = ops.concatenate([first, second], axis=0)
    count = ops.shape(first)[0]
    places = ops.arange(2 * count)
    source = ops.concatenate([source, source], axis=0)
    pairs = ops.equal(places[:, None], (places[None] + count) % (2 * count))
    compared = ops.logical_or(pairs, ops.not_equal(source[:, None], source[None]))
    near = ops.matmul(views, ops.transpose(views)) / temperature
    near = ops.where(compared, near, FAR)
    right = ops.sum(ops.where(pairs, near, 0.0), axis=1)
    return ops.mean(ops.logsumexp(near, axis=1) - right)


def of_one_kind(
    kind: keras.KerasTensor, others: keras.KerasTensor, temperature: float = 0.1
) -> keras.KerasTensor:
    """Returns how far those of a kind are from being nearer to each other, a float32 scalar.

    `mean over i, and over j of the kind but i, of -log(exp(z_i . z_j / temperature) / sum over k of
    exp(z_i . z_k / temperature))`, where k are all others of the kind and all that are not.

    Source: Khosla et al. 2020, https://arxiv.org/abs/2004.11362, eq. 2, of one class, as ContraD
    takes it of generated videos: Jeong and Shin 2021, https://arxiv.org/abs/2103.09742, sec. 3.

    Args:
        kind: float32 `(n, d)`, of length 1, two or more.
        others: float32 `(m, d)`, of length 1.
        temperature: above 0.
    """
    count = ops.shape(kind)[0]
    itself = ops.eye(count)
    among = ops.matmul(kind, ops.transpose(kind)) / temperature
    beyond = ops.matmul(kind, ops.transpose(others)) / temperature
    all_of_them = ops.concatenate([among + FAR * itself, beyond], axis=1)
    mates = ops.maximum(ops.cast(count - 1, "float32"), 1.0)
    near = ops.sum(among * (1.0 - itself), axis=1) / mates
    return ops.mean(ops.logsumexp(all_of_them, axis=1) - near)
