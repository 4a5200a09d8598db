"""How runs train and publish the toy."""

import keras
import tensorflow as tf

from tfvgan.tasks import VideoRestorer
from tfvgan.tasks.application import Application
from tfvgan.tasks.restoration.card import PublishedRestorer


@keras.saving.register_keras_serializable(package="toy")
class VideoBrightener(VideoRestorer):
    """A restorer of another name."""


class PublishedBrightener(PublishedRestorer):
    """What is published of it."""

    def facts(self):
        """Returns what is known of what it does."""
        return {"Brightens": "the night"}


class Brightening(Application):
    """Dark videos, bright again."""

    def make(self, settings, num_classes, load):
        """Returns a compiled model."""
        return VideoBrightener.from_preset(settings.size, 1, settings.seed, width=8, depth=1)

    def batches(self, clips_from, settings, start):
        """Returns clips, and darker ones."""
        return clips_from(start).map(lambda batch: darker(batch["video"], settings.darkness or 0.5))

    def card(self, given):
        """Returns what is published of a model of its own."""
        return PublishedBrightener(given) if isinstance(given.model, VideoBrightener) else None


def darker(video, darkness):
    """Returns the batch of a video, float32 in [-1, 1], that is to be made of a darker one."""
    mask = tf.zeros_like(video[..., :1])
    return {
        "video": video,
        "degraded": (1 - darkness) * (video + 1) - 1,
        "mask": mask,
        "level": tf.zeros(tf.shape(video)[:1]),
    }
