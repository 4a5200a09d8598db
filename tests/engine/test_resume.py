"""A run that is killed and started again ends with the weights of one that never stopped."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

TRAIN = """
    import hashlib, sys
    import keras
    import toy
    from tfvgan import losses

    class Say(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            print("step", int(self.model.step.numpy()), flush=True)

    model = toy.model(penalty=losses.R1(every=2), augment="color", moving_average=0.9)
    backup = keras.callbacks.BackupAndRestore(sys.argv[1])
    model.fit(toy.dataset(), epochs=4, verbose=0, callbacks=[backup, Say()])
    weights = b"".join(weight.tobytes() for weight in model.get_weights())
    print("weights", hashlib.sha256(weights).hexdigest(), flush=True)
"""
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def start(folder):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(TRAIN), str(folder)],
        env={**os.environ, "PYTHONPATH": HERE, "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdout=subprocess.PIPE,
        text=True,
    )


def lines(process):
    return [line.split() for line in process.communicate(timeout=240)[0].splitlines()]


@pytest.mark.slow
def test_sigkill_in_the_middle_of_an_epoch_changes_nothing(tmp_path):
    whole = lines(start(tmp_path / "whole"))
    killed = start(tmp_path / "killed")
    for line in killed.stdout:
        if line.split() == ["step", "10"]:  # In the third of four epochs of four steps.
            killed.send_signal(signal.SIGKILL)
            break
    killed.wait(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    resumed = lines(start(tmp_path / "killed"))
    assert resumed[0] == ["step", "9"]  # Went on where the second epoch had ended.
    assert resumed[-1] == whole[-1]
    assert whole[-1][0] == "weights"
