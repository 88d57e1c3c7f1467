"""The short form after a conversation: what was keyed, and which are still due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import LegResult, Part
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.store.calling.legs import StoredLeg
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_FORM: Final = TABLES["call_form"]
_F: Final = _FORM.c
_LEG: Final = TABLES["leg"].c
_CALL: Final = TABLES["call"].c
_PERSON: Final = TABLES["person"].c
_N: Final = TABLES["presence"].c


def note_form(db: Session, leg: StoredLeg, now: datetime, **columns: object) -> None:
    """Keep what was keyed about a conversation; a later key corrects an earlier one."""
    values = {"leg_id": leg.id, "call_id": leg.call, "at": now, "version": 1, **columns}
    new = insert_any(db, _FORM).values(values)
    db.connection().execute(
        new.on_conflict_do_update(
            index_elements=["leg_id"], set_={**columns, "version": _F.version + 1}
        )
    )


def busy_until(db: Session, person: PersonId, until: datetime) -> None:
    """A person whose conversation is over still keys something: not rung before `until`."""
    free = (_N.person_id == person) & _N.leg_id.is_(None) & (_N.free_at < until)
    db.connection().execute(update(_N.person_id.table).where(free).values(free_at=until))


def end_wrap_up(db: Session, person: PersonId, free_at: datetime) -> None:
    """A person is through with what comes after a conversation."""
    wraps_up = (_N.person_id == person) & _N.leg_id.is_(None) & (_N.free_at > free_at)
    db.connection().execute(update(_N.person_id.table).where(wraps_up).values(free_at=free_at))


def is_high_risk(db: Session, call: CallId) -> bool:
    """Whether a volunteer has said so of this call."""
    high = select(_F.leg_id).where(_F.call_id == call, _F.risk == "high").limit(1)
    return db.connection().execute(high).first() is not None


@dataclass(frozen=True)
class DueForm:
    """A conversation whose form is not filled in. missing: what is not answered."""

    call: CallId
    line: LineName
    person: str  # by code
    name: str
    ended: datetime
    risk: str | None


def forms_due(db: Session, since: datetime) -> tuple[DueForm, ...]:
    """Conversations that ended after `since` and whose form is still due, the oldest first."""
    answered = (_LEG.part == Part.ANSWER) | (_LEG.id == _CALL.leg_id)
    talked = (_LEG.result == LegResult.TALKED) & answered
    statement = (
        select(_CALL.id, _CALL.line, _PERSON.code, _PERSON.name, _LEG.ended, _F.risk)
        .select_from(
            _LEG.id.table.join(_CALL.id.table, _CALL.id == _LEG.call_id)
            .join(_PERSON.id.table, _PERSON.id == _LEG.person_id)
            .outerjoin(_FORM, _F.leg_id == _LEG.id)
        )
        .where(talked, _LEG.ended > since, _CALL.joined.is_not(None), _F.done.is_(None))
        .order_by(_LEG.ended, _LEG.id)
    )
    return tuple(
        DueForm(CallId(row.id), LineName(row.line), row.code, row.name, row.ended, row.risk)
        for row in db.connection().execute(statement)
    )
