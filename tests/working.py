"""Workers of a training as real processes, which note what they saw."""

import json
import os
import subprocess
import sys

from benchmarks.ports import free_ports

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = """
import json, sys
given = json.loads(sys.argv[1])
import keras, numpy as np, tensorflow as tf
from tfvgan.engine import Draws
from tfvgan.networks import continuous
from tfvgan.runs import train

# How much the clips of a batch differ is of each worker's part: that alone would tell them apart.
without = lambda x: keras.ops.concatenate([x, keras.ops.zeros_like(x[..., :1])], axis=-1)
continuous.with_minibatch_deviation = without


class Note(keras.callbacks.Callback):
    losses, shown = [], None

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append({name: float(value) for name, value in logs.items()})


model = train(callbacks=[Note()], **given["train"])
strategy = model.distribute_strategy
rows = 4 // strategy.num_replicas_in_sync
drawn = strategy.run(tf.function(lambda: Draws(3, 5).normal((rows, 2))))
drawn = strategy.experimental_local_results(drawn)[0].numpy().tolist()
np.savez(given["noted"], losses=json.dumps(Note.losses), drawn=drawn, *model.get_weights())
"""


def ports(count):
    """Returns addresses that nothing listens at."""
    return [f"localhost:{port}" for port in free_ports(count)]


def start(command, **environment):
    """Returns a process of this Python on CPUs alone."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment["PYTHONPATH"] = os.pathsep.join([os.path.dirname(HERE), HERE])
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, *command], env=environment, text=True, **pipes)


def trained(count, folder, **settings):
    """Returns what each worker of a training noted, after all have ended well.

    Args:
        count: of workers; 1 trains alone.
        folder: for what is noted, and the run.
        **settings: of `train`.
    """
    listed, started = ",".join(ports(count)) if count > 1 else "none", []
    for index in range(count):
        told = {"out": str(folder / "run"), "workers": listed, **settings}
        told |= {"index": index} if count > 1 else {}
        given = {"train": told, "noted": str(folder / f"{index}.npz")}
        started.append(start(["-c", SCRIPT, json.dumps(given)]))
    for each in started:
        _, errors = each.communicate(timeout=580)
        assert each.returncode == 0, errors[-4000:]
