"""Made-up callers: as many as expected, the same for the same seed, and as long as they should."""

from datetime import datetime, timedelta
from statistics import mean, pstdev

import pytest

from scheduling.rehearsal.callers import Habits, Rates, RehearsalError, TalkLaw, drawn
from tests.scheduling.rehearsal import desk

HALF = timedelta(minutes=30)
HABITS = Habits(timedelta(minutes=30), timedelta(minutes=3))


def rates(*calls: float, busy: float = 0.0) -> Rates:
    return Rates(desk.MONDAY, {"help": calls}, busy={"help": busy})


def test_calls_come_in_the_half_hours_in_which_they_are_expected() -> None:
    callers = drawn(rates(0, 4000, 0, 1000), HABITS, seed=1)

    halves = [(caller.at - desk.MONDAY) // HALF for caller in callers]
    assert halves == sorted(halves)
    assert halves.count(1) == pytest.approx(4000, rel=0.05)
    assert halves.count(3) == pytest.approx(1000, rel=0.1)
    assert len(callers) == halves.count(1) + halves.count(3)


def test_each_line_has_its_own_callers() -> None:
    both = Rates(desk.MONDAY, {"one": [30.0], "two": [60.0]})

    lines = [caller.line for caller in drawn(both, HABITS, seed=1)]

    assert lines != sorted(lines)  # they come in turns
    assert 10 < lines.count("one") < lines.count("two")


def test_a_busy_factor_spreads_the_half_hours_and_keeps_the_mean() -> None:
    def halves(busy: float) -> list[int]:
        callers = drawn(rates(*[20.0] * 2000, busy=busy), HABITS, seed=1)
        at = [(caller.at - desk.MONDAY) // HALF for caller in callers]
        return [at.count(half) for half in range(0, 2000, 10)]

    assert mean(halves(0.5)) == pytest.approx(20, rel=0.15)
    assert pstdev(halves(0.0)) == pytest.approx(20**0.5, rel=0.2)
    assert pstdev(halves(0.5)) == pytest.approx((20 + 0.25 * 400) ** 0.5, rel=0.2)


@pytest.mark.parametrize(("law", "spread"), [(TalkLaw.LOGNORMAL, 0.7), (TalkLaw.EXPONENTIAL, 1)])
def test_talk_and_patience_have_the_lengths_that_were_said(law: TalkLaw, spread: float) -> None:
    habits = Habits(timedelta(minutes=30), timedelta(minutes=3), law, 0.7)

    callers = drawn(rates(20_000), habits, seed=1)

    talks = [caller.talk.total_seconds() for caller in callers]
    assert mean(talks) == pytest.approx(1800, rel=0.03)
    assert pstdev(talks) == pytest.approx(1800 * spread, rel=0.05)
    assert mean(caller.patience[0] for caller in callers) == pytest.approx(180, rel=0.03)
    assert mean(caller.pause[0] for caller in callers) == pytest.approx(600, rel=0.03)


def test_the_same_seed_and_run_bring_the_same_callers_and_others_do_not() -> None:
    asked = rates(50, 50)

    assert drawn(asked, HABITS, 7, 3) == drawn(asked, HABITS, 7, 3)
    assert drawn(asked, HABITS, 7, 3) != drawn(asked, HABITS, 7, 4)
    assert drawn(asked, HABITS, 7, 3) != drawn(asked, HABITS, 8, 3)


def test_without_lines_nobody_calls() -> None:
    assert drawn(Rates(desk.MONDAY, {}), HABITS, 1) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"talk": timedelta(0)},
        {"patience": -HALF},
        {"returns_after": timedelta(0)},
        {"spread": 0.0},
        {"spread": float("inf")},
        {"returning": 1.1},
        {"returning": -0.1},
    ],
)
def test_callers_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(RehearsalError):
        Habits(**{"talk": HALF, "patience": HALF, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "step", "calls"),
    [
        (datetime(2026, 11, 23), HALF, 1.0),  # noqa: DTZ001 - that is what is wrong
        (desk.MONDAY, timedelta(0), 1.0),
        (desk.MONDAY, HALF, -1.0),
        (desk.MONDAY, HALF, float("nan")),
    ],
)
def test_rates_that_cannot_be_are_refused(start: datetime, step: timedelta, calls: float) -> None:
    with pytest.raises(RehearsalError):
        Rates(start, {"help": [calls]}, step)
