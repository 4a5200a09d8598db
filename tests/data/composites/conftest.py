"""Cut-outs as they were given, for tests that know what they look like."""

import numpy as np
import pytest

from tfvgan.data.composites import things


@pytest.fixture
def as_it_is(monkeypatch):
    """Leaves cut-outs their colours, their form, and all of their rows."""
    same = np.eye(3, dtype="float32"), np.float32(0)
    monkeypatch.setattr(things, "_recoloured", lambda draws: same)
    monkeypatch.setattr(things, "BROADER", 0.0)
    monkeypatch.setattr(things, "LEAST_SEEN", 1.0)
