"""Who dials in: their PINs and their calls."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, func, select, update
from sqlmodel import Session

from hotline.config.titles import Language
from hotline.duty import PersonId
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_PERSON: Final = TABLES["person"].c
_ACCOUNT: Final = TABLES["account"].c
_PIN: Final = TABLES["pin"]
_P: Final = _PIN.c
_CALL: Final = TABLES["staff_call"]
_C: Final = _CALL.c
SUPERVISOR: Final = "supervisor"


@dataclass(frozen=True)
class Member:
    """A person who works here, as telephone and text know one.

    pin: its hash; language: that they chose.
    """

    id: PersonId
    code: str
    supervisor: bool
    pin: str | None = None
    locked_until: datetime | None = None
    language: Language | None = None


@dataclass(frozen=True)
class StaffCall:
    """A call of somebody who works here."""

    token: str
    sid: str
    member: Member
    admitted: bool


_MEMBER: Final = (
    _PERSON.id.label("person_id"),
    *(_PERSON.code, _PERSON.role, _P.hash, _P.locked_until, _ACCOUNT.language),
)
_MEMBERS: Final = _PERSON.id.table.outerjoin(_PIN, _P.person_id == _PERSON.id).outerjoin(
    _ACCOUNT.id.table, _ACCOUNT.person_id == _PERSON.id
)


def member_at(db: Session, addresses: Collection[str]) -> Member | None:
    """The one active person with one of these addresses, in lower case."""
    if not addresses:
        return None
    theirs = func.lower(_PERSON.address).in_(list(addresses))
    found = select(*_MEMBER).select_from(_MEMBERS).where(_PERSON.active, theirs)
    rows = db.connection().execute(found).all()
    return _member(rows[0]) if len(rows) == 1 else None


def _member(row: Any) -> Member:
    return Member(
        PersonId(row.person_id),
        row.code,
        row.role == SUPERVISOR,
        row.hash,
        row.locked_until,
        Language(row.language) if row.language else None,
    )


def keep_pin(db: Session, person: PersonId, hashed: str) -> None:
    """Keep a new PIN; wrong ones before it are forgotten."""
    fresh = {"hash": hashed, "wrong": 0, "locked_until": None}
    new = insert_any(db, _PIN).values(person_id=person, **fresh)
    db.connection().execute(new.on_conflict_do_update(index_elements=["person_id"], set_=fresh))


def right_pin(db: Session, person: PersonId) -> None:
    """The count of wrong ones starts anew."""
    mine = update(_PIN).where(_P.person_id == person, _P.wrong > 0)
    db.connection().execute(mine.values(wrong=0))


def wrong_pin(
    db: Session, person: PersonId, most: int, locked_for: timedelta, now: datetime
) -> datetime | None:
    """Count a wrong PIN; until when none is looked at, if it was one too many."""
    last = _P.wrong + 1 >= most
    counted = (
        update(_PIN)
        .where(_P.person_id == person)
        .values(
            wrong=case((last, 0), else_=_P.wrong + 1),
            locked_until=case((last, now + locked_for), else_=_P.locked_until),
        )
        .returning(_P.locked_until)
    )
    until: datetime | None = db.connection().execute(counted).scalar_one()
    return until if until is not None and until > now else None


def open_staff_call(db: Session, token: str, sid: str, person: PersonId, now: datetime) -> str:
    """Begin a call of somebody who works here; its token, which is older if the leg is known."""
    new = insert_any(db, _CALL).values(token=token, sid=sid, person_id=person, at=now)
    kept = new.on_conflict_do_update(index_elements=["sid"], set_={"sid": sid})
    return str(db.connection().execute(kept.returning(_C.token)).scalar_one())


def admit(db: Session, token: str, now: datetime) -> None:
    """Their PIN was right."""
    db.connection().execute(update(_CALL).where(_C.token == token).values(admitted=now))


def staff_call(db: Session, token: str) -> StaffCall | None:
    """The call of that token, while its person is active."""
    source = _CALL.join(_MEMBERS, _PERSON.id == _C.person_id)
    found = (
        select(_C.token, _C.sid, _C.admitted, *_MEMBER)
        .select_from(source)
        .where(_C.token == token, _PERSON.active)
    )
    row = db.connection().execute(found).first()
    if row is None:
        return None
    return StaffCall(row.token, row.sid, _member(row), row.admitted is not None)
