"""Contrastive losses: closed forms of vectors that are equal, opposite and at right angles."""

import numpy as np
import pytest

from tfvgan.losses import nt_xent, of_one_kind

RNG = np.random.default_rng(0)


def unit(*shape):
    made = RNG.normal(size=shape).astype("float32")
    return made / np.linalg.norm(made, axis=-1, keepdims=True)


def by_hand(first, second, source, temperature):
    views, source = np.concatenate([first, second]), np.concatenate([source, source])
    count, found = len(first), []
    for i, view in enumerate(views):
        pair = (i + count) % (2 * count)
        others = [k for k in range(2 * count) if source[k] != source[i] or k == pair]
        near = np.exp(views[others] @ view / temperature)
        found.append(-np.log(np.exp(views[pair] @ view / temperature) / near.sum()))
    return np.mean(found)


@pytest.mark.parametrize("source", [[0, 1, 2, 3], [0, 0, 2, 3], [0, 1, 1, 1]])
def test_the_formula_of_the_paper(source):
    first, second = unit(4, 6), unit(4, 6)
    found = nt_xent(first, second, np.array(source, "int32"), 0.3)
    assert float(found) == pytest.approx(by_hand(first, second, source, 0.3), rel=1e-5)


def test_all_alike_are_told_apart_by_chance_and_those_of_one_source_need_not_be():
    alike = np.repeat(unit(1, 5), 3, 0)
    assert float(nt_xent(alike, alike, np.arange(3), 0.1)) == pytest.approx(np.log(5), rel=1e-5)
    assert float(nt_xent(alike, alike, np.zeros(3, int), 0.1)) == pytest.approx(0, abs=1e-6)


def test_views_that_are_equal_and_at_right_angles_to_others_are_best():
    apart = np.eye(4, dtype="float32")
    assert float(nt_xent(apart, apart, np.arange(4), 0.05)) < 1e-6
    assert float(nt_xent(apart, np.roll(apart, 1, 0), np.arange(4), 0.05)) > 10


def test_one_kind_is_near_itself_and_far_from_the_others():
    kind, others, temperature = unit(3, 6), unit(2, 6), 0.2
    found = []
    for i, one in enumerate(kind):
        mates = [kind[k] for k in range(3) if k != i]
        near = np.exp(np.array([*mates, *others]) @ one / temperature).sum()
        found += [-np.log(np.exp(mate @ one / temperature) / near) for mate in mates]
    loss = of_one_kind(kind, others, temperature)
    assert float(loss) == pytest.approx(np.mean(found), rel=1e-5)
    assert np.isfinite(float(of_one_kind(kind[:1], others)))
