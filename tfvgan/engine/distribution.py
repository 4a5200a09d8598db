"""What several devices or several workers change about a training step."""

import functools

import numpy as np
import tensorflow as tf

EMPTY = (
    "Each batch must hold a clip for each replica, but one has fewer: batch with "
    "`drop_remainder=True`, or choose another batch size."
)

JOINED = "\n"  # Before each name of what `per_worker` makes one.


def per_replica(loss, optimizer):
    """Returns the loss to differentiate on one replica, a float32 scalar.

    Optimizers sum gradients over replicas, so each takes its share; and float16 needs its loss
    scaled.

    Args:
        loss: float32 scalar, the mean over this replica's part of the batch.
        optimizer: built `keras.optimizers.Optimizer`.
    """
    return optimizer.scale_loss(loss / tf.distribute.get_strategy().num_replicas_in_sync)


def over_replicas(gradients):
    """Returns the gradients summed over the replicas, and how many replicas there are.

    Args:
        gradients: list of tensors or None, this replica's.
    """
    replicas = tf.distribute.get_strategy().num_replicas_in_sync
    if replicas == 1:
        return gradients, replicas
    present = [tf.convert_to_tensor(g) for g in gradients if g is not None]
    context = tf.distribute.get_replica_context()
    summed = iter(context.all_reduce(tf.distribute.ReduceOp.SUM, present))
    return [None if g is None else next(summed) for g in gradients], replicas


def agreed(value):
    """Returns the mean of what the replicas hold, such as what callbacks of several workers set.

    Args:
        value: float32 scalar tensor, this replica's.
    """
    if tf.distribute.get_strategy().num_replicas_in_sync == 1:
        return value
    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.MEAN, tf.identity(value))


def with_a_clip(batch):
    """Returns the batch, after a check that it holds a clip for this replica.

    A batch of fewer clips than there are replicas, such as the last of an epoch, leaves some
    without any.

    Args:
        batch: tensor `(clips, ...)`, or any nest of them, this replica's part.

    Raises:
        tf.errors.InvalidArgumentError: while the graph runs, with `EMPTY` in its message, which
            `refusing_empty` says in a sentence.
    """
    if tf.distribute.get_strategy().num_replicas_in_sync == 1:
        return batch
    clips = [tf.shape(tensor)[0] for tensor in tf.nest.flatten(batch)]
    with tf.control_dependencies([tf.debugging.assert_positive(tf.stack(clips), EMPTY)]):
        return tf.nest.map_structure(tf.identity, batch)


def refusing_empty(function):
    """Returns the function, which raises ValueError where a replica was given no clip.

    Args:
        function: what runs a step; None stays None.
    """
    if function is None:
        return None

    @functools.wraps(function)
    def wrapper(*args):
        try:
            return function(*args)
        except tf.errors.InvalidArgumentError as error:
            if EMPTY not in str(error):
                raise
            raise ValueError(EMPTY) from None

    return wrapper


def per_worker(logs):
    """Returns the logs as Keras can reduce them over the workers; `naming_logs` undoes it.

    With several workers Keras joins each of their logs along the first axis, which a scalar has
    not, and all wait for one another each time. So all logs are one row.

    Args:
        logs: `{name: scalar tensor}`.
    """
    if not isinstance(tf.distribute.get_strategy(), tf.distribute.MultiWorkerMirroredStrategy):
        return logs
    values = [tf.cast(value, tf.float32) for value in logs.values()]
    return {JOINED + JOINED.join(logs): tf.reshape(tf.stack(values), (1, -1))}


def naming_logs(function):
    """Returns the function, whose logs have their names again where `per_worker` made them one.

    Args:
        function: what runs a step.
    """

    @functools.wraps(function)
    def wrapper(*args):
        logs = function(*args)
        if not isinstance(logs, dict) or len(logs) != 1:
            return logs
        ((name, values),) = logs.items()
        if not name.startswith(JOINED):
            return logs
        return dict(zip(name.split(JOINED)[1:], tf.unstack(values), strict=True))

    return wrapper


def any_worker(strategy, yes):
    """Returns whether a condition holds on any worker, a bool.

    A worker that stops alone leaves the others waiting for it. All must ask at the same batch.

    Args:
        strategy: `tf.distribute.Strategy` that the model is trained under.
        yes: bool, whether it is so on this one.
    """
    if not isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy):
        return yes
    return bool(over_workers(strategy, np.float32(yes)) > 0)


def over_workers(strategy, values):
    """Returns the sum of what all replicas hold, a NumPy array or number. All must ask for it.

    Args:
        strategy: `tf.distribute.MultiWorkerMirroredStrategy`.
        values: NumPy array or number, this worker's, which each of its replicas holds.
    """
    summed = strategy.run(_summed, args=(tf.constant(values),))
    return strategy.experimental_local_results(summed)[0].numpy()


@tf.function
def _summed(values):
    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.SUM, tf.identity(values))


def clips_in_step(video):
    """Returns how many clips all replicas together are shown at this step, an int scalar.

    Args:
        video: `(batch, ...)`, what this replica is shown.
    """
    return tf.shape(video)[0] * tf.distribute.get_strategy().num_replicas_in_sync


def number(variable):
    """Returns the value of a scalar variable, a plain int or float, on any strategy.

    `int()` and `float()` of a variable that several devices hold raise.

    Args:
        variable: `keras.Variable`, with a value for each replica or one for all; or a tensor, or a
            number.
    """
    return np.asarray(variable.numpy() if hasattr(variable, "numpy") else variable).item()
