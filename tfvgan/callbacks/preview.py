"""See the generator improve: the same latents drawn again and again."""

import os
from collections.abc import Callable

import keras
import numpy as np

from tfvgan import plots
from tfvgan.data.write import write_video


class Preview(keras.callbacks.Callback):
    """Writes a film strip (`epoch-0001.png`) and a video (`epoch-0001.mp4`) of generated clips.

    The clips come from `model.generate`, that is from the moving average of the generator, and
    from the same latents each time. With classes, the labels take turns. A model that makes videos
    of others says by `show` what there is to see.

    Args:
        folder: where to write; made when it is not there.
        every: int, epochs from one preview to the next.
        count: int, number of clips.
        seed: int, chooses the latents.
        fps: frames a second of the video.
        show: function of the model that returns what to show instead: a dict of groups of as many
            videos each, uint8 `(n, t, h, w, 3)`, which become the rows of the video.
    """

    def __init__(
        self,
        folder: str | os.PathLike,
        every: int = 1,
        count: int = 8,
        seed: int = 0,
        fps: float = 8,
        show: Callable[[keras.Model], dict[str, np.ndarray]] | None = None,
    ):
        super().__init__()
        self.folder = os.fspath(folder)
        self.every = every
        self.count = count
        self.seed = seed
        self.fps = fps
        self.show = show

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Writes both files when it is their turn."""
        if (epoch + 1) % self.every:
            return
        videos = self._generated() if self.show is None else self.show(self.model)
        os.makedirs(self.folder, exist_ok=True)
        name = os.path.join(self.folder, f"epoch-{epoch + 1:04d}")
        plots.film_strip(videos, f"{name}.png")
        columns = None
        if isinstance(videos, dict):
            columns = len(next(iter(videos.values())))
            videos = np.concatenate(list(videos.values()))
        write_video(f"{name}.mp4", plots.grid(videos, columns), fps=self.fps)

    def _generated(self):
        classes = self.model.generator.num_classes
        labels = np.arange(self.count) % classes if classes else None
        return self.model.generate(self.count, seed=self.seed, labels=labels)
