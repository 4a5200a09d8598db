"""The process of a model: it loads one SavedModel, and answers one request after the other.

What it is asked, and what it answers, goes through its standard input and output. Whatever else
would be printed there goes to standard error.
"""

import functools
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any, BinaryIO

from tfvgan.serving.server.limits import MB
from tfvgan.serving.server.messages import packed, read_message
from tfvgan.serving.server.refusal import INTERNAL, OK, RESOURCE_EXHAUSTED, Refusal
from tfvgan.serving.server.tidy import give_memory_back

LARGE = MB  # Bytes of a request or an answer, from which on memory is given back at once.


def answer_requests() -> None:
    """Loads the model that the arguments name, and answers until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks.
    asked, answers = private_pipes()
    told = json.loads(sys.argv[1])
    limit_memory(told["memory"])
    try:
        answering = _load(told)
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        _say(answers, {"error": lines[0]})
        return
    _say(answers, {"code": OK})
    while (message := read_message(asked)) is not None:
        head, body = message
        reply, content = answered(answering[head["kind"]], body)
        _say(answers, reply, content)
        large = max(len(body), len(content)) > LARGE
        del message, body, content
        if large:
            give_memory_back()


def answered(answer: Any, body: bytes) -> tuple[dict[str, Any], bytes]:
    """Returns the head and the body of a reply, whatever happens.

    Args:
        answer: function of the request's body that returns the answer's.
        body: of the request.
    """
    try:
        return {"code": OK}, answer(body)
    except Refusal as error:
        return {"code": error.code, "message": error.message}, b""
    except MemoryError:
        message = "There is not enough memory for this request: send less at once."
        return {"code": RESOURCE_EXHAUSTED, "message": message}, b""
    except Exception as error:
        traceback.print_exc()
        message = f"The server failed: unexpected {type(error).__name__}."
        return {"code": INTERNAL, "message": message}, b""


def limit_memory(most: float) -> None:
    """Limits the data of this process; what asks for more fails, and no other process suffers.

    Args:
        most: MB.
    """
    most = int(most * MB)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _load(told):
    """Returns functions that answer the body of a request, by its kind."""
    from tfvgan.serving.server.predictor import Predictor
    from tfvgan.serving.server.rows import answer_json
    from tfvgan.serving.server.tensors import answer_protobuf

    predictor, most = Predictor(told["folder"]), told["answer"]
    predictor.warm_up(told["folder"])
    return {
        "json": functools.partial(answer_json, predictor, most=most),
        "protobuf": functools.partial(answer_protobuf, predictor, told["version"], most=most),
    }


def private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Returns what was standard input and output, and is only used by this module from now on."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return asked, answers


def _say(file, head, body=b""):
    for piece in packed(head, body):
        file.write(piece)
    file.flush()
