"""Calls to volunteers that try their telephone: of drills, and those that somebody wished for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.calls.states import CallState
from hotline.config.settings import DeskName, LineName
from hotline.duty import PersonId
from hotline.handshake.states import ERRAND, ErrandEvent, ErrandState, becomes, before
from hotline.oversight.drills import PhoneDrilled, Trial
from hotline.store.sending.errands import Ended, Errand, Purpose, errands_where
from hotline.store.tables import OPEN_CALL, TABLES

_ERRAND: Final = TABLES["errand"]
_E: Final = _ERRAND.c
_PERSON: Final = TABLES["person"].c
_C: Final = TABLES["call"].c
_TRIES: Final = _E.purpose.in_([Purpose.DRILL.value, Purpose.TEST.value])
_RINGS: Final = (ErrandState.PLANNED, ErrandState.DIALLED, ErrandState.ANSWERED)
_WAITS: Final = (CallState.ASKED, CallState.WAITING, CallState.RINGING)


def trials_ringing(db: Session) -> tuple[Errand, ...]:
    """Those that ring, are about to, or are listened to."""
    return errands_where(db, _TRIES & _E.state.in_(_RINGS))


def lines_waited_at(db: Session) -> tuple[LineName, ...]:
    """Lines at which a caller waits for somebody."""
    waits = OPEN_CALL & _C.state.in_(_WAITS)
    found = db.connection().execute(select(_C.line).where(waits).distinct())
    return tuple(LineName(row.line) for row in found)


def recall(db: Session, errands: Iterable[int], now: datetime) -> None:
    """Have them hung up at once, unless a key was pressed: their people are needed."""
    mine = update(_ERRAND).where(
        _E.id.in_(list(errands)),
        _E.state.in_(sorted(before(ERRAND, ErrandEvent.NOT_NEEDED))),
        _E.result.is_(None),
    )
    db.connection().execute(mine.values(state=becomes(ERRAND, ErrandEvent.NOT_NEEDED), due=now))


def phones_of(db: Session, drill: int) -> tuple[PhoneDrilled, ...]:
    """What became of each telephone of a drill, by code."""
    found = (
        select(_PERSON.code, _PERSON.name, _E.desk, _E.result)
        .join(_PERSON.id.table, _PERSON.id == _E.person_id)
        .where(_E.drill_id == drill)
        .order_by(_PERSON.code)
    )
    return tuple(
        PhoneDrilled(row.code, row.name, DeskName(row.desk), _came(row.result))
        for row in db.connection().execute(found)
    )


def last_test(db: Session, person: PersonId) -> tuple[datetime, Trial] | None:
    """When the telephone of `person` was last to be tried, and what came of it."""
    found = (
        select(_E.starts, _E.result)
        .where(_E.person_id == person, _E.purpose == Purpose.TEST)
        .order_by(_E.id.desc())
        .limit(1)
    )
    row = db.connection().execute(found).first()
    return None if row is None else (row.starts, _came(row.result))


def _came(result: str | None) -> Trial:
    if result is None:
        return Trial.UNDER_WAY
    return CAME[Ended(result)]


CAME: Final = {
    Ended.YES: Trial.REACHED,
    Ended.NO: Trial.REACHED,
    Ended.SILENT: Trial.SILENT,
    Ended.UNANSWERED: Trial.UNANSWERED,
    Ended.UNSENT: Trial.UNSENT,
    Ended.WITHDRAWN: Trial.NEEDED,
}
