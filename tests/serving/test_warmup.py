"""Requests lie where a server looks for them, and are tried."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.serving.warmup import MOST, WARMUP, read_warmup, replay_warmup, write_warmup


@pytest.fixture
def served(tmp_path):
    """A SavedModel whose signature refuses what is above 9."""
    module = tf.Module()

    def double(x):
        tf.debugging.Assert(tf.reduce_all(x < 10), ["`x` must be below 10"])
        return {"y": 2 * x}

    module.f = tf.function(double, [tf.TensorSpec((None,), tf.int32, "x")])
    tf.saved_model.save(module, str(tmp_path), signatures={"double": module.f})
    return tmp_path


def test_requests_are_written_read_and_replayed(served):
    asked = {"double": {"x": np.int32([3, 4])}}
    path = write_warmup(served, asked)
    assert path == str(served / "assets.extra" / "tf_serving_warmup_requests")
    (request,) = read_warmup(served)
    assert request.signature == "double" and request.inputs["x"].tolist() == [3, 4]
    (replayed,) = replay_warmup(served)
    assert replayed.signature == "double" and replayed.first > 0 and replayed.later > 0


def test_without_a_file_nothing_is_replayed(served):
    assert list(read_warmup(served)) == [] and replay_warmup(served) == []


@pytest.mark.parametrize(
    "asked, told",
    [
        ({"double": {"x": np.int32([10])}}, r"`double` in .* fails, .*`x` must be below 10"),
        ({"double": {"z": np.int32([1])}}, "asks `double` by z, but it reads x"),
        ({"half": {"x": np.int32([1])}}, "asks `half` by x, but no such signature"),
        ({"double": {"x": np.float32([1])}}, r"`double` in .* fails"),
    ],
)
def test_what_would_keep_a_server_from_loading_is_told(served, asked, told):
    write_warmup(served, asked)
    with pytest.raises(ValueError, match=told) as raised:
        replay_warmup(served)
    assert "\n" not in str(raised.value)


def test_a_damaged_file_is_told(served):
    path = write_warmup(served, {"double": {"x": np.int32([3, 4])}})
    with open(path, "r+b") as file:
        file.seek(20)
        file.write(b"\xff\xff")
    with pytest.raises(ValueError, match="is damaged .*: export it again"):
        list(read_warmup(served))


def test_a_server_takes_so_many(tmp_path, monkeypatch):
    monkeypatch.setattr("tfvgan.serving.warmup.MOST", 2)
    names = {f"s{n}": {"x": np.int32([n])} for n in range(3)}
    write_warmup(tmp_path, dict(list(names.items())[:2]))
    assert [request.signature for request in read_warmup(tmp_path)] == ["s0", "s1"]
    write_warmup(tmp_path, names)
    with pytest.raises(ValueError, match="must have 2 requests"):
        list(read_warmup(tmp_path))
    assert MOST == 1000 and (tmp_path / WARMUP).is_file()
