"""What is shown of planning: a week that is built, looked over, compared, rehearsed, published."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import Flask
from sqlalchemy import insert, select

from hotline.config.settings import LineName
from hotline.parts import Parts
from hotline.planning.asking import ask
from hotline.planning.jobs import JobKind, JobOrder, SoFar
from hotline.planning.telling import publish_and_tell
from hotline.rates import Rates, Share
from hotline.rosters.draft.publishing import PublishOrder
from hotline.store import Store
from hotline.store.counting.line_weeks import LineWeek, keep_weeks
from hotline.store.planning.roster_jobs import Word, say_so_far, take_job
from hotline.store.tables import TABLES
from tests.databases import migrated_sqlite
from tests.hotline.console.planning import town
from tests.hotline.console.planning.town import NOW, WEEK, Town

HERE: Final = f"/rosters/{WEEK}"
DESKS: Final = (town.NANJING.name, town.SUZHOU.name)
COPIED: Final = ("person", "build", "roster", "assignment", "roster_job")
Rows = dict[str, list[dict[str, Any]]]


def empty(app: Flask) -> None:
    """Nobody has built the week."""
    found: Parts = app.extensions["hotline"]
    app.extensions["hotline"] = replace(found, settings=town.settings())
    town.hire(found.store)


def building(app: Flask) -> None:
    """A worker is at it."""
    empty(app)
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        ask(db, JobOrder(JobKind.BUILD, WEEK, DESKS, 30.0), "dee", NOW)
        job = take_job(db, "a worker", NOW)
        assert job is not None
        so_far = SoFar(11.0, 0.83, 12_480, 11_900)
        say_so_far(db, job.id, "a worker", Word(so_far), NOW)


def drafted(app: Flask) -> None:
    """Built, its repairs found, and rehearsed."""
    _filled(app, _drafted())


def published(app: Flask) -> None:
    """Published, and built again since."""
    _filled(app, _published())


def looked_ahead(app: Flask) -> None:
    """Published, and six weeks before it summed up."""
    published(app)
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        keep_weeks(db, [_week(line, n) for n in range(6) for line in ("nanjing", "suzhou")])


def _week(line: str, n: int) -> LineWeek:
    promised = Rates(Share(250 + 12 * n, 336), Share(80 + 10 * n, 140), Share(50 + n, 56))
    delivered = Rates(Share(60 + 5 * n, 96), Share(8 + n, 20), Share(30 + n, 40))
    return LineWeek(LineName(line), str(WEEK.shifted(n - 7)), promised, delivered)


def _filled(app: Flask, rows: Rows) -> None:
    found: Parts = app.extensions["hotline"]
    app.extensions["hotline"] = replace(found, settings=town.settings())
    with found.store.writing() as db:
        for name, mine in rows.items():
            if mine:
                db.connection().execute(insert(TABLES[name]), mine)


@cache
def _drafted() -> Rows:
    return _rows_after(_build, _rehearse)


@cache
def _published() -> Rows:
    return _rows_after(_build, _publish, _build)


def _rows_after(*steps: Callable[[Store], None]) -> Rows:
    with TemporaryDirectory() as folder:
        store = Store(migrated_sqlite(Path(folder) / "made.db"))
        town.hire(store)
        for step in steps:
            step(store)
            Town(Flask("nobody"), store).works()
        with store.reading() as db:
            rows = {
                name: [
                    dict(row) for row in db.connection().execute(select(TABLES[name])).mappings()
                ]
                for name in COPIED
            }
        store.close()
        return rows


def _build(store: Store) -> None:
    with store.writing() as db:
        ask(db, JobOrder(JobKind.BUILD, WEEK, DESKS, 5.0), "dee", NOW)


def _rehearse(store: Store) -> None:
    with store.writing() as db:
        ask(db, JobOrder(JobKind.REHEARSE, WEEK, DESKS), "dee", NOW)


def _publish(store: Store) -> None:
    with store.writing() as db:
        order = PublishOrder(WEEK, DESKS, "few of us")
        publish_and_tell(db, town.settings(), order, NOW)


PAGES: Final = (
    ("build-empty", f"{HERE}/build", empty),
    ("build-running", f"{HERE}/build", building),
    ("gaps", f"{HERE}/gaps", drafted),
    ("compare", f"{HERE}/compare?one=1&other=2", published),
    ("compare-draft", f"{HERE}/compare?desk=suzhou", drafted),
    ("publish", f"{HERE}/publish", drafted),
    ("rehearse", f"{HERE}/rehearse", drafted),
    ("coverage", "/coverage", looked_ahead),
)
