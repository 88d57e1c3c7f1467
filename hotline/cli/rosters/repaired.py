"""How repairs are told: what to ask of whom, what it closes, and what it costs the others."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hotline.cli.printing import from_to, titled
from hotline.cli.rosters.differing import Telling, difference_document, show_difference
from hotline.cli.rosters.gaps import gap_document, missing_in
from hotline.config.settings import Settings
from hotline.rosters.reasons.repairing import NumberedGap, RepairedWeek
from scheduling.problem import Period
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.repairing.easing import Easing
from scheduling.repairing.repairs import Repair
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.caps import TITLES
from scheduling.rules.personal.days_off import DaysOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.rest import RestBetweenShifts
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts

LIMITS: Final = {  # how a limit that yields is told: {0} instead of {1} ...
    MostShifts.name: "shifts",
    MostHours.name: "h",
    MostNights.name: "nights",
    NightsRunning.name: "nights running",
    DaysRunning.name: "days running",
    DaysOff.name: "days off in a row",
    RestBetweenShifts.name: "h of rest",
}


def show_repaired(out: Console, week: RepairedWeek, settings: Settings) -> None:
    """Each gap by its number, and what closes it, best first."""
    if not week.gaps:
        out.print(f"{week.week} has no gap: every floor and every target is kept.")
    for each in week.gaps:
        _show_gap(out, each, week, settings)
    if week.gaps:
        out.print(f"\n{len(week.gaps)} gaps in {week.seconds:.1f} s; nothing is changed by asking.")


def repaired_document(week: RepairedWeek, settings: Settings) -> dict[str, object]:
    """The same as it stands in JSON."""
    return {
        "week": str(week.week),
        "seconds": round(week.seconds, 3),
        "gaps": [_gap_document(each, week, settings) for each in week.gaps],
    }


def _show_gap(out: Console, each: NumberedGap, week: RepairedWeek, settings: Settings) -> None:
    gap, repaired = each.repaired.gap, each.repaired
    desk = settings.desk(gap.desk)
    where = titled(desk, settings) if desk else gap.desk
    below = "" if gap.below_floor else " to the target"
    when = from_to(gap.span, settings.site.zone)
    heading = f"\n{each.number}. {where}, {when}: missing {missing_in(gap)}{below}"
    out.print(Text(heading, style="bold"))
    if not repaired.repairs:
        out.print("  No single change closes it or makes it smaller.")
    for repair in repaired.repairs:
        telling = _telling(repair, week, settings)
        doubt = "" if repair.proven else " (others could perhaps be moved less)"
        line = f"{said(repair.change, telling)}{doubt}"
        out.print(Padding(Text(line), (0, 0, 0, 2), expand=False))
        show_difference(out, repair.difference, telling, 6)
    if repaired.left_out:
        out.print(f"  No time for {repaired.left_out} more; ask for --gap {each.number} alone.")


def said(change: Change, telling: Telling) -> str:
    """What to do, in a coordinator's words."""
    people = " and ".join(map(telling.called, change.people))
    takes = telling.when(change.takes.id) if change.takes else ""
    eased = _all_eased(change, telling)
    match change.kind:
        case ChangeKind.ASK if not change.eased:
            return f"ask {people}, who is free: {takes}"
        case ChangeKind.ASK:
            return f"ask {people} to come at a time they did not offer: {takes}"
        case ChangeKind.MOVE:
            assert change.leaves
            return f"move {people} from {change.leaves.id} to {takes}"
        case ChangeKind.EXTEND:
            assert change.leaves
            return f"ask {people} to make {change.leaves.id} longer: {takes.rpartition(', ')[2]}"
        case ChangeKind.RELAX:
            return f"ask {people} for more than was agreed ({eased}): {takes}"
        case ChangeKind.TRAIN:
            return f"train {people}: {eased}"


def _all_eased(change: Change, telling: Telling) -> str:
    """How far rules yield; where two people are asked, to whom."""
    if len(change.people) == 1:
        return "; ".join(map(eased_told, change.eased))
    mine = {who: [e for e in change.eased if e.person == who] for who in change.people}
    return "; ".join(
        f"{telling.called(who)}: {', '.join(map(eased_told, eased))}" for who, eased in mine.items()
    )


def eased_told(easing: Easing) -> str:
    """How far a rule yields, like "4 instead of 3 shifts"."""
    if easing.about is not None:
        return f"holds the certificate {easing.about}"
    if easing.rule == Availability.name:
        return "comes at a time that was not offered"
    return f"{_number(easing.becomes)} instead of {_number(easing.was)} {_unit(easing)}"


def _unit(easing: Easing) -> str:
    cap = easing.cap
    if cap is None:
        return LIMITS[easing.rule]
    where = f"{cap.days} days" if cap.period is Period.ROLLING else f"this {cap.period}"
    return f"{TITLES.get(cap.unit, cap.unit)} in {where}"


def _number(limit: int | timedelta | None) -> str:
    return f"{limit / timedelta(hours=1):g}" if isinstance(limit, timedelta) else str(limit)


def _telling(repair: Repair, week: RepairedWeek, settings: Settings) -> Telling:
    shifts = {shift.id: shift for shift in repair.solved.problem.shifts}
    return Telling(settings.site.zone, week.names, shifts)


def _gap_document(each: NumberedGap, week: RepairedWeek, settings: Settings) -> dict[str, object]:
    repaired = each.repaired
    documents = (
        _repair_document(repair, _telling(repair, week, settings)) for repair in repaired.repairs
    )
    return {
        "number": each.number,
        **gap_document(repaired.gap),
        "found": repaired.found,
        "left_out": repaired.left_out,
        "repairs": list(documents),
    }


def _repair_document(repair: Repair, telling: Telling) -> dict[str, object]:
    change = repair.change
    return {
        "kind": change.kind.value,
        "sentence": said(change, telling),
        "people": [
            {"person": code, "name": telling.names.get(code, code)} for code in change.people
        ],
        "takes": change.takes.id if change.takes else None,
        "leaves": change.leaves.id if change.leaves else None,
        "eased": list(_eased_documents(change)),
        "proven": repair.proven,
        **difference_document(repair.difference, telling),
    }


def _eased_documents(change: Change) -> Iterator[dict[str, object]]:
    for easing in change.eased:
        yield {
            "person": easing.person,
            "rule": easing.rule,
            "sentence": eased_told(easing),
            "certificate": easing.about,
        }
