"""Does a search keep to what it may spend, and stop when told to?"""

from dataclasses import replace
from threading import Event

import pytest

from scheduling import audit
from scheduling.choosing import budget as budget_module
from scheduling.choosing.budget import SolveLimits, awaited, never, whole
from scheduling.roster import Result, Status
from scheduling.solve import Progress, build_roster
from tests.scheduling.test_choice import knotty


def test_seconds_run_out_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [100.0]
    monkeypatch.setattr(budget_module, "monotonic", lambda: passed[0])
    budget = whole(SolveLimits(seconds=30), never)
    budget.meter.spend(1000)
    passed[0] += 29
    assert (budget.left(), budget.going_on()) == (1, True)
    passed[0] += 1
    assert not budget.going_on()
    assert not whole(SolveLimits(seconds=0), never).going_on()


def test_work_runs_out_by_what_was_done() -> None:
    # given
    budget = whole(SolveLimits(seconds=0, work=10), never)
    part = budget.at_most(4)
    # when
    budget.meter.spend(3)
    # then
    assert (budget.left(), part.left(), budget.at_most(100).left()) == (7, 1, 7)
    budget.meter.spend(1)
    assert (part.going_on(), budget.going_on()) == (False, True)


def test_whoever_cancels_ends_every_part() -> None:
    stopped = Event()
    budget = whole(SolveLimits(), stopped.is_set)
    assert budget.at_most(5).going_on()
    stopped.set()
    assert not budget.at_most(5).going_on()


def test_an_answer_is_waited_for_until_somebody_cancels() -> None:
    # given
    stopped, done = Event(), Event()
    # when
    answer = awaited(lambda: 7, never)
    stopped.set()
    nothing = awaited(lambda: done.wait(20), stopped.is_set)
    done.set()
    # then
    assert (answer, nothing) == (7, None)


def test_what_goes_wrong_meanwhile_goes_wrong_here() -> None:
    with pytest.raises(ZeroDivisionError):
        awaited(lambda: 1 // 0, never)


def without_seconds(result: Result) -> Result:
    return replace(result, seconds=0.0)


@pytest.mark.parametrize("work", [0.0, 0.05, 0.5, 2.0])
def test_the_same_work_gives_the_same_roster_and_bounds(work: float) -> None:
    # given: too little work for a proof, but for the last
    problem = knotty(seed=14, people=9)
    limits = SolveLimits(work=work, seed=3, workers=2)
    # when
    first, second = build_roster(problem, limits), build_roster(problem, limits)
    # then
    assert without_seconds(first) == without_seconds(second)
    assert all(level.bound <= level.price for level in first.levels)


def test_more_work_is_never_worse() -> None:
    problem = knotty(seed=14, people=9)
    results = [build_roster(problem, SolveLimits(work=work)) for work in (0.0, 0.05, 0.5)]
    points = [tuple(level.price for level in result.levels) for result in results]
    assert points == sorted(points, reverse=True)


def test_cancelling_gives_the_best_roster_so_far() -> None:
    # given
    problem = knotty(seed=14, people=9)
    told: list[Progress] = []
    # when
    result = build_roster(
        problem, SolveLimits(seconds=600), told.append, cancelled=lambda: bool(told)
    )
    # then
    assert result.status is Status.FEASIBLE
    assert audit.breaches(problem, result.roster) == ()
    assert result.levels <= told[0].levels
