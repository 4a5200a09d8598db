"""What is published is served anew: its graph alone changes, and what it gives stays."""

import json
from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf

from benchmarks.making.serve_again import apart, drawn, seeded, serve_again, update_card
from tfvgan.engine.endpoint import write_endpoints
from tfvgan.export import Parity, write_table
from tfvgan.networks import RestorerGenerator
from tfvgan.serving.warmup import read_warmup
from tfvgan.sums import check_sums
from tfvgan.tasks import Restorer

CARD = """# restore_x

## Files

| file | MB |
|---|---:|
| `1/ SavedModel` | 99.000 |
| all | 99.000 |

| restore_frame | keras | 0.0e+00 | 0.0e+00 | 0.01 MB | 3.0 ms |
| restore_frame | saved_model | 1.0e+00 | 1.0e+00 | 99.00 MB | 7.0 ms |

Differences are from the Keras model.

curl -d '{"signature_name": "sample", "inputs": {"count": 1, "seed": 7}}'
"""


def published(folder):
    """Writes a tiny restorer as it is published, of which one endpoint is served."""
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(2, 8, 1)
    network.build()
    model = Restorer(network)
    model.save(folder / "generator.keras")
    served = {"restore_frame": model.endpoints()["restore_frame"]}
    write_endpoints(served, str(folder / "1"))
    (folder / "1" / "restore_frame-dynamic.tflite").write_bytes(b"kept")
    rows = [Parity("keras", 0.0, 0.0, 9, 3.0, "restore_frame")]
    rows.append(Parity("saved_model", 1.0, 1.0, 9, 7.0, "restore_frame"))
    write_table(rows, folder / "1" / "parity.json")
    (folder / "README.md").write_text(CARD)
    return model


@pytest.mark.slow
def test_the_graph_alone_is_new(tmp_path):
    model = published(tmp_path)
    weights = (tmp_path / "generator.keras").read_bytes()
    (tmp_path / "1" / "fingerprint.pb").write_bytes(b"old")
    assert serve_again(tmp_path) == (0, 0, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "README.md", "generator.keras"]
    assert (tmp_path / "generator.keras").read_bytes() == weights
    assert (tmp_path / "1" / "restore_frame-dynamic.tflite").read_bytes() == b"kept"
    assert not (tmp_path / "1" / "fingerprint.pb").exists()
    check_sums(tmp_path / "1")
    served = tf.saved_model.load(str(tmp_path / "1")).signatures
    assert set(served) == {"restore_frame", "restore_frame_320x180", "serving_default"}
    requests = [request.signature for request in read_warmup(tmp_path / "1")]
    assert requests == ["serving_default", "restore_frame", "restore_frame_320x180"]
    assert '{"seed": [7]}' in (tmp_path / "README.md").read_text()
    rows = json.loads((tmp_path / "1" / "parity.json").read_text())["rows"]
    assert rows[0]["bytes"] == 9 and rows[1]["bytes"] > 1000
    assert rows[1]["milliseconds"] == 7.0 and rows[1]["max_difference"] < 0.01
    card = (tmp_path / "README.md").read_text()
    assert "99.0" not in card and card.count("7.0 ms") == 1 and card.count("3.0 ms") == 1
    network = model.generator
    network.set_weights([weight + 0.1 for weight in network.get_weights()])
    model.save(tmp_path / "generator.keras")
    before = sorted((tmp_path / "1").rglob("*")), (tmp_path / "README.md").read_text()
    with pytest.raises(ValueError, match="would serve something else, by .*: look at what has"):
        serve_again(tmp_path)
    assert before == (sorted((tmp_path / "1").rglob("*")), (tmp_path / "README.md").read_text())


def test_levels_and_other_numbers_are_told_apart():
    def endpoint(levels, number):
        found = {"video": tf.constant(levels, tf.uint8), "state": tf.constant(number)}
        return lambda **_: found

    pair = endpoint([1, 2, 3, 4], 0.5), endpoint([1, 3, 3, 4], 0.75)
    assert apart(*pair, [{}]) == (0.25, 1, 0.25)
    assert apart(pair[0], pair[0], [{"x": np.ones(1)}]) == (0, 0, 0)
    files = [{"x_bytes": tf.constant([b"a", each])} for each in (b"b", b"c")]
    assert apart(lambda: files[0], lambda: files[1], [{}]) == (0, 1, 0.5)


def test_what_counted_videos_gives_those_of_a_seed():
    """It returned the first of a seed when it was asked for one."""

    class Counting:
        structured_input_signature = (), {"count": None, "seed": None}

        def __call__(self, count, seed):
            return {"video": tf.range(count) + 5 * seed}

    assert seeded(Counting())(seed=tf.constant([3]))["video"].numpy().tolist() == [15]
    new = SimpleNamespace(structured_input_signature=((), {"seed": None}))
    assert seeded(new) is new


def test_requests_are_drawn_with_levels_of_their_own():
    state = np.zeros((1, 2, 2, 1), "float32")
    request = {"video": np.full((1, 2, 4, 4, 3), 128, "uint8"), "state": state}
    found = drawn(request | {"level": np.float32([0])}, 1)
    assert np.ptp(found["video"]) > 200 and found["level"] == 0.5 and (found["state"] == 0).all()
    assert (found["video"] != drawn(request, 2)["video"]).any()


def test_the_card_keeps_what_files_lose(tmp_path):
    """It lost that table when it was written anew."""
    card = tmp_path / "README.md"
    card.write_text(CARD.replace("\nDifferences", "\n| agreement | an older one |\n\nDifferences"))
    row = Parity("int8", 0.1, 0.2, 3_000_000, 4.0, "restore_frame", 47.0, "dB", 0.27)
    update_card(tmp_path, [row])
    text = card.read_text()
    assert "| restore_frame | int8 | 47.0 dB | 0.27 dB of 35 |" in text and "3.00 MB" in text
    assert "99.0" not in text and "older" not in text and "\n\nDifferences are" in text
    assert f"| `README.md` | {card.stat().st_size / 1e6:.3f} |" in text
