"""What a small change does is told from its neighbourhood, as the auditor tells it of the whole."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduling import audit
from scheduling.demand.counts import half_hours
from scheduling.problem import Pair, Pin, Problem, Team
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import added
from scheduling.telling.difference import CoverChange, cover_changes
from scheduling.telling.edits import Edit
from scheduling.telling.indexed import Indexed
from scheduling.telling.vicinity import MANY, Vicinity
from tests.scheduling import draw, make


@st.composite
def legal(draw_one: st.DrawFn) -> tuple[Problem, Roster]:
    """A small problem, and a roster that breaks none of its rules."""
    problem = draw_one(draw.problems(most_people=3))
    pins = draw_one(st.sampled_from(((), problem.pins)))
    pinned = tuple(dict.fromkeys(pins))
    roster = Roster(tuple(sorted(Assignment(pin.shift, pin.person) for pin in pinned)))
    problem = replace(problem, pins=pinned)
    for person in problem.people:
        for shift in problem.shifts:
            more = {*roster.assignments, Assignment(shift.id, person.id)}
            tried = Roster(tuple(sorted(more)))
            if draw_one(st.booleans()) and not audit.breaches(problem, tried):
                roster = tried
    return problem, roster


@st.composite
def edits(draw_one: st.DrawFn, problem: Problem, roster: Roster) -> Edit:
    """Anything that fits: shifts given and taken, pins set and let go."""
    pairs = [(person.id, shift.id) for person in problem.people for shift in problem.shifts]
    some = st.sets(st.sampled_from(pairs), max_size=2)
    there, pins = set(roster.assignments), set(problem.pins)
    toggled = [Assignment(shift, person) for person, shift in sorted(draw_one(some))]
    let_go = [Pin(*pair) for pair in sorted(draw_one(some))]
    return Edit(
        given=tuple(each for each in toggled if each not in there),
        taken=tuple(each for each in toggled if each in there),
        pinned=tuple(pin for pin in let_go if pin not in pins),
        unpinned=tuple(pin for pin in let_go if pin in pins),
    )


@given(legal(), st.data())
def test_the_auditor_finds_the_same_in_the_whole(
    made: tuple[Problem, Roster], data: st.DataObject
) -> None:
    # given: a legal roster and some edit of it
    problem, roster = made
    edit = data.draw(edits(problem, roster))
    became, after = edit.applied(problem, roster)
    broken = set(audit.breaches(became, after)) - set(audit.breaches(problem, roster))
    # when
    effect = Vicinity(Indexed(problem, roster)).effect(edit)
    # then: what is refused is refused by the whole, too, and what is not costs the same
    assert set(effect.breaches) <= broken
    assert bool(effect.breaches) == bool(broken)
    assert Vicinity(Indexed(problem, roster)).breaches(edit) == effect.breaches
    if not broken:
        prices = audit.price(problem, roster), audit.price(became, after)
        assert effect.points == added(*prices)
        assert _moments(effect.cover) == _moments(
            tuple(cover_changes(Staffing(problem, roster), Staffing(became, after)))
        )


@given(legal(), st.data())
def test_what_is_undone_is_as_it_was(made: tuple[Problem, Roster], data: st.DataObject) -> None:
    problem, roster = made
    edit = data.draw(edits(problem, roster))

    became, after = edit.applied(problem, roster)
    again, before = edit.undone.applied(became, after)

    assert edit.fits(Indexed(problem, roster))
    assert edit.undone.fits(Indexed(became, after))
    assert before == roster
    assert set(again.pins) == set(problem.pins)


def test_an_edit_names_whom_and_what_it_concerns_once() -> None:
    edit = Edit(given=(Assignment("mon", "Bo"),), taken=(Assignment("mon", "Ada"),))

    assert edit.people == ("Bo", "Ada")
    assert edit.shifts == ("mon",)


def test_an_edit_of_what_is_gone_fits_no_more() -> None:
    problem = make.problem([make.person("Ada")], [make.shift("mon", 8, 12)])

    assert not Edit(taken=(Assignment("mon", "Ada"),)).fits(Indexed(problem, make.roster()))
    assert not Edit(given=(Assignment("mon", "Ada"),)).fits(
        Indexed(problem, make.roster(("Ada", "mon")))
    )


def test_two_who_must_not_meet_are_kept_apart_by_what_is_promised_elsewhere_in_the_week() -> None:
    # given: Bo sits at the desk already, by another roster
    there = make.shift("other", 8, 12)
    people = [make.person("Ada"), make.person("Bo", history=[there])]
    problem = make.problem(people, [make.shift("mon", 10, 14)])
    problem = replace(problem, team=Team(pairs=(Pair("Ada", "Bo", together=False),)))
    # when
    effect = Vicinity(Indexed(problem, make.roster())).effect(
        Edit(given=(Assignment("mon", "Ada"),))
    )
    # then
    assert [breach.rule for breach in effect.breaches] == ["never together"]


def test_half_hours_of_two_shifts_that_meet_count_once() -> None:
    # given: Ada moves from one shift to another that overlaps it
    shifts = [make.shift("early", 8, 12), make.shift("late", 10, 14)]
    problem = make.problem([make.person("Ada")], shifts, [make.need(8, 14, 1)])
    moved = Edit(given=(Assignment("late", "Ada"),), taken=(Assignment("early", "Ada"),))
    # when
    effect = Vicinity(Indexed(problem, make.roster(("Ada", "early")))).effect(moved)
    # then: two hours open, two close, and nothing is costlier
    assert [(change.was, change.becomes) for change in effect.cover] == [(1, 0), (0, 1)]
    assert effect.points == {}


def test_many_questions_are_answered_like_the_first() -> None:
    shifts = [make.shift(f"shift {n}", 8 + 24 * n, 12 + 24 * n) for n in range(MANY + 2)]
    ada = make.person("Ada", most=make.limits(99, 999), available=[make.span(0, 24 * (MANY + 3))])
    problem = make.problem([ada], shifts, hours=24 * (MANY + 3))
    vicinity = Vicinity(Indexed(problem, make.roster()))
    edits = [Edit(given=(Assignment(shift.id, "Ada"),)) for shift in shifts]

    first = [vicinity.effect(edit) for edit in edits]

    assert [vicinity.effect(edit) for edit in edits] == first


def _moments(changes: tuple[CoverChange, ...]) -> set[object]:
    """The same whatever way the stretches are cut."""
    return {
        (change.desk, change.certificate, change.floor, change.was, change.becomes, at)
        for change in changes
        for at in half_hours(change.span)
    }
