"""Searches for stand-ins: each moved by guarded UPDATEs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select, update
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.duty import PersonId
from hotline.handshake.deciding import Reason
from hotline.handshake.states import (
    SEARCH,
    SearchEvent,
    SearchState,
    becomes,
    before,
)
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind, Span

_SEARCH: Final = TABLES["search"]
_S: Final = _SEARCH.c
_PERSON: Final = TABLES["person"].c
_UNDER_WAY: Final = (SearchState.SEARCHING.value, SearchState.FOUND.value)
_LIVE: Final = (*_UNDER_WAY, SearchState.FAILED.value)


@dataclass(frozen=True)
class NewSearch:
    """A duty for which somebody else is needed, and why. person: None, a place that nobody has."""

    person: PersonId | None
    desk: DeskName
    shift: str
    kind: ShiftKind
    span: Span
    reason: Reason
    certificate: str = ""


@dataclass(frozen=True)
class Search:
    """A search as it is kept. person, code, name: of who does not come; asked: questions so far.

    For a place that nobody has there is no person, and code and name are empty; certificate: what
    who comes there must hold, or empty.
    """

    id: int
    person: PersonId | None
    code: str
    name: str
    desk: DeskName
    shift: str
    kind: ShiftKind
    span: Span
    reason: Reason
    state: SearchState
    due: datetime
    asked: int
    opened: datetime
    undo_until: datetime | None
    override: int | None
    certificate: str = ""


def open_search(db: Session, new: NewSearch, now: datetime) -> int | None:
    """The new search's number; None if there is one for this duty, or was for this reason."""
    values = {
        "person_id": new.person,
        "desk": new.desk,
        "shift": new.shift,
        "kind": new.kind,
        "starts": new.span.start,
        "ends": new.span.end,
        "reason": new.reason,
        "certificate": new.certificate,
        "state": SearchState.SEARCHING,
        "due": now,
        "asked": 0,
        "opened": now,
    }
    fresh = insert_any(db, _SEARCH).values(values).on_conflict_do_nothing().returning(_S.id)
    row = db.connection().execute(fresh).first()
    return None if row is None else int(row.id)


def reopen_search(db: Session, new: NewSearch, now: datetime) -> bool:
    """True if the search that was made for this duty and reason was over, and begins once more."""
    mine = update(_SEARCH).where(
        *(_S.person_id == new.person, _S.desk == new.desk, _S.starts == new.span.start),
        _S.reason == new.reason,
        _S.state.in_(sorted(before(SEARCH, SearchEvent.NEEDED_AGAIN))),
    )
    again = mine.values(
        state=becomes(SEARCH, SearchEvent.NEEDED_AGAIN),
        ends=new.span.end,
        due=now,
        undo_until=None,
        override_id=None,
    )
    return db.connection().execute(again.returning(_S.id)).first() is not None


def searches_due(db: Session, now: datetime) -> tuple[Search, ...]:
    """Those with something to do, the nearest duty first."""
    return _searches(db, _SEARCHES.where(_S.state.in_(_LIVE), _S.due <= now))


def searches_open(db: Session, now: datetime) -> tuple[Search, ...]:
    """All whose duty is not over, whatever became of them."""
    return _searches(db, _SEARCHES.where(_S.ends > now))


def search_of(db: Session, number: int) -> Search | None:
    """The search of that number."""
    return next(iter(_searches(db, _SEARCHES.where(_S.id == number))), None)


def search_for(db: Session, person: PersonId, desk: DeskName, start: datetime) -> Search | None:
    """The search under way for a duty."""
    mine = (_S.person_id == person, _S.desk == desk, _S.starts == start)
    found = _searches(db, _SEARCHES.where(*mine, _S.state.in_(_UNDER_WAY)))
    return next(iter(found), None)


def search_for_place(db: Session, desk: DeskName, shift: str, certificate: str) -> Search | None:
    """The search for a place that nobody has which is not over; of several the newest."""
    mine = (_S.person_id.is_(None), _S.desk == desk, _S.shift == shift)
    found = _SEARCHES.where(*mine, _S.certificate == certificate, _S.state.in_(_LIVE))
    return next(reversed(_searches(db, found)), None)


def searches_instead_of(db: Session, code: str, span: Span) -> tuple[Search, ...]:
    """All for duties of a person, by code, that meet `span`, whatever became of them."""
    meets = (_S.starts < span.end, _S.ends > span.start)
    return _searches(db, _SEARCHES.where(_PERSON.code == code, *meets))


def searches_between(db: Session, span: Span) -> tuple[Search, ...]:
    """All for duties that meet `span`, whatever became of them, by start."""
    return _searches(db, _SEARCHES.where(_S.starts < span.end, _S.ends > span.start))


def hold_search(db: Session, number: int) -> Search | None:
    """The same, kept still until this transaction ends: answers in one search come one by one."""
    db.connection().execute(select(_S.id).where(_S.id == number).with_for_update())
    return search_of(db, number)


def move_search(db: Session, search: int, event: SearchEvent, **also: object) -> bool:
    """True if this request made the move; False if the search was not in a state for it."""
    mine = update(_SEARCH).where(_S.id == search, _S.state.in_(sorted(before(SEARCH, event))))
    moved = mine.values(state=becomes(SEARCH, event), **also).returning(_S.id)
    return db.connection().execute(moved).first() is not None


def put_off_search(db: Session, search: int, until: datetime) -> None:
    """There is nothing to do before `until`."""
    db.connection().execute(update(_SEARCH).where(_S.id == search).values(due=until))


def claim_next_question(db: Session, search: Search, due: datetime) -> bool:
    """True for the one request that may ask the next person; looked at again at `due`."""
    mine = update(_SEARCH).where(
        _S.id == search.id, _S.state == SearchState.SEARCHING, _S.asked == search.asked
    )
    moved = mine.values(asked=search.asked + 1, due=due).returning(_S.id)
    return db.connection().execute(moved).first() is not None


_SEARCHES: Final[Select[Any]] = (
    select(_SEARCH, _PERSON.code, _PERSON.name)
    .outerjoin(_PERSON.id.table, _PERSON.id == _S.person_id)
    .order_by(_S.starts, _S.id)
)


def _searches(db: Session, which: Select[Any]) -> tuple[Search, ...]:
    return tuple(_search(row) for row in db.connection().execute(which))


def _search(row: Row[Any]) -> Search:
    return Search(
        id=row.id,
        person=None if row.person_id is None else PersonId(row.person_id),
        code=row.code or "",
        name=row.name or "",
        desk=DeskName(row.desk),
        shift=row.shift,
        kind=ShiftKind(row.kind),
        span=Span(row.starts, row.ends),
        reason=Reason(row.reason),
        state=SearchState(row.state),
        due=row.due,
        asked=row.asked,
        opened=row.opened,
        undo_until=row.undo_until,
        override=row.override_id,
        certificate=row.certificate,
    )
