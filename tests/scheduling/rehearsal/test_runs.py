"""Many runs side by side: figures with bounds, and what a change of the roster spares."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from scheduling.problem import Span
from scheduling.rehearsal.callers import Habits, Rates, RehearsalError, TalkLaw
from scheduling.rehearsal.runs import Cast, Change, Trials, rehearse
from scheduling.rehearsal.stage import Post, Stage, Ways
from tests.scheduling.rehearsal import desk
from tests.scheduling.rehearsal.desk import FirstFree, post

HOUR = timedelta(hours=1)
RATES = Rates(desk.MONDAY, {"help": [2.0] * 8 + [0.0] * 8})  # 4 calls an hour for 4 hours of 8
HABITS = Habits(timedelta(minutes=20), timedelta(minutes=3), TalkLaw.EXPONENTIAL)
TRIALS = Trials(RATES, HABITS, runs=40)


def cast(*posts: Post, ways: Ways | None = None) -> Cast:
    where = desk.stage(*posts, ways=ways, hours=8)
    return Cast(where, FirstFree)


def test_the_figures_of_all_hours_are_those_of_its_hours_together() -> None:
    played = rehearse(cast(post("ada"), post("bo")), TRIALS)

    whole = played.figures()
    hours = [played.figures(["help"], [number]) for number in range(len(played.hours))]
    assert sum(hour.calls.value for hour in hours) == pytest.approx(whole.calls.value)
    assert sum(hour.late.value for hour in hours) == pytest.approx(whole.late.value)
    assert whole.calls.value == pytest.approx(16, rel=0.1)
    assert whole.in_time
    assert whole.abandoned
    assert whole.exits
    assert whole.wait
    assert whole.occupancy
    assert whole.in_time.low < whole.in_time.value < whole.in_time.high
    assert whole.late.value == pytest.approx(whole.calls.value * (1 - whole.in_time.value))
    assert whole.unanswered.value == pytest.approx(whole.calls.value * whole.abandoned.value)
    assert whole.exits.value == 0
    assert whole.wait.value > 0
    assert 0 < whole.occupancy.value < 1
    assert played.runs == 40
    assert played.hours[1] - played.hours[0] == HOUR


def test_where_nothing_comes_and_nobody_is_there_is_nothing_to_divide() -> None:
    quiet = rehearse(cast(), TRIALS).figures(["help"], [6])

    assert (quiet.calls.value, quiet.late.value, quiet.unanswered.value) == (0, 0, 0)
    assert quiet.in_time is quiet.abandoned is quiet.exits is quiet.wait is quiet.occupancy is None


def test_occupancy_is_of_those_who_are_on_duty() -> None:
    elsewhere = Post("cem", "other", Span(desk.MONDAY, desk.at(4 * 3600)))
    standby = replace(post("bo", 3600, 7200), standby=True)
    half = rehearse(cast(post("ada", 0, 3600), elsewhere, standby), TRIALS)

    assert half.staffed.sum() == 1
    ada = half.figures(hours=[0]).occupancy
    assert ada
    assert 0 < ada.value <= 1
    assert half.figures(hours=[1]).occupancy is None


def test_two_lines_share_their_desk_and_are_told_apart() -> None:
    where = replace(cast(post("ada")).stage, lines={"help": ("day",), "more": ("day",)})
    rates = Rates(desk.MONDAY, {"help": [4.0] * 8, "more": [1.0] * 8})

    played = rehearse(Cast(where, FirstFree), replace(TRIALS, rates=rates))

    helped, more = played.figures(["help"]), played.figures(["more"])
    assert helped.calls.value > 3 * more.calls.value > 0
    assert helped.occupancy == more.occupancy == played.figures().occupancy


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    first = rehearse(cast(post("ada")), TRIALS)

    assert np.array_equal(first.counts, rehearse(cast(post("ada")), TRIALS).counts)
    other = rehearse(cast(post("ada")), replace(TRIALS, seed=2))
    assert not np.array_equal(first.counts, other.counts)


def test_a_gap_costs_what_one_more_person_would_answer() -> None:
    gap = Span(desk.MONDAY, desk.at(4 * 3600))
    ada, bo = post("ada"), Post("bo", "day", gap)
    later = Span(desk.at(6 * 3600), desk.at(7 * 3600))

    played = rehearse(
        cast(ada),
        TRIALS,
        [Change(gap, cast(ada, bo)), Change(gap, cast(ada)), Change(later, cast(ada, post("cem")))],
    )

    closed, nothing, quiet = played.spared
    assert closed.value > 1
    assert closed.low <= closed.value <= closed.high
    assert nothing.value == quiet.value == 0
    with_bo = rehearse(cast(ada, bo), TRIALS).figures()
    less = played.figures().unanswered.value - with_bo.unanswered.value
    assert closed.value == pytest.approx(less)  # all calls come in the gap: the same by other means


def test_callers_outside_the_span_are_left_out() -> None:
    early = replace(RATES, start=desk.at(-2 * 3600))  # 4 an hour, of which half come in the span

    played = rehearse(cast(post("ada")), replace(TRIALS, rates=early))

    assert played.figures().calls.value == pytest.approx(8, rel=0.15)
    assert played.figures(hours=[7]).calls.value == 0


def test_each_run_is_told() -> None:
    told: list[int] = []

    rehearse(cast(post("ada")), replace(TRIALS, runs=3), on_run=told.append)

    assert told == [1, 2, 3]


@pytest.mark.parametrize(("runs", "seed"), [(0, 1), (1, -1)])
def test_no_run_at_all_is_refused(runs: int, seed: int) -> None:
    with pytest.raises(RehearsalError, match="at least once"):
        Trials(RATES, HABITS, runs, seed)


def test_a_stage_says_when_somebody_comes_or_goes() -> None:
    where: Stage = cast(post("ada", 0, 60), post("bo", 30, 60)).stage

    assert where.changes == (desk.at(0), desk.at(30), desk.at(60))


def test_it_ends_with_the_runs_so_far_when_these_will_do() -> None:
    told: list[int] = []

    found = rehearse(
        cast(post("ada")), replace(TRIALS, runs=5), on_run=told.append, enough=lambda: 2 in told
    )

    assert told == [1, 2]
    assert found.runs == 2
    assert found.counts.shape[0] == found.busy.shape[0] == 2
