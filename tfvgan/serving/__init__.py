"""What servers of trained models read and answer, and what asks them."""

from tfvgan.serving.client import Client
from tfvgan.serving.json_format import (
    JsonRequest,
    read_request,
    read_response,
    write_error,
    write_request,
    write_response,
)

__all__ = [
    "Client",
    "JsonRequest",
    "read_request",
    "read_response",
    "write_error",
    "write_request",
    "write_response",
]
