"""How legs end, each once, and when their people are free again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, case, literal, select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import MISSED, LegResult, LegState
from hotline.duty import STRETCH_ENDS_AFTER, LegId, PersonId
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
class EndedLeg:
    """A leg that this request ended. sid: known if the carrier has rung it.

    missed: calls in a row that its person did not take up, this one included; refused: the carrier
    cannot ring the number.
    """

    id: LegId
    call: CallId
    person: PersonId
    sid: str | None
    result: LegResult
    missed: int = 0
    refused: bool = False


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


def still_listens(db: Session, person: PersonId, now: datetime) -> None:
    """Somebody whose leg was just over hears words of ours: not free before they heard them."""
    free_at = now + HEARS_US_OUT
    just_now = (_N.free_at < free_at) & (_N.free_at > now - HEARS_US_OUT)
    listens = (_N.person_id == person) & _N.leg_id.is_(None) & just_now
    db.connection().execute(update(_PRESENCE).where(listens).values(free_at=free_at))


def end_all(db: Session, call: CallId, result: LegResult, now: datetime) -> tuple[EndedLeg, ...]:
    """End every leg of `call`, whatever its state."""
    return _end(db, _L.call_id == call, literal(result.value), _Freed(now, now + HEARS_US_OUT))


def take_from_others(db: Session, which: Iterable[LegId], now: datetime) -> tuple[EndedLeg, ...]:
    """End the legs of `which` at which nobody has answered: another caller needs the person."""
    mine = _in_hand(db, _L.id.in_(list(which)), _UNANSWERED)
    return _end(
        db, _L.id.in_(mine) & _UNANSWERED, literal(LegResult.CANCELLED.value), _Freed(now, now)
    )


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


def end_talks(
    db: Session, call: CallId, now: datetime, free_at: datetime, talked: timedelta
) -> tuple[EndedLeg, ...]:
    """The same for everybody who is in the conversation of `call`."""
    freed = _Freed(now, free_at, int(talked.total_seconds()))
    everybody = (_L.call_id == call) & (_L.state == LegState.ACCEPTED)
    return _end(db, everybody, literal(LegResult.TALKED.value), freed)


def end_in_vain(db: Session, leg: LegId, now: datetime, free_at: datetime) -> tuple[EndedLeg, ...]:
    """End a leg whose person rang a caller back in vain, and still hears that from us."""
    freed = _Freed(now, free_at)
    return _end(db, _L.id == leg, literal(LegResult.UNREACHED.value), freed)


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
    if not ended:
        return ()
    silent = {row.person_id: row for row in _free(db, ended, freed)}
    return tuple(
        replace(leg, missed=silent[leg.person].missed, refused=silent[leg.person].refused)
        if leg.person in silent
        else leg
        for leg in ended
    )


def _ended(row: Row[Any]) -> EndedLeg:
    return EndedLeg(
        LegId(row.id), CallId(row.call_id), PersonId(row.person_id), row.sid, LegResult(row.result)
    )


def _free(db: Session, ended: Sequence[EndedLeg], freed: _Freed) -> Sequence[Row[Any]]:
    missed = [leg.id for leg in ended if leg.result in MISSED]
    refused = [leg.id for leg in ended if leg.result is LegResult.FAILED]
    talked = [leg.id for leg in ended if leg.result is LegResult.TALKED]
    stretch = _N.last_ended > freed.now - STRETCH_ENDS_AFTER
    so_far = case((stretch, _N.talk_seconds), else_=0)
    values = {
        "leg_id": None,
        "until": None,
        "talking": False,
        "free_at": freed.free_at,
        "missed": case((_N.leg_id.in_(missed), _N.missed + 1), else_=_N.missed),
        "missed_at": case((_N.leg_id.in_(missed), freed.now), else_=_N.missed_at),
        "refused": _N.refused | _N.leg_id.in_(refused),
        "last_ended": case((_N.leg_id.in_(talked), freed.now), else_=_N.last_ended),
        "talk_seconds": case(
            (_N.leg_id.in_(talked), so_far + freed.talk_seconds), else_=_N.talk_seconds
        ),
    }
    ids = [leg.id for leg in ended]
    theirs = update(_PRESENCE).where(_N.leg_id.in_(ids)).values(values)
    told = theirs.returning(_N.person_id, _N.missed, _N.refused)
    return db.connection().execute(told).all()
