"""The whole story of one call, for whoever asks afterwards: never who the caller was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, select

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.store.calling.ledger import KeptDecision, decisions_of
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

ARRIVED: Final = "arrived"  # calls of earlier versions have it among their events, too
_CALL: Final = TABLES["call"].c
_EVENT: Final = TABLES["call_event"].c
_HEARD: Final = TABLES["webhook"].c
_LEG: Final = TABLES["leg"].c
_PERSON: Final = TABLES["person"].c

LOOKED_BACK: Final = timedelta(days=92)  # a quiet line's calls are not sought in all there were


@dataclass(frozen=True)
class Step:
    """Something that happened in a call. person: whose leg it concerns, if any."""

    at: datetime
    kind: str
    person: PersonId | None


@dataclass(frozen=True)
class Words:
    """What was said at once. person: the volunteer who heard it; None: the caller did."""

    at: datetime
    person: PersonId | None
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A call from its first ring. ended: None, not yet. people: code and name of everybody."""

    id: CallId
    line: LineName
    arrived: datetime
    ended: datetime | None
    outcome: Outcome | None
    steps: tuple[Step, ...]
    decisions: tuple[KeptDecision, ...]
    words: tuple[Words, ...]
    people: Mapping[PersonId, tuple[str, str]]


def story_of(db: Session, call: str) -> Story | None:
    """The story of a call by its number or by the carrier's id of it; None if there is none."""
    mine = _CALL.sid == call
    if call.isascii() and call.isdigit() and len(call) < 18:
        mine = _CALL.id == int(call)
    row = db.connection().execute(select(_CALL.id.table).where(mine)).first()
    if row is None:
        return None
    return Story(
        CallId(row.id),
        LineName(row.came_to or row.line),
        row.arrived,
        row.ended,
        None if row.outcome is None else Outcome(row.outcome),
        (*_rang(row), *_steps(db, row.id)),
        decisions_of(db, CallId(row.id)),
        _words(db, row.id),
        names_of(db),
    )


def lines_of_call(db: Session, call: CallId) -> frozenset[LineName]:
    """The line that a call came to, and the one that answers it; none: there is no such call."""
    row = db.connection().execute(select(_CALL.line, _CALL.came_to).where(_CALL.id == call)).first()
    return frozenset() if row is None else frozenset(LineName(name) for name in row if name)


@dataclass(frozen=True)
class PastCall:
    """A call in a list. person: the name of who answered; callback: we rang the caller."""

    id: CallId
    line: LineName
    arrived: datetime
    joined: datetime | None
    ended: datetime | None
    outcome: Outcome | None
    urgent: bool
    callback: bool
    person: str | None


def calls_before(
    db: Session, lines: Collection[LineName], before: int | None, now: datetime, most: int
) -> tuple[PastCall, ...]:
    """The latest calls of these lines, the newest first, none older than LOOKED_BACK.

    before: only those that arrived before the call of that number, and so long before that.
    """
    until = now if before is None else _arrival(db, before) or now
    asked = _PAST.where(
        _CALL.line.in_(sorted(lines)), _CALL.arrived <= until, _CALL.arrived > until - LOOKED_BACK
    )
    if before is not None:
        asked = asked.where((_CALL.arrived < until) | (_CALL.id < before))
    rows = db.connection().execute(asked.limit(most))
    return tuple(_past(row) for row in rows)


def _arrival(db: Session, call: int) -> datetime | None:
    return db.connection().execute(select(_CALL.arrived).where(_CALL.id == call)).scalar()


_PAST: Final[Select[Any]] = (
    select(
        *(_CALL.id, _CALL.line, _CALL.came_to, _CALL.arrived, _CALL.joined, _CALL.ended),
        *(_CALL.outcome, _CALL.urgent, _CALL.callback_id, _PERSON.name),
    )
    .select_from(
        _CALL.id.table.outerjoin(_LEG.id.table, _LEG.id == _CALL.leg_id).outerjoin(
            _PERSON.id.table, _PERSON.id == _LEG.person_id
        )
    )
    .order_by(_CALL.arrived.desc(), _CALL.id.desc())
)


def _past(row: Row[Any]) -> PastCall:
    return PastCall(
        id=CallId(row.id),
        line=LineName(row.came_to or row.line),
        arrived=row.arrived,
        joined=row.joined,
        ended=row.ended,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        urgent=row.urgent,
        callback=row.callback_id is not None,
        person=row.name,
    )


def names_of(db: Session) -> Mapping[PersonId, tuple[str, str]]:
    """Code and name of everybody who ever volunteered. One query."""
    rows = db.connection().execute(select(_PERSON.id, _PERSON.code, _PERSON.name))
    return {PersonId(row.id): (row.code, row.name) for row in rows}


def _rang(row: Row[Any]) -> tuple[Step, ...]:
    """A call's own row says when its caller dialled; not so where we rang them."""
    return (Step(row.arrived, ARRIVED, None),) if row.callback_id is None else ()


def _steps(db: Session, call: int) -> tuple[Step, ...]:
    asked: Select[Any] = (
        select(_EVENT.at, _EVENT.kind, _LEG.person_id)
        .select_from(_EVENT.id.table.outerjoin(_LEG.id.table, _LEG.id == _EVENT.leg_id))
        .where(_EVENT.call_id == call, _EVENT.kind != ARRIVED)
        .order_by(_EVENT.at, _EVENT.id)
    )
    return tuple(
        Step(row.at, row.kind, None if row.person_id is None else PersonId(row.person_id))
        for row in db.connection().execute(asked)
    )


def _words(db: Session, call: int) -> tuple[Words, ...]:
    asked: Select[Any] = (
        select(_HEARD.at, _HEARD.said, _LEG.person_id)
        .select_from(_HEARD.key.table.outerjoin(_LEG.id.table, _LEG.id == _HEARD.leg_id))
        .where(_HEARD.call_id == call, _HEARD.said != "")
        .order_by(_HEARD.at, _HEARD.key)
    )
    return tuple(
        Words(
            row.at,
            None if row.person_id is None else PersonId(row.person_id),
            tuple(row.said.split(",")),
        )
        for row in db.connection().execute(asked)
    )
