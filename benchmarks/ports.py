"""A port for a server that another process starts, and may start again."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

HOST: Final = "127.0.0.1"


@contextmanager
def held_port() -> Iterator[int]:
    """A free port, given to nobody else until the block ends.

    It is bound, and nobody listens: Linux lets a server in beside us that reuses addresses, as
    waitress, gunicorn and Node do, and gives the port to none who asks for any.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((HOST, 0))
        port: int = holder.getsockname()[1]
        yield port
