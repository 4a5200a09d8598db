"""Values that are out of range: counted inside of the step, asked for when it has been made."""

import keras
import tensorflow as tf

from tfvgan.engine.distribution import number

SLACK = 0.01  # What floats may lie beyond, about a grey level: rounding is no fault.


class Strays:
    """Counts the clips whose values lie beyond the bounds of their parts, and refuses them.

    Shapes and dtypes are known when a step is traced; values only when it runs, on devices where
    nothing can be raised (XLA drops assertions). So a step counts, which costs it two passes over
    the batch; behind it the count is read, and a count above 0 raises. It is read after the first
    execution of each `fit` and `evaluate`, after the second, the fourth, and so on, and when an
    epoch ends: so seldom that waiting for it costs nothing. What the first execution changed is put
    back.

    Args:
        parts: `{name: Part}` of a batch.
    """

    def __init__(self, parts):
        self._parts = {name: part for name, part in parts.items() if part.low is not None}
        self._counts = {name: keras.metrics.Sum(f"strays_{name}") for name in self._parts}
        self._executions = 0
        both = [name for name, part in self._parts.items() if part.shape and part.low < 0]
        self._below = {name: keras.metrics.Sum(f"below_{name}") for name in both}
        self._seen = {name: keras.metrics.Sum(f"seen_{name}") for name in both}
        self._unsure = both

    def begin(self):
        """Makes the next execution the first one, and forgets what came before."""
        self._executions = 0
        self._forget()

    def counted(self, batch):
        """Returns the batch, once its strays have been counted.

        What has one value a clip, such as a label, is brought into its bounds: networks read tables
        by it.
        """
        batch = dict(batch)
        for name, part in self._parts.items():
            if name not in batch:
                continue
            value, slack = batch[name], SLACK if part.dtype == "float32" else 0
            inner = tuple(range(1, value.shape.rank))
            least, most = tf.reduce_min(value, inner), tf.reduce_max(value, inner)
            within = (least >= part.low - slack) & (most <= part.high + slack)
            self._counts[name].update_state(tf.cast(~within, "float32"))
            if name in self._below:
                self._below[name].update_state(tf.cast(least < 0, "float32"))
                self._seen[name].update_state(tf.ones_like(least))
            if not part.shape:
                batch[name] = tf.clip_by_value(value, part.low, part.high)
        return batch

    def watched(self, function, model, learns):
        """Returns Keras's function of steps, which checks the counts, ever more rarely.

        Args:
            function: takes an iterator, returns logs.
            model: whose steps these are.
            learns: bool, whether they change it.
        """

        def execute(iterator):
            first, self._executions = not self._executions, self._executions + 1
            kept = _copies(model) if first and learns else ()
            logs = function(iterator)
            if not self._executions & (self._executions - 1):
                self.check(kept)
            return logs

        return execute

    def check(self, kept=()):
        """Reads the counts.

        Args:
            kept: variables and what they are to hold again when a count is above 0.

        Raises:
            ValueError: when one is.
        """
        totals = {name: int(number(count.total)) for name, count in self._counts.items()}
        if not any(totals.values()):
            return
        self._forget()
        for variable, value in kept:
            variable.assign(value)
        name = next(name for name, count in totals.items() if count)
        part = self._parts[name]
        raise ValueError(
            f'"{name}" must be in [{part.low:g}, {part.high:g}], but is not in {totals[name]} '
            f"of the clips so far: {part.hint or ADVICE[part.dtype]}."
        )

    def doubt(self):
        """Returns what to say of the scale of what came, a sentence; "" of what may well be right.

        Values in [0, 1] are within bounds, but no video in [-1, 1] is bright all over. It is asked
        when an epoch ends, and answers the first time that there was one with clips in it.
        """
        if not self._executions:
            return ""
        names = [name for name in self._unsure if number(self._seen[name].total)]
        self._unsure = [name for name in self._unsure if name not in names]
        above = [name for name in names if not number(self._below[name].total)]
        return DOUBT.format(name=above[0]) if above else ""

    def _forget(self):
        for count in self._counts.values():
            count.reset_state()


DOUBT = (
    'No value of "{name}" was below 0 in a whole epoch, and it is to be in [-1, 1]: if yours '
    "are in [0, 1], give 2 * {name} - 1."
)
ADVICE = {
    "float32": "scale the values, of 0 to 255 as video / 127.5 - 1, and clip what resizing adds",
    "int32": "number the classes from 0",
}


def _copies(model):
    """Returns each variable of a model and of its optimizers, on each device, with its value."""
    optimizers = (model.generator_optimizer, model.discriminator_optimizer)
    variables = [*model.variables, *(each for of in optimizers for each in of.variables)]
    local = model.distribute_strategy.experimental_local_results
    return [(own, tf.identity(own)) for each in variables for own in local(each.value)]
