"""Does everyone who is not in a shift learn why?"""

import pytest

from scheduling.explain import why_not
from scheduling.problem import Problem, ShiftKind
from tests.scheduling import make


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
