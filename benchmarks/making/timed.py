"""A training of some minutes that keeps what there is of the average after each epoch."""

from pathlib import Path

import keras

from tfvgan.callbacks import CoolDown, StopAfter
from tfvgan.runs.newest import GENERATOR
from tfvgan.whole import write_whole

EPOCHS = 1 << 20  # Time ends it.


class Keep(keras.callbacks.Callback):
    """Saves the average after each epoch.

    Args:
        path: of the file.
        served: function of the average that returns what has `save`, such as `Restorer`.
    """

    def __init__(self, path, served):
        super().__init__()
        self.path, self.served = path, served

    def on_epoch_end(self, epoch, logs=None):
        write_whole(self.path, self.served(self.model.average).save)


class WarmUp(keras.callbacks.Callback):
    """Lets learning rates rise along a line in the first steps.

    Adam's first steps are as large as its rate allows, whatever the gradients: a network that has
    learnt much would forget it.

    Args:
        steps: int; 0 for none.
    """

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def on_train_batch_begin(self, batch, logs=None):
        """Slows both players down, beside what `CoolDown` does before it."""
        if self.model.steps_made < self.steps:
            pace = self.model.optimizer.pace
            pace.assign(pace * (self.model.steps_made + 1) / self.steps)


def train(model, data, steps, minutes, run, served, warm=0):
    """Trains a compiled game; learning rates fall in the last part of the time.

    Args:
        model: the game.
        data: a data set without end.
        steps: of an epoch: between two lines that say how it goes.
        minutes: float.
        run: a folder; the network lies in its generator.keras.
        served: as of `Keep`.
        warm: steps in which the rates rise first.
    """
    callbacks = [CoolDown(EPOCHS * steps, minutes), WarmUp(warm), StopAfter(minutes)]
    keep = Keep(Path(run) / GENERATOR, served)
    model.fit(data, epochs=EPOCHS, steps_per_epoch=steps, verbose=2, callbacks=[*callbacks, keep])
