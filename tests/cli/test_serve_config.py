import shlex
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from tfvgan_cli.main import main

from tfvgan.serving.warmup import write_warmup


@pytest.fixture
def models(tmp_path):
    """Two models, of which one has requests to warm up with."""
    for name in ("one", "other"):
        module = tf.Module()
        module.f = tf.function(lambda x: {"y": 2 * x}, [tf.TensorSpec((None,), tf.int32, "x")])
        folder = tmp_path / "models" / name / "2"
        tf.saved_model.save(module, str(folder), signatures={"double": module.f})
    write_warmup(tmp_path / "models" / "one" / "2", {"double": {"x": np.int32([1])}})
    return tmp_path / "models"


def test_files_are_written_for_all_models_or_some(models, capsys):
    assert main(["serve-config", str(models), "--threads", "7"]) == 0
    config = (models / "models.config").read_text()
    assert '"one"' in config and '"other"' in config
    assert "num_batch_threads { value: 7 }" in (models / "batching_params.pbtxt").read_text()
    assert capsys.readouterr().out.count("Wrote ") == 4
    out = models.parent / "out"
    words = ["serve-config", str(models), "-o", str(out), "--models", "other", "--no-batching"]
    assert main(words) == 0
    assert '"one"' not in (out / "models.config").read_text()
    assert not (out / "batching_params.pbtxt").exists()


def test_a_server_without_docker_is_told_where_the_models_are(models, capsys):
    out, base = models.parent / "a folder", f"{models}/"
    assert main(["serve-config", str(models), "-o", str(out), "--base", base]) == 0
    assert f'base_path: "{models}/one"' in (out / "models.config").read_text()
    assert not (out / "docker-compose.yml").exists()
    said = capsys.readouterr().out.splitlines()[-1].removeprefix("To start the server: ")
    program, *words = shlex.split(said)
    assert program == "tensorflow_model_server" and "--rest_api_port=8501" in words
    files = [word.partition("=")[2] for word in words if "_file=" in word]
    assert len(files) == 3 and all(Path(file).is_file() for file in files)
    assert main(["serve-config", str(models)]) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said == f"To start the server: cd {models} && docker compose up"


def test_one_model_is_found_where_its_config_says(models):
    """The image sees the folder that the model lies in as /models."""
    assert main(["serve-config", str(models / "one")]) == 0
    assert 'base_path: "/models/one"' in (models / "one" / "models.config").read_text()
    assert '- "..:/models:ro"' in (models / "one" / "docker-compose.yml").read_text()


def test_requests_of_each_model_are_replayed(models, capsys):
    assert main(["serve-config", str(models), "--check"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("one double: ") and first.endswith(" s later.")
    assert second.startswith("other: there is no assets.extra/tf_serving_warmup_requests in ")
    assert not (models / "models.config").exists()
    write_warmup(models / "one" / "2", {"half": {"x": np.int32([1])}})
    assert main(["serve-config", str(models), "--check"]) == 2
    assert "asks `half` by x, but no such signature" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_told(models, capsys):
    assert main(["serve-config", str(models), "--models", "none"]) == 2
    assert "has no model none: there are one, other." in capsys.readouterr().err
