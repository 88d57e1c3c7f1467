"""The rota as this process last read it: used again until anything that it was read from changes.

Every table behind the rota but `presence` changes the one token in `rota_version` by a trigger, so
no use case can forget to. What telephones do is read each time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import func, select, true, union_all

from hotline.duty import PersonId, Presence, Rota, Volunteer
from hotline.store.people.volunteers import presence_of
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import TABLES
from scheduling.problem import Span

LONGEST_SHIFT: Final = timedelta(days=3)  # 48 h and a clock change; lets an index skip history
LONGEST: Final = timedelta(minutes=30)  # what people told of their attendance grows old, too
_MEMORY: Final = "rota"
_AHEAD: Final = "rota ahead"
VERSION_READ: Final = "rota_version"  # under this name a transaction keeps it that has read it
_N: Final = TABLES["presence"]
_VERSION: Final = TABLES["rota_version"]


@dataclass(frozen=True)
class _Kept:
    """A rota without what telephones do, what it was read from, and the instants at which it holds.

    end: not included.
    """

    token: str
    start: datetime
    end: datetime
    rota: Rota


@dataclass(frozen=True)
class _KeptAhead:
    """The same of all that meets a span."""

    token: str
    span: Span
    rota: Rota


def kept_rota(db: Session, at: datetime, read: Callable[[Session, datetime], Rota]) -> Rota:
    """What `read` answers for `at`, read anew only if it may differ. One query if it may not."""
    kept: _Kept | None = db.memory.get(_MEMORY)
    if kept is None or not kept.start <= at < kept.end:
        return _read_anew(db, at, _TOKEN.first(db).token, read)
    people = [person.id for person in kept.rota.volunteers]
    rows = _with_presence(_room_for(len(people))).all(db, **_named(people))
    if rows[0].token != kept.token:
        return _read_anew(db, at, rows[0].token, read)
    return _with(kept.rota, {row.person_id: presence_of(row) for row in rows})


def kept_ahead(db: Session, span: Span, read: Callable[[Session, Span], Rota]) -> Rota:
    """What `read` answers for `span` or a little more. One query if nothing has changed.

    Boards ask for the next hours every few seconds.
    """
    kept: _KeptAhead | None = db.memory.get(_AHEAD)
    rows = _WITH_ALL.all(db)
    if kept is None or rows[0].token != kept.token or not kept.span.holds(span):
        wider = Span(span.start, span.end + LONGEST)
        kept = _KeptAhead(rows[0].token, wider, _with(read(db, wider), {}))
        db.memory[_AHEAD] = kept
    return _with(kept.rota, {row.person_id: presence_of(row) for row in rows})


def rota_token(db: Session) -> str:
    """Differs whenever anything behind the rota but what telephones do has changed. One query."""
    token: str = _TOKEN.first(db).token
    return token


def rota_kept_on_paper(
    db: Session, at: datetime, read: Callable[[Session, datetime], Rota]
) -> Rota:
    """The same without what telephones do, as it was when the transaction began.

    No query if nothing has changed and the transaction read the token already.
    """
    token = db.read.get(VERSION_READ) or _TOKEN.first(db).token
    kept: _Kept | None = db.memory.get(_MEMORY)
    if kept is None or kept.token != token or not kept.start <= at < kept.end:
        return _with(_read_anew(db, at, token, read), {})
    return kept.rota


def _read_anew(
    db: Session, at: datetime, token: str, read: Callable[[Session, datetime], Rota]
) -> Rota:
    """The token was read first: what changes meanwhile is read once too often, never too rarely."""
    rota = read(db, at)
    change = _NEXT_CHANGE.first(db, at=at, since=at - LONGEST_SHIFT).at
    end = min(change or at + LONGEST, at + LONGEST)
    db.memory[_MEMORY] = _Kept(token, at, end, _with(rota, {}))
    return rota


def _with(rota: Rota, presences: dict[PersonId, Presence]) -> Rota:
    nothing = Presence()
    return replace(
        rota,
        volunteers=tuple(_now(who, presences.get(who.id, nothing)) for who in rota.volunteers),
    )


def _now(who: Volunteer, presence: Presence) -> Volunteer:
    return who if who.presence == presence else replace(who, presence=presence)


def _room_for(people: int) -> int:
    """So many places have the statements: few of them, for any number of people."""
    return 1 << max(people - 1, 0).bit_length()


def _named(people: list[PersonId]) -> dict[str, int]:
    room = _room_for(len(people))
    return {f"p{place}": person for place, person in enumerate(_filled(people, room))}


def _filled(people: list[PersonId], room: int) -> Iterable[int]:
    return [*people, *[-1] * (room - len(people))]


_WITH_ALL: Final = Prepared(
    select(_VERSION.c.token, *_N.c).select_from(_VERSION.outerjoin(_N, true()))
)


@cache
def _with_presence(room: int) -> Prepared:
    people = [asked(_N.c.person_id, f"p{place}") for place in range(room)]
    return Prepared(
        select(_VERSION.c.token, *_N.c).select_from(
            _VERSION.outerjoin(_N, _N.c.person_id.in_(people))
        )
    )


_TOKEN: Final = Prepared(select(_VERSION.c.token))
# To be had from whatever statement is the first of a transaction.
VERSION: Final = select(_VERSION.c.token).scalar_subquery().label("version")


def _changes() -> Iterable[Any]:
    """When anything that may stand in a rota begins or ends next."""
    for name in ("assignment", "override", "absence", "line_change"):
        row = TABLES[name].c
        yield select(func.min(row.starts).label("at")).where(row.starts > asked(row.starts, "at"))
        runs = [row.starts <= asked(row.starts, "at"), row.ends > asked(row.ends, "at")]
        if name != "absence":  # which alone may be long, and has an index of its own
            runs.append(row.starts > asked(row.starts, "since"))
        yield select(func.min(row.ends)).where(*runs)


_CHANGES: Final = union_all(*_changes()).subquery()
_NEXT_CHANGE: Final = Prepared(select(func.min(_CHANGES.c.at).label("at")))
