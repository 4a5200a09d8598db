"""What a card tells one to type is what the network reads."""

import re
import shlex

import films
import numpy as np
from litert import in_place_of_litert
from tfvgan_cli.main import make_parser

from tfvgan.library.windows import LENGTH
from tfvgan.networks import EmbedderDiscriminator
from tfvgan.tasks import Embedder
from tfvgan.tasks.retrieval.uses import embedder_uses


def test_what_a_card_says_runs(monkeypatch, tmp_path, eagerly):
    """The edge block has a function in place of LiteRT's file."""
    network = EmbedderDiscriminator(96, 6)
    network.build()
    embedder = Embedder(network)
    (tmp_path / "models" / "x").mkdir(parents=True)
    embedder.save(tmp_path / "models" / "x" / "generator.keras")
    films.film(tmp_path / "in.mp4", frames=12)
    text = "\n".join(embedder_uses("models/x", network, LENGTH))
    for line in re.findall(r"^tfvgan (.*)$", text, re.M):
        assert make_parser().parse_args(shlex.split(line)).model == "models/x"
    python, edge = re.findall(r"```python\n(.*?)```", text, re.S)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(python, names)
    assert names["vectors"].dtype == np.int8 and abs(names["near"][0] - 1) < 0.05
    in_place_of_litert(monkeypatch, "embed", embedder)
    kept = []
    window = names["made"].frames[:1]
    exec(edge, {"camera": [window], "show": kept.append})
    np.testing.assert_allclose(LENGTH * kept[0], embedder.embed(window)[0], atol=0.51)
