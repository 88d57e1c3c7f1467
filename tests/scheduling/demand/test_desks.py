"""Does each desk get the calls that no desk before it is open for, and people enough for them?"""

from datetime import timedelta

import pytest

from scheduling.demand.answered.busy import heads_when_busy
from scheduling.demand.answered.load import offered_load
from scheduling.demand.answered.through import Day, answered_through
from scheduling.demand.counts import HALF_HOUR, DemandError
from scheduling.demand.desks import Stream, asked_of_desks, unreached
from scheduling.demand.seats import Promise

DAY = 48
TALK = timedelta(minutes=30)
PROMISE = Promise(TALK, floor=0)
ALWAYS = (True,) * DAY
NEVER = (False,) * DAY
BY_DAY = tuple(16 <= step < 44 for step in range(DAY))  # 08:00 to 22:00


def calls(each: float) -> tuple[float, ...]:
    return (each,) * DAY


def test_a_desk_answers_all_its_lines_together() -> None:
    lines = [Stream(calls(0.5), 0.0, ("city",)), Stream(calls(1.0), 0.0, ("city",))]

    asked = asked_of_desks(lines, {"city": ALWAYS}, PROMISE, HALF_HOUR)["city"]

    assert asked.load == pytest.approx([1.5] * DAY)
    assert asked.people == (heads_when_busy(1.5, TALK, PROMISE.target, 0.0),) * DAY


def test_a_closed_desk_hands_its_callers_to_the_next_of_the_chain() -> None:
    # given: a city that closes at 22, a night desk behind it that is open then
    lines = [Stream(calls(1.0), 0.0, ("city", "night"))]
    by_night = tuple(not is_open for is_open in BY_DAY)

    asked = asked_of_desks(lines, {"city": BY_DAY, "night": by_night}, PROMISE, HALF_HOUR)

    # then: people where a desk is open, and only there; all calls are somebody's
    assert [people > 0 for people in asked["city"].people] == list(BY_DAY)
    assert [people > 0 for people in asked["night"].people] == list(by_night)
    loads = zip(asked["city"].load, asked["night"].load, strict=True)
    assert [sum(pair) for pair in loads] == pytest.approx([1.0] * DAY)


def test_a_conversation_ends_where_it_began_and_the_next_desk_fills_up_from_nothing() -> None:
    lines = [Stream(calls(1.0), 0.0, ("city", "night"))]
    by_night = tuple(not is_open for is_open in BY_DAY)

    night = asked_of_desks(lines, {"city": BY_DAY, "night": by_night}, PROMISE, HALF_HOUR)["night"]

    assert night.load[44] < 0.5 < night.load[45] < night.load[47] < 1.0


def test_an_open_desk_keeps_its_callers_whatever_stands_behind_it() -> None:
    lines = [Stream(calls(1.0), 0.0, ("city", "province")), Stream(calls(2.0), 0.0, ("province",))]

    asked = asked_of_desks(lines, {"city": ALWAYS, "province": ALWAYS}, PROMISE, HALF_HOUR)

    assert asked["province"].load == pytest.approx([2.0] * DAY)


def test_a_desk_that_no_line_names_is_asked_for_nobody() -> None:
    asked = asked_of_desks([], {"spare": ALWAYS}, PROMISE, HALF_HOUR)["spare"]
    assert (set(asked.load), set(asked.people)) == ({0.0}, {0})


def test_without_calls_nobody_is_asked_for() -> None:
    lines = [Stream(calls(0.0), 0.5, ("city",))]
    assert set(asked_of_desks(lines, {"city": ALWAYS}, PROMISE, HALF_HOUR)["city"].people) == {0}


def test_busy_lines_make_a_desk_as_busy_as_their_load_is() -> None:
    lines = [Stream(calls(6.0), 0.0, ("city",)), Stream(calls(2.0), 0.8, ("city",))]

    asked = asked_of_desks(lines, {"city": ALWAYS}, PROMISE, HALF_HOUR)["city"]

    assert asked.people[0] == heads_when_busy(8.0, TALK, PROMISE.target, 0.2)
    assert asked.people[0] > heads_when_busy(8.0, TALK, PROMISE.target, 0.0)


def test_the_people_asked_for_keep_the_promise_through_an_evening_peak() -> None:
    # given: long calls, and an evening of 2.6 times the usual, where hour by hour falls to 0.74
    evening = tuple(2.6 if 36 <= step < 44 else 0.7 for step in range(DAY))
    six_an_hour = tuple(3.0 * one * DAY / sum(evening) for one in evening)
    talk = timedelta(minutes=40)
    lines = [Stream(six_an_hour, 0.0, ("city",))]

    people = asked_of_desks(lines, {"city": ALWAYS}, Promise(talk, floor=0), HALF_HOUR)["city"]

    shares = answered_through(
        Day(six_an_hour, people.people, HALF_HOUR, talk), PROMISE.target.within
    )
    assert min(shares) >= 0.88
    assert people.load == offered_load(six_an_hour, HALF_HOUR, talk)


def test_calls_that_find_every_desk_closed_are_told_apart() -> None:
    line = Stream(calls(1.0), 0.0, ("city", "night"))
    assert sum(unreached(line, {"city": BY_DAY, "night": NEVER})) == 20.0
    assert sum(unreached(line, {"city": BY_DAY, "night": ALWAYS})) == 0.0


def test_desks_and_lines_of_different_length_are_refused() -> None:
    with pytest.raises(DemandError, match="open or closed in each step"):
        asked_of_desks([Stream(calls(1.0), 0.0, ("city",))], {"city": (True,)}, PROMISE, HALF_HOUR)
