"""What can be asked of whom, so that a gap closes?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling import audit
from scheduling.problem import (
    Cap,
    Limits,
    Need,
    Period,
    Person,
    Pin,
    Problem,
    Rest,
    Shift,
    ShiftKind,
    Standing,
    Unit,
)
from scheduling.repairing.candidates import candidates
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.repairing.easing import Easing
from scheduling.roster import Roster
from scheduling.rules import Staffing
from tests.scheduling import make

NIGHT = ShiftKind.NIGHT
TUE = make.shift("tue", 32, 36)


def found(problem: Problem, *posts: tuple[str, str]) -> list[Change]:
    """What is asked for the first gap."""
    roster = make.roster(*posts)
    gap = audit.gaps(problem, roster)[0]
    changes = list(candidates(Staffing(problem, roster), gap))
    for change in changes:
        there = change.applied(Staffing(problem, roster))
        assert not audit.breaches(there.problem, there.roster)
    return changes


def asked_for(
    person: Person, *posts: tuple[str, str], shifts: Iterable[Shift] = (), rest: Rest | None = None
) -> list[Change]:
    """What is asked of Ada alone, for Tuesday."""
    problem = make.problem([person], [TUE, *shifts], [make.need(32, 36)], rest=rest)
    return found(problem, *posts)


def test_who_is_free_is_asked() -> None:
    assert asked_for(make.person("Ada")) == [Change(ChangeKind.ASK, ("Ada",), TUE)]


def test_who_did_not_offer_the_time_is_asked_for_it() -> None:
    [change] = asked_for(make.person("Ada", available=[make.span(0, 33)]))
    offered = Easing("Ada", "availability", span=TUE.span)
    assert change == Change(ChangeKind.ASK, ("Ada",), TUE, eased=(offered,))


def test_who_cannot_come_for_two_reasons_is_not_asked() -> None:
    away = make.person("Ada", available=[make.span(0, 33)], most=make.limits(shifts=0))
    assert asked_for(away) == []


def test_who_sits_at_another_desk_is_not_asked() -> None:
    assert asked_for(make.person("Ada", desks=["suzhou"])) == []


MON = make.shift("mon", 8, 12)
MON_NIGHT = make.shift("mon night", 16, 24, NIGHT)


@pytest.mark.parametrize(
    ("limits", "rule", "was", "becomes"),
    [
        (make.limits(shifts=1), "most shifts a week", 1, 2),
        (make.limits(hours=7), "most hours a week", timedelta(hours=7), timedelta(hours=8)),
    ],
)
def test_who_has_given_all_they_agreed_to_is_asked_for_more(
    limits: Limits, rule: str, was: object, becomes: object
) -> None:
    change = asked_for(make.person("Ada", most=limits), ("Ada", "mon"), shifts=[MON])[0]
    assert change.kind is ChangeKind.RELAX
    assert [(e.rule, e.was, e.becomes) for e in change.eased] == [(rule, was, becomes)]


def test_the_limits_of_a_week_are_one_reason() -> None:
    night = make.shift("tue night", 40, 48, NIGHT)
    person = make.person("Ada", most=make.limits(1, 8, 1))
    problem = make.problem(
        [person],
        [MON_NIGHT, night],
        [make.need(40, 48)],
        rest=Rest(timedelta(0), timedelta(0), timedelta(0)),
    )
    [relaxed, *_] = found(problem, ("Ada", "mon night"))
    assert {e.rule: e.becomes for e in relaxed.eased} == {
        "most shifts a week": 2,
        "most hours a week": timedelta(hours=16),
        "most nights a week": 2,
    }


A_MONTH = Cap(Unit.SHIFTS, Period.MONTH, 1)
IN_FOUR_WEEKS = Cap(Unit.HALF_HOURS, Period.ROLLING, 15, days=28)


@pytest.mark.parametrize(
    ("cap", "was", "becomes", "most"),
    [
        (A_MONTH, 1, 2, 2),
        (IN_FOUR_WEEKS, timedelta(hours=7.5), timedelta(hours=8), 16),
        (Cap(Unit.HALF_HOURS, Period.WEEK, 8), timedelta(hours=4), timedelta(hours=8), 16),
    ],
)
def test_an_agreement_for_a_period_yields_by_what_the_shift_takes(
    cap: Cap, was: object, becomes: object, most: int
) -> None:
    # given: a second agreement, which leaves room and stays as it is
    roomy = Cap(Unit.NIGHTS, Period.MONTH, 2)
    ada = make.person("Ada", most=replace(make.limits(), caps=(roomy, cap)))
    # when
    [change] = [
        each
        for each in asked_for(ada, ("Ada", "mon"), shifts=[MON])
        if each.kind is ChangeKind.RELAX
    ]
    there = change.applied(Staffing(make.problem([ada], [MON, TUE]), make.roster(("Ada", "mon"))))
    # then
    [easing] = change.eased
    assert (easing.was, easing.becomes, easing.cap) == (was, becomes, cap)
    assert there.problem.people[0].limits.caps == (roomy, replace(cap, most=most))


def test_a_begun_half_hour_of_an_agreement_is_asked_for_whole() -> None:
    late = make.shift("mon", 8, 12, handover=0.25)
    ada = make.person("Ada", most=replace(make.limits(), caps=(IN_FOUR_WEEKS,)))
    relaxed = asked_for(ada, ("Ada", "mon"), shifts=[late])[0]
    there = relaxed.applied(Staffing(make.problem([ada], [late, TUE]), make.roster()))
    assert relaxed.eased[0].becomes == timedelta(hours=8, minutes=15)
    assert there.problem.people[0].limits.caps[0].most == 17


def test_all_agreements_for_periods_are_one_reason() -> None:
    ada = make.person("Ada", most=replace(make.limits(1), caps=(A_MONTH, IN_FOUR_WEEKS)))
    relaxed = asked_for(ada, ("Ada", "mon"), shifts=[MON])[0]
    assert {easing.cap: easing.becomes for easing in relaxed.eased} == {
        None: 2,
        A_MONTH: 2,
        IN_FOUR_WEEKS: timedelta(hours=8),
    }


def test_the_week_of_the_shift_alone_is_counted_when_a_limit_yields() -> None:
    # given: two weeks, of which the first has three shifts of Ada
    early = [make.shift(f"d{day}", 24 * day + 8, 24 * day + 12) for day in range(3)]
    last, next_one = (make.shift(f"d{day}", 24 * day + 8, 24 * day + 12) for day in (7, 8))
    ada = make.person("Ada", available=[make.span(0, 400)], most=make.limits(shifts=1))
    problem = make.problem([ada], [*early, last, next_one], [make.need(200, 204)], hours=336)
    # when
    [relaxed, *_] = found(problem, *(("Ada", each.id) for each in (*early[:1], last)))
    # then
    assert [(easing.was, easing.becomes) for easing in relaxed.eased] == [(1, 2)]


def days(*worked: int, most: Limits) -> list[Change]:
    """What is asked of Ada, who works on these days of the week, for Tuesday."""
    others = [make.shift(f"d{day}", 24 * day + 8, 24 * day + 12) for day in worked]
    ada = make.person("Ada", most=most)
    changes = asked_for(ada, *(("Ada", each.id) for each in others), shifts=others)
    return [change for change in changes if change.kind is ChangeKind.RELAX]


def test_one_day_more_running_is_asked_for_and_no_two() -> None:
    one = replace(make.limits(), days_running=1)
    [change] = days(0, most=one)
    assert [(e.rule, e.was, e.becomes) for e in change.eased] == [("days running", 1, 2)]
    assert days(0, 2, most=one) == []


def test_one_day_off_fewer_is_asked_for_but_never_the_last() -> None:
    [change] = days(0, most=replace(make.limits(), days_off=6))
    assert [(e.rule, e.was, e.becomes) for e in change.eased] == [("days off in a row", 6, 5)]
    assert days(0, 2, 3, 4, 5, 6, most=replace(make.limits(), days_off=1)) == []


def test_one_night_more_running_is_asked_for() -> None:
    night = make.shift("tue night", 40, 48, NIGHT)
    person = make.person("Ada", most=make.limits(nights_running=1))
    none = Rest(timedelta(0), timedelta(0), timedelta(0))
    problem = make.problem([person], [MON_NIGHT, night], [make.need(40, 48)], rest=none)
    [change, *_] = found(problem, ("Ada", "mon night"))
    assert [(e.rule, e.was, e.becomes) for e in change.eased] == [("nights running", 1, 2)]


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        (ShiftKind.DAY, Rest(timedelta(hours=10))),
        (ShiftKind.NIGHT, Rest(timedelta(0), after_night=timedelta(hours=10))),
        (
            ShiftKind.FULL_DAY,
            Rest(timedelta(0), timedelta(0), after_full_day=timedelta(hours=10)),
        ),
        (ShiftKind.STANDBY, Rest(timedelta(0), after_standby=timedelta(hours=10))),
    ],
)
def test_a_rest_yields_by_a_quarter_at_most(kind: ShiftKind, rest: Rest) -> None:
    # given: 8 h of 10 are left after the one, 7 after the other
    near, nearer = make.shift("near", 20, 24, kind), make.shift("nearer", 21, 25, kind)
    ada = make.person("Ada")
    # when
    [less, *_] = asked_for(ada, ("Ada", "near"), shifts=[near], rest=rest)
    too_little = asked_for(ada, ("Ada", "nearer"), shifts=[nearer], rest=rest)
    # then
    [easing] = less.eased
    ten, eight = timedelta(hours=10), timedelta(hours=8)
    assert (less.kind, easing.was, easing.becomes, easing.after) == (
        ChangeKind.RELAX,
        ten,
        eight,
        kind,
    )
    assert not any(change.kind is ChangeKind.RELAX for change in too_little)


def test_nobody_is_asked_to_rest_less_twice() -> None:
    before, after = make.shift("mon", 18, 22), make.shift("tue night", 46, 50)
    rest = Rest(timedelta(hours=11))
    posts = [("Ada", "mon"), ("Ada", "tue night")]
    changes = asked_for(make.person("Ada"), *posts, shifts=[before, after], rest=rest)
    assert not any(change.kind is ChangeKind.RELAX for change in changes)


def test_who_is_somewhere_else_is_moved_if_less_is_missing_then() -> None:
    # given: nobody needs Ada on Monday
    rest = Rest(timedelta(hours=30))
    # when
    [change] = asked_for(make.person("Ada"), ("Ada", "mon"), shifts=[MON], rest=rest)
    # then
    assert change == Change(ChangeKind.MOVE, ("Ada",), TUE, MON)


def test_nobody_is_moved_from_where_they_are_needed_more() -> None:
    needs = [make.need(7, 12), make.need(32, 36)]
    ada = make.person("Ada", most=make.limits(shifts=1, hours=4, nights=0))
    problem = make.problem([ada], [make.shift("mon", 7, 12), TUE], needs)
    gone = make.problem([ada], [make.shift("mon", 7, 12), TUE], needs[1:])
    assert [c.kind for c in found(problem, ("Ada", "mon"))] == [ChangeKind.RELAX]
    assert [c.kind for c in found(gone, ("Ada", "mon"))] == [ChangeKind.RELAX, ChangeKind.MOVE]


def test_a_pin_is_not_moved() -> None:
    ada = make.person("Ada", most=make.limits(shifts=1))
    problem = make.problem([ada], [MON, TUE], [make.need(32, 36)], [("Ada", "mon")])
    assert [change.kind for change in found(problem, ("Ada", "mon"))] == [ChangeKind.RELAX]


def test_a_full_shift_takes_nobody() -> None:
    full = replace(TUE, most=1)
    people = [make.person("Ada"), make.person("Bo")]
    problem = make.problem(people, [full], [make.need(32, 36, 2)])
    assert found(problem, ("Ada", "tue")) == []


@pytest.mark.parametrize(
    ("gap", "start", "end"),
    [
        (make.need(36, 40), 32, 37),
        (make.need(36, 36.5), 32, 36.5),
        (make.need(30, 32), 31, 36),
    ],
)
def test_who_is_next_to_the_gap_stays_or_comes_for_an_hour(
    gap: Need, start: float, end: float
) -> None:
    # given: two chairs, one of them Ada's
    shift = replace(TUE, most=2)
    problem = replace(make.problem([make.person("Ada")], [shift]), needs=(gap,))
    # when
    [change] = found(problem, ("Ada", "tue"))
    there = change.applied(Staffing(problem, make.roster(("Ada", "tue"))))
    # then
    assert (change.kind, change.leaves) == (ChangeKind.EXTEND, shift)
    assert change.takes
    assert change.takes.span == make.span(start, end)
    assert [(s.id == "tue", s.most) for s in there.problem.shifts] == [(True, 1), (False, 1)]
    assert there.roster == make.roster(("Ada", change.takes.id))


def test_a_longer_shift_breaks_no_rule() -> None:
    problem = make.problem(
        [make.person("Ada", available=[make.span(32, 36)])], [TUE], [make.need(36, 40)]
    )
    assert found(problem, ("Ada", "tue")) == []


def test_what_was_promised_moves_over_to_the_longer_shift() -> None:
    people = [make.person("Ada"), make.person("Bo")]
    problem = make.problem(people, [TUE], [make.need(36, 40)])
    problem = replace(problem, published=(Pin("Ada", "tue"), Pin("Bo", "tue")))
    roster = make.roster(("Ada", "tue"), ("Bo", "tue"))
    ada = found(problem, ("Ada", "tue"), ("Bo", "tue"))[0]
    there = ada.applied(Staffing(problem, roster))
    assert ada.takes
    assert there.problem.published == (Pin("Ada", ada.takes.id), Pin("Bo", "tue"))


def crisis(*people: Person, posts: Iterable[tuple[str, str]] = ()) -> list[Change]:
    problem = make.problem(people, [TUE], [make.need(32, 36, certificate="crisis")])
    return found(problem, *posts)


def test_who_sits_there_without_the_module_could_be_trained() -> None:
    trained = Easing("Ada", "valid certificates", about="crisis")
    assert crisis(make.person("Ada"), posts=[("Ada", "tue")]) == [
        Change(ChangeKind.TRAIN, ("Ada",), None, eased=(trained,))
    ]


def test_who_is_there_by_an_older_promise_could_be_trained() -> None:
    ada = make.person("Ada", most=make.limits(shifts=0), history=[make.shift("old", 32, 36)])
    assert [(c.kind, c.takes) for c in crisis(ada)] == [(ChangeKind.TRAIN, None)]


def test_who_could_come_with_the_module_could_be_trained() -> None:
    trained = Easing("Ada", "valid certificates", about="crisis")
    assert crisis(make.person("Ada")) == [Change(ChangeKind.TRAIN, ("Ada",), TUE, eased=(trained,))]


def test_a_trainee_counts_nowhere_and_is_not_sent_to_the_module() -> None:
    ada = replace(make.person("Ada", most=make.limits(shifts=0)), standing=Standing.TRAINEE)
    assert crisis(ada, posts=[]) == []
    old = replace(ada, history=(make.shift("old", 32, 36),))
    assert crisis(old) == []
    problem = make.problem([old], [TUE], [make.need(32, 36)])
    assert found(problem) == []


def test_a_holder_is_asked_and_not_trained() -> None:
    holder = make.person("Ada", certificates=[make.certificate("crisis")])
    assert [change.kind for change in crisis(holder)] == [ChangeKind.ASK]


def test_who_was_trained_counts_at_once_and_for_the_whole_week() -> None:
    problem = make.problem([make.person("Ada")], [TUE], [make.need(32, 36, certificate="crisis")])
    now = Staffing(problem, make.roster(("Ada", "tue")))
    trained = Easing("Ada", "valid certificates", about="crisis")
    there = Change(ChangeKind.TRAIN, ("Ada",), None, eased=(trained,)).applied(now)
    assert audit.gaps(there.problem, there.roster) == ()


def test_a_gap_that_no_shift_meets_has_no_cure() -> None:
    assert found(make.problem([make.person("Ada")], [MON], [make.need(32, 36)])) == []


def test_nothing_is_asked_that_closes_nothing() -> None:
    # given: the longer Monday would be Ada's, who has no module
    needs = [make.need(12, 14, certificate="crisis")]
    problem = make.problem([make.person("Ada")], [MON], needs)
    assert found(problem, ("Ada", "mon")) == []


def test_a_change_leaves_everybody_elses_week_alone() -> None:
    rest = make.roster(("Bo", "mon"), ("Ada", "mon"))
    problem = make.problem([make.person("Ada"), make.person("Bo")], [MON, TUE], [make.need(32, 36)])
    changes = list(candidates(Staffing(problem, rest), audit.gaps(problem, rest)[0]))
    assert changes
    for change in changes:
        there = change.applied(Staffing(problem, rest))
        others = [a for a in there.roster.assignments if a.person not in change.people]
        kept = [a for a in rest.assignments if a.person not in change.people]
        assert others == kept
        assert Roster(tuple(sorted(there.roster.assignments))) == there.roster
