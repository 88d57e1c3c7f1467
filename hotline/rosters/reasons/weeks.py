"""Why does each person have the week they have, and what does each floor of a roster cost?"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from time import monotonic

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.rosters.reasons.explaining import ExplainedBuild, ExplainedWeek
from scheduling.rules import Staffing
from scheduling.solve import SolveLimits
from scheduling.telling.burden import Burden, burdens
from scheduling.telling.floors import FloorCost, floor_costs
from scheduling.telling.person_week import PersonWeek, person_week


class PersonError(HotlineError):
    """Nobody of that code was asked in this week."""


@dataclass(frozen=True)
class ToldPerson:
    """One person of a build: their week, and how their burden compares."""

    week: PersonWeek
    burdens: tuple[Burden, ...]


def told_people(build: ExplainedBuild, codes: Sequence[str] = ()) -> tuple[ToldPerson, ...]:
    """Everybody whom the build asked, in its order; codes: only these, () means all."""
    staffing = Staffing(build.problem, build.result.roster)
    compared = burdens(staffing)
    return tuple(
        ToldPerson(person_week(staffing, person), compared[person.id])
        for person in build.problem.people
        if not codes or person.id in codes
    )


def refuse_strangers(week: ExplainedWeek, codes: Sequence[str]) -> None:
    """Raise PersonError, with the nearest, for a code that no build of the week asked."""
    known = [person.id for build in week.builds for person in build.problem.people]
    for code in codes:
        if code not in known:
            close = get_close_matches(code, known, n=1)
            advice = f"; did you mean {close[0]}?" if close else "."
            raise PersonError(f"Nobody with the code {code!r} was asked in {week.week}{advice}")


def told_floors(build: ExplainedBuild, settings: Settings) -> tuple[FloorCost, ...]:
    """What each floor costs, the dearest first, in the time that one build may take."""
    seconds, begun = settings.scheduling.seconds, monotonic()
    floors = {(need.desk, need.certificate) for need in build.problem.needs if need.floor}
    limits = SolveLimits(seconds / max(1, len(floors)), settings.scheduling.seed)
    roster = build.result.roster
    return floor_costs(build.problem, roster, limits, lambda: monotonic() - begun < seconds)
