"""How a roster's gaps are explained: the gap, who could take it, and who is kept out by what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hotline.cli.printing import day_and_time, from_to, titled
from hotline.cli.rosters.built import how_good, level_documents, price_table
from hotline.cli.rosters.gaps import gap_document, missing_in
from hotline.cli.rosters.keeping import Wording
from hotline.cli.rosters.weeks import floor_document, person_document, show_floors, show_person
from hotline.config.settings import Settings
from hotline.rosters.reasons.explaining import (
    ExplainedBuild,
    ExplainedGap,
    ExplainedShift,
    ExplainedWeek,
)
from hotline.rosters.reasons.told_first import grouped
from hotline.rosters.reasons.weeks import told_people
from scheduling.explain import WhyNot
from scheduling.telling.floors import FloorCost


@dataclass(frozen=True)
class Asked:
    """What else is told. people: only of these, by code; floors: of each build, None: not asked."""

    people: tuple[str, ...] = ()
    floors: tuple[tuple[FloorCost, ...] | None, ...] = ()


def show_explained(
    out: Console, week: ExplainedWeek, settings: Settings, asked: Asked | None = None
) -> None:
    """Each build with its price, then each gap of it, those below the floor first."""
    asked = asked or Asked()
    for build, floors in zip_longest(week.builds, asked.floors):
        wording = Wording(settings, week.names, build.problem, build.result.roster)
        _show_build(out, build, wording)
        for person in told_people(build, asked.people) if asked.people else ():
            show_person(out, person, week.names, settings)
        if floors is not None:
            show_floors(out, floors)
        if not asked.people:
            _show_all_gaps(out, build, wording)


def explained_document(
    week: ExplainedWeek, settings: Settings, asked: Asked | None = None
) -> dict[str, object]:
    """The same as it stands in JSON, with every rule that keeps a person out, and everybody."""
    asked = asked or Asked()
    documents = []
    for build, floors in zip_longest(week.builds, asked.floors):
        wording = Wording(settings, week.names, build.problem, build.result.roster)
        people = told_people(build, asked.people)
        documents.append(
            {
                **_build(build, wording),
                "people": [person_document(person, week.names) for person in people],
                "floors": None if floors is None else [floor_document(cost) for cost in floors],
            }
        )
    return {"week": str(week.week), "builds": documents}


def _show_all_gaps(out: Console, build: ExplainedBuild, wording: Wording) -> None:
    if not build.gaps:
        out.print("\nNo gap here: every floor and every target is kept.")
    below = [each for each in build.gaps if each.gap.below_floor]
    above = [each for each in build.gaps if not each.gap.below_floor]
    _show_gaps(out, "BELOW THE FLOOR", below, wording)
    _show_gaps(out, "ABOVE THE FLOOR, BELOW THE TARGET", above, wording)
    _show_not_asked(out, build, wording)


def _show_build(out: Console, build: ExplainedBuild, wording: Wording) -> None:
    settings = wording.settings
    built_at = day_and_time(build.built_at, settings.site.zone)
    desks = ", ".join(f"{desk} ({state})" for desk, state in build.states.items())
    out.print(f"Built {built_at}: {desks}", style="bold")
    together = {shift.desk for shift in build.problem.shifts}
    if together != set(build.states):
        out.print(f"The price is that of all {len(together)} desks that were built together.")
    out.print(how_good(build.result))
    out.print(price_table(build.result))


def _show_gaps(out: Console, title: str, gaps: Sequence[ExplainedGap], wording: Wording) -> None:
    if gaps:
        out.print(f"\n{title}: {len(gaps)}", style="bold")
    told: set[tuple[str, str | None]] = set()
    for explained in gaps:
        _show_heading(out, explained, wording)
        for shift in explained.shifts:
            key = (shift.shift.id, explained.gap.certificate)
            if key in told:
                _print(out, f"{shift.shift.id}: as told above.", 2)
            else:
                _show_shift(out, shift, wording)
            told.add(key)


def _show_heading(out: Console, explained: ExplainedGap, wording: Wording) -> None:
    gap, settings = explained.gap, wording.settings
    desk = settings.desk(gap.desk)
    where = titled(desk, settings) if desk else gap.desk
    when = from_to(gap.span, settings.site.zone)
    out.print(Text(f"\n{where}, {when}: missing {missing_in(gap)}", style="bold"))
    if not explained.shifts:
        _print(out, "No shift of this desk covers that time; add one to the configuration.", 2)


def _show_shift(out: Console, shift: ExplainedShift, wording: Wording) -> None:
    if shift.could:
        able = ", ".join(map(wording.priced, shift.could))
        _print(out, f"{shift.shift.id}: could be taken by {able}", 2)
    else:
        _print(out, f"{shift.shift.id}: nobody is free to take it", 2)
    for group in grouped(shift.kept_out):
        people = wording.people(group)
        _print(out, wording.heading(group) + (":" if people else ""), 4)
        for line in people:
            _print(out, line, 6)


def _show_not_asked(out: Console, build: ExplainedBuild, wording: Wording) -> None:
    desks = {explained.gap.desk for explained in build.gaps}
    for desk in sorted(desks):
        mine = [person for person in build.not_asked if desk in person.desks]
        if mine:
            out.print(f"\nNot asked for {desk}:", style="bold")
        for line in wording.not_asked(mine):
            _print(out, line, 2)


def _print(out: Console, text: str, indent: int) -> None:
    """Names as they are stored: brackets and colons in them mean nothing."""
    out.print(Padding(Text(text), (0, 0, 0, indent), expand=False))


def _build(build: ExplainedBuild, wording: Wording) -> dict[str, object]:
    result = build.result
    return {
        "desks": [{"desk": desk, "state": state.value} for desk, state in build.states.items()],
        "built_at": build.built_at.isoformat(),
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        "levels": level_documents(result),
        "price_by_wish": dict(result.price_by_wish),
        "gaps": [
            {**gap_document(each.gap), "shifts": [_shift(shift, wording) for shift in each.shifts]}
            for each in build.gaps
        ],
        "not_asked": [
            {"person": p.code, "name": p.name, "supervised_turns": p.supervised_turns}
            for p in build.not_asked
        ],
    }


def _shift(explained: ExplainedShift, wording: Wording) -> dict[str, object]:
    shift = explained.shift
    return {
        "shift": shift.id,
        "from": shift.span.start.isoformat(),
        "to": shift.span.end.isoformat(),
        "could": [
            {"person": each.person, "name": wording.name(each), "points": each.points}
            for each in explained.could
        ],
        "kept_out": list(_kept_out(explained.kept_out, wording)),
    }


def _kept_out(people: Iterable[WhyNot], wording: Wording) -> Iterable[dict[str, object]]:
    for each in people:
        reasons = [
            {
                "rule": refusal.rule,
                "sentence": wording.sentence(refusal),
                "at": refusal.at.isoformat() if refusal.at else None,
            }
            for refusal in each.refusals
        ]
        yield {"person": each.person, "name": wording.name(each), "reasons": reasons}
