"""Ports of this machine that nobody listens on."""

import contextlib
import socket


def free_ports(count=1):
    """Returns the numbers of as many ports, all different.

    Each is held until all are known, and let go of then: another process may take one meanwhile.
    """
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
