"""The gap is in the logs when it is its turn, of clips that are read once."""

import keras
import pytest
import toy

from tfvgan.callbacks import DualityGap
from tfvgan.engine import Responses


def test_the_gap_is_in_the_logs_when_it_is_its_turn():
    model, read = toy.model(), []

    def held_out():
        for batch in toy.dataset(seed=9):
            read.append(batch)
            yield batch

    gap = DualityGap(held_out(), every=2, steps=3, count=2)
    best = keras.callbacks.ModelCheckpoint("unwritten.keras", monitor="duality_gap")
    log = model.fit(toy.dataset(), epochs=3, verbose=0, callbacks=[gap]).history
    assert len(read) == 4 and len(log["duality_gap"]) == 1
    best.set_model(model)
    best._set_monitor_op()
    assert best.monitor_op(1.0, 2.0), "less is better"
    assert gap.result.gap == log["duality_gap"][0]
    gap.on_epoch_end(3, logs := {})
    found = Responses(model)(read[::2], read[1::2], 3)
    assert gap.result == found and logs == {"duality_gap": found.gap}


def test_one_batch_is_too_few():
    with pytest.raises(ValueError, match="two batches"):
        toy.model().fit(
            toy.dataset(), verbose=0, callbacks=[DualityGap(toy.dataset(count=2), every=1)]
        )
