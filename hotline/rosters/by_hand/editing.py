"""What may a coordinator change in a draft by hand, and what does each change do?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from hotline.config.settings import DeskName
from hotline.errors import HotlineError
from scheduling import audit
from scheduling.problem import Pin, Problem, Shift, Span
from scheduling.roster import Assignment, Breach, Gap, LevelPrice, Result, Roster, Status
from scheduling.telling.costs import ByWish, by_level
from scheduling.telling.edits import Edit
from scheduling.telling.indexed import Indexed
from scheduling.telling.levels import Level, Points
from scheduling.telling.vicinity import Effect, Vicinity


class EditError(HotlineError):
    """There is nothing to change like this in the draft as it is."""


class BreachError(HotlineError):
    """The change would break a rule. breaches: each with its sentence."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__("; ".join(breach.sentence for breach in breaches) + ".")
        self.breaches = tuple(breaches)


class Act(StrEnum):
    """What is done to a person in a shift."""

    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"  # to another shift, to another person, or both
    PIN = "pin"
    UNPIN = "unpin"


@dataclass(frozen=True)
class Change:
    """One act of a coordinator. person, shift: by code and id; to: where a move leads."""

    act: Act
    person: str
    shift: str
    to: tuple[str, str] | None = None  # person and shift

    @property
    def shifts(self) -> tuple[str, ...]:
        """Where it happens, by id."""
        return (self.shift,) if self.to is None else (self.shift, self.to[1])


@dataclass(frozen=True)
class Sheet:
    """A draft as it lies on the table.

    desks: whose drafts are those of this build, and may be changed; problem: as it was asked, with
    today's pins; today: the same with what was learned since (absences, duties of other rosters).
    """

    desks: frozenset[DeskName]
    problem: Problem
    result: Result
    today: Problem

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """The shifts that may be changed, by id."""
        return {shift.id: shift for shift in self.problem.shifts if shift.desk in self.desks}

    @cached_property
    def asked(self) -> Vicinity:
        """What costs are found by."""
        return Vicinity(Indexed(self.problem, self.result.roster))

    @cached_property
    def known(self) -> Vicinity:
        """What rules are asked by."""
        if self.today is self.problem:
            return self.asked
        mine = self.shifts
        given = (each for each in self.result.roster.assignments if each.shift in mine)
        return Vicinity(Indexed(self.today, Roster(tuple(given))))

    @cached_property
    def broken(self) -> tuple[Breach, ...]:
        """What breaks a rule by what was learned since."""
        if self.today is self.problem:
            return ()
        return audit.breaches(self.today, self.known.whole.roster)


@dataclass(frozen=True)
class Choice:
    """A change that could be made, and what it does. It may be made if it breaks nothing."""

    change: Change
    effect: Effect

    @property
    def levels(self) -> Points:
        """What each level costs more then (below zero: less)."""
        return by_level(self.effect.points)

    @property
    def allowed(self) -> bool:
        """Whether no rule forbids it."""
        return not self.effect.breaches


def tried(sheet: Sheet, change: Change) -> Choice:
    """What a change would do. Raises EditError if there is nothing like it to do."""
    edit = edit_of(sheet, change)
    broken = sheet.known.breaches(edit)
    return Choice(change, Effect(broken, {}, ()) if broken else sheet.asked.cost(edit))


def edit_of(sheet: Sheet, change: Change) -> Edit:
    """What a change does to the roster. Raises EditError if there is nothing like it to do."""
    gone = Assignment(change.shift, change.person)
    edit = _edit(change, gone, Pin(change.person, change.shift))
    for shift in edit.shifts:
        if shift not in sheet.shifts:
            raise EditError(f"There is no shift {shift} in this draft.")
    for person in edit.people:
        if person not in sheet.asked.whole.people:
            raise EditError(f"Nobody with the code {person} was asked for this draft.")
    if not edit.fits(sheet.asked.whole) or _not_there(sheet, change, gone):
        raise EditError(_misfit(change))
    return edit


def edited(sheet: Sheet, edit: Edit) -> Sheet:
    """The draft after an edit, as the auditor would find it. Raises BreachError if it is forbidden.

    Bounds stay those of the build: they say how near to the best its own answer was.
    """
    broken = sheet.known.breaches(edit)
    if broken:
        raise BreachError(broken)
    problem, roster = edit.applied(sheet.problem, sheet.result.roster)
    more = sheet.asked.cost(edit).points
    prices = {name: n + more.get(name, 0) for name, n in sheet.result.price_by_wish.items()}
    desks = {sheet.shifts[shift].desk for shift in edit.shifts}
    elsewhere = [gap for gap in sheet.result.gaps if gap.desk not in desks]
    near = replace(problem, needs=tuple(n for n in problem.needs if n.desk in desks))
    gaps = sorted((*elsewhere, *audit.gaps(near, roster)), key=_by_desk_and_time)
    result = replace(_priced(prices, sheet.result), roster=roster, gaps=tuple(gaps))
    today = problem if sheet.today is sheet.problem else replace(sheet.today, pins=problem.pins)
    return replace(sheet, problem=problem, result=result, today=today)


def judged(problem: Problem, roster: Roster, before: Result) -> Result:
    """What the auditor says of a roster, with the bounds of the result that it came from."""
    priced = _priced(audit.price(problem, roster), before)
    return replace(priced, roster=roster, gaps=audit.gaps(problem, roster))


def nothing_proven(problem: Problem) -> Result:
    """A result with the bounds that hold for any roster: no head missing, every wish kept."""
    best = min(0, problem.prices.preferred, problem.prices.unwanted)
    wishes = best * sum(person.limits.shifts for person in problem.people)
    bounds = {level: wishes if level is Level.WISHES else 0 for level in Level}
    levels = tuple(LevelPrice(level.title, 0, bound) for level, bound in bounds.items())
    return Result(Status.FEASIBLE, Roster(()), 0, 0, {}, (), (), 0.0, 0, levels)


def _priced(prices: ByWish, before: Result) -> Result:
    bounds = {level.level: level.bound for level in before.levels}
    points = zip(Level, by_level(prices), strict=True)
    levels = tuple(
        LevelPrice(level.title, many, min(many, bounds.get(level.title, many)))
        for level, many in points
    )
    best = all(level.price == level.bound for level in levels)
    return replace(
        before,
        status=Status.OPTIMAL if best else Status.FEASIBLE,
        price=sum(level.price for level in levels),
        bound=sum(level.bound for level in levels),
        price_by_wish=prices,
        levels=levels,
    )


def _by_desk_and_time(gap: Gap) -> tuple[str, Span, str]:
    return gap.desk, gap.span, gap.certificate or ""


def _edit(change: Change, gone: Assignment, pin: Pin) -> Edit:
    match change.act:
        case Act.ADD:
            return Edit(given=(gone,))
        case Act.REMOVE:
            return Edit(taken=(gone,))
        case Act.PIN:
            return Edit(pinned=(pin,))
        case Act.UNPIN:
            return Edit(unpinned=(pin,))
    person, shift = change.to or (change.person, change.shift)
    return Edit(given=(Assignment(shift, person),), taken=(gone,))


def _not_there(sheet: Sheet, change: Change, gone: Assignment) -> bool:
    """Whether somebody is to be pinned where they are not, or moved to where they are."""
    there = gone.person in sheet.asked.whole.teams[gone.shift]
    return not there if change.act is Act.PIN else change.to == (change.person, change.shift)


def _misfit(change: Change) -> str:
    match change.act:
        case Act.ADD:
            return f"{change.person} is in {change.shift} already."
        case Act.PIN:
            return f"{change.person} is not in {change.shift}, or pinned to it already."
        case Act.UNPIN:
            return f"{change.person} is not pinned to {change.shift}."
    return f"{change.person} is not in {change.shift} any more, or the place is taken."
