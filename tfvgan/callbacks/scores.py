"""How near the generated videos are to the real ones, every some epochs."""

from collections.abc import Callable, Iterable

import keras
import numpy as np

from tfvgan.engine.directions import adds
from tfvgan.metrics import extractors
from tfvgan.metrics.features import collect
from tfvgan.metrics.scores import SCORES, scores


class Scores(keras.callbacks.Callback):
    """Adds scores of `model.generate`, that is of the moving average, to the logs.

    With I3D they are `fvd`, `kvd`, `precision_k3` and `recall_k3`; with AlexNet or VGG16, `ffd`.
    Real videos are looked at once, when training begins; generated ones come from the same latents
    each time. Put it before callbacks that write or watch the logs. Epochs without their turn have
    no scores.

    Args:
        real: iterable of real videos or batches of them, as `tfvgan.metrics.collect` takes, such
            as an array or the data set of `tfvgan.data.clips`; `count` videos of it are read.
        every: int, epochs from one scoring to the next.
        count: int, the most videos on each side; `benchmarks/metrics/fvd_speed.py` says what they
            cost.
        extractor: "i3d", "alexnet", "vgg16", or an object as `tfvgan.metrics.extractors` describes.
        seed: int, chooses the latents.
        progress: bool, whether to show bars.

    Attributes:
        results: the last list of `tfvgan.metrics.Result`, with intervals and whole names.

    Raises:
        MissingWeights: when the extractor's weights have not been fetched.
    """

    def __init__(
        self,
        real: Iterable[np.ndarray],
        every: int = 5,
        count: int = 256,
        extractor: str | Callable = "i3d",
        seed: int = 0,
        progress: bool = True,
    ):
        super().__init__()
        self.real = real
        self.every = every
        self.count = count
        self.extractor = extractors.get_extractor(extractor)
        self.seed = seed
        self.progress = progress
        self.results = []
        self._features = None

    def set_model(self, model: keras.Model) -> None:
        """Tells callbacks that monitor the scores which direction is better."""
        super().set_model(model)
        adds(model, **{score.name: score.higher_is_better for score in SCORES})

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Looks at the real videos."""
        if self._features is None:
            self._features = self._look(self.real, "real videos")

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Scores, when it is its turn."""
        if (epoch + 1) % self.every:
            return
        count = self._features.protocol.videos
        generated = self._look(
            self.model.generate(count, seed=self.seed), f"epoch {epoch + 1}, generated videos"
        )
        self.results = scores(self._features, generated)
        if logs is not None:
            logs.update({result.score: result.value for result in self.results})

    def _look(self, videos, title):
        return collect(
            videos,
            self.extractor,
            self.count,
            seed=self.seed,
            progress=title if self.progress else None,
        )
