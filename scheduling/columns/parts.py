"""What is left to plan when most of a roster stays? Some people's days, as an instance of its own.

The rest of their rosters settles where their walks begin and may end, and what is left of
their contracts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduling.columns.ledger import OFF, Column, Ledger
from scheduling.columns.walks.engine import Engine
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.walks.terms import Frame, Links, links, longest
from scheduling.formats.instance import DAYS_A_WEEK, SATURDAY, Employee, Instance


class Stretch(NamedTuple):
    """Whole weeks of the horizon: its days from `first` up to, not including, `end`."""

    first: int
    end: int


@dataclass(frozen=True)
class Part:
    """An instance made of some people's days in one stretch; it numbers its people from 0."""

    pricing: Pricing
    mine: tuple[Column, ...]  # the rosters these people have now, in the stretch
    _ledger: Ledger
    _stretch: Stretch
    _settled: tuple[Column, ...]

    @property
    def ledger(self) -> Ledger:
        """Prices and needs of the part."""
        return self.pricing.ledger

    @property
    def all_there_is(self) -> bool:
        """Whether a bound of the part holds for the whole horizon of everybody."""
        days, staff = self._ledger.instance.days, self._ledger.instance.staff
        everything = self._stretch == (0, days) and len(self.mine) == len(staff)
        return everything and self.pricing.whole(range(len(staff)))

    def whole(self, columns: Sequence[Column]) -> list[Column]:
        """Rosters of the whole horizon from those of the part."""
        return [self._whole(self._settled[one.person], one) for one in columns]

    def _whole(self, now: Column, one: Column) -> Column:
        first, end = self._stretch
        shifts = (*now.shifts[:first], *one.shifts, *now.shifts[end:])
        return self._ledger.column(now.person, shifts)


def part(
    ledger: Ledger, engine: Engine, roster: Sequence[Column], people: set[int], stretch: Stretch
) -> Part:
    """The part of a roster in which these people's rosters of a stretch are chosen anew."""
    settled = tuple(one for one in roster if one.person in people)
    book = _book(ledger, roster, settled, stretch)
    joints = links(ledger.instance)
    frames = [_frame(ledger.instance, joints, one, stretch) for one in settled]
    first, end = stretch
    mine = tuple(book.column(n, one.shifts[first:end]) for n, one in enumerate(settled))
    return Part(Pricing(book, engine, frames), mine, ledger, stretch, settled)


def _book(
    ledger: Ledger, roster: Sequence[Column], settled: Sequence[Column], stretch: Stretch
) -> Ledger:
    """Prices in the stretch; who isn't in the part leaves that many heads less to find."""
    days = slice(*stretch)
    who = [one.person for one in settled]
    others = ledger.heads(roster) - ledger.heads(settled)
    allowed = ledger.allowed[who, days].copy()
    staff = [_left(ledger.instance, one, stretch) for one in settled]
    for n, person in enumerate(staff):
        spent = [i for i, s in enumerate(ledger.instance.shifts) if person.most.get(s.id) == 0]
        allowed[n, :, spent] = False
    return Ledger(
        replace(
            ledger.instance,
            days=stretch.end - stretch.first,
            staff=tuple(staff),
            wanted=(),
            unwanted=(),
            cover=(),
        ),
        ledger.personal[who, days],
        allowed,
        np.maximum(ledger.need - others, 0)[days],
        ledger.slack[days],
        0,
    )


def _left(instance: Instance, column: Column, stretch: Stretch) -> Employee:
    """What the rest of a roster leaves of a contract."""
    person = instance.staff[column.person]
    outside = [
        (day, shift)
        for day, shift in enumerate(column.shifts)
        if shift != OFF and not stretch.first <= day < stretch.end
    ]
    minutes = sum(instance.shifts[shift].minutes for _, shift in outside)
    weekends = {day // DAYS_A_WEEK for day, _ in outside if day % DAYS_A_WEEK >= SATURDAY}
    ids = [instance.shifts[shift].id for _, shift in outside]
    return replace(
        person,
        most={shift: most - ids.count(shift) for shift, most in person.most.items()},
        most_minutes=person.most_minutes - minutes,
        least_minutes=max(0, person.least_minutes - minutes),
        weekends=person.weekends - len(weekends),
    )


def _frame(instance: Instance, joints: Links, column: Column, stretch: Stretch) -> Frame:
    """Where a walk of the stretch begins, and where it may end, between the rest of the roster."""
    person = instance.staff[column.person]
    most = longest(instance, person)
    tail = _Tail(joints, person, column.shifts[stretch.end :], stretch.end)
    start = _state(joints, person, most, column.shifts[: stretch.first])
    return Frame(stretch.first, most, start, tail.ends(most))


def _state(joints: Links, person: Employee, most: int, before: Sequence[int]) -> int | None:
    """The state after some days; None for one fully rested."""
    last = before[-1] if before else OFF
    length = _leading(before[::-1])
    if last != OFF:
        return joints.of[last] * most + length - 1
    ready = length == len(before) or length >= person.fewest_days_off
    return None if ready else joints.classes * most + length - 1


def _leading(days: Sequence[int]) -> int:
    """How long the first run, or the first stretch of days off, is."""
    for _, group in groupby(days, lambda shift: shift == OFF):
        return len(list(group))
    return 0


class _Tail(NamedTuple):
    """The rest of a roster after the stretch: which states may it follow?"""

    joints: Links
    person: Employee
    days: Sequence[int]
    day: int

    def ends(self, most: int) -> NDArray[np.bool_]:
        classes = self.joints.classes
        off = max(1, self.person.fewest_days_off)
        runs = [self._after_run(last, n + 1, most) for last in range(classes) for n in range(most)]
        return np.array([*runs, *(self._after_rest(n + 1, off) for n in range(off))])

    def _after_run(self, last: int, length: int, most: int) -> bool:
        if not self.days:
            return True
        lead, last_of_all = _leading(self.days), _leading(self.days) == len(self.days)
        if self.days[0] == OFF:
            enough = length >= self.person.shortest_run or length == self.day
            return enough and (last_of_all or lead >= self.person.fewest_days_off)
        enough = length + lead >= self.person.shortest_run or length == self.day or last_of_all
        return last in self.joints.after[self.days[0]] and length + lead <= most and enough

    def _after_rest(self, rested: int, off: int) -> bool:
        if not self.days:
            return True
        lead, last_of_all = _leading(self.days), _leading(self.days) == len(self.days)
        if self.days[0] == OFF:
            return rested == off or last_of_all or rested + lead >= off
        return rested == off and (last_of_all or lead >= self.person.shortest_run)
