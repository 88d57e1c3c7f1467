"""A province on an empty database: desks, lines, people, three weeks of rosters, years of calls."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Final

from sqlalchemy import insert, text

from hotline.accounts.keeping import unmade
from hotline.accounts.roles import Role
from hotline.config import settings_from
from hotline.config.settings import Desk, DeskName, Line, LineName, Secrets, Settings, Title
from hotline.duty import PersonId
from hotline.parts import Parts
from hotline.ports import Clock
from hotline.privacy import new_data_key
from hotline.reports.making import count_day
from hotline.rosters.question.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week, week_of
from hotline.store import Session, Store
from hotline.store.access.accounts import new_account
from hotline.store.tables import TABLES, AssignmentRow, CertificateRow, PersonRow, RosterRow

CONFIG: Final = Path(__file__).parent.parent.parent / "config.toml"
NOW: Final = datetime(2026, 11, 25, 12, 10, tzinfo=UTC)  # a Wednesday evening in Nanjing
AT_ONCE: Final = 20_000  # calls of one statement
OUTCOMES: Final = ("answered", "answered", "answered", "left", "callback")
HOUR: Final = timedelta(hours=1)
COUNTED: Final = 31  # days of which reports are made


@dataclass(frozen=True)
class Province:
    """How large it is."""

    people: int = 300
    desks: int = 40
    calls: int = 1_000_000


@contextmanager
def province(url: str, size: Province, clock: Clock = lambda: NOW) -> Iterator[Parts]:
    """The province on an empty, migrated database; one account of each role, named after it."""
    store = Store(url)
    site = _site(size)
    secrets = Secrets(
        secret_key=token_hex(32),
        data_key=new_data_key(),
        account_sid=f"AC{token_hex(16)}",
        auth_token=token_hex(16),
        database_url=url,
    )
    try:
        with store.writing() as db:
            people = _people(db, size)
            _rosters(db, site, people)
            _calls(db, site, size.calls)
            for role in Role:
                person = PersonId(people[0]) if role is Role.VOLUNTEER else None
                account = replace(unmade(role, role), roles=frozenset({role}), person=person)
                new_account(db, account, NOW)
            db.connection().execute(text("analyze"))
        for days in range(COUNTED):
            count_day(store, site, NOW.date() - timedelta(days=days), NOW)
        yield Parts(site, secrets, store, clock)
    finally:
        store.close()


def _site(size: Province) -> Settings:
    """The sample site with its first desk and line many times over."""
    sample = settings_from(CONFIG)
    desks = tuple(_desk(sample.desks[0], number) for number in range(size.desks))
    lines = tuple(_line(sample.lines[0], number) for number in range(size.desks))
    return replace(sample, desks=desks, lines=lines, talking=None, partners=None, ringing=None)


def _desk(first: Desk, number: int) -> Desk:
    name = f"desk{number:02}"
    return replace(first, name=DeskName(name), title=Title(f"席位{number:02}", name))


def _line(first: Line, number: int) -> Line:
    name = f"line{number:02}"
    return replace(
        first,
        name=LineName(name),
        title=Title(f"热线{number:02}", name),
        city=Title(f"城市{number // 3:02}", f"City {number // 3:02}"),
        numbers=(f"+8625000{number:05}",),
        desks=(DeskName(f"desk{number:02}"),),
        onward=None,
    )


def _people(db: Session, size: Province) -> tuple[int, ...]:
    rows = [
        PersonRow(
            code=f"p{number:03}",
            name=f"赵{number:03}",
            address=f"tel:+8625001{number:05}",
            languages="zh",
            desks=f"desk{number % size.desks:02}",
            availability="always",
            supervised_turns=20,
            shifts_a_week=3,
            hours_a_week=30,
            nights_a_week=2,
            nights_running=1,
        )
        for number in range(size.people)
    ]
    db.add_all(rows)
    db.flush()
    ids = tuple(row.id for row in rows if row.id is not None)
    year = timedelta(days=365)
    for name in ("child-adolescent", "crisis"):
        held = [
            CertificateRow(
                person_id=person, name=name, last_day=(NOW + year).date(), until=NOW + year
            )
            for person in ids
        ]
        db.add_all(held)
    return ids


def _rosters(db: Session, site: Settings, people: tuple[int, ...]) -> None:
    """Last week, this and the next are published; each shift has two people of its desk."""
    this = week_of(NOW, site.site.zone)
    for week in (this.shifted(-1), this, this.shifted(1)):
        for place, desk in enumerate(site.desks):
            theirs = people[place :: len(site.desks)]
            _roster(db, site, desk, week, theirs)


def _roster(db: Session, site: Settings, desk: Desk, week: Week, people: tuple[int, ...]) -> None:
    made = NOW - timedelta(days=10)
    roster = RosterRow(
        desk=desk.name,
        week=str(week),
        state=RosterState.PUBLISHED,
        created_at=made,
        published_at=made,
    )
    db.add(roster)
    db.flush()
    assert roster.id is not None
    for number, shift in enumerate(shifts(desk, week, site.site.zone)):
        for person in {people[number % len(people)], people[(number + 1) % len(people)]}:
            db.add(
                AssignmentRow(
                    roster_id=roster.id,
                    person_id=person,
                    shift=shift.id,
                    kind=shift.kind.value,
                    starts=shift.span.start,
                    ends=shift.span.end,
                )
            )


def _calls(db: Session, site: Settings, many: int) -> None:
    """Two years of calls that are over, spread over lines, days and outcomes."""
    step = timedelta(days=730) / max(many, 1)
    rows = (_call(site, number, NOW - HOUR - number * step) for number in range(many))
    while batch := list(islice(rows, AT_ONCE)):
        db.connection().execute(insert(TABLES["call"]), batch)


def _call(site: Settings, number: int, at: datetime) -> Mapping[str, object]:
    return {
        "token": f"t{number}",
        "sid": f"CA{number}",
        "line": site.lines[number % len(site.lines)].name,
        "state": "closed",
        "arrived": at,
        "since": at,
        "expected": at,
        "urgent": number % 20 == 0,
        "by_dial": False,
        "outcome": OUTCOMES[number % len(OUTCOMES)],
        "ended": at + timedelta(minutes=20),
        "wish": "",
        "ways_tried": "",
        "leaves_message": False,
    }
