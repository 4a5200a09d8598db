import json

import numpy as np
import pytest
from predicting import predictor

from tfvgan.serving.server.refusal import Refusal
from tfvgan.serving.server.rows import answer_json


def answer(content, most=1.0):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return json.loads(answer_json(predictor(), body, most))


def test_both_layouts_are_answered_in_kind():
    assert answer({"instances": [[1, 2], [3, 4]]}) == {"predictions": [[2, 4], [6, 8]]}
    assert answer({"inputs": [[1, 2]]}) == {"outputs": [[2, 4]]}
    copied = answer({"signature_name": "copy", "inputs": [{"b64": "AP8="}]})
    assert copied == {"outputs": [{"b64": "AP8="}]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "JSON Parse error"),
        (b"[]", "not object"),
        ({"inputs": [[1, 2]], "signature_name": "no"}, 'name: "no" not found in signature def'),
        ({"inputs": [["a", 2]]}, "not of expected type: float"),
        ({"inputs": [1, 2]}, "Expected x to be of shape"),
        ({"signature_name": "repeat", "instances": [{"x": [1, 2], "times": 1}]}, "of shape"),
    ],
)
def test_what_is_wrong_is_told(content, said):
    with pytest.raises(Refusal) as raised:
        answer(content)
    assert said in raised.value.message and raised.value.code == "INVALID_ARGUMENT"


def test_rows_need_one_extent():
    class Uneven:
        dtypes = predictor().dtypes

        def predict(self, name, inputs):
            return {"y": np.zeros((2, 1)), "n": np.zeros(3)}

    with pytest.raises(Refusal, match="ask in columns"):
        answer_json(Uneven(), b'{"instances": [[1, 2]]}', 1.0)


def test_answers_that_are_too_large_are_refused_before_they_are_written():
    asked = {"signature_name": "repeat", "inputs": {"x": [[1, 2]], "times": 100_000}}
    with pytest.raises(Refusal, match="would take 4 MB of JSON, and 1 are sent"):
        answer(asked)
    assert len(answer(asked, most=5)["outputs"]["y"]) == 100_000
    texts = {"signature_name": "copy", "inputs": [{"b64": "A" * 1000}] * 400}
    assert len(answer(texts)["outputs"]) == 400
    with pytest.raises(Refusal, match="and 0.3 are sent"):
        answer(texts, most=0.3)
