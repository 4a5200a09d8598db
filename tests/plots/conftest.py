"""Videos that are drawn."""

import numpy as np
import pytest


@pytest.fixture
def videos():
    return np.random.default_rng(0).integers(0, 256, (3, 5, 8, 12, 3), np.uint8)
