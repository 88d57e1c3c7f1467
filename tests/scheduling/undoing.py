"""What a refusal blames, undone: the certificate given, the limit lifted, the shift let go."""

from dataclasses import replace

from scheduling.problem import Person, Problem, Shift, Span, Team
from scheduling.roster import Roster
from scheduling.rules import Refusal
from scheduling.rules.personal.rest import rest_after
from tests.scheduling import make

TEAM = {"few newcomers", "beside a mentor", "never together", "always together"}
ALWAYS = Span(make.at(-480), make.at(2400))


def undone(
    problem: Problem, roster: Roster, name: str, shift: Shift, refusal: Refusal
) -> tuple[Problem, Roster]:
    """The same without the one thing that the refusal blames."""
    if refusal.rule == "room in the shift":
        roomier = (replace(each, most=None) if each == shift else each for each in problem.shifts)
        return replace(problem, shifts=tuple(roomier)), roster
    if refusal.rule in TEAM:
        return replace(problem, team=friendlier(problem.team, name, refusal)), roster
    person = next(each for each in problem.people if each.id == name)
    freer, rest = freed(problem, person, refusal), roster
    if refusal.rule in ("rest between shifts", "one place at a time"):
        blamed = {each.id for each in problem.shifts if is_blamed(problem, each, refusal)}
        kept = [(a.person, a.shift) for a in roster.assignments]
        rest = make.roster(*(pair for pair in kept if pair[0] != name or pair[1] not in blamed))
    people = tuple(freer if each == person else each for each in problem.people)
    return replace(problem, people=people), rest


def friendlier(team: Team, name: str, refusal: Refusal) -> Team:
    """The same with what the refusal blames lifted."""
    match refusal.rule:
        case "few newcomers":
            return replace(team, newcomers_a_shift=None)
        case "beside a mentor":
            return replace(team, newcomers_a_mentor=None)
    blamed = {name, refusal.about}
    pairs = tuple(pair for pair in team.pairs if {pair.one, pair.other} != blamed)
    return replace(team, pairs=pairs)


def freed(problem: Problem, person: Person, refusal: Refusal) -> Person:
    match refusal.rule:
        case "own desk":
            return replace(person, desks=person.desks | {str(refusal.about)})
        case "valid certificates":
            held = make.certificate(str(refusal.about))
            return replace(person, certificates=(*person.certificates, held))
        case "availability":
            return replace(person, available=(ALWAYS,))
        case "exemptions":
            return replace(person, exempt=frozenset())
        case "absences":
            return replace(person, absent=())
    if refusal.rule in ("rest between shifts", "one place at a time"):
        kept = (each for each in person.history if not is_blamed(problem, each, refusal))
        return replace(person, history=tuple(kept))
    return agreeing_to_more(person, refusal.rule)


def agreeing_to_more(person: Person, rule: str) -> Person:
    """The same with the limit of this rule lifted."""
    most = replace(make.limits(50, 500, 50, 50), days_running=50)
    name = {
        "most shifts a week": "shifts",
        "most hours a week": "hours",
        "most nights a week": "nights",
        "nights running": "nights_running",
        "days running": "days_running",
        "days off in a row": "days_off",
        "most in a period": "caps",
    }[rule]
    return replace(person, limits=replace(person.limits, **{name: getattr(most, name)}))


def is_blamed(problem: Problem, shift: Shift, refusal: Refusal) -> bool:
    rested = shift.whole.end + rest_after(problem.rest, shift)
    return refusal.at in (shift.span.start, shift.whole.end, rested)
