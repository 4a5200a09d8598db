"""Files that a server starts with, read by the classes of its own."""

from pathlib import Path

import pytest
from google.protobuf import text_format

from tfvgan.serving.configs import (
    batching_params,
    compose_file,
    models_config,
    monitoring_config,
    write_configs,
)

MODELS = """\
model_config_list {
  config {
    name: "style_ink"
    base_path: "/models/style_ink"
    model_platform: "tensorflow"
    model_version_policy { latest { num_versions: 1 } }
  }
}
"""
BATCHING = """\
max_batch_size { value: 8 }
batch_timeout_micros { value: 2000 }
max_enqueued_batches { value: 256 }
num_batch_threads { value: 3 }
allowed_batch_sizes: 1
allowed_batch_sizes: 2
allowed_batch_sizes: 4
allowed_batch_sizes: 8
"""
COMPOSE = """\
# Ports are open to this machine alone: there is neither a password nor encryption.
services:
  serving:
    image: tensorflow/serving:2.17.0
    command:
      - --model_config_file=/config/models.config
      - --monitoring_config_file=/config/monitoring.config
      - --rest_api_timeout_in_ms=300000
      - --enable_batching=true
      - --batching_parameters_file=/config/batching_params.pbtxt
    ports:
      - "127.0.0.1:8500:8500"
      - "127.0.0.1:8501:8501"
    volumes:
      - "../models:/models:ro"
      - "./:/config:ro"
    restart: unless-stopped
"""


def test_the_files_are_these():
    assert models_config(["style_ink"]) == MODELS
    assert batching_params(3) == BATCHING
    assert compose_file("../models", True) == COMPOSE
    without = compose_file("../models", False)
    assert "batching" not in without and without.count("\n") == COMPOSE.count("\n") - 2
    assert monitoring_config().split() == [
        "prometheus_config",
        "{",
        "enable:",
        "true",
        "path:",
        '"/monitoring/prometheus/metrics"',
        "}",
    ]


def test_the_server_s_own_classes_read_the_models():
    module = pytest.importorskip("tensorflow_serving.config.model_server_config_pb2")
    names = ["a", 'b "quoted"\\', "é"]
    config = text_format.Parse(models_config(names, "/m"), module.ModelServerConfig())
    found = config.model_config_list.config
    assert [each.name for each in found] == names
    assert [each.base_path for each in found] == [f"/m/{name}" for name in names]
    assert found[0].model_version_policy.latest.num_versions == 1


@pytest.mark.parametrize("largest, sizes", [(1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6])])
def test_the_last_size_that_is_allowed_is_the_largest(largest, sizes):
    lines = batching_params(1, largest).splitlines()
    assert [int(line.split()[1]) for line in lines if line.startswith("allowed")] == sizes
    assert lines[0] == f"max_batch_size {{ value: {largest} }}"


def test_files_are_written_beside_the_models_or_elsewhere(tmp_path):
    (tmp_path / "models").mkdir()
    here = write_configs(tmp_path / "models", ["a"], tmp_path / "models", threads=3)
    assert [path.rpartition("/")[2] for path in here] == [
        "models.config",
        "monitoring.config",
        "docker-compose.yml",
        "batching_params.pbtxt",
    ]
    assert '- ".:/models:ro"' in Path(here[2]).read_text()
    there = write_configs(tmp_path / "models", ["a"], tmp_path / "served", batching=False)
    assert len(there) == 3 and '- "../models:/models:ro"' in Path(there[2]).read_text()
    inside = write_configs(tmp_path, ["a"], tmp_path, batching=False)
    assert "batching" not in Path(inside[2]).read_text()


def test_a_server_without_docker_has_a_base_of_its_own(tmp_path):
    paths = write_configs(tmp_path / "models", ["a"], tmp_path, base="gs://bucket/models/")
    assert [Path(path).name for path in paths] == [
        "models.config",
        "monitoring.config",
        "batching_params.pbtxt",
    ]
    assert 'base_path: "gs://bucket/models/a"' in (tmp_path / "models.config").read_text()
    with pytest.raises(ValueError, match="`base` must be a whole path .* but is 'models'"):
        write_configs(tmp_path / "models", ["a"], tmp_path, base="models")


def test_what_can_not_be_served_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must hold models, NAME/1/saved_model.pb, but has none"):
        write_configs(tmp_path, [], tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="must be a folder for files, but is a file"):
        write_configs(tmp_path, ["a"], tmp_path / "file")
