"""A discriminator that wins leaves minimax nothing, and other losses something."""

from benchmarks.training import vanishing

AT = (0, 200)


def test_of_minimax_the_gradient_vanishes_and_non_saturating_keeps_it():
    minimax, other = (vanishing.norms(loss, at=AT) for loss in ("minimax", "non_saturating"))
    assert minimax[1] < 0.05 * minimax[0]
    assert other[1] > 20 * minimax[1]


def test_r1_keeps_some_of_it():
    kept = vanishing.norms("minimax", vanishing.PENALTIES["r1"](), at=AT)
    assert kept[1] > 2 * vanishing.norms("minimax", at=AT)[1]


def test_the_generator_stays_and_points_are_apart():
    game = vanishing.game("hinge")
    before = game._weights["G"][0].numpy()
    game.play(3, both=False)
    assert (game._weights["G"][0].numpy() == before).all()
    assert before[0] == -vanishing.APART / 2


def test_a_row_is_of_medians(monkeypatch):
    monkeypatch.setattr(vanishing, "norms", lambda loss, penalty, seed: [seed, 10.0 - seed])
    monkeypatch.setattr(vanishing, "AT", (0, 7))
    row = vanishing.row("hinge", "r1", 3)
    assert row == {"loss": "hinge", "penalty": "r1", "after 0": 1, "after 7": 9.0}
