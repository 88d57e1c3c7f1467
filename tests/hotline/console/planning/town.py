"""Two cities with a desk each, a few volunteers, and a worker at hand."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flask import Flask
from sqlmodel import select

from hotline.config.settings import Desk, Secrets, Settings, Title, Weekday
from hotline.console.rooms import init_console
from hotline.parts import Parts
from hotline.planning.jobs import Job, JobKind
from hotline.planning.working import Planner, work_off
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import newest_rosters
from hotline.store.planning.roster_jobs import newest_jobs
from hotline.store.tables import NoticeRow
from scheduling.places.local import Here
from scheduling.problem import ShiftKind
from tests import make
from tests.hotline.console.scene import DATA_KEY

WEEK: Final = Week(2026, 48)
NOW: Final = make.local("2026-11-19 21:00")  # a Thursday evening
WEEKDAYS: Final = tuple(Weekday)[:5]


def _desk(name: str, zh: str, en: str) -> Desk:
    plain = make.desk(
        name,
        shifts=[
            make.template("evening", ShiftKind.DAY, start="18:00", hours=4, days=WEEKDAYS),
            make.template(days=[Weekday.FRI, Weekday.SAT]),
        ],
        wants=[
            make.cover("18:00-22:00", 1, 2, days=WEEKDAYS),
            make.cover("22:00-08:00", 1, days=[Weekday.FRI, Weekday.SAT]),
        ],
    )
    return replace(plain, title=Title(zh, en))


NANJING: Final = _desk("nanjing", "南京席位", "Nanjing desk")
SUZHOU: Final = _desk("suzhou", "苏州席位", "Suzhou desk")


def settings() -> Settings:
    """The site."""
    lines = [
        replace(
            make.line(name, desks=[name], numbers=[number], calls_a_day=24.0),
            title=Title(zh, en),
            city=Title(zh[:2], en.split()[0]),
        )
        for name, number, zh, en in (
            ("nanjing", "96111", "南京热线", "Nanjing line"),
            ("suzhou", "12355", "苏州热线", "Suzhou line"),
        )
    ]
    plain = make.settings(desks=[NANJING, SUZHOU], lines=lines)
    return replace(plain, demand=make.demand())


def app(store: Store, now: datetime = NOW) -> Flask:
    """Its pages, on a Thursday evening."""
    made = Flask("pages")
    made.extensions["hotline"] = Parts(settings(), Secrets("key", DATA_KEY), store, lambda: now)
    init_console(made)
    return made


def hire(store: Store) -> None:
    """Ada, Bo and Cem of Nanjing, who are too few; Lin and Mei of Suzhou."""
    for name in ("Ada", "Bo"):
        make.hire(store, name, desks="nanjing", shifts_a_week=3)
    make.hire(store, "Cem", desks="nanjing", shifts_a_week=1)
    for name in ("Lin", "Mei"):
        make.hire(store, name, desks="suzhou", shifts_a_week=3)


@dataclass(frozen=True)
class Town:
    """The pages and what stands behind them."""

    app: Flask
    store: Store

    def works(self) -> int:
        """A worker does all there is. How many jobs that were."""
        planner = Planner(self.store, settings(), lambda: NOW, lambda: False, Here())
        count = 0
        while work_off(planner):
            count += 1
        return count

    def jobs(self, kind: JobKind) -> tuple[Job, ...]:
        """All of a kind, the newest first."""
        with self.store.reading() as db:
            return tuple(job for job in newest_jobs(db, str(WEEK)) if job.order.kind is kind)

    def states(self) -> dict[str, str]:
        """What each desk's newest roster is."""
        with self.store.reading() as db:
            return {d: r.state.value for d, r in newest_rosters(db, str(WEEK)).items()}

    def assigned(self) -> int:
        """How many assignments the drafts have."""
        with self.store.reading() as db:
            held = promises(db, WEEK.horizon(make.SHANGHAI))
        return sum(each.state is RosterState.DRAFT for each in held)

    def notices(self) -> list[str]:
        """What people are told."""
        with self.store.reading() as db:
            return [row.kind for row in db.exec(select(NoticeRow)).all()]
