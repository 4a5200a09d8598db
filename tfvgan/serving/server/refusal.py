"""Why a request has no answer: the code of gRPC, the status of HTTP, and a sentence."""

OK = "OK"
CANCELLED = "CANCELLED"
INVALID_ARGUMENT = "INVALID_ARGUMENT"
DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
NOT_FOUND = "NOT_FOUND"
PERMISSION_DENIED = "PERMISSION_DENIED"
RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
UNIMPLEMENTED = "UNIMPLEMENTED"
INTERNAL = "INTERNAL"
UNAVAILABLE = "UNAVAILABLE"

# Codes of gRPC as HTTP has them.
# Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
STATUSES = {
    OK: 200,
    CANCELLED: 499,
    INVALID_ARGUMENT: 400,
    PERMISSION_DENIED: 403,
    NOT_FOUND: 404,
    RESOURCE_EXHAUSTED: 429,
    INTERNAL: 500,
    UNIMPLEMENTED: 501,
    UNAVAILABLE: 503,
    DEADLINE_EXCEEDED: 504,
}


class Refusal(Exception):
    """A request that has no answer.

    Args:
        code: one of those above.
        message: a sentence that says why.
        status: of HTTP, where it is not the code's own.
    """

    def __init__(self, code: str, message: str, status: int | None = None):
        super().__init__(message)
        self.code, self.message = code, message
        self.status = STATUSES[code] if status is None else status
