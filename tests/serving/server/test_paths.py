import pytest

from tfvgan.serving.server.paths import read_path
from tfvgan.serving.server.refusal import Refusal


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        ("POST", "/v1/models/a:predict", ("predict", "a", None, None)),
        ("POST", "/V1/Models/a/versions/12:PREDICT", ("predict", "a", 12, None)),
        ("POST", "/v1/models/a/labels/b%20c:predict", ("predict", "a", None, "b c")),
        ("GET", "/v1/models/a", ("status", "a", None, None)),
        ("HEAD", "/v1/models/a/versions/0", ("status", "a", 0, None)),
        ("GET", "/v1/models/a/metadata", ("metadata", "a", None, None)),
        ("GET", "/v1/models/a/labels/b/metadata", ("metadata", "a", None, "b")),
        ("GET", "/v1/models/..%2f..%2fetc", ("status", "../../etc", None, None)),
        ("GET", f"/v1/models/a/versions/{2**63 - 1}", ("status", "a", 2**63 - 1, None)),
    ],
)
def test_paths_of_the_api(method, path, asked):
    assert read_path(method, path) == asked


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", "/v1/foo", "Malformed request: GET /v1/foo"),
        ("GET", "/v1/models/foo:predict", "Malformed request: GET /v1/models/foo:predict"),
        ("PUT", "/v1/models/foo:predict", "Malformed request: PUT"),
        ("POST", "/v1/models", "Malformed request: POST /v1/models"),
        ("POST", "/v1/models/foo", "Malformed request"),
        ("POST", "/v1/models/foo/version/50:predict", "Malformed request"),
        ("POST", "/v1/models/foo/versions/HELLO:predict", "Malformed request"),
        ("POST", "/v1/models/foo/versions/1/labels/a:predict", "Malformed request"),
        ("POST", "/v1/models/a/../b:predict", "Malformed request"),
        ("GET", "/v1/models", "Missing model name in request."),
        ("GET", f"/v1/models/a/versions/{2**63}", "Failed to convert version: 92233720368547758"),
        ("GET", f"/v1/models/a/versions/{'1' * 9000}", "Failed to convert version: 111"),
    ],
)
def test_other_paths_are_refused_in_the_words_of_tensorflow_serving(method, path, said):
    with pytest.raises(Refusal) as raised:
        read_path(method, path)
    assert said in raised.value.message and raised.value.status == 400
    assert len(raised.value.message) < 300


def test_what_is_not_done_is_said():
    with pytest.raises(Refusal, match="don't classify") as raised:
        read_path("POST", "/v1/models/a:classify")
    assert raised.value.code == "UNIMPLEMENTED"
