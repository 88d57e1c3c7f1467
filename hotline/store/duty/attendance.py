"""Who has come, and who has gone: facts are appended here, and `hotline.duty` says what is true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select
from sqlmodel import Session

from hotline.duty import Attended, Fact, PersonId, ToldBy
from hotline.store.tables import TABLES

_ATTENDANCE: Final = TABLES["attendance"]
_F: Final = _ATTENDANCE.c


@dataclass(frozen=True)
class NewFact:
    """A fact about a person; its kinds and fields are those of `hotline.duty.Fact`."""

    person: PersonId
    kind: Attended
    at: datetime
    way: ToldBy
    until: datetime | None = None
    duty: datetime | None = None


def attend(db: Session, *facts: NewFact) -> None:
    """Append facts. One statement."""
    rows = [
        {
            "person_id": fact.person,
            "kind": fact.kind,
            "at": fact.at,
            "until": fact.until,
            "duty": fact.duty,
            "way": fact.way,
        }
        for fact in facts
    ]
    if rows:
        db.connection().execute(insert(_ATTENDANCE).values(rows))


def cool_down(db: Session, person: PersonId, until: datetime, now: datetime) -> None:
    """After a call of high risk: the person is not rung before `until`."""
    attend(db, NewFact(person, Attended.COOLS_DOWN, now, ToldBy.CALL, until))


def facts_of(
    db: Session, people: Iterable[PersonId], since: datetime
) -> Mapping[PersonId, tuple[Fact, ...]]:
    """What was told of each of `people` from `since` on, in order. One query."""
    found: dict[PersonId, tuple[Fact, ...]] = dict.fromkeys(people, ())
    asked = (
        select(_ATTENDANCE)
        .where(_F.person_id.in_(list(found)), _F.at >= since)
        .order_by(_F.at, _F.id)
    )
    for row in db.connection().execute(asked):
        person = PersonId(row.person_id)
        found[person] = (*found[person], _fact(row))
    return found


def _fact(row: Row[Any]) -> Fact:
    return Fact(Attended(row.kind), row.at, row.until, row.duty, ToldBy(row.way))
