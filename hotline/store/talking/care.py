"""Records of conversations: their forms with notes, and the follow-ups that are due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import LegResult, LegState, Part
from hotline.care.records import CareRecord, FollowedUp, RiskLevel
from hotline.config.settings import LineName
from hotline.duty import LegId, PersonId
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_FORM: Final = TABLES["call_form"]
_F: Final = _FORM.c
_LEG: Final = TABLES["leg"].c
_CALL: Final = TABLES["call"].c
_PERSON: Final = TABLES["person"].c
NO_CALL_IS_LONGER: Final = timedelta(days=1)  # calls are found by their arrival, which has an index


@dataclass(frozen=True)
class Whose:
    """Whose conversations are meant: those of one person, and those of some lines."""

    person: PersonId | None = None
    lines: Collection[LineName] = ()


def record_of(db: Session, leg: LegId) -> CareRecord | None:
    """The record of a conversation; None if that leg answered for none."""
    row = db.connection().execute(_RECORDS.where(_LEG.id == leg)).first()
    return None if row is None else _record(row)


def records_of_call(db: Session, call: CallId) -> tuple[CareRecord, ...]:
    """Those of everybody who answered for a conversation of this call, the first planned first."""
    return _records(db, _RECORDS.where(_LEG.call_id == call).order_by(_LEG.id))


def follow_ups_due(db: Session, whose: Whose, most: int, after: int = 0) -> tuple[CareRecord, ...]:
    """Conversations whose follow-up nobody has done, the most urgent first. One query."""
    due = _RECORDS.where(_F.follow_up.is_not(None), _F.followed_up.is_(None), _of(whose))
    return _records(db, due.order_by(_F.follow_up, _LEG.id).limit(most).offset(after))


def count_follow_ups(db: Session, whose: Whose, now: datetime) -> tuple[int, int]:
    """How many follow-ups nobody has done, and how many of them are late."""
    counted = (
        select(func.count(), func.count().filter(_F.follow_up <= now))
        .select_from(_JOINED)
        .where(_F.follow_up.is_not(None), _F.followed_up.is_(None), _of(whose))
    )
    row = db.connection().execute(counted).one()
    return (row[0], row[1])


def records_to_fill(
    db: Session, whose: Whose, since: datetime, most: int
) -> tuple[CareRecord, ...]:
    """Conversations that ended after `since` and whose form is still due, the oldest first."""
    lately = (_CALL.arrived > since - NO_CALL_IS_LONGER) & (_LEG.ended > since)
    due = _RECORDS.where(lately, _F.done.is_(None), _of(whose))
    return _records(db, due.order_by(_LEG.ended, _LEG.id).limit(most))


def keep_record(
    db: Session, record: CareRecord, seen: int, now: datetime, **columns: object
) -> bool:
    """True if this request filled the form in; False if it was changed since version `seen`."""
    values = {
        "leg_id": record.leg,
        "call_id": record.call,
        "at": now,
        "version": seen + 1,
        **columns,
    }
    new = insert_any(db, _FORM).values(values)
    kept = new.on_conflict_do_update(
        index_elements=["leg_id"],
        set_={**columns, "version": seen + 1},
        where=_F.version == seen,
    )
    return db.connection().execute(kept.returning(_F.leg_id)).first() is not None


def end_follow_up(
    db: Session, leg: LegId, by: PersonId | None, result: FollowedUp, now: datetime
) -> bool:
    """True if this request notes what came of a follow-up; False if none is due."""
    done = {"followed_up": now, "followed_up_by": by, "result": result.value}
    return _change_due(db, leg, done)


def put_off_follow_up(db: Session, leg: LegId, due: datetime) -> bool:
    """True if this request gave a follow-up another time; False if none is due."""
    return _change_due(db, leg, {"follow_up": due})


def _change_due(db: Session, leg: LegId, values: Mapping[str, object]) -> bool:
    mine = (_F.leg_id == leg) & _F.follow_up.is_not(None) & _F.followed_up.is_(None)
    changed = update(_FORM).where(mine).values(version=_F.version + 1, **values)
    return db.connection().execute(changed.returning(_F.leg_id)).first() is not None


def _of(whose: Whose) -> ColumnElement[bool]:
    of_lines = _CALL.line.in_(sorted(whose.lines))
    return of_lines if whose.person is None else of_lines | (_LEG.person_id == whose.person)


# Whoever answered for a conversation has a record of it, from its beginning or in the end.
_ANSWERED: Final = (_LEG.part == Part.ANSWER) | (_LEG.id == _CALL.leg_id)
_TALKED: Final = (_LEG.result == LegResult.TALKED) | (_LEG.state == LegState.ACCEPTED)
_JOINED: Final = (
    _LEG.id.table.join(_CALL.id.table, _CALL.id == _LEG.call_id)
    .join(_PERSON.id.table, _PERSON.id == _LEG.person_id)
    .outerjoin(_FORM, _F.leg_id == _LEG.id)
)
_RECORDS: Final[Select[Any]] = (
    select(
        *(_LEG.id.label("leg_id"), _LEG.call_id, _LEG.person_id, _LEG.ended),
        *(_CALL.line, _CALL.joined, _PERSON.code, _PERSON.name),
        *(
            _F.risk,
            _F.kind,
            _F.note_cipher,
            _F.follow_up,
            _F.followed_up,
            _F.result,
            _F.done,
            _F.version,
        ),
    )
    .select_from(_JOINED)
    .where(_TALKED, _ANSWERED, _CALL.joined.is_not(None))
)


def _records(db: Session, statement: Select[Any]) -> tuple[CareRecord, ...]:
    return tuple(_record(row) for row in db.connection().execute(statement))


def _record(row: Row[Any]) -> CareRecord:
    return CareRecord(
        leg=LegId(row.leg_id),
        call=CallId(row.call_id),
        line=LineName(row.line),
        writer=PersonId(row.person_id),
        code=row.code,
        name=row.name,
        began=row.joined,
        ended=row.ended,
        risk=None if row.risk is None else RiskLevel(row.risk),
        kind=row.kind,
        note=None if row.note_cipher is None else bytes(row.note_cipher),
        follow_up=row.follow_up,
        followed_up=row.followed_up,
        result=None if row.result is None else FollowedUp(row.result),
        done=row.done,
        version=row.version or 0,
    )
