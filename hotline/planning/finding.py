"""What is kept of what the engine found: reasons, repairs, a rehearsal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hotline.planning.found import (
    AN_HOUR,
    Eased,
    FoundGap,
    FoundHour,
    FoundLine,
    FoundRehearsal,
    FoundRepair,
    FoundShift,
    FreePerson,
    KeptOut,
    Moved,
)
from hotline.rosters.reasons.explaining import ExplainedBuild, ExplainedShift
from hotline.rosters.reasons.told_first import KeptOutGroup, grouped, hardest_first, reason_of
from hotline.rosters.rehearsal.rehearsing import RehearsedWeek
from scheduling.explain import WhyNot
from scheduling.rehearsal.figures import Figures
from scheduling.repairing.easing import Easing
from scheduling.repairing.repairs import Repair, RepairedGap
from scheduling.rules import Refusal
from scheduling.rules.personal.certificates import OwnDesk
from scheduling.telling.costs import by_level


def found_reasons(build: ExplainedBuild) -> Iterator[FoundGap]:
    """Each gap of a build and why it is one, before anybody looks for repairs."""
    for each in build.gaps:
        yield FoundGap(
            build.number, build.version, each.gap, tuple(_shift(shift) for shift in each.shifts)
        )


def with_repairs(gap: FoundGap, repaired: RepairedGap) -> FoundGap:
    """The same gap, and what closes it."""
    repairs = tuple(_repair(repair) for repair in repaired.repairs)
    return replace(gap, repairs=repairs, left_out=repaired.left_out)


def found_rehearsal(week: RehearsedWeek) -> FoundRehearsal:
    """What is kept of a rehearsal."""
    played = week.rehearsed
    return FoundRehearsal(
        start=played.hours[0],
        within=played.stage.within.total_seconds(),
        runs=played.runs,
        lines=tuple(_lines(week)),
        gaps=week.gaps,
    )


def _shift(explained: ExplainedShift) -> FoundShift:
    free = (FreePerson(each.person, each.points or 0) for each in explained.could)
    groups = tuple(map(_kept_out, grouped(explained.kept_out)))
    return FoundShift(explained.shift, tuple(free), groups)


def _kept_out(group: KeptOutGroup) -> KeptOut:
    people = tuple(each.person for each in group.people)
    if group.reasons[0].rule == OwnDesk.name:  # they are many, and only counted
        return KeptOut(group.reasons, people, group.more)
    details = tuple(tuple(_told(each, group)) for each in group.people)
    return KeptOut(group.reasons, people, group.more, details)


def _told(each: WhyNot, group: KeptOutGroup) -> Iterator[Refusal]:
    for refusal in hardest_first(each.refusals):
        if reason_of(refusal) in group.reasons and (refusal.at or refusal.amount):
            yield refusal


def _repair(repair: Repair) -> FoundRepair:
    change, differs = repair.change, repair.difference
    known = (*repair.solved.problem.shifts, *filter(None, (change.takes, change.leaves)))
    shifts = {shift.id: shift for shift in known}
    return FoundRepair(
        kind=change.kind,
        people=change.people,
        takes=change.takes,
        leaves=change.leaves,
        eased=tuple(map(eased_of, change.eased)),
        proven=repair.proven,
        gained=tuple(Moved(each.person, shifts[each.shift]) for each in differs.gained),
        lost=tuple(Moved(each.person, shifts[each.shift]) for each in differs.lost),
        rests=differs.shorter_rests,
        cover=differs.cover,
        points=tuple(by_level(points) for points in differs.points),
        missing=differs.missing,
    )


def eased_of(easing: Easing) -> Eased:
    """What can travel as JSON of how far a rule yields."""
    in_hours = isinstance(easing.becomes, timedelta)
    was, becomes = _number(easing.was), _number(easing.becomes)
    about = (easing.span, easing.about, easing.after, easing.cap)
    return Eased(easing.person, easing.rule, was, becomes, in_hours, *about)


def _number(limit: int | timedelta | None) -> float | None:
    return limit / AN_HOUR if isinstance(limit, timedelta) else limit


def _lines(week: RehearsedWeek) -> Iterator[FoundLine]:
    played = week.rehearsed
    for line in week.lines:
        whole = played.figures([line])
        hours = tuple(_hour(played.figures([line], [n])) for n in range(len(played.hours)))
        yield FoundLine(line, whole.calls, whole.unanswered, whole.in_time, hours)


def _hour(figures: Figures) -> FoundHour:
    return FoundHour(figures.calls.value, figures.unanswered.value, figures.in_time)
