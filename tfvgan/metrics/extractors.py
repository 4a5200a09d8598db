"""Feature extractors: networks that turn videos into vectors, whose distributions are compared.

An extractor is any object with

- `name`, such as "i3d", and `resize`, such as "224bilinear": they go into the names of scores;
- `per`, "video" or "frame": what one row of features is of;
- `dimension`, the columns;
- `__call__(videos)`: takes uint8 in [0, 255] or float in [-1, 1] `(batch, frames, height, width,
  3)` and returns float32 `(batch, dimension)`, or `(batch * frames, dimension)` with the frames of
  a video one behind the other;
- to have features kept on disk, `fingerprint`: a string that changes when the numbers do;
- to be saved with a model whose metric it serves, `get_config` and `from_config`, and Keras's
  `register_keras_serializable`.
"""

import functools
from collections.abc import Callable

import keras
import tensorflow as tf

from tfvgan import weights
from tfvgan.video import check_video, from_uint8, levels
from tfvgan.weights.catalogue import find

register = keras.saving.register_keras_serializable(package="tfvgan")


class Extractor:
    """Features of a TensorFlow network; it works in graphs, and is compiled outside of them.

    Frames are resized to squares of `size`, by bilinear interpolation between the centres of
    pixels, without a low-pass filter: make larger videos small when reading them.

    A subclass answers `features`, sets the attributes that the module describes, and these:

    Attributes:
        size: int, height and width that the network reads.
        fewest_frames: int, of a video that it can read.
        at_once: int, how many videos (or frames, where it is `per` frame) the network sees at
            once, so that memory does not grow with the batch.
    """

    name = ""
    per = "video"
    dimension = 0
    fingerprint = ""
    size = 224
    fewest_frames = 1
    at_once = 8

    @property
    def resize(self):
        return f"{self.size}bilinear"

    def features(self, seen):
        """Returns features, float32 `(n, dimension)`.

        Args:
            seen: float32 videos `(n, frames, size, size, 3)`, or where it is `per` frame images
                `(n, size, size, 3)`, in [-1, 1].
        """
        raise NotImplementedError

    def __call__(self, videos):
        """Returns the features of videos, as the module describes.

        Raises:
            ValueError: when the shape or dtype is not a video's, or there are too few frames.
        """
        videos = levels(check_video(tf.convert_to_tensor(videos), "videos"))
        frames = videos.shape[1]
        if frames is not None and frames < self.fewest_frames:
            raise ValueError(
                f"The extractor {self.name!r} reads videos of {self.fewest_frames} frames or "
                f"more, but was given {frames}: use longer clips."
            )
        if tf.inside_function():
            return self._forward(videos)
        signature = tf.TensorSpec((None, frames, None, None, 3), tf.float32)
        return self._compiled.get_concrete_function(signature)(videos)

    @functools.cached_property
    def _compiled(self):
        return tf.function(self._forward)

    def _forward(self, videos):
        if self.per == "frame":
            videos = tf.reshape(videos, tf.concat([[-1], tf.shape(videos)[2:]], 0))
        return in_groups(self._features_of, videos, self.at_once, self.dimension)

    def _features_of(self, pictures):
        """Returns the features of float32 levels `(n, ..., height, width, 3)`."""
        shape = tf.shape(pictures)
        frames = tf.reshape(from_uint8(pictures), tf.concat([[-1], shape[-3:]], 0))
        frames = tf.image.resize(frames, (self.size, self.size))
        return self.features(tf.reshape(frames, [*tf.unstack(shape[:-3]), *frames.shape[1:]]))

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@register
class I3DLogits(Extractor):
    """The logits of I3D on Kinetics-400, one row a video of 9 frames or more: the features of FVD.

    Raises:
        MissingWeights: when they have not been fetched.

    Source: Unterthiner et al. 2018, Towards Accurate Generative Models of Video,
    https://arxiv.org/abs/1812.01717.
    """

    name = "i3d"
    dimension = 400
    fewest_frames = 9

    def __init__(self):
        self.network = weights.network("i3d")
        self.fingerprint = find("i3d").sha256

    def features(self, seen):
        return self.network(seen)


class BackboneMeans(Extractor):
    """The last feature maps of a network of images, averaged over each frame: one row a frame."""

    per = "frame"
    at_once = 16
    published = ""  # The name of the weights.

    def __init__(self):
        self.network = weights.network(self.published).backbone
        self.fingerprint = find(self.published).sha256

    def features(self, seen):
        return tf.reduce_mean(self.network(seen)[-1], axis=(1, 2))


@register
class AlexNetMeans(BackboneMeans):
    """AlexNet's fifth convolution, averaged over each frame: one row a frame.

    Raises:
        MissingWeights: when they have not been fetched.

    Source: Krizhevsky 2014, https://arxiv.org/abs/1404.5997; trained on ImageNet.
    """

    name = "alexnet"
    dimension = 256
    published = "lpips-alex"


@register
class VGG16Means(BackboneMeans):
    """VGG16's last convolution, averaged over each frame: one row a frame.

    Raises:
        MissingWeights: when they have not been fetched.

    Source: Simonyan and Zisserman 2015, https://arxiv.org/abs/1409.1556; trained on ImageNet.
    """

    name = "vgg16"
    dimension = 512
    published = "lpips-vgg"


EXTRACTORS = {kind.name: kind for kind in (I3DLogits, AlexNetMeans, VGG16Means)}
PROMISED = ("name", "resize", "per", "dimension")


def get_extractor(extractor: str | Callable) -> Callable:
    """Returns the extractor: of that name, as it was serialized, or itself.

    Args:
        extractor: "i3d", "alexnet" or "vgg16", made once; a dict of
            `keras.saving.serialize_keras_object`; or an object as the module describes.

    Raises:
        ValueError: when it is none of these; `MissingWeights` when its weights are not there.
    """
    if isinstance(extractor, dict):
        extractor = keras.saving.deserialize_keras_object(extractor)
    if isinstance(extractor, str) and extractor in EXTRACTORS:
        return _of_name(extractor, weights.home())
    missing = [name for name in PROMISED if not hasattr(extractor, name)]
    if isinstance(extractor, str) or missing or not callable(extractor):
        raise ValueError(
            f"`extractor` must be one of {', '.join(EXTRACTORS)}, or a callable object with "
            f"{', '.join(PROMISED)}, but is {extractor!r}."
        )
    return extractor


@functools.cache
def _of_name(name, home):
    return EXTRACTORS[name]()


def in_groups(function, rows, most, dimension):
    """Returns `function(rows)`, computed for at most so many rows at once.

    Args:
        function: takes a part of the rows, returns float32 `(n, dimension)`.
        rows: tensor `(n, ...)`.
        most: int.
        dimension: int.
    """
    shape = tf.shape(rows)
    count = shape[0]
    groups = tf.maximum(1, -(-count // most))
    each = -(-count // groups)
    lacking = groups * each - count
    rows = tf.pad(rows, [[0, lacking], *[[0, 0]] * (rows.shape.rank - 1)])
    rows = tf.reshape(rows, tf.concat([[groups, each], shape[1:]], 0))
    features = tf.map_fn(
        function,
        rows,
        fn_output_signature=tf.TensorSpec((None, dimension), tf.float32),
        parallel_iterations=1,
    )
    return tf.reshape(features, (-1, dimension))[:count]
