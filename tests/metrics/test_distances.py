import numpy as np

from tfvgan.metrics import distances
from tfvgan.metrics.distances import squared_distances


def test_they_are_the_sums_of_squares_in_any_number_of_blocks(monkeypatch):
    random = np.random.default_rng(0)
    x, y = random.normal(size=(7, 3)), random.normal(size=(5, 3))
    expected = np.square(x[:, None] - y).sum(axis=-1)
    for rows in (2, 7, 100):
        monkeypatch.setattr(distances, "ROWS", rows)
        blocks = list(squared_distances(x, y))
        assert len(blocks) == -(-7 // rows)
        np.testing.assert_allclose(np.concatenate(blocks), expected, rtol=1e-9)


def test_equal_rows_are_no_distance_apart():
    x = np.random.default_rng(0).normal(size=(50, 400))
    (squares,) = squared_distances(x, x.copy())
    assert (np.diag(squares) == 0).all() and (squares + np.eye(50) > 0).all()
