"""Who stands beside whom: does each rule hold exactly at its limit, on both faces?"""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from scheduling import audit
from scheduling.bounds.rows import cover_rows, team_rows
from scheduling.explain import why_not
from scheduling.problem import Pair, Person, Problem, Shift, ShiftKind, Standing, Team
from scheduling.roster import Status
from scheduling.solve import build_roster
from tests.scheduling import make

FULL, MENTOR = Standing.FULL, Standing.MENTOR
NEWCOMER, TRAINEE = Standing.NEWCOMER, Standing.TRAINEE
STANDBY = ShiftKind.STANDBY
MON = make.shift("mon", 8, 12)
BOTH = ("nanjing", "suzhou")


def people(standings: Iterable[Standing]) -> list[Person]:
    """Ada, Bo, Cem and Dee, as far as there are standings for them."""
    names = zip(("Ada", "Bo", "Cem", "Dee"), standings, strict=False)
    return [replace(make.person(name, desks=BOTH), standing=one) for name, one in names]


def asked(
    standings: Iterable[Standing],
    team: Team,
    shifts: Iterable[Shift] = (MON,),
    pins: Iterable[tuple[str, str]] = (),
) -> Problem:
    return replace(make.problem(people(standings), shifts, pins=pins), team=team)


def allowed(problem: Problem, *posts: tuple[str, str]) -> bool:
    """Whether search and auditor both let these people take these shifts."""
    persons = {person.id: person for person in problem.people}
    shifts = {shift.id: shift for shift in problem.shifts}
    searched = all(
        row.most is None
        or sum(row.heads(persons[w], shifts[s]) for w, s in posts if s in row.shifts) <= row.most
        for row in team_rows(problem)
    )
    found = audit.breaches(problem, make.roster(*posts))
    assert searched == (not found), f"search and auditor disagree: {found}"
    return searched


def all_on_monday(problem: Problem) -> list[tuple[str, str]]:
    return [(person.id, "mon") for person in problem.people]


# newcomers


@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False), (0, False), (None, True)])
def test_newcomers_and_trainees_are_counted_to_the_limit(most: int | None, fits: bool) -> None:
    problem = asked((FULL, NEWCOMER, TRAINEE, MENTOR), Team(newcomers_a_shift=most))
    assert allowed(problem, *all_on_monday(problem)) is fits


@pytest.mark.parametrize(
    ("standings", "each", "fits"),
    [
        ((NEWCOMER, MENTOR), 1, True),
        ((NEWCOMER, TRAINEE, MENTOR), 1, False),
        ((NEWCOMER, TRAINEE, MENTOR), 2, True),
        ((NEWCOMER, TRAINEE, MENTOR, MENTOR), 1, True),
        ((NEWCOMER, FULL), 1, False),
        ((NEWCOMER, MENTOR), 0, False),
        ((FULL, FULL), 0, True),
        ((NEWCOMER, FULL), None, True),
    ],
)
def test_each_mentor_looks_after_so_many(
    standings: tuple[Standing, ...], each: int | None, fits: bool
) -> None:
    problem = asked(standings, Team(newcomers_a_mentor=each))
    assert allowed(problem, *all_on_monday(problem)) is fits


def test_a_mentor_in_another_shift_is_not_beside_anybody() -> None:
    shifts = (MON, make.shift("mon late", 8, 16))
    problem = asked((NEWCOMER, MENTOR), Team(newcomers_a_mentor=1), shifts)
    assert not allowed(problem, ("Ada", "mon"), ("Bo", "mon late"))


def test_pinned_newcomers_may_be_too_many_but_no_other_joins_them() -> None:
    # given
    pins = (("Ada", "mon"), ("Bo", "mon"), ("Bo", "mon"))
    team = Team(newcomers_a_shift=1, newcomers_a_mentor=1)
    problem = asked((NEWCOMER, NEWCOMER, NEWCOMER, MENTOR), team, pins=pins)
    # then: a mentor who comes looks after one of them, which is no room for another
    assert allowed(problem, ("Ada", "mon"), ("Bo", "mon"))
    assert allowed(problem, ("Ada", "mon"), ("Bo", "mon"), ("Dee", "mon"))
    assert not allowed(problem, ("Ada", "mon"), ("Bo", "mon"), ("Cem", "mon"))
    assert not allowed(problem, *all_on_monday(problem))


# pairs


NEVER, ALWAYS = (Team(pairs=(Pair("Ada", "Bo", together),)) for together in (False, True))


@pytest.mark.parametrize(
    ("start", "desk", "fits"),
    [(8, "nanjing", False), (11.5, "nanjing", False), (12, "nanjing", True), (8, "suzhou", True)],
)
def test_two_who_must_not_meet_share_no_instant_at_a_desk(
    start: float, desk: str, fits: bool
) -> None:
    other = make.shift("other", start, 16, desk=desk)
    problem = asked((FULL, FULL, FULL), NEVER, (MON, other))
    assert allowed(problem, ("Ada", "mon"), ("Bo", "other")) is fits
    assert allowed(problem, ("Bo", "mon"), ("Ada", "other")) is fits
    assert allowed(problem, ("Ada", "mon"), ("Cem", "other"))


def test_two_who_must_not_meet_take_no_shift_together() -> None:
    problem = asked((FULL, FULL, FULL), NEVER)
    assert not allowed(problem, ("Ada", "mon"), ("Bo", "mon"))
    assert allowed(problem, ("Bo", "mon"), ("Cem", "mon"))


@pytest.mark.parametrize(("end", "fits"), [(8, True), (8.5, False)])
def test_what_is_promised_already_keeps_the_other_away(end: float, fits: bool) -> None:
    # given
    problem = asked((FULL, FULL, FULL), NEVER)
    ada, *others = problem.people
    promised = replace(ada, history=(make.shift("sunday night", -2, end),))
    problem = replace(problem, people=(promised, *others))
    # then
    assert allowed(problem, ("Bo", "mon")) is fits
    assert allowed(problem, ("Cem", "mon"))


def test_two_promises_that_meet_are_nobodys_breach() -> None:
    # given
    problem = asked((FULL, FULL, FULL), NEVER)
    promised = (make.shift("sunday night", -2, 10),)
    met = [replace(person, history=promised) for person in problem.people[:2]]
    problem = replace(problem, people=(*met, *problem.people[2:]))
    # then
    assert allowed(problem, ("Cem", "mon"))


@pytest.mark.parametrize(
    ("pins", "fits"),
    [((("Ada", "mon"), ("Bo", "mon")), True), ((("Ada", "mon"),), False)],
)
def test_only_pins_bring_two_together_who_must_not_meet(
    pins: tuple[tuple[str, str], ...], fits: bool
) -> None:
    problem = asked((FULL, FULL), NEVER, pins=pins)
    assert allowed(problem, ("Ada", "mon"), ("Bo", "mon")) is fits


@pytest.mark.parametrize(
    ("posts", "fits"),
    [(("Ada",), False), (("Bo",), False), (("Ada", "Bo"), True), (("Cem",), True), ((), True)],
)
def test_two_who_come_only_together_take_the_same_shifts(
    posts: tuple[str, ...], fits: bool
) -> None:
    problem = asked((FULL, FULL, FULL), ALWAYS)
    assert allowed(problem, *((name, "mon") for name in posts)) is fits


def test_two_who_come_only_together_keep_nobody_out_of_other_desks() -> None:
    shifts = (MON, make.shift("elsewhere", 8, 12, desk="yangzhou"))
    problem = asked((FULL, FULL, FULL), ALWAYS, shifts)
    ada, bo, cem = problem.people
    problem = replace(problem, people=(ada, bo, replace(cem, desks=frozenset({"yangzhou"}))))
    assert allowed(problem, ("Cem", "elsewhere"))


def test_whoever_is_pinned_alone_may_be_alone_there_and_nowhere_else() -> None:
    shifts = (MON, make.shift("wed", 56, 60))
    problem = asked((FULL, FULL), ALWAYS, shifts, pins=[("Ada", "mon")])
    assert allowed(problem, ("Ada", "mon"))
    assert allowed(problem, ("Ada", "mon"), ("Bo", "mon"))
    assert not allowed(problem, ("Ada", "mon"), ("Ada", "wed"))


def test_the_search_finds_two_who_come_only_together_and_the_mentor_for_a_newcomer() -> None:
    # given: neither of the two helps alone, and neither does the newcomer
    team = Team(newcomers_a_mentor=1, pairs=(Pair("Ada", "Bo", together=True),))
    problem = asked((NEWCOMER, FULL, MENTOR), team)
    problem = replace(problem, needs=(make.need(8, 12, 3),))
    # when
    result = build_roster(problem)
    # then
    assert {given.person for given in result.roster.assignments} == {"Ada", "Bo", "Cem"}
    assert (result.status, result.gaps) == (Status.OPTIMAL, ())


# heads: trainees, standby, handover, several certificates


def below_floor(problem: Problem, *posts: tuple[str, str]) -> int:
    """Half hours of a missing head, as search and auditor both count them."""
    persons = {person.id: person for person in problem.people}
    shifts = {shift.id: shift for shift in problem.shifts}
    searched = 0
    for row in cover_rows(problem):
        heads = sum(row.heads(persons[w], shifts[s]) for w, s in posts if s in row.shifts)
        searched += row.price(heads)[0]
    paid = audit.price(problem, make.roster(*posts))
    assert searched == paid["below floor"] + paid["below certified floor"]
    return searched // problem.prices.below_floor


def test_a_trainee_is_no_head_for_any_need_but_takes_a_chair() -> None:
    # given
    crisis = [make.certificate("crisis")]
    ada = replace(make.person("Ada", certificates=crisis), standing=TRAINEE)
    bo = replace(make.person("Bo", certificates=crisis), standing=NEWCOMER)
    needs = [make.need(8, 12), make.need(8, 12, certificate="crisis")]
    problem = make.problem([ada, bo], [make.shift("mon", 8, 12, most=1)], needs)
    # then
    assert below_floor(problem, ("Ada", "mon")) == 16
    assert below_floor(problem, ("Bo", "mon")) == 0
    assert not allowed(problem, ("Ada", "mon"), ("Bo", "mon"))


def test_a_trainee_who_promised_to_come_is_no_head_either() -> None:
    trainee = replace(make.person("Ada", history=[make.shift("late", -2, 8)]), standing=TRAINEE)
    problem = make.problem([trainee], [MON], [make.need(0, 8)])
    assert below_floor(problem) == 16


def test_standby_counts_where_standby_is_asked_and_nowhere_else() -> None:
    # given
    home = make.shift("mon standby", 8, 12, STANDBY)
    elsewhere = make.shift("suzhou standby", 8, 12, STANDBY, desk="suzhou")
    needs = [make.need(8, 12), replace(make.need(8, 12), standby=True)]
    shifts = (MON, home, elsewhere)
    problem = replace(asked((FULL, FULL), Team(), shifts), needs=tuple(needs))
    # then
    assert below_floor(problem, ("Ada", "mon standby")) == 8
    assert below_floor(problem, ("Ada", "mon")) == 8
    assert below_floor(problem, ("Ada", "mon"), ("Bo", "suzhou standby")) == 8
    assert below_floor(problem, ("Ada", "mon"), ("Bo", "mon standby")) == 0
    assert build_roster(problem).gaps == ()


def test_promised_standby_covers_standby_only() -> None:
    promised = make.shift("sunday standby", -2, 8, STANDBY)
    needs = [make.need(0, 8), replace(make.need(0, 8), standby=True)]
    problem = make.problem([make.person("Ada", history=[promised])], [], needs)
    assert below_floor(problem) == 16


def test_who_hands_over_is_no_head_any_more() -> None:
    shift = replace(MON, handover=make.at(0.5) - make.MONDAY)
    problem = make.problem([make.person("Ada")], [shift], [make.need(8, 13)])
    assert below_floor(problem, ("Ada", "mon")) == 2


def test_a_lead_in_every_shift_and_a_crisis_holder_at_night_are_two_certified_floors() -> None:
    # given: Ada leads, Bo knows crises, Cem does both, Dee neither
    lead, crisis = make.certificate("lead"), make.certificate("crisis")
    held = {"Ada": [lead], "Bo": [crisis], "Cem": [lead, crisis], "Dee": []}
    night = make.shift("mon night", 22, 32, ShiftKind.NIGHT)
    needs = [
        make.need(8, 32, certificate="lead"),
        make.need(22, 32, certificate="crisis"),
        make.need(22, 32, 2),
    ]
    team = [make.person(name, certificates=certificates) for name, certificates in held.items()]
    problem = make.problem(team, [make.shift("mon", 8, 22), night], needs)
    # then
    day = ("Ada", "mon")
    assert below_floor(problem, day, ("Dee", "mon night"), ("Bo", "mon night")) == 20
    assert below_floor(problem, day, ("Dee", "mon night"), ("Cem", "mon night")) == 0
    assert below_floor(problem, ("Bo", "mon"), ("Cem", "mon night"), ("Dee", "mon night")) == 28
    assert build_roster(problem).gaps == ()


# why somebody is not there


def told(problem: Problem, name: str, *posts: tuple[str, str]) -> list[tuple[str, str | None]]:
    """What keeps somebody out of Monday's shift, and whom it names."""
    answers = {one.person: one for one in why_not(problem, make.roster(*posts), "mon")}
    return [(refusal.sentence, refusal.about) for refusal in answers[name].refusals]


def test_a_newcomer_is_told_of_the_mentor_who_is_missing() -> None:
    problem = asked((NEWCOMER, MENTOR, FULL), Team(newcomers_a_mentor=1))
    words = "may sit there only beside a mentor, who looks after 1 at most"
    assert told(problem, "Ada", ("Cem", "mon")) == [(words, None)]
    assert told(problem, "Ada", ("Bo", "mon")) == []
    assert told(problem, "Cem") == []


def test_a_newcomer_is_told_that_others_are_learning_there() -> None:
    problem = asked((NEWCOMER, TRAINEE, FULL), Team(newcomers_a_shift=1))
    words = "finds as many newcomers in the shift as may be there, 1"
    assert told(problem, "Ada", ("Bo", "mon")) == [(words, None)]
    assert told(problem, "Ada", ("Cem", "mon")) == []


def test_two_who_must_not_meet_are_told_of_each_other() -> None:
    problem = asked((FULL, FULL), NEVER)
    assert told(problem, "Ada", ("Bo", "mon")) == [("never sits together with Bo", "Bo")]
    assert told(problem, "Bo", ("Ada", "mon")) == [("never sits together with Ada", "Ada")]


def test_nobody_is_told_of_somebody_who_is_not_there() -> None:
    # given: Ada's own shift overlaps the one she is asked about
    problem = asked((FULL, FULL), NEVER, (MON, make.shift("other", 10, 14)))
    # when
    words = [words for words, _ in told(problem, "Ada", ("Ada", "other"))]
    # then
    assert words
    assert not any("Bo" in each for each in words)


def test_two_who_come_only_together_are_told_of_each_other() -> None:
    problem = asked((FULL, FULL), ALWAYS)
    assert told(problem, "Ada") == [("comes only together with Bo", "Bo")]
    assert told(problem, "Ada", ("Bo", "mon")) == []
