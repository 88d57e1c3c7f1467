"""Hand-overs to partners: to whom, on which ground, with which reference, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, insert, select, update

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Ground
from hotline.duty import LegId
from hotline.store.calling.legs import StoredLeg
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_HANDOVER: Final = TABLES["handover"]
_H: Final = _HANDOVER.c


@dataclass(frozen=True)
class Handover:
    """One of them. reference: a work-order number."""

    id: int
    call: CallId
    leg: LegId
    partner: str
    ground: Ground
    at: datetime
    ended: datetime | None


def open_handover(db: Session, leg: StoredLeg, partner: str, ground: Ground, now: datetime) -> int:
    """Keep to whom and on which ground, before anything is done."""
    values = {
        "call_id": leg.call,
        "leg_id": leg.id,
        "partner": partner,
        "ground": ground,
        "at": now,
    }
    row = db.connection().execute(insert(_HANDOVER).values(values).returning(_H.id)).one()
    return int(row.id)


def note_reference(db: Session, handover: int, leg: LegId, reference: str) -> None:
    """The work-order number that was keyed in."""
    mine = (_H.id == handover) & (_H.leg_id == leg)
    db.connection().execute(update(_HANDOVER).where(mine).values(reference=reference))


def end_handover(db: Session, handover: int, call: CallId, now: datetime, reached: bool) -> None:
    """The partner's conversation is over, or never began."""
    mine = (_H.id == handover) & (_H.call_id == call) & _H.ended.is_(None)
    values: dict[str, object] = {"ended": now}
    if reached:
        values["reached"] = now
    db.connection().execute(update(_HANDOVER).where(mine).values(values))


def handover_of(db: Session, handover: int, call: CallId) -> Handover | None:
    """A hand-over of a call, by its number."""
    return _first(db, select(_HANDOVER).where(_H.id == handover, _H.call_id == call))


def pending_handover(db: Session, call: CallId) -> Handover | None:
    """The hand-over of a call that is under way."""
    under_way = (_H.call_id == call) & _H.ended.is_(None)
    return _first(db, select(_HANDOVER).where(under_way).order_by(_H.id.desc()).limit(1))


def _first(db: Session, which: Select[Any]) -> Handover | None:
    row = db.connection().execute(which).first()
    if row is None:
        return None
    return Handover(
        int(row.id),
        CallId(row.call_id),
        LegId(row.leg_id),
        row.partner,
        Ground(row.ground),
        row.at,
        row.ended,
    )
