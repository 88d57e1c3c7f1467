"""Does everyone who is not in a shift learn why?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.audit import breaches, price
from scheduling.explain import why_not
from scheduling.problem import Certificate, Problem, Shift, ShiftKind
from scheduling.roster import Roster
from tests.scheduling import draw, make
from tests.scheduling.undoing import undone


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
    assert {one.person for one in answers} == {"Bo", "Cem", "Dee"}
    assert {one.refusals[-1].rule for one in answers} == {"room in the shift"}


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
def test_the_points_are_what_the_auditor_finds(asked: tuple[Problem, Roster]) -> None:
    problem, roster = asked
    paid = sum(price(problem, roster).values())
    for shift in problem.shifts:
        for one in why_not(problem, roster, shift.id):
            if one.points is not None:
                fuller = with_one_more(roster, shift, one.person)
                assert one.points == sum(price(problem, fuller).values()) - paid


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
