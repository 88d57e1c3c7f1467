"""Does everyone who is not in a shift learn why?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.audit import breaches
from scheduling.explain import why_not
from scheduling.problem import Certificate, Person, Problem, Shift, ShiftKind, Span
from scheduling.roster import Roster
from scheduling.rules import Refusal
from scheduling.rules.rest import rest_after
from tests.scheduling import draw, make

ALWAYS = Span(make.at(-480), make.at(960))


def one_night(most: int | None = None) -> Problem:
    night = make.shift("mon night", 22, 30, ShiftKind.NIGHT, most=most)
    people = [
        make.person("Ada"),
        make.person("Bo", desks=["suzhou"], most=make.limits(nights=0)),
        make.person("Cem", most=make.limits(shifts=1)),
        make.person("Dee"),
    ]
    needs = [make.need(22, 30, floor=2)]
    return make.problem(people, [make.shift("mon", 14, 18), night], needs)


def test_each_person_is_told_every_rule_that_keeps_them_out() -> None:
    # given
    roster = make.roster(("Ada", "mon night"), ("Cem", "mon"))
    # when
    answers = {one.person: one for one in why_not(one_night(), roster, "mon night")}
    # then
    assert set(answers) == {"Bo", "Cem", "Dee"}
    assert [r.rule for r in answers["Bo"].refusals] == ["own desk", "most nights a week"]
    assert [r.rule for r in answers["Cem"].refusals] == [
        "rest between shifts",
        "most shifts a week",
    ]
    assert answers["Cem"].refusals[0].sentence == "rests until 2026-11-24 05:00 UTC"
    assert answers["Dee"].refusals == ()


def test_who_could_come_is_told_what_it_would_cost() -> None:
    # given
    roster = make.roster(("Ada", "mon night"))
    # when
    dee = why_not(one_night(), roster, "mon night")[-1]
    # then: 16 half hours of a missing head less, one night more
    assert (dee.person, dee.points) == ("Dee", -16 * 1000 + 15)


def test_a_full_shift_is_told_to_everyone_else() -> None:
    # given
    roster = make.roster(("Ada", "mon night"))
    # when
    answers = why_not(one_night(most=1), roster, "mon night")
    # then
    assert all(one.refusals[-1].rule == "room in the shift" for one in answers)


def test_an_unknown_shift_is_named() -> None:
    with pytest.raises(ValueError, match="there is no shift tue"):
        why_not(one_night(), make.roster(), "tue")


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([], "holds no crisis certificate"),
        ([make.certificate("crisis", until=24)], "holds a crisis certificate only until 24:00"),
        ([make.certificate("crisis", since=26)], "holds a crisis certificate only from 26:00"),
    ],
)
def test_a_certificate_that_only_the_gap_asks_for_is_asked_of_each_person(
    held: list[Certificate], said: str
) -> None:
    # given
    problem = make.problem(
        [make.person("Ada", certificates=held)], [make.shift("mon night", 22, 30)]
    )
    # when
    [plain] = why_not(problem, make.roster(), "mon night")
    [asked] = why_not(problem, make.roster(), "mon night", "crisis")
    # then
    assert plain.refusals == ()
    [refusal] = asked.refusals
    assert refusal.about == "crisis"
    assert refusal.sentence_by(lambda at: f"{(at - make.MONDAY).total_seconds() / 3600:g}:00") == (
        said
    )


@st.composite
def rosters(draw_one: st.DrawFn) -> tuple[Problem, Roster]:
    """A small problem and any roster for it, legal or not."""
    problem = draw_one(draw.problems(most_people=3))
    pairs = [(person.id, shift.id) for person in problem.people for shift in problem.shifts]
    return problem, make.roster(*draw_one(st.sets(st.sampled_from(pairs), max_size=4)))


@given(rosters())
def test_who_could_come_breaks_no_rule_and_who_is_kept_out_would(
    asked: tuple[Problem, Roster],
) -> None:
    problem, roster = asked
    problem = replace(problem, pins=())
    if breaches(problem, roster):
        return
    for shift in problem.shifts:
        for one in why_not(problem, roster, shift.id):
            fuller = with_one_more(roster, shift, one.person)
            assert bool(breaches(problem, fuller)) == bool(one.refusals)


@given(rosters())
def test_undoing_what_a_sentence_blames_makes_the_sentence_go(
    asked: tuple[Problem, Roster],
) -> None:
    problem, roster = asked
    for shift in problem.shifts:
        for one in why_not(problem, roster, shift.id, "crisis"):
            for refusal in one.refusals:
                better, freer = undone(problem, roster, one.person, shift, refusal)
                answers = why_not(better, freer, shift.id, "crisis")
                [after] = [each for each in answers if each.person == one.person]
                assert refusal not in after.refusals


def with_one_more(roster: Roster, shift: Shift, person: str) -> Roster:
    posts = [(given.person, given.shift) for given in roster.assignments]
    return make.roster(*posts, (person, shift.id))


def undone(
    problem: Problem, roster: Roster, name: str, shift: Shift, refusal: Refusal
) -> tuple[Problem, Roster]:
    """The same without the one thing that the refusal blames."""
    if refusal.rule == "room in the shift":
        roomier = (replace(each, most=None) if each == shift else each for each in problem.shifts)
        return replace(problem, shifts=tuple(roomier)), roster
    person = next(each for each in problem.people if each.id == name)
    freer, rest = freed(problem, person, refusal), roster
    if refusal.rule in ("rest between shifts", "one place at a time"):
        blamed = {each.id for each in problem.shifts if is_blamed(problem, each, refusal)}
        kept = [(a.person, a.shift) for a in roster.assignments]
        rest = make.roster(*(pair for pair in kept if pair[0] != name or pair[1] not in blamed))
    people = tuple(freer if each == person else each for each in problem.people)
    return replace(problem, people=people), rest


def freed(problem: Problem, person: Person, refusal: Refusal) -> Person:
    match refusal.rule:
        case "own desk":
            return replace(person, desks=person.desks | {str(refusal.about)})
        case "valid certificates":
            held = make.certificate(str(refusal.about))
            return replace(person, certificates=(*person.certificates, held))
        case "availability":
            return replace(person, available=(ALWAYS,))
        case "rest between shifts" | "one place at a time":
            kept = (each for each in person.history if not is_blamed(problem, each, refusal))
            return replace(person, history=tuple(kept))
    return agreeing_to_more(person, refusal.rule)


def agreeing_to_more(person: Person, rule: str) -> Person:
    """The same with the limit of this rule lifted."""
    most = make.limits(50, 500, 50, 50)
    name = {
        "most shifts a week": "shifts",
        "most hours a week": "hours",
        "most nights a week": "nights",
        "nights running": "nights_running",
    }[rule]
    return replace(person, limits=replace(person.limits, **{name: getattr(most, name)}))


def is_blamed(problem: Problem, shift: Shift, refusal: Refusal) -> bool:
    rested = shift.span.end + rest_after(problem.rest, shift)
    return refusal.at in (shift.span.start, shift.span.end, rested)
