"""A city's desk in the week of the scene: who works when, and who asks whom for what."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from flask import Flask
from sqlmodel import Session

from hotline.config.settings import Desk, DeskName, Secrets, Settings, Title
from hotline.config.tables.handshake import Handshake
from hotline.console.rooms import init_console
from hotline.duty import Duty, PersonId
from hotline.handshake.stand_ins.searching import cannot_come
from hotline.parts import Parts
from hotline.ports import Clock
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.duty.questions import ask as question
from hotline.store.duty.standins import searches_open
from hotline.store.duty.swaps import swaps_open
from hotline.store.people.everybody import active_people
from hotline.store.tables import AssignmentRow, PersonRow, RosterRow
from hotline.swaps.asking import Asking, ShiftKey, agree, ask
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.hotline.console import scene

NANJING: Final = DeskName("nanjing")
DATA_KEY: Final = new_data_key()
NOW: Final = scene.local(0, 9)  # Monday morning
EVENING = make.template("evening", ShiftKind.EVENING, start="18:00", hours=4)
NIGHT = make.template("night", ShiftKind.NIGHT, start="22:00", hours=10)
DESKS: Final = (
    Desk(
        NANJING,
        Title("南京席位", "Nanjing desk"),
        (),
        (EVENING, NIGHT),
        (make.cover("18:00-22:00", 1, 2), make.cover("22:00-08:00", 1)),
    ),
    Desk(DeskName("changzhou"), Title("常州席位", "Changzhou desk"), (), (EVENING,), ()),
)
PEOPLE: Final = {"ada": "陈静", "bo": "王芳", "cem": "李婷", "fay": "张伟", "gus": "刘洋"}
POSTS: Final = (  # who, which day, which shift
    ("ada", 1, "night"), ("ada", 5, "evening"), ("gus", 5, "night"),
    ("bo", 3, "night"), ("bo", 6, "evening"), ("bo", 0, "evening"), ("cem", 5, "evening"),
    ("cem", 0, "night"), ("cem", 2, "evening"), ("cem", 2, "night"),
    ("fay", 4, "evening"), ("fay", 4, "night"), ("fay", 1, "evening"),
    ("gus", 3, "evening"), ("gus", 1, "evening"), ("fay", 6, "night"),
)  # fmt: skip


def settings() -> Settings:
    """The scene's site with desks that have shifts."""
    plain = scene.settings()
    lines = tuple(line for line in plain.lines if line.name == "96111-nanjing")
    return replace(plain, desks=DESKS, lines=lines, handshake=Handshake(first_hours=24.0))


def app(store: Store, clock: Clock) -> Flask:
    """The pages alone."""
    made = Flask("pages")
    secrets = Secrets("key", DATA_KEY)
    made.extensions["hotline"] = Parts(settings(), secrets, store, clock)
    init_console(made)
    return made


def span_of(day: int, shift: str) -> Span:
    """When a shift of the week is; day 0 is Monday."""
    start = scene.local(day, 18 if shift == "evening" else 22)
    return Span(start, start + timedelta(hours=4 if shift == "evening" else 10))


def key(day: int, shift: str) -> ShiftKey:
    """A shift of the Nanjing desk."""
    return ShiftKey(NANJING, span_of(day, shift).start)


def address(day: int, shift: str) -> str:
    """How a shift of the Nanjing desk stands in addresses."""
    return f"nanjing/{span_of(day, shift).start:%Y%m%dT%H%M}"


@dataclass(frozen=True)
class Week:
    """Who is who, by number."""

    people: dict[str, int]


def fill(db: Session) -> Week:
    """The people, and the published roster."""
    people = {code: _person(db, code, name) for code, name in PEOPLE.items()}
    made = scene.local(-3, 9)
    roster = RosterRow(
        desk=NANJING, week="2026-W48", state="published", created_at=made, published_at=made
    )
    db.add(roster)
    db.flush()
    assert roster.id is not None
    for code, day, shift in POSTS:
        span, kind = span_of(day, shift), ShiftKind(shift)
        name = f"nanjing/{scene.MONDAY + timedelta(days=day)}/{shift}"
        db.add(
            AssignmentRow(
                roster_id=roster.id,
                person_id=people[code],
                shift=name,
                kind=kind,
                starts=span.start,
                ends=span.end,
            )
        )
    return Week(people)


def _person(db: Session, code: str, name: str) -> int:
    row = PersonRow(
        code=code,
        name=name,
        address=f"tel:+861380000{sum(code.encode()):04}",
        languages="zh en",
        desks="nanjing",
        availability="always",
        supervised_turns=20,
        shifts_a_week=6,
        hours_a_week=60,
        nights_a_week=4,
        nights_running=3,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def clock(at: datetime = NOW) -> Clock:
    """Stands still."""
    return lambda: at


def numbers(app: Flask) -> dict[str, int]:
    """The people's numbers by code."""
    found: Parts = app.extensions["hotline"]
    with found.store.reading() as db:
        return {person.code: person.id for person in active_people(db)}


def busy(app: Flask) -> None:
    """Bo asks Ada to swap, Ada has asked him to cover, and Cem cannot come on Wednesday."""
    found: Parts = app.extensions["hotline"]
    now, who = found.clock(), numbers(app)
    saturday, thursday, tuesday = key(5, "evening"), key(3, "night"), key(1, "night")
    with found.store.writing() as db:
        ask(db, found.settings, Asking("ada", "bo", saturday), now)
        ask(db, found.settings, Asking("bo", "ada", thursday, tuesday), now)
        span = span_of(2, "evening")
        cannot_come(db, Duty(PersonId(who["cem"]), NANJING, span), now)


def agreed(app: Flask) -> None:
    """The same, and Ada agrees; of Cem's shift Fay was asked."""
    busy(app)
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        (mine,) = [s for s in swaps_open(db) if s.terms.partner.code == "ada"]
        agree(db, found.settings, mine.id, mine.terms.partner.id, found.clock())
    asked_to_stand_in(app, "fay")


def asked_to_stand_in(app: Flask, code: str = "ada") -> None:
    """Cem cannot come on Wednesday, and somebody is asked."""
    found: Parts = app.extensions["hotline"]
    now, who = found.clock(), numbers(app)
    with found.store.writing() as db:
        if not searches_open(db, now):
            cannot_come(db, Duty(PersonId(who["cem"]), NANJING, span_of(2, "evening")), now)
        search = searches_open(db, now)[0]
        question(db, search.id, PersonId(who[code]), now + timedelta(minutes=25), now)
