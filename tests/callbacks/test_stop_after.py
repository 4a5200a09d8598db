"""StopAfter: the clock decides."""

import toy

from tfvgan.callbacks import StopAfter


def test_stops_after_the_first_batch_when_there_is_no_time():
    model = toy.model()
    model.fit(toy.dataset(), epochs=3, verbose=0, callbacks=[StopAfter(1e-9)])
    assert int(model.step) == 1


def test_time_goes_on_from_one_fit_to_the_next():
    model, callback = toy.model(), StopAfter(60)
    model.fit(toy.dataset(), verbose=0, callbacks=[callback])
    assert int(model.step) == 4
    callback.minutes = 1e-9
    model.fit(toy.dataset(), verbose=0, callbacks=[callback])
    assert int(model.step) == 5
