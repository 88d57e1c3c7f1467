"""Every page that somebody looks at: for pictures, and for the checks that hold for all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask import Flask

from hotline.accounts.keeping import invite, unmade
from hotline.accounts.roles import Role
from hotline.console.frame.asking import COOKIE
from hotline.duty import PersonId
from hotline.handshake.stand_ins.away import announce
from hotline.own.calendar import new_address
from hotline.parts import Parts
from hotline.people.keeping import Edit, edit
from hotline.ports import Clock
from hotline.store import Session, Store
from scheduling.problem import Span
from tests.databases import migrated_sqlite
from tests.hotline.console import evening, scene
from tests.hotline.console.me import week
from tests.hotline.console.planning import plan_scene, town
from tests.hotline.console.reports import scene as report_scene
from tests.hotline.console.rosters import week_scene
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from webhooks.played.stage import served

Prepare = Callable[[Flask], str | None]  # the address, where it is known only then


def nothing_more(_app: Flask) -> str | None:
    """The scene is enough."""
    return None


def nobody(_db: Session) -> None:
    """An empty database, for pages that make their own scene."""


TO_SIX: Final = scene.local(0, 17, 30)


@dataclass(frozen=True)
class Shown:
    """A page: as what picture it is kept, where it is, who looks, and what must be there first."""

    name: str
    path: str
    login: str | None = "dee"
    prepare: Prepare = nothing_more
    fill: Callable[[Session], object] = scene.busy
    at: datetime = scene.BUSY
    person: int | None = None  # who looks, as a volunteer
    app: Callable[[Store, Clock], Flask] = scene.app


def _invited(app: Flask) -> str | None:
    """Fen is invited, and has not come yet."""
    _invite(app)
    return None


def _link(app: Flask) -> str | None:
    """Fen has followed the link."""
    return f"/link/{_invite(app)}"


def _enrolling(app: Flask) -> str | None:
    """Ada has asked for a second factor and has not set up her app yet."""
    visitor(app, "ada").post("/account/second-factor")
    return None


def _invite(app: Flask) -> str:
    found: Parts = app.extensions["hotline"]
    fen = replace(unmade("fen", "冯雪"), roles=frozenset({Role.COORDINATOR, Role.SUPERVISOR}))
    with found.store.writing() as db:
        return invite(db, fen, found.settings, "ann", found.clock())


def _agreed(app: Flask) -> None:
    """Chen Jing has said when she can, and is away from Thursday."""
    found: Parts = app.extensions["hotline"]
    hours = "Mon-Fri 08:00-18:00; Sat 18:30-22:00; Sun 22:00-06:00"
    likes, rather_not = "Mon-Wed 08:00-18:00", "Fri 14:00-18:00"
    was = {"availability": "", "preferred": "", "unwanted": "", "agreement": ""}
    mine = {"availability": hours, "preferred": likes, "unwanted": rather_not}
    agreement = {"agreement": "at most 2 nights a month; 2 days off in a row"}
    with found.store.writing() as db:
        edit(db, found.settings, Edit("v00", was, {**mine, **agreement}))
        thursday = Span(scene.local(3, 0), scene.local(5, 0))
        announce(db, "v00", thursday, found.clock(), seeking=True)
        announce(
            db, "v02", Span(scene.local(2, 18), scene.local(2, 22)), found.clock(), seeking=False
        )


def _short(app: Flask) -> None:
    """Who has this evening is away, and nobody else is there."""
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        announce(db, "bo", week.span_of(0, "evening"), found.clock(), seeking=False)


SUPERVISION: Final = (
    Shown("board-busy", "/board", "sam", fill=evening.busy),
    Shown("board-empty", "/board", "sam", fill=scene.empty, at=scene.EMPTY),
    Shown("board-line", "/board/lines/96111-nanjing", "sam"),
    Shown("board-short", "/board", "sam", _short, week.fill, TO_SIX, None, week.app),
    Shown("board-fill", "/board/gaps/nanjing", "sam", _short, week.fill, TO_SIX, None, week.app),
    Shown("calls", "/calls", "sam", fill=evening.busy),
    Shown("call", "/calls/65", "sam", fill=evening.busy),
    Shown("messages", "/messages", "sam", fill=evening.busy),
    Shown("message-handing", "/messages/4/callback", "sam", fill=evening.busy),
    Shown("callbacks", "/callbacks", "sam", fill=evening.busy),
    Shown("callback-giving", "/callbacks/8/person", "sam", fill=evening.busy),
    Shown("care", "/care", "sam", fill=evening.busy),
    Shown("care-own", "/care", "ada", fill=evening.busy, person=evening.ADA),
    Shown("care-form", "/care/6", "ada", fill=evening.busy, person=evening.ADA),
    Shown("care-record", "/care/6", "sam", fill=evening.busy),
)


def _me(
    name: str, path: str = "", prepare: Prepare = nothing_more, at: datetime = week.NOW
) -> Shown:
    """Ada looks at a page of hers."""
    return Shown(name, f"/me{path}", "ada", prepare, week.fill, at, 1, week.app)


def _subscribed(app: Flask) -> None:
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        new_address(db, PersonId(week.numbers(app)["ada"]), found.clock())


ADAS_NIGHT: Final = f"/shifts/{week.address(1, 'night')}"
BEFORE_IT: Final = week.span_of(1, "night").start - timedelta(hours=36)
IN_IT: Final = week.span_of(1, "night").start + timedelta(minutes=20)
PAGES: Final = (
    *SUPERVISION,
    Shown("sign-in", "/sign-in", None),
    Shown("forgotten", "/forgotten", None),
    Shown("link", "/link", None, _link),
    Shown("account", "/account", "ada"),
    Shown("second-factor", "/account/second-factor", "ada", _enrolling),
    Shown("accounts", "/accounts", "ann", _invited),
    Shown("account-new", "/accounts/new", "ann"),
    Shown("account-one", "/accounts/fen", "ann", _invited),
    Shown("trail", "/trail", "otto", _invited),
    Shown("report", "/reports?month=2026-11", "sam", report_scene.prepared),
    Shown("report-none", "/reports?month=2026-10", "sam"),
    Shown("help", "/help", None),
    Shown("help-pupil", "/help?place=nanjing&who=pupil&line=12355", None),
    Shown("help-callback", "/help/12355/callback", None),
    Shown("help-asked", "/help/12355/callback/20261125T1510Z", None),
    Shown("help-card", "/help/12355/card", None),
    Shown("help-poster", "/help/96111-nanjing/poster", None),
    Shown("refused", "/accounts", "dee"),
    Shown("rosters", "/rosters", "dee", week_scene.prepared, at=week_scene.NOW, fill=nobody),
    *(
        Shown(f"week-{name}", path, "dee", week_scene.prepared, at=week_scene.NOW, fill=nobody)
        for name, path in week_scene.ADDRESSES.items()
    ),
    *(
        Shown(name, path, "dee", prepare, at=town.NOW, fill=nobody)
        for name, path, prepare in plan_scene.PAGES
    ),
    Shown("forget", "/forget", "ann"),
    Shown("forget-person", "/people/v01/forget", "ann"),
    Shown("people", "/people", "dee", _agreed),
    Shown("person", "/people/v00", "dee", _agreed),
    Shown("person-details", "/people/v00/edit", "dee", _agreed),
    Shown("person-hours", "/people/v00/hours/availability", "dee", _agreed),
    Shown("person-new", "/people/new", "ann"),
    Shown("people-file", "/people/file", "dee"),
    Shown("away", "/absences", "dee", _agreed),
    _me("me", "", week.busy),
    _me("me-asked", "", week.asked_to_stand_in, BEFORE_IT),
    _me("me-on-duty", at=IN_IT),
    _me("me-swap", f"{ADAS_NIGHT}/swap"),
    _me("me-cannot", f"{ADAS_NIGHT}/cannot"),
    _me("me-open", "/open"),
    _me("me-availability", "/availability"),
    _me("me-hours", "/hours"),
    _me("me-calendar", "/calendar", _subscribed),
    _me("me-notices", "/notices"),
    _me("me-telephone", "/telephone"),
    Shown("me-nobody", "/me", "bo"),
    Shown("requests", "/requests", "dee", week.agreed, week.fill, week.NOW, None, week.app),
)


@dataclass(frozen=True)
class Opened:
    """A page in a running server. cookies: of whoever looks, for a browser's context."""

    address: str
    cookies: tuple[dict[str, str], ...]


@cache
def _empty() -> bytes:
    """A migrated database: migrating takes longer than looking at a page."""
    with TemporaryDirectory() as name:
        path = Path(name) / "empty.db"
        migrated_sqlite(path)
        return path.read_bytes()


@contextmanager
def opened(shown: Shown) -> Iterator[Opened]:
    """The page of a made-up hotline whose clock stands still."""
    with made(shown) as (app, who, page):
        app.testing = False
        with served(app) as root:
            cookie = {"name": COOKIE, "value": who.token, "url": root}
            yield Opened(root + page, (cookie,) if who.token else ())


@contextmanager
def made(shown: Shown) -> Iterator[tuple[Flask, Visitor, str]]:
    """The made-up hotline, who looks at it, and the address of the page."""
    with TemporaryDirectory() as name:
        path = Path(name) / "hotline.db"
        path.write_bytes(_empty())
        store = Store(f"sqlite:///{path}")
        try:
            with store.writing() as db:
                shown.fill(db)
            app = shown.app(store, lambda: shown.at)
            page = shown.prepare(app) or shown.path
            login, person = shown.login, shown.person
            yield app, visitor(app, login, person=person) if login else passer_by(app), page
        finally:
            store.close()
