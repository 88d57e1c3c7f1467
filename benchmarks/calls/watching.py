"""The share of a core that a web server takes for fifty people who watch the board."""

import http.client
from dataclasses import replace
from time import perf_counter, sleep
from typing import Final

from benchmarks.calls.outside import SECONDS
from hotline.accounts.keeping import unmade
from hotline.accounts.roles import Role
from hotline.accounts.signing_in import enter
from hotline.console.frame.asking import COOKIE
from hotline.parts import Parts
from hotline.store.access.accounts import locked_account, new_account

PEOPLE: Final = 50
EVERY: Final = 3  # seconds


class Watcher:
    """One browser with the board open. token: of the session."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self._headers = {"Cookie": f"{COOKIE}={token}", "Host": "hotline.example"}

    def look(self) -> bool:
        """Ask as the page does; whether anything is new."""
        self._connection.request("GET", "/board/live", headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status in (200, 304), answer.status
        self._headers["If-None-Match"] = answer.headers["ETag"]
        return answer.status == 200

    def close(self) -> None:
        """The board is closed."""
        self._connection.close()


def board_share(port: int, token: str, seconds: float) -> float:
    """What a server takes of a core while they watch, less what it takes when nobody does."""
    watchers = [Watcher(port, token) for _ in range(PEOPLE)]
    for each in watchers:
        each.look()
    alone = _share(port, [], seconds / 3)
    watched = _share(port, watchers, seconds)
    for each in watchers:
        each.close()
    return watched - alone


def _share(port: int, watchers: list[Watcher], seconds: float) -> float:
    began, spent = perf_counter(), _spent(port)
    at = began
    while (now := perf_counter()) < began + seconds:
        if watchers and at <= now:
            watchers.append(watchers.pop(0))
            watchers[-1].look()
            at += EVERY / PEOPLE
        sleep(max(0.0, min(at if watchers else began + seconds, began + seconds) - perf_counter()))
    return (_spent(port) - spent) / (perf_counter() - began)


def _spent(port: int) -> float:
    """Seconds of a core that the server has taken since it began."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", "/spent", headers={"Host": "hotline.example"})
    seconds = float(connection.getresponse().read())
    connection.close()
    return seconds


def supervisor(parts: Parts) -> str:
    """The token of the session of somebody who may watch it."""
    now = parts.clock()
    sam = replace(unmade("sam", "Sam"), roles=frozenset({Role.SUPERVISOR}))
    with parts.store.writing() as db:
        new_account(db, sam, now)
        found = locked_account(db, sam.login)
        assert found is not None
        return enter(db, found.account, parts.settings.signing, now).token
