"""What makes tests short: most of their time goes into tracing graphs and drawing pictures."""

import pytest
import tensorflow as tf


@pytest.fixture
def eagerly():
    """Runs functions as they are written: tracing a large one costs more than a few of its steps.

    What is compared to the bit has to run alike on both sides.
    """
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture
def without_pictures(monkeypatch):
    """Draws none of the pictures of an epoch, which take half of a small run's time."""
    for name in ("film_strip", "curves"):
        monkeypatch.setattr(f"tfvgan.plots.{name}", lambda *given, **named: None)
