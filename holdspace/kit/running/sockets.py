"""Sockets that only this machine can reach."""

import random
import socket
from contextlib import suppress

# Below the ports that systems give to whoever asks for any: nobody gets ours before we take it.
QUIET_PORTS = range(20_000, 32_000)


def loopback(port: int) -> list[socket.socket]:
    """Bound on 127.0.0.1 and, where there is IPv6, on ::1; not yet listening.

    Raises OSError when the port is taken.
    """
    sockets = [_bound(socket.AF_INET, "127.0.0.1", port)]
    with suppress(OSError):  # no IPv6 here: browsers fall back to 127.0.0.1
        sockets.append(_bound(socket.AF_INET6, "::1", sockets[0].getsockname()[1]))
    return sockets


def free_port() -> int:
    """A port for a process that is about to be started, for tests and measurements.

    Raises OSError when there is none.
    """
    for port in random.sample(QUIET_PORTS, 50):
        with suppress(OSError):
            for one in loopback(port):
                one.close()
            return port
    raise OSError("no port is free")


def _bound(family: int, address: str, port: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        bound.bind((address, port))
    except OSError:
        bound.close()
        raise
    return bound
