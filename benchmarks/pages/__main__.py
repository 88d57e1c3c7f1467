"""make bench-pages: how long each page of a whole province takes on this machine."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from benchmarks.pages.ground import NOW, Province, province
from benchmarks.pages.week import Evening, drafted
from hotline.accounts.permits import MAY
from hotline.accounts.roles import Role
from hotline.accounts.signing_in import enter
from hotline.console.frame.asking import COOKIE, permit_of
from hotline.console.rooms import ROOMS
from hotline.parts import Parts
from hotline.rosters.week import week_of
from hotline.store.access.accounts import locked_account
from hotline.store.migrate import migrate
from webhooks.app import create_app

WANTED: Final = 100.0  # milliseconds
NO_PAGE: Final = frozenset({"frame", "static"})


@dataclass(frozen=True)
class Timed:
    """A page: what it took (median), in milliseconds, and how large it is, in bytes."""

    page: str
    role: str
    status: int
    milliseconds: float
    cpu: float
    size: int


def main() -> None:
    """Print the table; exit 1 if a page took longer than wanted."""
    asked = _asked()
    with TemporaryDirectory(prefix="pages-") as folder:
        url = f"sqlite:///{folder}/hotline.db"
        migrate(url)
        with province(url, Province(asked.people, asked.desks, asked.calls)) as parts:
            rows = [*timed(parts, asked.times), *evening(parts, asked.times, "")]
        url = f"sqlite:///{folder}/one-desk.db"
        migrate(url)
        with province(url, Province(asked.people, desks=1, calls=0)) as parts:
            rows += evening(parts, asked.times, " (all at one desk)")
    if asked.json:
        sys.stdout.write(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    else:
        _print(rows)
    sys.exit(any(row.milliseconds > WANTED for row in rows))


def timed(parts: Parts, times: int) -> Iterator[Timed]:
    """Every page that is reached by what a province surely has."""
    app = create_app(parts)
    rooms = {room.name for room in ROOMS} - NO_PAGE
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        path = _path(rule, parts)
        if rule.endpoint.partition(".")[0] in rooms and "GET" in (rule.methods or ()) and path:
            yield _timed(app, parts, rule, path, times)


def evening(parts: Parts, times: int, where: str) -> Iterator[Timed]:
    """What a coordinator does to a draft of all desks. where: said behind each step."""
    app = create_app(parts)
    client = _client(app, parts, Role.COORDINATOR)
    at_work = Evening(client, drafted(parts), parts.settings.desks[0].name)
    for name, ready in at_work.steps():
        yield _measured(f"{name}{where}", Role.COORDINATOR, ready, times)


def _timed(app: Flask, parts: Parts, rule: Rule, path: str, times: int) -> Timed:
    role = _role(app, rule)
    client = _client(app, parts, role)
    client.get("/sign-in")  # what the first one loads is not of the page
    kept = app.extensions["hotline_console"].kept

    def ready() -> Callable[[], TestResponse]:
        kept.clear()  # what others looked at a moment ago
        return lambda: client.get(path)

    return _measured(path, role, ready, times)


def _measured(
    page: str, role: str, ready: Callable[[], Callable[[], TestResponse]], times: int
) -> Timed:
    walls, cpus = [], []
    for _ in range(times):
        ask = ready()
        began, worked = perf_counter(), thread_time()
        answer = ask()
        walls.append(perf_counter() - began)
        cpus.append(thread_time() - worked)
    wall, cpu = median(walls) * 1000, median(cpus) * 1000
    return Timed(page, role, answer.status_code, wall, cpu, len(answer.data))


def _role(app: Flask, rule: Rule) -> str:
    with app.app_context():
        act = permit_of(rule.endpoint).act
    return "nobody" if act is None else next(role for role in Role if role in MAY[act]).value


def _client(app: Flask, parts: Parts, role: str) -> FlaskClient:
    client = app.test_client()
    if role != "nobody":
        with parts.store.writing() as db:
            found = locked_account(db, role)
            assert found is not None
            entered = enter(db, found.account, parts.settings.signing, NOW)
        client.set_cookie(COOKIE, entered.token)
    return client


def _path(rule: Rule, parts: Parts) -> str | None:
    """The address with what a province has put in; None where it needs something else."""
    known = {
        "week": str(week_of(NOW, parts.settings.site.zone)),
        "desk": parts.settings.desks[0].name,
        "line": parts.settings.lines[0].name,
        "code": "p000",
        "which": "availability",
        "login": "auditor",
    }
    names = set(re.findall(r"<(?:\w+:)?(\w+)>", rule.rule))
    if not names <= set(known):
        return None
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: known[part[1]], rule.rule)


def _print(rows: list[Timed]) -> None:
    for row in rows:
        late = "  LATE" if row.milliseconds > WANTED else ""
        sys.stdout.write(
            f"{row.page:<42} {row.role:<14} {row.status} {row.milliseconds:8.1f} ms "
            f"{row.cpu:8.1f} ms CPU {row.size:8} bytes{late}\n"
        )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--desks", type=int, default=40)
    parser.add_argument("--calls", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
