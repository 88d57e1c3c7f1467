"""The way from the carrier to several web hosts: a new connection for each request."""

from collections.abc import Sequence
from itertools import count

from hotline.practice import HttpTransport, Message, Reply, WireError

NO_CONNECTION = 11205


class Balanced:
    """A Transport that asks the hosts in turn; who takes no connection is passed over."""

    def __init__(self, public_url: str, hosts: Sequence[str]) -> None:
        self._public_url, self._hosts = public_url, hosts
        self._turns = count()

    def send(self, message: Message) -> Reply:
        """The answer; raises WireError when none came."""
        first = next(self._turns)
        for place in range(len(self._hosts)):
            host = self._hosts[(first + place) % len(self._hosts)]
            try:
                return self._asked(host, message)
            except WireError as error:
                if error.code != NO_CONNECTION or place == len(self._hosts) - 1:
                    raise
        raise AssertionError("there is no host")

    def _asked(self, host: str, message: Message) -> Reply:
        transport = HttpTransport(self._public_url, host)
        try:
            return transport.send(message)
        finally:
            transport.close()
