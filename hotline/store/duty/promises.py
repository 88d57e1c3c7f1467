"""What drafts and published rosters promise to people, with overrides worked in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.rosters.draft.promised import NotedOverride, Promise, with_overrides
from hotline.rosters.states import RosterState
from hotline.store.duty.overrides import overrides_between
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind, Span

LONGEST_SHIFT: Final = timedelta(days=3)  # 48 h and a clock change; lets the index skip all history

_P: Final = TABLES["person"].c
_R: Final = TABLES["roster"].c
_A: Final = TABLES["assignment"].c


def promises(db: Session, span: Span) -> tuple[Promise, ...]:
    """What drafts and published rosters hold that meets `span`, in order of start. Two queries."""
    return _promises(db, span, _PROMISES)


def promises_worked(db: Session, span: Span) -> tuple[Promise, ...]:
    """The same as it was then: with those who have left since. Two queries."""
    return _promises(db, span, _WORKED)


def _promises(db: Session, span: Span, which: Select[Any]) -> tuple[Promise, ...]:
    within = {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}
    held = _read(db, which, within)
    around = Span(span.start - LONGEST_SHIFT, span.end + LONGEST_SHIFT)
    corrected = with_overrides(held, overrides_between(db, around))
    return tuple(promise for promise in corrected if promise.span.meets(span))


def promises_of(
    db: Session, span: Span, people: Iterable[str], noted: Iterable[NotedOverride]
) -> tuple[Promise, ...]:
    """The same of some people, by code, where their overrides are read already. One query."""
    within = {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}
    mine = _PROMISES.where(_P.code.in_(sorted(people)))
    held = _read(db, mine, within)
    return tuple(p for p in with_overrides(held, noted) if p.span.meets(span))


def promises_to(db: Session, span: Span, people: Collection[str]) -> tuple[Promise, ...]:
    """What some people, by code, are promised that meets `span`. Two queries."""
    around = Span(span.start - LONGEST_SHIFT, span.end + LONGEST_SHIFT)
    return promises_of(db, span, people, overrides_between(db, around))


def promises_at(
    db: Session, span: Span, desks: Iterable[DeskName], noted: Iterable[NotedOverride]
) -> tuple[Promise, ...]:
    """The same of some desks, where the overrides of all are read already. One query."""
    within = {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}
    named = sorted(set(desks))
    theirs = _PROMISES.where(_R.desk.in_(named))
    held = _read(db, theirs, within)
    mine = [each for each in noted if each.override.desk in named]
    return tuple(p for p in with_overrides(held, mine) if p.span.meets(span))


def promises_near(
    db: Session, span: Span, desks: Collection[str], people: Collection[str]
) -> tuple[Promise, ...]:
    """What is promised at some desks, and to some people anywhere. Two queries."""
    within = {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}
    theirs = _PROMISES.where(_R.desk.in_(sorted(desks)) | _P.code.in_(sorted(people)))
    held = _read(db, theirs, within)
    around = Span(span.start - LONGEST_SHIFT, span.end + LONGEST_SHIFT)
    corrected = with_overrides(held, overrides_between(db, around))
    return tuple(promise for promise in corrected if promise.span.meets(span))


def _read(db: Session, which: Select[Any], within: Mapping[str, object]) -> list[Promise]:
    """The promises of a statement. A week of a province are thousands: by place, not by name."""
    return [
        Promise(
            *(person, name, roster, DeskName(desk), week, _STATES[state], shift, _KINDS[kind]),
            *(Span(starts, ends), pinned),
        )
        for person, name, roster, desk, week, state, shift, kind, starts, ends, pinned in (
            db.connection().execute(which, within).all()
        )
    ]


_STATES: Final = {state.value: state for state in RosterState}
_KINDS: Final = {kind.value: kind for kind in ShiftKind}
_ALL: Final[Select[Any]] = (
    select(
        *(_P.code, _P.name, _A.roster_id, _R.desk, _R.week, _R.state),
        *(_A.shift, _A.kind, _A.starts, _A.ends, _A.pinned),
    )
    .select_from(
        _A.id.table.join(_R.id.table, _R.id == _A.roster_id).join(
            _P.id.table, _P.id == _A.person_id
        )
    )
    .where(
        _R.state != RosterState.ARCHIVED.value,
        _A.starts > bindparam("since", type_=_A.starts.type),
        _A.starts < bindparam("end", type_=_A.starts.type),
        _A.ends > bindparam("start", type_=_A.starts.type),
    )
    .order_by(_A.starts, _P.code, _A.id)
)
_PROMISES: Final = _ALL.where(_P.active)
_WORKED: Final = _ALL.where(_P.active | (_A.starts < _P.left_at))
