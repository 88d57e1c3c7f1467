"""Legs to volunteers, and the one reservation that each person can have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, case, insert, literal, select, update
from sqlmodel import Session

from hotline.calls.routing import CallId, LiveLeg
from hotline.calls.states import MISSED, LegResult, LegState
from hotline.config.settings import DeskName, LineName
from hotline.duty import STRETCH_ENDS_AFTER, LegId, PersonId
from hotline.store.dialects import insert_any
from hotline.store.tables import LIVE_LEG, TABLES

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"]
_L: Final = _LEG.c
_PRESENCE: Final = TABLES["presence"]
_N: Final = _PRESENCE.c
# A telephone that we hang up rings a moment longer; rung again at once it would be busy.
STOPS_RINGING: Final = timedelta(seconds=2)
# Somebody who listens to last words of ours would be busy, too: they take 4 s, reaching them 1 s.
HEARS_US_OUT: Final = timedelta(seconds=6)
_UNANSWERED: Final = _L.state.in_([LegState.PLANNED, LegState.DIALLED])


@dataclass(frozen=True)
class NewLeg:
    """A telephone to ring. until: over by then, whether or not anybody tells us."""

    token: str
    call: CallId
    person: PersonId
    desk: DeskName
    by_dial: bool
    until: datetime


@dataclass(frozen=True)
class StoredLeg:
    """What the use cases need to know of a leg."""

    id: LegId
    token: str
    call: CallId
    line: LineName
    person: PersonId
    desk: DeskName
    state: LegState
    by_dial: bool
    sid: str | None


@dataclass(frozen=True)
class EndedLeg:
    """A leg that this request ended. sid: known if the carrier has rung it."""

    id: LegId
    call: CallId
    person: PersonId
    sid: str | None
    result: LegResult


def plan_legs(db: Session, legs: Sequence[NewLeg], now: datetime) -> Mapping[LegId, NewLeg]:
    """Reserve the people of `legs` and record those legs whose person was free. Three statements.

    Whoever was taken meanwhile by another request is left out, and so is their leg.
    """
    legs = sorted(legs, key=lambda leg: leg.person)  # two planners lock people in one order
    if not legs:
        return {}
    ids = _insert_legs(db, legs, now)
    won = _reserve(db, legs, ids, now)
    lost = [ids[leg.token] for leg in legs if leg.person not in won]
    if lost:
        db.connection().execute(_LEG.delete().where(_L.id.in_(lost)))
    return {ids[leg.token]: leg for leg in legs if leg.person in won}


def _insert_legs(db: Session, legs: Sequence[NewLeg], now: datetime) -> Mapping[str, LegId]:
    rows = [
        {
            "token": leg.token,
            "call_id": leg.call,
            "person_id": leg.person,
            "desk": leg.desk,
            "by_dial": leg.by_dial,
            "state": LegState.PLANNED,
            "planned": now,
            "until": leg.until,
        }
        for leg in legs
    ]
    statement = insert(_LEG).values(rows).returning(_L.id, _L.token)
    return {row.token: LegId(row.id) for row in db.connection().execute(statement)}


def _reserve(
    db: Session, legs: Sequence[NewLeg], ids: Mapping[str, LegId], now: datetime
) -> frozenset[PersonId]:
    rows = [
        {
            "person_id": leg.person,
            "leg_id": ids[leg.token],
            "until": leg.until,
            "talking": False,
            "free_at": now,
            "talk_seconds": 0,
            "missed": 0,
        }
        for leg in legs
    ]
    new = insert_any(db, _PRESENCE).values(rows)
    mine = new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"leg_id": new.excluded.leg_id, "until": new.excluded.until, "talking": False},
        where=(_N.leg_id.is_(None) | (_N.until <= now)) & (_N.free_at <= now),
    ).returning(_N.person_id)
    return frozenset(PersonId(row.person_id) for row in db.connection().execute(mine))


def leg_of_token(db: Session, token: str) -> StoredLeg | None:
    """The leg of a web address."""
    return _one(db, _L.token == token)


def hold_call_of_leg(db: Session, token: str) -> None:
    """Keep the call still that a leg belongs to: requests take the call first, then its legs."""
    whose = select(_L.call_id).where(_L.token == token).scalar_subquery()
    held = select(_CALL.id).where(_CALL.id == whose).with_for_update(key_share=True)
    db.connection().execute(held)


def leg_of_id(db: Session, leg: LegId) -> StoredLeg | None:
    """The leg of our own id."""
    return _one(db, _L.id == leg)


def _one(db: Session, which: Any) -> StoredLeg | None:
    statement = select(_LEG, _CALL.line).join(_CALL.id.table, _CALL.id == _L.call_id)
    row = db.connection().execute(statement.where(which)).first()
    return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> StoredLeg:
    return StoredLeg(
        id=LegId(row.id),
        token=row.token,
        call=CallId(row.call_id),
        line=LineName(row.line),
        person=PersonId(row.person_id),
        desk=DeskName(row.desk),
        state=LegState(row.state),
        by_dial=row.by_dial,
        sid=row.sid,
    )


def live_legs(db: Session) -> tuple[LiveLeg, ...]:
    """Every telephone that rings or talks for us now."""
    statement = select(_L.id, _L.call_id, _L.person_id, _L.state, _L.by_dial).where(LIVE_LEG)
    return tuple(
        LiveLeg(
            LegId(row.id),
            CallId(row.call_id),
            PersonId(row.person_id),
            LegState(row.state),
            row.by_dial,
        )
        for row in db.connection().execute(statement)
    )


def advance_leg(
    db: Session,
    leg: LegId,
    was: Iterable[LegState],
    becomes: LegState,
    until: datetime,
    sid: str | None = None,
) -> bool:
    """True if this request moved the leg on; its person stays reserved until `until`."""
    values: dict[str, object] = {"state": becomes, "until": until}
    if sid is not None:
        values["sid"] = sid
    statement = update(_LEG).where(_L.id == leg, _L.state.in_(sorted(was))).values(values)
    if db.connection().execute(statement.returning(_L.id)).first() is None:
        return False
    kept: dict[str, object] = {"until": until}
    if becomes is LegState.ACCEPTED:
        kept |= {"talking": True, "missed": 0}
    db.connection().execute(update(_PRESENCE).where(_N.leg_id == leg).values(kept))
    return True


def note_leg_sid(db: Session, leg: LegId, sid: str) -> None:
    """Remember the carrier's id of a leg, whatever its state."""
    db.connection().execute(update(_LEG).where(_L.id == leg, _L.sid.is_(None)).values(sid=sid))


def end_legs(
    db: Session, which: Iterable[LegId], result: LegResult, now: datetime
) -> tuple[EndedLeg, ...]:
    """End the legs of `which` that live, and free their people at once. Two statements."""
    return _end(db, _L.id.in_(list(which)), literal(result.value), _Freed(now, now))


def end_answered(db: Session, leg: LegId, result: LegResult, now: datetime) -> tuple[EndedLeg, ...]:
    """End a leg whose person still listens to us, and free them when they have heard it."""
    return _end(db, _L.id == leg, literal(result.value), _Freed(now, now + HEARS_US_OUT))


def end_ringing(
    db: Session, call: CallId, result: LegResult, now: datetime
) -> tuple[EndedLeg, ...]:
    """End every leg of `call` at which nobody has answered yet, and soon free their people."""
    others = (_L.call_id == call) & _UNANSWERED
    return _end(db, others, literal(result.value), _Freed(now, now + STOPS_RINGING))


def end_whispering(
    db: Session, call: CallId, result: LegResult, now: datetime
) -> tuple[EndedLeg, ...]:
    """End every leg of `call` that hears the whisper, and free their people when they can."""
    others = (_L.call_id == call) & (_L.state == LegState.ANSWERED)
    return _end(db, others, literal(result.value), _Freed(now, now + HEARS_US_OUT))


def end_all(db: Session, call: CallId, result: LegResult, now: datetime) -> tuple[EndedLeg, ...]:
    """End every leg of `call`, whatever its state."""
    return _end(db, _L.call_id == call, literal(result.value), _Freed(now, now + HEARS_US_OUT))


def take_from_others(db: Session, which: Iterable[LegId], now: datetime) -> tuple[EndedLeg, ...]:
    """End the legs of `which` at which nobody has answered: another caller needs the person."""
    mine = _in_hand(db, _L.id.in_(list(which)), _UNANSWERED)
    return _end(
        db, _L.id.in_(mine) & _UNANSWERED, literal(LegResult.CANCELLED.value), _Freed(now, now)
    )


def states_of(db: Session, call: CallId) -> frozenset[LegState]:
    """How the telephones stand that ring or talk for `call`."""
    live = select(_L.state).where(_L.call_id == call, LIVE_LEG)
    return frozenset(LegState(row.state) for row in db.connection().execute(live))


def _in_hand(db: Session, *which: Any) -> list[LegId]:
    """The legs of which this holds, their calls kept still; not those of calls in other hands."""
    held = (
        select(_L.id)
        .join(_CALL.id.table, _CALL.id == _L.call_id)
        .where(*which)
        .with_for_update(of=_CALL.id.table, skip_locked=True, key_share=True)
    )
    return [LegId(row.id) for row in db.connection().execute(held)]


def end_talk(
    db: Session, leg: LegId, now: datetime, free_at: datetime, talked: timedelta
) -> tuple[EndedLeg, ...]:
    """End a conversation of length `talked`; the person is in wrap-up until `free_at`."""
    freed = _Freed(now, free_at, int(talked.total_seconds()))
    return _end(db, _L.id == leg, literal(LegResult.TALKED.value), freed)


def expire_legs(db: Session, now: datetime) -> tuple[EndedLeg, ...]:
    """End the legs whose time has passed without anybody telling us."""
    overdue = _in_hand(db, _L.until <= now, LIVE_LEG)
    if not overdue:
        return ()
    result = case(
        (_L.state == LegState.PLANNED, LegResult.UNSENT.value),
        (_L.state == LegState.ANSWERED, LegResult.PASSED.value),
        (_L.state == LegState.ACCEPTED, LegResult.TALKED.value),
        else_=LegResult.UNHEARD.value,
    )
    return _end(db, _L.id.in_(overdue) & (_L.until <= now), result, _Freed(now, now))


@dataclass(frozen=True)
class _Freed:
    """When a person's leg ended, when they may be rung again, and how long they talked."""

    now: datetime
    free_at: datetime
    talk_seconds: int = 0


def _end(db: Session, which: Any, result: Any, freed: _Freed) -> tuple[EndedLeg, ...]:
    statement = (
        update(_LEG)
        .where(which, LIVE_LEG)
        .values(state=LegState.ENDED, ended=freed.now, result=result)
        .returning(_L.id, _L.call_id, _L.person_id, _L.sid, _L.result)
    )
    ended = tuple(_ended(row) for row in db.connection().execute(statement))
    if ended:
        _free(db, ended, freed)
    return ended


def _ended(row: Row[Any]) -> EndedLeg:
    return EndedLeg(
        LegId(row.id), CallId(row.call_id), PersonId(row.person_id), row.sid, LegResult(row.result)
    )


def _free(db: Session, ended: Sequence[EndedLeg], freed: _Freed) -> None:
    missed = [leg.id for leg in ended if leg.result in MISSED]
    talked = [leg.id for leg in ended if leg.result is LegResult.TALKED]
    stretch = _N.last_ended > freed.now - STRETCH_ENDS_AFTER
    so_far = case((stretch, _N.talk_seconds), else_=0)
    values = {
        "leg_id": None,
        "until": None,
        "talking": False,
        "free_at": freed.free_at,
        "missed": case((_N.leg_id.in_(missed), _N.missed + 1), else_=_N.missed),
        "last_ended": case((_N.leg_id.in_(talked), freed.now), else_=_N.last_ended),
        "talk_seconds": case(
            (_N.leg_id.in_(talked), so_far + freed.talk_seconds), else_=_N.talk_seconds
        ),
    }
    ids = [leg.id for leg in ended]
    db.connection().execute(update(_PRESENCE).where(_N.leg_id.in_(ids)).values(values))
