"""Calls: opened once, moved by guarded UPDATEs, closed with exactly one outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, exists, literal, or_, select, update

from hotline.calls.routing import CallId
from hotline.calls.states import CallEvent, CallState, Outcome, advance, states_before
from hotline.calls.wishes import NO_WISH, Wish, wish_of, wish_text
from hotline.config.settings import LineName
from hotline.duty import LegId
from hotline.ports import CallSid
from hotline.promises.states import CallbackState
from hotline.store.overdue import LATE
from hotline.store.prepared import Prepared, asked, new_row
from hotline.store.repeats import ANSWERED
from hotline.store.rota_kept import VERSION, VERSION_READ
from hotline.store.sessions import Session
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_LEG: Final = TABLES["leg"]
_EVENT: Final = TABLES["call_event"]
_C: Final = _CALL.c


@dataclass(frozen=True)
class NewCall:
    """A caller who has just dialled. cipher and hash: of the number; None if withheld."""

    token: str
    sid: str
    line: LineName
    cipher: bytes | None
    hash: str | None
    arrived: datetime
    expected: datetime
    state: CallState = CallState.WAITING  # or ASKED


@dataclass(frozen=True)
class StoredCall:
    """What the use cases need to know of a call."""

    id: CallId
    token: str
    sid: str
    line: LineName
    state: CallState
    withheld: bool
    arrived: datetime
    since: datetime
    urgent: bool
    by_dial: bool
    leg: LegId | None
    joined: datetime | None
    outcome: Outcome | None
    room_sid: str | None
    wish: Wish = NO_WISH
    ways_tried: tuple[str, ...] = ()
    came_to: LineName | None = None  # the line dialled, if another took the call over
    leaves_message: bool = False
    delayed: bool = False  # rung for after everybody else, but once in the first minute
    callback: bool = False  # we rang the caller, as was promised


@dataclass(frozen=True)
class Opened:
    """A new call. came_before: somebody answered a call of this caller, or decided about them."""

    call: StoredCall
    came_before: bool


def open_call(db: Session, new: NewCall, since: datetime) -> Opened | None:
    """The new call; None if the carrier told us of it before.

    since: earlier calls do not matter.
    """
    values = {
        "token": new.token,
        "sid": new.sid,
        "line": new.line,
        "state": new.state.value,
        "caller_cipher": new.cipher,
        "caller_hash": new.hash,
        "arrived": new.arrived,
        "since": new.arrived,
        "expected": new.expected,
        "before": since,
    }
    row = _OPENED.first(db, **values)
    if row is None:
        return None
    db.read[VERSION_READ] = row.version
    return Opened(_opened(CallId(row.id), new), row.came_before)


def _opened(call: CallId, new: NewCall) -> StoredCall:
    return StoredCall(
        id=call,
        token=new.token,
        sid=new.sid,
        line=new.line,
        state=new.state,
        withheld=new.cipher is None,
        arrived=new.arrived,
        since=new.arrived,
        urgent=False,
        by_dial=False,
        leg=None,
        joined=None,
        outcome=None,
        room_sid=None,
    )


_PAST: Final = _CALL.alias("past")
_TALKED: Final = exists().where(
    _PAST.c.caller_hash == asked(_C.caller_hash),
    _PAST.c.arrived > asked(_C.arrived, "before"),
    _PAST.c.joined.is_not(None),
    _PAST.c.callback_id.is_(None),
)
_CALLER: Final = TABLES["caller"].c.hash
_CAME_BEFORE: Final = or_(exists().where(asked(_C.caller_hash) == _CALLER), _TALKED).label(
    "came_before"
)


_OPENED: Final = Prepared(
    new_row(
        *(_CALL, "token", "sid", "line", "caller_cipher", "caller_hash"),
        *("arrived", "since", "expected", "state"),
        urgent=False,
        by_dial=False,
        wish="",
        ways_tried="",
        leaves_message=False,
        cut_off=False,
        time_told=0,
        delayed=False,
    )
    .on_conflict_do_nothing(index_elements=["sid"])
    .returning(_C.id, _CAME_BEFORE, VERSION),
    *(_C.id, _CAME_BEFORE, VERSION),
)


def call_heard_from(db: Session, token: str, again: datetime) -> StoredCall | None:
    """The call of a web address whose leg asks us, and asks again by `again`: kept still."""
    return _found(_HEARD.first(db, token=token, expected=again))


@dataclass(frozen=True)
class Visit:
    """A call whose leg asks. overdue: something of any call is; document: it was answered this."""

    call: StoredCall
    overdue: bool
    document: str | None


def call_visiting(
    db: Session, key: str, token: str, again: datetime, now: datetime
) -> Visit | None:
    """The same for a visit of the wait loop. key: of this request. One statement for everything."""
    row = _VISITED.first(db, key=key, token=token, expected=again, now=now)
    call = _found(row)
    if call is None:
        return None
    db.read[VERSION_READ] = row.version
    return Visit(call, row.overdue, row.document)


def call_of_sid(db: Session, sid: str) -> StoredCall | None:
    """The call of the carrier's id for the caller's leg, likewise."""
    return _found(_BY_SID.first(db, sid=sid))


def call_of_id(db: Session, call: CallId) -> StoredCall | None:
    """The call of our own id, likewise."""
    return _found(_BY_ID.first(db, id=call))


# Statements of the wait loop are built once: building one costs as much as running it.
_COLUMNS: Final = (
    *(_C.id, _C.token, _C.sid, _C.line, _C.state, _C.caller_cipher, _C.arrived, _C.since),
    *(_C.urgent, _C.by_dial, _C.leg_id, _C.joined, _C.outcome, _C.room_sid, _C.wish),
    *(_C.ways_tried, _C.came_to, _C.leaves_message, _C.delayed, _C.callback_id),
)
_KEPT_STILL: Final = select(*_COLUMNS).with_for_update(key_share=True)
_BY_SID: Final = Prepared(_KEPT_STILL.where(_C.sid == asked(_C.sid)))
_BY_ID: Final = Prepared(_KEPT_STILL.where(_C.id == asked(_C.id)))
_LATER: Final = OPEN_CALL & (_C.expected < asked(_C.expected))
_HEARS: Final = (
    update(_CALL)
    .where(_C.token == asked(_C.token))
    .values(expected=case((_LATER, asked(_C.expected)), else_=_C.expected))
)
_HEARD: Final = Prepared(_HEARS.returning(*_COLUMNS), *_COLUMNS)
_VISIT: Final = (*_COLUMNS, LATE, VERSION, ANSWERED)
_VISITED: Final = Prepared(_HEARS.returning(*_VISIT), *_VISIT)


def _found(row: Any) -> StoredCall | None:
    if row is None:
        return None
    return StoredCall(
        id=CallId(row.id),
        token=row.token,
        sid=row.sid,
        line=LineName(row.line),
        state=CallState(row.state),
        withheld=row.caller_cipher is None,
        arrived=row.arrived,
        since=row.since,
        urgent=row.urgent,
        by_dial=row.by_dial,
        leg=None if row.leg_id is None else LegId(row.leg_id),
        joined=row.joined,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        wish=wish_of(row.wish),
        ways_tried=tuple(row.ways_tried.split()),
        came_to=None if row.came_to is None else LineName(row.came_to),
        leaves_message=row.leaves_message,
        delayed=row.delayed,
        room_sid=row.room_sid,
        callback=row.callback_id is not None,
    )


def move_calls(
    db: Session, calls: Iterable[CallId], event: CallEvent, **also: object
) -> frozenset[CallId]:
    """The calls that this request moved by `event`; the others were not in a state for it.

    also: further columns to set. Every state from which `event` may happen leads to one state.
    """
    before = states_before(event)
    (becomes,) = {advance(state, event) for state in before}
    statement = (
        update(_CALL)
        .where(_C.id.in_(list(calls)), _C.state.in_(sorted(before)))
        .values(state=becomes, **also)
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))


def move_call(db: Session, call: CallId, event: CallEvent, **also: object) -> bool:
    """True if this request made the move; False if the call was not in a state for it."""
    return bool(move_calls(db, [call], event, **also))


def close_call(db: Session, call: CallId, outcome: Outcome, now: datetime) -> bool:
    """True if this request ended the call; a closed call keeps the outcome it has."""
    return move_call(db, call, CallEvent.ENDED, ended=now, outcome=outcome)


def note_on_call(db: Session, call: CallId, **columns: object) -> None:
    """Set what is not a state: when the caller is expected next, urgency, the way to ring."""
    db.connection().execute(update(_CALL).where(_C.id == call).values(**columns))


def note_wish(db: Session, call: CallId, wish: Wish) -> None:
    """Keep whom the caller asks for."""
    note_on_call(db, call, wish=wish_text(wish))


def outcomes_by_sid(db: Session) -> Mapping[CallSid, Outcome]:
    """How each call ended, by the carrier's id of the caller's leg."""
    statement = select(_C.sid, _C.outcome).where(_C.outcome.is_not(None))
    return {CallSid(row.sid): Outcome(row.outcome) for row in db.connection().execute(statement)}


def close_silent(db: Session, now: datetime) -> frozenset[CallId]:
    """End the calls whose caller gave no sign of life when one was due."""
    silent = _in_hand(db, _SILENT, {"now": now})
    if not silent:
        return frozenset()
    callback = TABLES["callback"].c
    promised = (callback.call_id == _C.id, callback.state != CallbackState.ASKED)
    outcome = case(
        (_C.joined.is_not(None), literal(Outcome.ANSWERED.value)),
        (select(callback.id).where(*promised).exists(), literal(Outcome.CALLBACK.value)),
        (_C.state == CallState.EXITING, literal(Outcome.EXITED.value)),
        (_C.state == CallState.OFFERED, literal(Outcome.UNPLACED.value)),
        (_C.state == CallState.PLACING, literal(Outcome.UNREACHED.value)),
        else_=literal(Outcome.LEFT.value),
    )
    statement = (
        update(_CALL)
        .where(_C.id.in_(silent))
        .values(state=CallState.CLOSED, ended=now, outcome=outcome)
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))


def end_quiet_waves(db: Session) -> None:
    """Every call that rings no more waits again: two requests may each have ended one half."""
    quiet = _in_hand(db, _QUIET, {})
    if quiet:
        wave_ended(db, quiet)


# Kept still are the calls found, without those that another request has in hand: so no request
# ever waits for a second call. Two that did would wait for each other.
_FREE: Final = select(_C.id).with_for_update(skip_locked=True, key_share=True)
_RINGS: Final = select(_LEG.c.id).where(_LEG.c.call_id == _C.id, LIVE_LEG).exists()
_SILENT: Final = _FREE.where(OPEN_CALL, _C.expected <= bindparam("now", type_=_C.expected.type))
_QUIET: Final = _FREE.where(OPEN_CALL, _C.state == CallState.RINGING, ~_RINGS)


def _in_hand(db: Session, which: Select[Any], asked: Mapping[str, object]) -> list[CallId]:
    return [CallId(row.id) for row in db.connection().execute(which, asked)]


def wave_ended(db: Session, calls: Iterable[CallId]) -> frozenset[CallId]:
    """Those of `calls` that ring no more: the last telephone of their wave has gone quiet."""
    statement = (
        update(_CALL)
        .where(_C.id.in_(list(calls)), _C.state == CallState.RINGING, ~_RINGS)
        .values(state=advance(CallState.RINGING, CallEvent.WAVE_ENDED))
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))


@dataclass(frozen=True)
class Happening:
    """One thing that happened in a call. detail: never a number, a name or a note."""

    call: CallId
    kind: str
    leg: LegId | None = None
    detail: str = ""


def append_events(db: Session, now: datetime, happenings: Iterable[Happening]) -> None:
    """Add to the calls' history."""
    _HAPPENED.run_each(
        db,
        [
            {"call_id": h.call, "leg_id": h.leg, "at": now, "kind": h.kind, "detail": h.detail}
            for h in happenings
        ],
    )


_HAPPENED: Final = Prepared(new_row(_EVENT, "call_id", "leg_id", "at", "kind", "detail"))
