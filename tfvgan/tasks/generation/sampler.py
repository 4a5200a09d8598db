"""A trained generator on its own: its videos, mixtures of them, and walks among them."""

import os
from collections.abc import Sequence
from typing import Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.networks import Generator
from tfvgan.tasks.beside import DRAWS, known_beside, use_of, write_beside
from tfvgan.tasks.generation import codes, moments, rendering
from tfvgan.tasks.generation.endpoints import endpoints
from tfvgan.tasks.loading import load_keras, save_deflated
from tfvgan.tasks.served import Served

Labels = int | Sequence[int] | np.ndarray | None  # Of videos: one of all, or of each.


class Sampler(Served):
    """Makes videos with one trained generator; nothing of the training is needed.

    A video is known by the seed and its number: number n is the n-th of `generate`. Networks that
    know time keep what is seen (content) apart from how it moves (motion), so that `mix`, `blend`
    and `walk` can join the content of one number to the motion of another.

    Args:
        generator: `tfvgan.networks.Generator`; it must not learn any more.
        class_names: names of the classes, in the order of their labels; empty where not known.
        fps: frames a second of the videos that it learned from; None where not known.
        draws: 1 or 2, how latents follow from a seed, as `tfvgan.tasks.beside.use_of` says. With 2
            no video is one that was trained on; what was saved before has 1, and keeps its videos.

    Raises:
        ValueError: when it is no generator, of other classes, or there are no such draws.
    """

    def __init__(
        self,
        generator: Generator,
        class_names: Sequence[str] = (),
        fps: float | None = None,
        draws: int = DRAWS,
    ):
        if not isinstance(generator, Generator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.Generator, but is a "
                f"{type(generator).__name__}: of a VideoGAN give its `average`."
            )
        if len(class_names) not in (0, generator.num_classes):
            raise ValueError(
                f"`class_names` must be of {generator.num_classes} classes, but are of "
                f"{len(class_names)}: give the generator's own."
            )
        self.generator = generator
        self.class_names = list(class_names)
        self.fps, self.draws = fps, draws
        self._use = use_of(draws, "sampling")
        self._codes = codes.Codes(generator)

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, where the generator now is; beside it, as .json, what it cannot know.

        Args:
            path: ends in .keras. `Sampler.load` reads both files, `keras.models.load_model` the
                network alone.
        """
        write_beside(path, class_names=self.class_names, fps=self.fps, draws=self.draws)
        return save_deflated(self.generator, path)

    @classmethod
    def load(cls, path: str | os.PathLike) -> Self:
        """Returns the sampler that was saved there.

        Raises:
            ValueError: when the file holds no generator, or is damaged.
        """
        facts = known_beside(path)
        facts.pop("codec", None)  # A restorer's.
        return cls(load_keras(path), **facts)

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `generate(latents[, label])` and `sample(seed)`, both giving uint8 video.

        `sample` reads seeds, int32 `(n,)`, and returns of each what `generate(1, seed)` in Python
        does, and the drawn labels where there are classes; `sample_encoded` gives the frames as PNG
        files, `frames_bytes`. Networks that know time read `motion` too, the noise at the anchors
        of one clip, and have `moment(latents, motion, time[, label])`: one frame, at any time.
        """
        return endpoints(self.generator, self._use)

    def generate(
        self,
        count: int = 4,
        seed: int = 0,
        labels: Labels = None,
        batch_size: int = 8,
        frames: int | None = None,
        start: float = 0.0,
        rate: float = 1.0,
        truncation: float = 1.0,
        progress: bool = False,
    ) -> np.ndarray:
        """Returns new videos, uint8 `(count, frames, size, size, 3)` in [0, 255].

        The n-th video depends on `seed` and n alone, not on `count` or `batch_size`. Of networks
        that know time it is endless, and `frames`, `start` and `rate` say which part to render.
        However long that is, only some frames are rendered at once.

        Args:
            count: int, how many.
            seed: int.
            labels: None for random classes, an int for all, or a list of `count` ints.
            batch_size: int, how many are made at once.
            frames: int, how many frames; None for as many as were trained on.
            start: float >= 0, time of the first frame, in frames as trained on.
            rate: float > 0, frames to render in the time of one that was trained on: 2 doubles the
                frame rate.
            truncation: float in [0, 1]: less shows what is more usual, and less variety. It pulls
                the code of the content towards the mean of its class (Karras et al. 2019, StyleGAN,
                appendix B); networks that have none get their latents multiplied by it. 1 changes
                nothing.
            progress: bool, whether to show a progress bar.

        Raises:
            ValueError: when `count` or `seed` is no whole number, the labels are not classes of
                this model, or are not `count`, when the network renders whole clips only and a part
                is asked for, or when the truncation is out of its range.
        """
        numbers = codes.first_numbers(count, seed)
        how = (batch_size, frames, start, rate, truncation, progress)
        return self._render(numbers, self._motion(numbers, seed), seed, labels, *how)

    def mix(
        self,
        contents: Sequence[int],
        motions: Sequence[int],
        seed: int = 0,
        labels: Labels = None,
        **how: Unpack[rendering.Asked],
    ) -> np.ndarray:
        """Returns each content in each motion, uint8 `(contents * motions, frames, size, size, 3)`.

        The first content comes in all the motions, then the second: `tfvgan.plots.grid(videos,
        columns=len(motions))` shows them as rows of contents and columns of motions.

        Args:
            contents: list of ints, the numbers of the videos whose content is taken.
            motions: list of ints, the numbers of the videos whose motion is taken.
            seed: int, which these are the numbers of.
            labels: None for each content's own class, an int for all, or an int for each content.
            **how: of `tfvgan.tasks.generation.rendering.Asked`, as in `generate`.

        Raises:
            ValueError: as `generate` does, and when the network does not know time.
        """
        self._check_knows_time("mix")
        labels = self._labels(contents, seed, labels)
        labels = None if labels is None else np.repeat(labels, len(motions))
        shown = np.repeat(np.asarray(contents, np.int32), len(motions))
        moving = np.tile(np.asarray(motions, np.int32), len(contents))
        return self._render(shown, self._motion(moving, seed), seed, labels, **how)

    def blend(
        self,
        motions: Sequence[int],
        content: int = 0,
        count: int = 5,
        seed: int = 0,
        labels: Labels = None,
        **how: Unpack[rendering.Asked],
    ) -> np.ndarray:
        """Returns one content in motions between two, uint8 `(count, frames, size, size, 3)`.

        The noise of the two is added by the cosine and the sine of an angle that grows from video
        to video, so that what lies between them is noise of unit variance as well.

        Args:
            motions: two ints, the numbers of the videos whose motions come first and last.
            content: int, the number of the video whose content is taken.
            count: int, 2 or more.
            seed, labels, **how: as in `mix`.

        Raises:
            ValueError: as `mix` does, and when there are not two motions, or not two videos.
        """
        self._check_knows_time("blend")
        if len(motions) != 2 or motions[0] == motions[1] or count < 2:
            raise ValueError(
                "`motions` must be two numbers and `count` 2 or more, but they are "
                f"{list(motions)} and {count}."
            )
        labels = self._labels([content], seed, labels)
        labels = None if labels is None else np.repeat(labels, count)
        angles = np.linspace(0, np.pi / 2, count, dtype=np.float32)[:, None, None]

        def motion(part, when):
            pair = self._motion(np.asarray(motions, np.int32), seed)(slice(None), when)
            first, last = pair["motion"]
            return {"motion": np.cos(angles[part]) * first + np.sin(angles[part]) * last}

        return self._render(np.full(count, content, np.int32), motion, seed, labels, **how)

    def walk(
        self,
        contents: Sequence[int],
        motion: int = 0,
        seed: int = 0,
        labels: Labels = None,
        closed: bool = True,
        frames: int = 128,
        start: float = 0.0,
        rate: float = 1.0,
        truncation: float = 1.0,
        progress: bool = False,
    ) -> np.ndarray:
        """Returns one video whose content walks from one to the next: uint8 `(frames, s, s, 3)`.

        It moves as one video does all the while. Latents walk along great circles and slow down at
        each content; from class to class the codes are blended.

        Args:
            contents: list of two ints or more, the numbers of the videos to walk through.
            motion: int, the number of the video whose motion is taken.
            seed, labels: as in `mix`.
            closed: bool, whether the content walks back to the first; the motion never repeats.
            frames: int, how many frames.
            start, rate, truncation, progress: as in `generate`.

        Raises:
            ValueError: as `mix` does, and when there are fewer than two contents.
        """
        self._check_knows_time("walk")
        if len(contents) < 2:
            raise ValueError(f"`contents` must be two numbers or more, but are {list(contents)}.")
        _, when = rendering.Rendering(1, frames, start, rate, truncation).span(self.generator)
        labels = self._labels(contents, seed, labels)
        latents = self._latents(contents, seed)
        noise = self._motion(np.array([motion], np.int32), seed)(slice(None), when)["motion"]
        noise = moments.motion_windows(self.generator, noise, when)
        way = codes.stations(len(contents), frames, closed)

        def inputs(part):
            code = self._codes.between(latents, labels, *(of[part] for of in way), truncation)
            return {"code": code, "motion": noise[part], "time": tf.constant(when[part])}

        size = rendering.at_once(self.generator)
        return rendering.render_all(self.generator, inputs, frames, 1, None, size, progress)[:, 0]

    def _render(self, numbers, motion, seed, labels, *positional, **named):
        """Returns videos of the contents of these numbers, that move as `motion(part, when)`."""
        how = rendering.Rendering(*positional, **named)
        frames, when = how.span(self.generator)
        labels = self._labels(numbers, seed, labels)

        def inputs(part):
            latents = self._latents(numbers[part], seed)
            label = None if labels is None else tf.constant(labels[part], tf.int32)
            return {**self._shown(latents, label, how.truncation), **motion(part, when)}

        size = len(numbers), frames, when, how.batch_size
        return rendering.render_all(self.generator, inputs, *size, how.progress)

    def _motion(self, numbers, seed):
        """Returns the function `_render` takes for the motions of the videos of these numbers."""

        def motion(part, when):
            if when is None:
                return {}
            chosen = tf.constant(numbers[part])
            return moments.of_videos(self.generator, chosen, seed, self._use, when)

        return motion

    def _latents(self, numbers, seed):
        return codes.latents(self.generator, tf.constant(numbers, tf.int32), seed, self._use)

    def _labels(self, numbers, seed, asked):
        return codes.chosen_labels(self.generator, numbers, seed, self._use, asked)

    def _shown(self, latents, label, truncation):
        """Returns the generator's inputs of content: latents and label, or their code."""
        if truncation != 1.0 and hasattr(self.generator, "content"):
            return {"code": self._codes(latents, label, truncation)}
        named = {} if label is None else {"label": label}
        return {"latents": latents if truncation == 1.0 else truncation * latents, **named}

    def _check_knows_time(self, verb):
        if "times" not in self.generator.signature():
            raise ValueError(
                f"`{verb}` takes a network that keeps content and motion apart, but "
                f'`{self.generator.name}` does not: train the preset "continuous".'
            )
