"""What a segmenter learns from: squares of clips and their masks, of files or of composites."""

from collections.abc import Sequence

import tensorflow as tf

from tfvgan.data.composites import Cutout, Staging, composite
from tfvgan.data.masks import one_hot
from tfvgan.data.squares import of_squares, square_of
from tfvgan.tasks.motion import motion
from tfvgan.video import from_uint8

MASKS = "masks"  # Videos beside the clips' own, of the classes of their pixels.
OVER = 0.5  # Of clips that have masks, those that cut-outs are put over, where there are some.


def batches(
    clips: tf.data.Dataset,
    size: int,
    classes: int = 2,
    seed: int = 0,
    start: int = 0,
    staging: Staging | None = None,
    cutouts: Sequence[Cutout] = (),
    moves: bool = True,
) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of squares cut out of clips, beside their masks.

    Its batches are `{"video": float32 (b, t, size, size, 3) in [-1, 1], "mask": float32 (b, t,
    size, size, classes), how much of a pixel is of each class, which sum to 1, "flow": float32 (b,
    t - 1, size, size, 2), how far pixels of each frame but the first are from where they were in
    the one before, in pixels right and down, "visible": float32 (b, t - 1, size, size, 1), 1 where
    they were seen there}`. All that is drawn is a function of (seed, batch, place in the batch)
    alone.

    Where the clips have "masks", these are the masks, and a pixel is of one class. Where they have
    none, clips are grounds: things that move are put over them, see `tfvgan.data.composites`, and
    what of the ground is in the square is seen by a camera. Where there are masks and cut-outs,
    each clip is the one or the other, as is drawn: over half of them, with their masks, things are
    put.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size` or larger: composites use what is around
            the square where the camera moves. "masks" are videos like its own, of the numbers of
            classes; see `tfvgan.data.masks`.
        size: side of the square in pixels.
        classes: of masks, the ground's among them.
        seed: whole number >= 0.
        start: batches of clips that were left out before the first one.
        staging: what composites may have; None for all that `Staging` has by default.
        cutouts: what is put over clips beside shapes.
        moves: bool, whether motion is looked for, which takes longer than composites; without, all
            stands, and nothing was seen in the frame before. A loss without `steady` needs none.

    Raises:
        ValueError: when the size does not fit the clips, or a class is none of so many. Raised
            while reading, TensorFlow wraps it.
    """
    frames, *sides = clips.element_spec["video"].shape[1:4]

    def masked(draws, square, masks):
        return square, one_hot(masks[..., 0], classes)

    def composed(draws, ground):
        made = composite(draws, ground, size, frames, staging, cutouts, classes)
        return made.video, made.shares

    def either(draws, ground, masks):
        if draws.random() < OVER:
            made = composite(draws, ground, size, frames, staging, cutouts, classes, masks[..., 0])
            return made.video, made.shares
        return masked(draws, *square_of(draws, size, ground, masks))

    def finish(video, mask):
        video.set_shape((None, frames, size, size, 3))
        mask.set_shape((None, frames, size, size, classes))
        flow, seen = motion(video) if moves else _nothing_seen(video)
        return {"video": from_uint8(video), "mask": mask, "flow": flow, "visible": seen}

    made, whole = ((tf.uint8, tf.float32), finish), max(size, min(sides))
    if MASKS not in clips.element_spec:
        how = (whole, composed, *made, "composite", seed, start)
    elif cutouts:
        how = (whole, either, *made, "composite", seed, start, (MASKS,))
    else:
        how = (size, masked, *made, "mask", seed, start, (MASKS,))
    return of_squares(clips, *how).prefetch(2)


def _nothing_seen(video):
    """Returns motion as of `motion`, of which nothing is known."""
    frames, height, width = video.shape[1:4]
    shape = tf.shape(video)[0], frames - 1, height, width
    return tuple(tf.zeros((*shape, values)) for values in (2, 1))
