import grpc
import pytest

from tfvgan.serving.server.refusal import STATUSES, Refusal


@pytest.mark.parametrize("code", STATUSES)
def test_codes_are_those_of_grpc(code):
    assert grpc.StatusCode[code].name == code


@pytest.mark.parametrize(
    ("code", "status"),
    [("INVALID_ARGUMENT", 400), ("NOT_FOUND", 404), ("UNAVAILABLE", 503), ("INTERNAL", 500)],
)
def test_a_status_is_that_of_the_code_unless_another_is_named(code, status):
    error = Refusal(code, "no")
    assert (error.code, error.message, error.status, str(error)) == (code, "no", status, "no")
    assert Refusal(code, "no", 413).status == 413
