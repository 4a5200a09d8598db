"""What several devices or several workers change about a training step."""

import tensorflow as tf


def per_replica(loss, optimizer):
    """Returns the loss to differentiate on one replica, a float32 scalar.

    Optimizers sum gradients over replicas, so each takes its share; and float16 needs its loss
    scaled.

    Args:
        loss: float32 scalar, the mean over this replica's part of the batch.
        optimizer: built `keras.optimizers.Optimizer`.
    """
    return optimizer.scale_loss(loss / tf.distribute.get_strategy().num_replicas_in_sync)


def per_worker(logs):
    """Returns the logs as Keras can reduce them over the workers.

    With several workers Keras joins their logs along the first axis, which a scalar has not.

    Args:
        logs: `{name: scalar tensor}`.
    """
    if not isinstance(tf.distribute.get_strategy(), tf.distribute.MultiWorkerMirroredStrategy):
        return logs
    return {name: tf.reshape(value, (1,)) for name, value in logs.items()}


def shown(video):
    """Returns how many clips all replicas together are shown at this step, an int scalar.

    Args:
        video: `(batch, ...)`, what this replica is shown.
    """
    return tf.shape(video)[0] * tf.distribute.get_strategy().num_replicas_in_sync


def number(variable):
    """Returns the value of a scalar variable, a plain int or float, on any strategy.

    `int()` and `float()` of a variable that several devices hold raise.

    Args:
        variable: `keras.Variable`, with a value for each replica or one for all.
    """
    return variable.numpy().item()
