"""Rendering a few videos and a few frames at once changes no picture."""

import dataclasses
import inspect
from typing import get_type_hints

import numpy as np
import tensorflow as tf

from tfvgan import Sampler
from tfvgan.networks import ContinuousGenerator
from tfvgan.tasks.generation import moments, rendering


def test_what_may_be_asked_is_what_is_rendered_and_usual_for_a_sampler():
    usual = {field.name: field.default for field in dataclasses.fields(rendering.Rendering)}
    assert get_type_hints(rendering.Asked) == get_type_hints(rendering.Rendering)
    of_sampler = inspect.signature(Sampler.generate).parameters
    assert usual == {name: of_sampler[name].default for name in usual}


def test_pieces_are_the_whole_and_no_larger_than_asked(monkeypatch):
    generator = ContinuousGenerator(6, 4, 8, motion_dim=4, width=8, spacing=5)
    generator.build()
    when = moments.asked(generator, 17, start=3.5, rate=1.5)
    noise = tf.random.stateless_normal((3, moments.anchors(generator, when), 4), (1, 2))
    named = {"latents": tf.random.stateless_normal((3, 6), (0, 1)), "motion": noise}

    def inputs(part):
        return {name: value[part] for name, value in named.items()}

    rendered = []
    draw = moments.render_moments
    monkeypatch.setattr(
        moments, "render_moments", lambda *given: rendered.append(len(given[2])) or draw(*given)
    )
    whole = rendering.render_all(generator, inputs, 3, 17, when, 2)
    assert rendered == [17, 17]
    monkeypatch.setattr(rendering, "PIXELS", 8 * 64)
    pieces = rendering.render_all(generator, inputs, 3, 17, when, 2)
    assert rendered[2:] == [4, 4, 4, 4, 1, 8, 8, 1]
    assert whole.shape == (3, 17, 8, 8, 3) and whole.dtype == np.uint8
    assert np.abs(whole.astype(int) - pieces).max() <= 1


def test_there_is_always_one_frame_at_once():
    assert rendering.at_once(ContinuousGenerator(6, 4, 64)) == 256
    assert rendering.at_once(ContinuousGenerator(6, 4, 4096)) == 1
