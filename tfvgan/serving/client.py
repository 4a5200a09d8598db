"""A client of a server of models: files in, what the server makes of them out."""

import functools
import os
from collections.abc import Mapping, Sequence
from typing import Any, Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan import streaming
from tfvgan.data import write_video, write_videos
from tfvgan.serving.asking import ToldSignature, as_told, patiently
from tfvgan.serving.by_grpc import GrpcTransport
from tfvgan.serving.remote import FoundOut, RemoteStepper
from tfvgan.serving.rest import RestTransport
from tfvgan.serving.shown import Shown, remote_scene, through
from tfvgan.streaming.bar import Bar
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.recurrent import are_files
from tfvgan.tasks.segmentation.views import MASK, behind

TOGETHER = 8  # Seeds that are asked for at once.
Video = np.ndarray | str | os.PathLike


class Client:
    """Asks TensorFlow Serving, or `tfvgan serve`, for what the package does in memory.

    Files of any length go through it as they do without a server: with their sound, in parts that
    outlast a stop, in tiles where frames are large. What a busy server does not answer is asked
    for again.

    Args:
        url: "http://localhost:8501" of REST, or "grpc://localhost:8500", where arrays go as
            they are; "https" and "grpcs" are encrypted.
        timeout: seconds until a request counts as unanswered.
        tries: how often the same is asked for at most.
        compress: whether bodies go by gzip, for lines that are slow.
        jpeg: whether pictures go as JPEG of quality 95: smaller, with a small loss.

    Raises:
        ValueError: when that is no address, or gRPC is not installed.
    """

    def __init__(
        self,
        url: str = "http://localhost:8501",
        *,
        timeout: float = 60.0,
        tries: int = 5,
        compress: bool = False,
        jpeg: bool = False,
    ):
        kind = GrpcTransport if url.startswith(("grpc://", "grpcs://")) else RestTransport
        self._way = kind(url, timeout, compress)
        self.tries, self.jpeg = tries, jpeg
        self._told: dict[str, tuple[int, dict[str, ToldSignature]]] = {}
        self._measured: dict[tuple[str, str], FoundOut] = {}

    def close(self) -> None:
        """Lets go of the connection."""
        self._way.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def signatures(self, model: str) -> dict[str, ToldSignature]:
        """Returns the signatures of a model by name, as the server tells them.

        Raises:
            ConnectionError: when the server does not answer.
            ValueError: when it has no such model.
        """
        return self._metadata(model)[1]

    def predict(
        self, model: str, signature: str, inputs: Mapping[str, np.typing.ArrayLike]
    ) -> dict[str, np.ndarray]:
        """Returns the outputs of a signature by name, of numpy arrays; strings are bytes.

        Args:
            model: its name.
            signature: name of the signature.
            inputs: arrays or lists by name, with a batch as their first axis.

        Raises:
            ConnectionError: when the server does not answer.
            ValueError: when it has no such signature, this reads something else, or it refuses.
        """
        arrays, told = as_told(model, signature, inputs, self.signatures(model))
        ask = functools.partial(self._way.predict, model, signature, arrays, told)
        return patiently(ask, self._way.place, self.tries)

    def generate(
        self,
        model: str,
        out: str | os.PathLike | None = None,
        seeds: int | Sequence[int] = 0,
        fps: float = 8.0,
    ) -> np.ndarray | list[str]:
        """Returns a video of each seed, uint8 `(n, frames, size, size, 3)`; or the files of them.

        Args:
            model: name of a generator.
            out: a file that ends in .mp4 or .gif, for one seed, or a folder; None for arrays.
            seeds: one or several.
            fps: of files, frames a second.

        Raises:
            ConnectionError: when the server does not answer.
            ValueError: when it has no such generator; as `tfvgan.data.write_video` does.
        """
        seeds = np.atleast_1d(np.asarray(seeds, np.int32))
        parts = [seeds[at : at + TOGETHER] for at in range(0, len(seeds), TOGETHER)]
        signature = "sample" if self._way.arrays else "sample_encoded"
        made = [self.predict(model, signature, {"seed": part}) for part in parts]
        videos = np.concatenate([_videos(each) for each in made])
        if out is None:
            return videos
        if os.fspath(out).endswith((".mp4", ".gif")):
            if len(videos) > 1:
                raise ValueError(
                    f"`{out}` is one file, for one seed: name a folder for {len(videos)}."
                )
            return [write_video(out, videos[0], fps)]
        return write_videos(out, videos, fps, formats=("mp4",))

    def restore(
        self,
        video: Video,
        out: str | os.PathLike | None = None,
        model: str = "restore_deblock_x2",
        *,
        mask: str | os.PathLike | None = None,
        level: float | None = None,
        show: bool = False,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video restored, as `tfvgan.tasks.Restorer.restore` does; of a file, `out`.

        Args:
            video: uint8 `(t, h, w, 3)`, one scene; or the path of a file of any length.
            out: where to write what a path's video becomes.
            model: its name.
            mask: of a path, one: what is missing.
            level: how strong the noise is, from 0 to 1, of models that are told; None is .5.
            show: whether to show a progress bar on stderr.
            **how: further arguments of `tfvgan.streaming.process`, such as `resume`.

        Raises:
            ConnectionError: when the server does not answer. What was begun can be resumed.
            ValueError: as `tfvgan.streaming.process` does, and when the server refuses.
        """
        told = any("level" in each.inputs for each in self.signatures(model).values())
        conditions = {"level": 0.5 if level is None else level} if told or level is not None else {}
        stepper = self._stepper(model, "restore", conditions)
        if mask is not None and not stepper.masked:
            raise ValueError(
                f"`{model}` was not trained to fill what is missing: leave `mask` out, or ask "
                'one of the recipe "holes".'
            )
        return through(stepper, video, out, show, how, mask=mask)

    def stylize(
        self,
        video: Video,
        out: str | os.PathLike | None = None,
        model: str = "style_ink",
        *,
        strength: float = 1.0,
        show: bool = False,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video in a style, as `tfvgan.tasks.Stylizer.stylize` does; of a file, `out`.

        Args:
            video, out, model, show, **how: as of `restore`.
            strength: in [0, 1], how much of the style.

        Raises:
            ConnectionError, ValueError: as `restore` does.
        """
        stepper = self._stepper(model, "stylize", {"strength": strength})
        return through(stepper, video, out, show, how)

    def steady(
        self,
        original: Video,
        processed: Video,
        out: str | os.PathLike | None = None,
        model: str = "steady",
        *,
        show: bool = False,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the processed video without its flicker, as `tfvgan.tasks.Steadier.steady` does.

        Args:
            original, processed: both arrays, or both paths.
            out, model, show, **how: as of `restore`.

        Raises:
            ConnectionError, ValueError: as `restore` does.
        """
        stepper = self._stepper(model, "steady", {})
        if are_files({"original": original, "processed": processed}, out, how):
            with Bar(show) as progress:
                how = {"progress": progress, **how}
                return streaming.process(stepper, processed, out, beside=original, **how)
        return remote_scene(stepper, np.concatenate([original, processed], axis=-1))

    def segment(
        self,
        video: Video,
        out: str | os.PathLike | None = None,
        model: str = "segment_people",
        *,
        view: str | os.PathLike = MASK,
        grow: int = 0,
        show: bool = False,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns what is shown of the masks of a video, as `tfvgan.tasks.Segmenter.segment` does.

        A server sees frames of their own size, while `Segmenter` sees large ones smaller.

        Args:
            video, out, model, show, **how: as of `restore`.
            view, grow: as of `tfvgan.tasks.Segmenter`.

        Raises:
            ConnectionError, ValueError: as `restore` does.
        """
        background = behind(view)
        stepper = Shown(self._stepper(model, "segment", {}), view, grow)
        return through(stepper, video, out, show, how, background=background)

    def enhance(
        self,
        video: Video,
        out: str | os.PathLike | None = None,
        model: str = "codec_detail",
        *,
        level: float = 0.5,
        strength: float = 1.0,
        sharpness: float = 0.0,
        show: bool = False,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns a compressed video mended by a codec's network.

        Args:
            video, out, model, show, **how: as of `restore`.
            level, strength, sharpness: of all frames, as of the endpoint `enhance`.

        Raises:
            ConnectionError, ValueError: as `restore` does.
        """
        conditions = {"level": level, "strength": strength, "sharpness": sharpness}
        return through(self._stepper(model, "enhance", conditions), video, out, show, how)

    def _metadata(self, model):
        if model not in self._told:
            ask = functools.partial(self._way.signatures, model)
            self._told[model] = patiently(ask, self._way.place, self.tries)
        return self._told[model]

    def _stepper(self, model, verb, conditions):
        version, told = self._metadata(model)
        stepper = RemoteStepper(
            functools.partial(self.predict, model),
            told,
            verb,
            f"{model}/{version}",
            conditions,
            self._way.arrays,
            self.jpeg,
            self._way.near,
            self._measured.get((model, verb)),
        )
        self._measured[model, verb] = stepper.measured
        return stepper


def _videos(outputs: dict[str, Any]) -> np.ndarray:
    """Returns the videos of an answer, arrays or files of their frames."""
    if "video" in outputs:
        return outputs["video"]
    files = outputs["frames_bytes"]
    frames = [tf.io.decode_png(file, channels=3).numpy() for file in files.flat]
    return np.stack(frames).reshape(*files.shape, *frames[0].shape)
