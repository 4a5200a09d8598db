"""Observer: hands everything on, and outlives what it is handed."""

import keras
import toy

from tfvgan.callbacks import Observer


def test_all_that_happens_is_handed_on():
    seen = {}

    class Watch(keras.callbacks.Callback):
        def __init__(self):
            super().__init__()
            for name in dir(self):
                if name.startswith("on_") and "predict" not in name:
                    setattr(self, name, self.note(name))

        def note(self, name):
            return lambda *given, **named: seen.setdefault(name, [*given, *named.values()])

    watch = Watch()
    model = toy.model()
    model.fit(toy.dataset(), validation_data=toy.dataset(), verbose=0, callbacks=[Observer(watch)])
    assert watch.model is model and watch.params["epochs"] == 1
    assert {"on_epoch_end", "on_train_batch_end", "on_test_end", "on_train_end"} <= set(seen)
    assert seen["on_epoch_end"][0] == 0 and "d_loss" in seen["on_epoch_end"][1]


def test_what_fails_is_told_and_the_training_goes_on(caplog):
    def fail(epoch, logs):
        raise OSError("No room for it")

    failing = keras.callbacks.LambdaCallback(on_epoch_end=fail)
    history = toy.model().fit(toy.dataset(), epochs=2, verbose=0, callbacks=[Observer(failing)])
    assert len(history.epoch) == 2
    said = [record.getMessage() for record in caplog.records if "failed" in record.getMessage()]
    assert said == ["LambdaCallback failed, and the training goes on without: No room for it"]
