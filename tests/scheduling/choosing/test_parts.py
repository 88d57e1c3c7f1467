"""Do desks that have nothing in common fall apart, and come together again exactly?"""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import audit
from scheduling.choosing.parts import join, split
from scheduling.problem import Limits, Need, Pair, Person, Pin, Problem, Shift, ShiftKind, Team
from scheduling.roster import Result, Status
from scheduling.solve import build_roster
from tests.scheduling import draw, make

ADA = make.person("Ada")
BO = make.person("Bo", desks=["suzhou"])
HERE = make.shift("mon", 8, 12)
THERE = make.shift("tue", 32, 36, desk="suzhou")
TWO = make.problem([ADA, BO], [HERE, THERE], [make.need(8, 12), make.need(32, 36, desk="suzhou")])


def desks(problem: Problem) -> list[set[str]]:
    return [{shift.desk for shift in part.shifts} for part in split(problem)]


@st.composite
def apart(draw_one: st.DrawFn) -> Problem:
    """A problem whose people sit at one desk each: it often falls apart."""
    problem = draw_one(draw.problems(most_people=3, most_shifts=5))
    desk = st.sampled_from([frozenset({name}) for name in draw.DESKS])
    people = tuple(replace(person, desks=draw_one(desk)) for person in problem.people)
    return replace(problem, people=people)


def test_two_desks_without_a_common_person_fall_apart() -> None:
    one, other = split(TWO)

    here = make.problem([ADA], [HERE], [make.need(8, 12)])
    there = make.problem([BO], [THERE], [make.need(32, 36, desk="suzhou")])
    assert (one, other) == (replace(here, days=TWO.dates), replace(there, days=TWO.dates))


@pytest.mark.parametrize(
    "linked",
    [
        replace(TWO, people=(ADA, BO, make.person("Cem", desks=["nanjing", "suzhou"]))),
        replace(TWO, pins=(Pin("Ada", "tue"),)),
        replace(TWO, published=(Pin("Ada", "tue"),)),
        replace(TWO, team=Team(pairs=(Pair("Ada", "Bo", together=False),))),
        replace(TWO, people=(replace(ADA, history=(make.shift("now", 2, 6, desk="suzhou"),)), BO)),
    ],
    ids=["a person of both", "a pin", "a promise", "a pair", "heads promised to the other desk"],
)
def test_what_links_two_desks_keeps_them_together(linked: Problem) -> None:
    assert split(linked) == (linked,)


def test_work_of_last_week_at_the_other_desk_goes_along_and_links_nothing() -> None:
    night = make.shift("sun", -8, -1, ShiftKind.NIGHT, desk="suzhou")
    ada = replace(ADA, history=(night,))

    one, _ = split(replace(TWO, people=(ada, BO)))

    assert one.people == (ada,)


def test_whoever_and_whatever_belongs_nowhere_goes_with_the_first_part() -> None:
    eve = make.person("Eve", desks=["wuxi"])
    lonely = make.need(8, 12, desk="xuzhou")
    gone = Pin("Dee", "never")
    problem = replace(
        TWO,
        people=(eve, *TWO.people),
        needs=(lonely, *TWO.needs),
        published=(gone, Pin("Bo", "tue")),
        team=Team(pairs=(Pair("Eve", "Dee", together=True),)),
    )

    one, other = split(problem)

    assert (one.people, one.needs) == ((eve, ADA), (lonely, make.need(8, 12)))
    assert (one.published, other.published) == ((gone,), (Pin("Bo", "tue"),))
    assert (one.team, other.team) == (problem.team, Team())


def test_desks_without_anybody_are_not_parts_of_their_own() -> None:
    assert split(replace(TWO, people=(ADA,))) == (replace(TWO, people=(ADA,)),)


@given(apart())
def test_the_parts_hold_everything_once(problem: Problem) -> None:
    parts = split(problem)

    for name in ("people", "shifts", "needs", "pins"):
        held = [each for part in parts for each in getattr(part, name)]
        assert sorted(held, key=repr) == sorted(getattr(problem, name), key=repr)


@given(apart())
def test_the_parts_together_are_as_good_as_the_whole(problem: Problem) -> None:
    whole = build_roster(problem)

    joined = join(problem, [build_roster(part) for part in split(problem)], 1.5)

    assert joined.status is whole.status
    if whole.status is Status.OPTIMAL:
        assert joined.levels == whole.levels
        assert (joined.price, joined.bound) == (whole.price, whole.bound)
        assert audit.breaches(problem, joined.roster) == ()
    else:
        assert set(joined.breaches) == set(whole.breaches)
    assert joined.price_by_wish == audit.price(problem, joined.roster)
    assert joined.gaps == audit.gaps(problem, joined.roster)
    assert joined.seconds == 1.5


def test_a_joined_result_counts_the_weeks_of_all_parts_and_is_as_proven_as_the_least() -> None:
    one, other = (build_roster(part) for part in split(TWO))

    joined = join(TWO, [one, replace(other, status=Status.FEASIBLE)], 1.0)

    assert joined.patterns == one.patterns + other.patterns == 4
    assert joined.status is Status.FEASIBLE
    assert joined.roster == make.roster(("Ada", "mon"), ("Bo", "tue"))


KNOWN = {
    Problem: "horizon people shifts needs pins rest prices team weights published days",
    Person: "id desks certificates available limits preferred unwanted history nights_before "
    "weekends_before full_days_before load_before standing absent exempt rest",
    Shift: "id desk kind span certificates weekend most day handover",
    Need: "desk span floor target certificate standby",
    Team: "newcomers_a_shift newcomers_a_mentor pairs",
    Limits: "shifts hours nights nights_running days_running days_off least_days_running "
    "least_nights_running caps",
    Result: "status roster price bound price_by_wish gaps breaches seconds patterns levels",
}


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_every_field_was_thought_of_when_splitting_and_joining(kind: type) -> None:
    """A new field may link two desks (`split`), or add up (`join`): decide, then name it here."""
    assert [field.name for field in fields(kind)] == KNOWN[kind].split()
