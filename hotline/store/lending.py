"""Connections that go from one transaction straight to the next.

SQLAlchemy's pool lends and takes back, too, but at the price of three statements (ADR 26).
"""

from contextlib import suppress
from math import inf
from time import monotonic
from typing import Any, Final

import psycopg
from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from hotline.store.engines import CONNECTIONS

LONG_AGO: Final = -inf
TRUSTED_FOR: Final = 5.0  # seconds that a connection is taken to be alive without asking


class Lender:
    """Lends each connection to one transaction at a time. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[tuple[PoolProxiedConnection, float]] = []  # one `pop` each is atomic

    def lend(self) -> PoolProxiedConnection:
        """The one given back last, if it is alive; else a new one."""
        while True:
            try:
                lent, since = self._idle.pop()
            except IndexError:
                return self._engine.raw_connection()
            if monotonic() - since < TRUSTED_FOR or self._answers(lent.dbapi_connection):
                return lent
            lent.invalidate()

    def take_back(self, lent: PoolProxiedConnection) -> None:
        """It has nothing begun, and whoever comes next may have it."""
        if len(self._idle) < CONNECTIONS:
            self._idle.append((lent, monotonic()))
        else:
            lent.close()

    def drop(self, lent: PoolProxiedConnection) -> None:
        """It failed; the idle ones are of the same server, and are asked before they are used."""
        if lent.is_valid:
            lent.invalidate()
        self._idle += [(idle, LONG_AGO) for idle in self._emptied()]

    def let_go(self) -> None:
        """Give all that are idle back to the engine's pool."""
        for idle in self._emptied():
            idle.close()

    def _emptied(self) -> list[PoolProxiedConnection]:
        idle = []
        with suppress(IndexError):
            while True:
                idle.append(self._idle.pop()[0])
        return idle

    def _answers(self, driver: Any) -> bool:
        try:
            return self._engine.dialect.do_ping(driver)
        except psycopg.Error:  # SQLite's file has nothing that could be cut
            return False
