"""A made-up week at two desks, drafted by hand: no solver is needed to look at it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from flask import Flask

from hotline.config.settings import Desk, DeskName, Settings
from hotline.corrections.absences import note
from hotline.parts import Parts
from hotline.planning.working import Planner, work_off
from hotline.rosters.by_hand.changing import EditOrder, change_draft, read_draft
from hotline.rosters.by_hand.choices import people_for
from hotline.rosters.by_hand.editing import Act, Change
from hotline.rosters.by_hand.reopening import begin, file_begun
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.planning.drafts import BuildNumber
from scheduling.places.local import Here
from scheduling.problem import ShiftKind
from tests import make
from tests.hotline.console import scene

WEEK: Final = Week(2026, 49)
NANJING: Final = DeskName("nanjing")
SUZHOU: Final = DeskName("suzhou")
NOW: Final = make.utc("2026-11-26 12:00")
HERE: Final = f"/rosters/{WEEK}"
ADDRESSES: Final = {
    "draft": HERE,
    "picked": f"{HERE}?desk=nanjing&pick=fen&of=nanjing/2026-12-01/evening",
    "filling": f"{HERE}?desk=nanjing&fill=nanjing/2026-12-04/night",
    "days": f"{HERE}?desk=nanjing&view=days",
    "hours": f"{HERE}?desk=nanjing&view=hours",
    "all": f"{HERE}?desk=all",
}
PEOPLE: Final = {
    "Ada": "陈静", "Bo": "王芳", "Cem": "李婷", "Fen": "张伟", "Gao": "刘洋", "Hua": "赵敏",
    "Ivo": "孙丽", "Jun": "周杰", "Kai": "吴倩", "Lan": "冯雪",
}  # fmt: skip


def prepared(app: Flask) -> None:
    """A running app shows the scene: two desks, a draft of the first, one pin, one step back."""
    found: Parts = app.extensions["hotline"]
    app.extensions["hotline"] = replace(found, settings=settings())
    hire(found.store)
    number = drafted(found.store, settings(), NOW)
    with found.store.writing() as db:
        order = EditOrder(WEEK, number, 0, "Dee")
        draft = read_draft(db, settings(), order)
        given = draft.sheet.result.roster.assignments[0]
        order = replace(order, version=draft.build.version)
        pin = Change(Act.PIN, given.person, given.shift)
        after = change_draft(db, settings(), order, pin, NOW)
        note(db, "bo", after.sheet.shifts[given.shift].span, NOW)


def settings() -> Settings:
    """The site of the scene, with shifts at two desks."""
    crisis = make.cover("22:00-08:00", 1, certificate="crisis")
    nanjing = make.desk(
        "nanjing",
        shifts=[
            make.template("day", ShiftKind.DAY, start="09:00", hours=5, most=3),
            make.template("evening", ShiftKind.EVENING, start="18:00", hours=4, most=3),
            make.template("night", most=2),
        ],
        wants=[
            make.cover("09:00-14:00", 1, 2),
            make.cover("18:00-22:00", 2),
            make.cover("22:00-08:00", 1),
            crisis,
        ],
    )
    suzhou = make.desk(
        "suzhou",
        shifts=[make.template("evening", ShiftKind.EVENING, start="18:00", hours=4)],
        wants=[make.cover("18:00-22:00", 1)],
    )
    plain = scene.settings()
    return replace(
        plain, desks=(_titled(plain, nanjing), replace(suzhou, title=make.title("Suzhou")))
    )


def _titled(plain: Settings, desk: Desk) -> Desk:
    return replace(desk, title=next(d.title for d in plain.desks if d.name == desk.name))


def hire(store: Store) -> None:
    """Ten people; the first four hold the crisis module, the last two belong to Suzhou."""
    for number, name in enumerate(PEOPLE):
        make.hire(
            store,
            name,
            called=PEOPLE[name],
            desks="nanjing" if number < 8 else "nanjing suzhou",
            certificates={"crisis": make.LONG_AFTER} if number < 4 else {},
            shifts_a_week=5,
        )


def begun(store: Store, site: Settings, now: datetime, *desks: DeskName) -> BuildNumber:
    """An empty draft of some desks."""
    made = begin(store, site, WEEK, desks or (NANJING,), now)
    with store.writing() as db:
        return file_begun(db, made, now)


def drafted(store: Store, site: Settings, now: datetime, *desks: DeskName) -> BuildNumber:
    """A draft in which the first days are full."""
    number = begun(store, site, now, *desks)
    version = 0
    for day in range(4):
        for name in ("day", "evening", "night"):
            shift = f"nanjing/{WEEK.monday + timedelta(days=day)}/{name}"
            for _ in range(2 if name != "night" else 1):
                version = _best_added(
                    store, site, EditOrder(WEEK, number, version, "Dee"), shift, now
                )
    return number


def _best_added(store: Store, site: Settings, order: EditOrder, shift: str, now: datetime) -> int:
    with store.writing() as db:
        draft = read_draft(db, site, order)
        best = people_for(draft.sheet, shift)[0]
        if not best.allowed:
            return order.version
        return change_draft(db, site, order, best.change, now).build.version


def app(store: Store, now: datetime, site: Settings | None = None) -> Flask:
    """The pages of the scene's site."""
    made = scene.app(store, lambda: now)
    found: Parts = made.extensions["hotline"]
    made.extensions["hotline"] = replace(found, settings=site or settings())
    return made


def works(store: Store, site: Settings, now: datetime) -> None:
    """A worker does all that pages asked for."""
    planner = Planner(store, site, lambda: now, lambda: False, Here())
    while work_off(planner):
        pass
