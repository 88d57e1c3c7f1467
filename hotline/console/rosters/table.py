"""The week as tables: people by days, shifts by days, and how much each has of their limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.console.frame.paging import A_PAGE, Page, page_of
from hotline.rosters.by_hand.laid_out import LaidDesk, LaidOut, Seat
from hotline.rosters.week import instant
from scheduling.problem import Limits, Person, Shift, Span
from scheduling.roster import Gap

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Load:
    """How much somebody has this week, at all desks. limits: None: nobody knows them here."""

    shifts: int
    hours: float
    nights: int
    limits: Limits | None

    @property
    def share(self) -> int:
        """Of the agreed hours, in percent, at most 100."""
        most = self.limits.hours / HOUR if self.limits else 0
        return min(100, round(100 * self.hours / most)) if most else 0

    @property
    def full(self) -> bool:
        """Whether no shift is left to give."""
        return self.limits is not None and (
            self.shifts >= self.limits.shifts or self.hours * HOUR >= self.limits.hours
        )


@dataclass(frozen=True)
class Row:
    """A person's week. days: what they have on each day; away: on which days they cannot come."""

    person: str
    name: str
    load: Load
    days: tuple[tuple[Seat, ...], ...]
    away: tuple[bool, ...] = ()


@dataclass(frozen=True)
class ShiftRow:
    """A shift of a day: who is in it, and whether a gap falls into it."""

    shift: Shift
    seats: tuple[Seat, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class DayList:
    """A day: its shifts at the desks that are shown, by start."""

    day: date
    rows: tuple[ShiftRow, ...]


def people_page(laid: LaidOut, zone: ZoneInfo) -> tuple[Page, tuple[Row, ...]]:
    """One page of people: those with a shift first, each by name."""
    desks = {at.desk.name for at in laid.desks}
    known = {
        person.id: person
        for draft in laid.drafts.values()
        for person in draft.sheet.today.people
        if person.desks & desks
    }
    seats: dict[str, list[Seat]] = defaultdict(list)
    for at in laid.desks:
        for seat in at.seats:
            seats[seat.person].append(seat)
    codes = sorted({*known, *seats}, key=lambda code: (code not in seats, _name(laid, code)))
    page = page_of(len(codes))
    shown = codes[page.offset : page.offset + A_PAGE]
    spans = [_whole(day, zone) for day in laid.week.days]
    rows = (_row(laid, code, known.get(code), seats[code]) for code in shown)
    return page, tuple(replace(row, away=_away(known.get(row.person), spans)) for row in rows)


def days_list(laid: LaidOut, days: Iterable[date]) -> tuple[DayList, ...]:
    """Some days with all their shifts."""
    rows = [row for at in laid.desks for row in _shift_rows(at)]
    rows.sort(key=lambda row: (row.shift.span, row.shift.desk))
    return tuple(
        DayList(day, tuple(r for r in rows if r.shift.on == day.toordinal())) for day in days
    )


def load_of(laid: LaidOut, code: str) -> Load:
    """How much somebody has this week."""
    known = (draft.sheet.known.whole.people.get(code) for draft in laid.drafts.values())
    return _load(laid, code, next((person for person in known if person), None))


def _name(laid: LaidOut, code: str) -> tuple[str, str]:
    return laid.names.get(code, code), code


def _row(laid: LaidOut, code: str, person: Person | None, seats: Sequence[Seat]) -> Row:
    ordinals = [day.toordinal() for day in laid.week.days]
    days = tuple(tuple(seat for seat in seats if seat.shift.on == on) for on in ordinals)
    return Row(code, _name(laid, code)[0], _load(laid, code, person), days)


def _away(person: Person | None, days: Iterable[Span]) -> tuple[bool, ...]:
    spans = person.absent if person else ()
    return tuple(any(span.meets(day) for span in spans) for day in days)


def _whole(day: date, zone: ZoneInfo) -> Span:
    return Span(instant(day, time(), zone), instant(day + timedelta(days=1), time(), zone))


def _load(laid: LaidOut, code: str, person: Person | None) -> Load:
    mine = laid.weeks.get(code, ())
    return Load(
        shifts=len(mine),
        hours=sum((shift.whole.length for shift in mine), timedelta()) / HOUR,
        nights=sum(shift.kind.is_night for shift in mine),
        limits=person.limits if person else None,
    )


def _shift_rows(at: LaidDesk) -> Iterator[ShiftRow]:
    seats: dict[str, list[Seat]] = defaultdict(list)
    for seat in at.seats:
        seats[seat.shift.id].append(seat)
    for shift in at.shifts:
        gaps = tuple(gap for gap in at.gaps if gap.span.meets(shift.span))
        yield ShiftRow(shift, tuple(seats[shift.id]), gaps)
