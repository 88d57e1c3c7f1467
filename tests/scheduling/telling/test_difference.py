"""Who gains, who loses and whose rest shrinks when one roster replaces another."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.problem import Need, ShiftKind
from scheduling.roster import Assignment
from scheduling.rules import Staffing
from scheduling.telling.costs import Shortfall
from scheduling.telling.difference import CoverChange, ShorterRest, difference, shortest_rest
from tests.scheduling import make
from tests.scheduling.telling.test_costs import staffings

MON, TUE, WED = (
    make.shift(name, start, start + 4) for name, start in (("mon", 8), ("tue", 32), ("wed", 56))
)
BEFORE = make.shift("sun night", -10, -2, ShiftKind.NIGHT)


def staffed(*posts: tuple[str, str], needs: tuple[Need, ...] = ()) -> Staffing:
    people = [make.person("Ada", history=[BEFORE]), make.person("Bo")]
    return Staffing(make.problem(people, [MON, TUE, WED], needs), make.roster(*posts))


def test_it_names_who_gained_and_who_lost_a_shift() -> None:
    told = difference(staffed(("Ada", "mon"), ("Bo", "tue")), staffed(("Bo", "mon"), ("Bo", "tue")))
    assert told.gained == (Assignment("mon", "Bo"),)
    assert told.lost == (Assignment("mon", "Ada"),)
    assert told.points[0].keys() == told.points[1].keys()


def test_who_has_two_shifts_nearer_to_each_other_rests_less() -> None:
    told = difference(staffed(("Bo", "mon"), ("Bo", "wed")), staffed(("Bo", "mon"), ("Bo", "tue")))
    assert told.shorter_rests == (ShorterRest("Bo", TUE, timedelta(hours=44), timedelta(hours=20)),)


def test_a_second_shift_is_a_rest_where_there_was_none() -> None:
    told = difference(staffed(("Bo", "mon")), staffed(("Bo", "mon"), ("Bo", "wed")))
    assert told.shorter_rests == (ShorterRest("Bo", WED, None, timedelta(hours=44)),)


def test_the_rest_after_what_was_worked_before_the_week_counts() -> None:
    ada = staffed().problem.people[0]
    assert shortest_rest(staffed(("Ada", "mon")), ada) == (timedelta(hours=10), MON)


def test_a_rest_begins_after_the_handover() -> None:
    monday = replace(MON, handover=timedelta(hours=1))
    bo = make.person("Bo")
    problem = make.problem([bo], [monday, TUE])
    staffing = Staffing(problem, make.roster(("Bo", "mon"), ("Bo", "tue")))
    assert shortest_rest(staffing, bo) == (timedelta(hours=19), TUE)


def test_what_lies_wholly_before_the_week_is_nobodys_doing() -> None:
    assert shortest_rest(staffed(), staffed().problem.people[0]) is None


def test_who_rests_longer_is_not_told() -> None:
    told = difference(staffed(("Bo", "mon"), ("Bo", "tue")), staffed(("Bo", "mon"), ("Bo", "wed")))
    assert told.shorter_rests == ()


def test_gaps_that_open_and_close_are_told_by_their_stretch() -> None:
    needs = (make.need(8, 10, 1, 2), make.need(32, 36, 1))
    told = difference(staffed(("Bo", "mon"), needs=needs), staffed(("Bo", "tue"), needs=needs))
    opened, closed = told.cover
    assert opened == CoverChange("nanjing", make.span(8, 10), None, 1, 2, 1, 0)
    assert closed == CoverChange("nanjing", make.span(32, 36), None, 1, 1, 0, 1)
    assert (opened.opens, closed.opens) == (True, False)
    assert told.missing == (Shortfall(8, 4), Shortfall(4, 4))


def test_a_head_beyond_the_target_opens_and_closes_nothing() -> None:
    needs = (make.need(8, 12),)
    one, two = (("Ada", "mon"),), (("Ada", "mon"), ("Bo", "mon"))
    assert difference(staffed(*one, needs=needs), staffed(*two, needs=needs)).cover == ()


@given(staffings(), st.data())
@settings(max_examples=30)
def test_the_cover_told_is_the_whole_difference_in_missing_heads(
    before: Staffing, data: st.DataObject
) -> None:
    # given
    pairs = [(p.id, s.id) for p in before.problem.people for s in before.problem.shifts]
    posts = data.draw(st.sets(st.sampled_from(pairs), max_size=4))
    after = Staffing(before.problem, make.roster(*posts))
    # when
    told = difference(before, after)
    # then
    assert sum(map(fewer_missing, told.cover)) == sum(
        old - new
        for old, new in zip(*((each.floor, each.target) for each in told.missing), strict=True)
    )
    assert set(before.roster.assignments) - set(told.lost) | set(told.gained) == set(
        after.roster.assignments
    )


def fewer_missing(change: CoverChange) -> int:
    """Half hours of a head missing before and not now."""
    halves = change.span.length // timedelta(minutes=30)
    was, becomes = (max(0, change.target - heads) for heads in (change.was, change.becomes))
    return halves * (was - becomes)
