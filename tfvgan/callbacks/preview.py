"""See the generator improve: the same latents drawn again and again."""

import os

import keras
import numpy as np

from tfvgan import plots
from tfvgan.data.write import write_video


class Preview(keras.callbacks.Callback):
    """Writes a film strip (`epoch-0001.png`) and a video (`epoch-0001.mp4`) of generated clips.

    The clips come from `model.generate`, that is from the moving average of the generator, and
    from the same latents each time. With classes, the labels take turns.

    Args:
        folder: where to write; made when it is not there.
        every: int, epochs from one preview to the next.
        count: int, number of clips.
        seed: int, chooses the latents.
        fps: frames a second of the video.
    """

    def __init__(self, folder, every=1, count=8, seed=0, fps=8):
        super().__init__()
        self.folder = os.fspath(folder)
        self.every = every
        self.count = count
        self.seed = seed
        self.fps = fps

    def on_epoch_end(self, epoch, logs=None):
        """Writes both files when it is their turn."""
        if (epoch + 1) % self.every:
            return
        classes = self.model.generator.num_classes
        labels = np.arange(self.count) % classes if classes else None
        videos = self.model.generate(self.count, seed=self.seed, labels=labels)
        os.makedirs(self.folder, exist_ok=True)
        name = os.path.join(self.folder, f"epoch-{epoch + 1:04d}")
        plots.film_strip(videos, f"{name}.png")
        write_video(f"{name}.mp4", plots.grid(videos), fps=self.fps)
