"""CPU and time of single requests in this process: greeting, visit, a bare route."""

import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from time import perf_counter, sleep, thread_time
from typing import Final

from flask import Flask
from sqlalchemy import text

from benchmarks.calls.ground import Asked, answer, hang_up_all, rings, signed
from hotline.calls.ringing.mover import mover
from hotline.calls.ringing.posting import Postmen
from hotline.calls.ringing.sending import Sender
from hotline.dispatching import Dispatcher
from hotline.parts import Parts
from hotline.ports import CallSid, Dialled, LegOrder, Recorded
from hotline.privacy import Privacy
from hotline.store import Store
from webhooks.app import create_app
from webhooks.serving.running import settle_in

WARMING: Final = 20
REST_TAKES: Final = 0.1  # seconds
SIDS: Final = count(1)


Spent = dict[str, list[tuple[float, float]]]  # of each kind: seconds of CPU, and of time


def bare() -> Flask:
    """A route that does nothing: what all is compared with."""
    app = Flask("bare")

    @app.post("/voice/incoming")
    def incoming() -> str:
        return "<Response/>"

    return app


def costs(parts: Parts, times: int) -> dict[str, float]:
    """Mean CPU of a bare route, a greeting and a visit, in turn: each meets the same machine."""
    plain, ours = bare(), create_app(parts, lambda: None)
    settle_in()  # as a web server does
    spent: Spent = {"bare": [], "greeting": [], "visit": []}
    for _ in range(times + WARMING):
        _spend(spent["bare"], plain, rings(parts, _sid()))
        _call(spent, parts, ours)
    return {kind: statistics.mean(cpu for cpu, _ in each[WARMING:]) for kind, each in spent.items()}


def slower(parts: Parts, than: Parts, times: int) -> dict[str, float]:
    """How many times as long each kind of request takes here as at another site, asked in turn.

    By lower quartiles: what else the machine does takes its time now here, now there.
    """
    here: Spent = {"greeting": [], "visit": []}
    there: Spent = {"greeting": [], "visit": []}
    places = [(here, parts, create_app(parts, lambda: None))]
    places.append((there, than, create_app(than, lambda: None)))
    settle_in()
    for _ in range(times + WARMING):
        for place in places:
            _call(*place)
        places.reverse()  # whoever comes second meets warmer caches
    return {kind: _quick(here[kind]) / _quick(there[kind]) for kind in here}


def _quick(spent: list[tuple[float, float]]) -> float:
    return statistics.quantiles((wall for _, wall in spent[WARMING:]), n=4)[0]


def _call(spent: Spent, parts: Parts, app: Flask) -> None:
    body = _spend(spent["greeting"], app, rings(parts, _sid()))
    _spend(spent["visit"], app, _visit(parts, body))


def _sid() -> str:
    return f"CA{next(SIDS):032x}"


def _visit(parts: Parts, greeting: str) -> Asked:
    found = re.search(r'waitUrl="[^"]*(/voice/wait/[^"]*)"', greeting)
    assert found, greeting
    return signed(parts, found[1], (("CallSid", "CA1"), ("CallStatus", "in-progress")))


def _spend(spent: list[tuple[float, float]], app: Flask, asked: Asked) -> str:
    cpu, wall = thread_time(), perf_counter()
    status, _, body = answer(app, asked)
    spent.append((thread_time() - cpu, perf_counter() - wall))
    assert status == 200, body
    return body.decode()


def first_and_last_phone(parts: Parts) -> tuple[float, float]:
    """Seconds from a greeting's request until the first and the last of twenty telephones ring."""
    bounds = replace(parts.settings.answering, wave=20)
    lifted = replace(parts.settings.carrier, calls_per_second=1000.0)
    parts = replace(parts, settings=replace(parts.settings, answering=bounds, carrier=lifted))
    rung: list[float] = []
    postmen = Postmen(
        Sender(parts.store, parts.settings, Privacy(parts.secrets), parts.clock, Slow(rung))
    )
    dispatcher = Dispatcher(postmen.hand_out)
    move = mover(parts, Privacy(parts.secrets))
    moving = Dispatcher(lambda: _moved(move, dispatcher.poke), nap=5)
    app = create_app(parts, moving.poke)
    dispatcher.start()
    moving.start()
    for _ in range(2):  # the first caller finds nothing ready
        hang_up_all(parts.store, parts.clock())
        rung.clear()
        began = perf_counter()
        answer(app, rings(parts, _sid()))
        _wait_for(rung, began)
    moving.stop()
    dispatcher.stop()
    postmen.stop()
    return rung[0] - began, rung[-1] - began


def _wait_for(rung: list[float], began: float) -> None:
    while len(rung) < 20 and perf_counter() < began + 30:
        sleep(0.005)


def _moved(move: Callable[[], None], poke: Callable[[], None]) -> int:
    move()
    poke()
    return 0


class Slow:
    """A carrier that takes its time. rung: when each telephone began to ring."""

    def __init__(self, rung: list[float]) -> None:
        self._rung = rung

    def ring(self, order: LegOrder) -> CallSid:
        """After a while."""
        sleep(REST_TAKES)
        self._rung.append(perf_counter())
        return CallSid(order.status_path[-32:])

    def move(self, sid: CallSid, path: str) -> None:
        """Never asked here."""

    def release(self, sid: CallSid) -> None:
        """Never asked here."""

    def hang_up(self, sid: CallSid) -> None:
        """Never asked here."""

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Never asked here."""

    def recording(self, sid: str) -> bytes:
        """Never asked here."""
        return b""

    def erase_recording(self, sid: str) -> None:
        """Never asked here."""

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """Never asked here."""
        return ()

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """Never asked here."""
        return ()


def remember_past_calls(store: Store, many: int) -> None:
    """So many calls that are over, as a site of years has, and told to the database's planner."""
    numbers = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {many})"  # noqa: S608
    columns = "token, sid, line, state, arrived, since, expected, urgent, by_dial, outcome, ended"
    more = "wish, ways_tried, leaves_message"
    old = ", ".join(["'2026-01-01 00:00:00+00:00'"] * 3)
    values = f"'p' || i, 'CP' || i, '96111', 'closed', {old}, false, false, 'left'"
    with store.writing() as db:
        db.connection().execute(
            text(
                f'insert into "call" ({columns}, {more}) {numbers} '  # noqa: S608
                f"select {values}, '2026-01-01 00:00:00+00:00', '', '', false from n"
            )
        )
        db.connection().execute(text("analyze"))
    if store.url.startswith("postgresql"):  # the past lies on the disk, and waits for no writer
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("checkpoint"))
