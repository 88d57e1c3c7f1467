"""Swaps and cover requests: each moved by guarded UPDATEs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, or_, select, text, update
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.duty import PersonId
from hotline.rosters.week import week_of
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES
from hotline.swaps.states import SwapEvent, SwapState, becomes, before
from hotline.swaps.swap import HeldShift, Party, Swap, Terms
from scheduling.problem import ShiftKind, Span

_SWAP: Final = TABLES["swap"]
_S: Final = _SWAP.c
_PERSON: Final = TABLES["person"]
_ASKER: Final = _PERSON.alias("asker")
_PARTNER: Final = _PERSON.alias("partner")
_ROSTER: Final = TABLES["roster"].c
_OPEN: Final = text("swap.state IN ('asked', 'agreed')")  # written out: the partial indexes serve


def file_swap(db: Session, terms: Terms, until: datetime, now: datetime) -> int | None:
    """Keep what is asked; its number, or None if just this is open already."""
    values = {
        "asker_id": terms.asker.id,
        "partner_id": terms.partner.id,
        **_columns("gives", terms.gives),
        **({"takes_shift": ""} if terms.takes is None else _columns("takes", terms.takes)),
        "state": SwapState.ASKED,
        "asked": now,
        "until": until,
    }
    fresh = insert_any(db, _SWAP).values(values).on_conflict_do_nothing().returning(_S.id)
    row = db.connection().execute(fresh).first()
    return None if row is None else int(row.id)


def move_swap(db: Session, number: int, event: SwapEvent, **also: object) -> bool:
    """True if this request made the move; False if the swap was not in a state for it."""
    mine = update(_SWAP).where(_S.id == number, _S.state.in_(before(event)))
    moved = mine.values(state=becomes(event), **also).returning(_S.id)
    return db.connection().execute(moved).first() is not None


def keep_approval(db: Session, number: int, desks: Iterable[DeskName]) -> None:
    """At these desks it is approved. The swap is held by this transaction."""
    said = update(_SWAP).where(_S.id == number).values(approved_at=" ".join(sorted(desks)))
    db.connection().execute(said)


def hold_to_settle(db: Session, number: int, zone: ZoneInfo) -> Swap | None:
    """The swap of that number; all others at its desks in its weeks wait for this transaction.

    Two that share a shift and no person may each be allowed, and forbidden together.
    """
    known = swap_of(db, number)
    if known is not None:
        hold_rosters(db, {(s.desk, str(week_of(s.span.start, zone))) for s in known.terms.shifts})
    return hold_swap(db, number)


def hold_swap(db: Session, number: int) -> Swap | None:
    """The swap of that number; it, and all other swaps of its people, wait for this transaction.

    The lock leaves calls alone: rows that name these people are still written.
    """
    known = swap_of(db, number)
    if known is not None:
        hold_people(db, {known.terms.asker.id, known.terms.partner.id})
    return swap_of(db, number)


def hold_people(db: Session, people: set[PersonId]) -> None:
    """Others who would change what these people hold by a swap wait for this transaction."""
    theirs = select(_PERSON.c.id).where(_PERSON.c.id.in_(people)).order_by(_PERSON.c.id)
    db.connection().execute(theirs.with_for_update(key_share=True))


def hold_rosters(db: Session, places: set[tuple[DeskName, str]]) -> None:
    """Others who would take or change a chair at these desks, in these weeks, wait for this one.

    Held before people are, by everybody: or two would wait for each other.
    """
    there = (and_(_ROSTER.desk == desk, _ROSTER.week == week) for desk, week in sorted(places))
    rosters = select(_ROSTER.id).where(or_(*there)).order_by(_ROSTER.id)
    db.connection().execute(rosters.with_for_update(key_share=True))


def swap_of(db: Session, number: int) -> Swap | None:
    """The swap of that number."""
    return next(iter(_swaps(db, _SWAPS.where(_S.id == number))), None)


def swaps_open(db: Session) -> tuple[Swap, ...]:
    """All that are asked or agreed on, by when they expire. One query."""
    return _swaps(db, _SWAPS.where(_OPEN))


def swaps_between(db: Session, span: Span) -> tuple[Swap, ...]:
    """All that were asked in `span`, or expire in it, whatever became of them."""
    asked = and_(_S.asked >= span.start, _S.asked < span.end)
    ends = and_(_S.until >= span.start, _S.until < span.end)
    return _swaps(db, _SWAPS.where(or_(asked, ends)))


def swaps_with(db: Session, person: PersonId, since: datetime) -> tuple[Swap, ...]:
    """Those of one person, asked or asking, that did not expire before `since`. One query."""
    mine = or_(_S.asker_id == person, _S.partner_id == person)
    return _swaps(db, _SWAPS.where(mine, _S.until > since))


_SWAPS: Final[Select[Any]] = (
    select(
        _SWAP,
        *(_ASKER.c.code.label("asker_code"), _ASKER.c.name.label("asker_name")),
        *(_PARTNER.c.code.label("partner_code"), _PARTNER.c.name.label("partner_name")),
    )
    .select_from(
        _SWAP.join(_ASKER, _ASKER.c.id == _S.asker_id).join(
            _PARTNER, _PARTNER.c.id == _S.partner_id
        )
    )
    .order_by(_S.until, _S.id)
)


def _swaps(db: Session, which: Select[Any]) -> tuple[Swap, ...]:
    return tuple(_swap(row) for row in db.connection().execute(which))


def _swap(row: Row[Any]) -> Swap:
    gives = _held(row.gives_desk, row.gives_shift, row.gives_kind, row.gives_starts, row.gives_ends)
    takes = None
    if row.takes_shift:
        takes = _held(
            row.takes_desk, row.takes_shift, row.takes_kind, row.takes_starts, row.takes_ends
        )
    return Swap(
        id=row.id,
        terms=Terms(
            Party(PersonId(row.asker_id), row.asker_code, row.asker_name),
            Party(PersonId(row.partner_id), row.partner_code, row.partner_name),
            gives,
            takes,
        ),
        state=SwapState(row.state),
        asked=row.asked,
        until=row.until,
        answered=row.answered,
        decided=row.decided,
        approved_at=frozenset(DeskName(desk) for desk in row.approved_at.split()),
    )


def _held(desk: str, shift: str, kind: str, starts: datetime, ends: datetime) -> HeldShift:
    return HeldShift(DeskName(desk), shift, ShiftKind(kind), Span(starts, ends))


def _columns(side: str, held: HeldShift) -> dict[str, object]:
    return {
        f"{side}_desk": held.desk,
        f"{side}_shift": held.shift,
        f"{side}_kind": held.kind,
        f"{side}_starts": held.span.start,
        f"{side}_ends": held.span.end,
    }
