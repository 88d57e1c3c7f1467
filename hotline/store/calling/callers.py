"""Callers known by the keyed hash of their number: what was decided, and their calls before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, literal, select, update

from hotline.calls.arrival.repeating import CallerStanding, KnownCaller, PastCall
from hotline.calls.ringing.facts import CallId
from hotline.duty import PersonId
from hotline.store.dialects import insert_any
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_CALLER: Final = TABLES["caller"]
_K: Final = _CALLER.c
_ACT: Final = TABLES["caller_act"]
_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_LEG: Final = TABLES["leg"]
MOST_CALLS: Final = 50  # so many past calls say enough


@dataclass(frozen=True)
class NewAct:
    """Something that was decided about a caller. why: encrypted; until: when it ends by itself."""

    caller: str
    call: CallId
    at: datetime
    act: str
    by: PersonId
    why: bytes | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Act:
    """The same as it was kept. by: the person's code."""

    at: datetime
    act: str
    by: str
    call: CallId
    why: bytes | None
    until: datetime | None


def caller_before(
    db: Session, caller: str, since: datetime
) -> tuple[KnownCaller, tuple[PastCall, ...]]:
    """What is known of a caller, and their calls that somebody answered, newest first. Two queries.

    since: earlier calls do not matter. Calls that we made to them are left out.
    """
    row = _WHO.first(db, hash=caller)
    past = _TALKS.all(db, caller_hash=caller, arrived=since)
    return KnownCaller() if row is None else _known(row), tuple(_past(each) for each in past)


_WHO: Final = Prepared(
    select(_K.standing, _K.blocked_until, _K.same_id, _K.same_until).where(
        _K.hash == asked(_K.hash)
    )
)
_TALKS: Final = Prepared(
    select(_C.arrived, _C.joined, _C.ended, _LEG.c.person_id)
    .select_from(_CALL.outerjoin(_LEG, _LEG.c.id == _C.leg_id))
    .where(
        _C.caller_hash == asked(_C.caller_hash),
        _C.arrived > asked(_C.arrived),
        _C.joined.is_not(None),
        _C.callback_id.is_(None),
    )
    .order_by(_C.arrived.desc(), _C.id.desc())
    .limit(literal(MOST_CALLS))
)


def _known(row: Any) -> KnownCaller:
    return KnownCaller(
        CallerStanding(row.standing),
        row.blocked_until,
        None if row.same_id is None else PersonId(row.same_id),
        row.same_until,
    )


def _past(row: Any) -> PastCall:
    person = None if row.person_id is None else PersonId(row.person_id)
    return PastCall(row.arrived, row.joined, row.ended, person)


def call_numbered(db: Session, text: str) -> CallId | None:
    """The call of this number or carrier's id; None if there is none."""
    which = _C.sid == text
    if text.isascii() and text.isdigit() and len(text) < 10:
        which = which | (_C.id == int(text))
    found = db.connection().execute(select(_C.id).where(which)).first()
    return None if found is None else CallId(found.id)


def caller_of(db: Session, call: CallId) -> str | None:
    """The hash of a call's caller; None if there is no such call or the number was withheld."""
    theirs = select(_C.caller_hash).where(_C.id == call)
    return db.connection().execute(theirs).scalar_one_or_none()


def plan_of(db: Session, call: CallId) -> bytes | None:
    """The plan's note of a call's caller, encrypted; None if there is none. One query."""
    theirs = (
        select(_K.plan_cipher)
        .join(_CALL, _C.caller_hash == _K.hash)
        .where(_C.id == call, _K.plan_cipher.is_not(None))
    )
    found: bytes | None = db.connection().execute(theirs).scalar_one_or_none()
    return found


def risks_of(db: Session, caller: str) -> frozenset[str]:
    """Every risk that volunteers noted after calls of this caller."""
    form = TABLES["call_form"].c
    noted = (
        select(form.risk)
        .distinct()
        .join(_CALL, _C.id == form.call_id)
        .where(_C.caller_hash == caller, form.risk.is_not(None))
    )
    return frozenset(row.risk for row in db.connection().execute(noted))


def known_caller(db: Session, caller: str) -> tuple[KnownCaller, bytes | None]:
    """What was decided about a caller, and the note of their plan, encrypted."""
    row = db.connection().execute(select(_CALLER).where(_K.hash == caller)).first()
    return (KnownCaller(), None) if row is None else (_known(row), row.plan_cipher)


def change_caller(db: Session, act: NewAct, **columns: object) -> None:
    """Set what was decided, and keep who decided it and why."""
    new = insert_any(db, _CALLER).values(
        **{"hash": act.caller, "standing": CallerStanding.USUAL, **columns}
    )
    db.connection().execute(new.on_conflict_do_update(index_elements=["hash"], set_=columns))
    _keep(db, act)


def lift_block(db: Session, call: CallId, by: PersonId, now: datetime) -> None:
    """Answer a call's caller again, if they are blocked at `now`."""
    theirs = select(_C.caller_hash).where(_C.id == call).scalar_subquery()
    blocked = update(_CALLER).where(_K.hash == theirs, _K.blocked_until > now)
    lifted = db.connection().execute(blocked.values(blocked_until=None).returning(_K.hash)).first()
    if lifted is not None:
        _keep(db, NewAct(lifted.hash, call, now, "unblocked", by))


def _keep(db: Session, act: NewAct) -> None:
    db.connection().execute(
        insert(_ACT).values(
            hash=act.caller,
            call_id=act.call,
            at=act.at,
            act=act.act,
            by_id=act.by,
            why_cipher=act.why,
            until=act.until,
        )
    )


def acts_about(db: Session, caller: str) -> Sequence[Act]:
    """Everything that was decided about a caller, in order."""
    person = TABLES["person"].c
    acts = (
        select(_ACT, person.code)
        .join(person.id.table, person.id == _ACT.c.by_id)
        .where(_ACT.c.hash == caller)
        .order_by(_ACT.c.at, _ACT.c.id)
    )
    return tuple(
        Act(row.at, row.act, row.code, CallId(row.call_id), row.why_cipher, row.until)
        for row in db.connection().execute(acts)
    )
