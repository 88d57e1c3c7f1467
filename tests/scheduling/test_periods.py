"""Are weeks, months and runs of days counted by the site's calendar, exactly to the limit?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.problem import Cap, Limits, Period, Pin, Prices, Shift, ShiftKind, Unit
from scheduling.rules import Refusal
from scheduling.rules.personal.caps import MostInPeriod
from tests.scheduling import make
from tests.scheduling.allowing import broken, cost, dated, on_site

DAY, NIGHT, FULL_DAY, STANDBY = (
    ShiftKind.DAY,
    ShiftKind.NIGHT,
    ShiftKind.FULL_DAY,
    ShiftKind.STANDBY,
)
SATURDAY = date(2026, 11, 28)
SUNDAY, MONDAY, TUESDAY = (SATURDAY + timedelta(days=n) for n in (1, 2, 3))
COMMITTED = Prices(below_commitment=7, unfair_night=0, unfair_weekend=0)


def capped(unit: Unit, period: Period, most: int, days: int = 0) -> Limits:
    return replace(make.limits(shifts=50, hours=900), caps=(Cap(unit, period, most, 0, days),))


def promising(unit: Unit, period: Period, least: int, days: int = 0) -> Limits:
    return replace(make.limits(shifts=50, hours=900), caps=(Cap(unit, period, None, least, days),))


def on(*days: date, kind: ShiftKind = DAY, hours: int = 4) -> list[Shift]:
    return [on_site(day, kind=kind, hours=hours) for day in days]


# a week is from Monday to Sunday, wherever the roster begins


@pytest.mark.parametrize(
    ("days", "most", "fits"),
    [
        ((SATURDAY, SUNDAY), 2, True),
        ((SATURDAY, SUNDAY), 1, False),
        ((SUNDAY, MONDAY), 1, True),
        ((SATURDAY, SUNDAY, MONDAY, TUESDAY), 2, True),
        ((SATURDAY, MONDAY, TUESDAY), 1, False),
        ((date(2026, 12, 31), date(2027, 1, 3)), 1, False),  # one week over the end of the year
        ((date(2027, 1, 3), date(2027, 1, 4)), 1, True),
        ((date(2028, 2, 28), date(2028, 2, 29)), 1, False),
    ],
)
@pytest.mark.parametrize("what", ["shifts", "hours", "nights"])
def test_limits_of_a_week_start_anew_on_monday(
    days: Sequence[date], most: int, fits: bool, what: str
) -> None:
    limits = {
        "shifts": make.limits(shifts=most),
        "hours": make.limits(hours=4 * most),
        "nights": make.limits(nights=most),
    }[what]
    problem = dated(on(*days, kind=NIGHT), limits)
    assert broken(problem) == (set() if fits else {f"most {what} a week"})


@pytest.mark.parametrize(
    ("promised", "fits"),
    [(MONDAY, False), (SUNDAY, True), (MONDAY + timedelta(days=6), False)],
)
def test_what_is_promised_in_the_same_week_counts_before_and_after_the_roster(
    promised: date, fits: bool
) -> None:
    roster = [MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)]
    problem = dated(on(*roster), make.limits(shifts=2), on(promised))
    assert broken(problem) == (set() if fits else {"most shifts a week"})


@pytest.mark.parametrize(("hour", "fits"), [(0, False), (23, True)])
def test_a_shift_belongs_to_the_date_on_the_sites_clocks(hour: int, fits: bool) -> None:
    """Monday 00:00 in Nanjing is still Sunday in UTC."""
    monday = on_site(MONDAY, 0)
    other = on_site(MONDAY + timedelta(days=6) if hour == 0 else SUNDAY, 22, 1)
    problem = dated(sorted([monday, other], key=lambda s: s.span), make.limits(shifts=1))
    assert broken(problem) == (set() if fits else {"most shifts a week"})


@pytest.mark.parametrize(("most", "fits"), [(8.5, True), (8, False)])
def test_the_handover_takes_of_the_hours(most: float, fits: bool) -> None:
    shifts = [replace(s, handover=timedelta(minutes=15)) for s in on(MONDAY, TUESDAY)]
    assert broken(dated(shifts, make.limits(hours=most))) == (
        set() if fits else {"most hours a week"}
    )


def test_standby_is_a_shift_and_takes_hours_but_is_no_night() -> None:
    night = [on_site(MONDAY, 22, 10, STANDBY)]
    assert broken(dated(night, make.limits(nights=0, nights_running=0))) == set()
    assert broken(dated(night, make.limits(shifts=0, hours=9))) == {
        "most shifts a week",
        "most hours a week",
    }


# caps


@pytest.mark.parametrize(
    ("days", "fits"),
    [
        ((date(2026, 11, 29), date(2026, 11, 30)), False),
        ((date(2026, 11, 30), date(2026, 12, 1)), True),
        ((date(2026, 12, 31), date(2027, 1, 1)), True),
        ((date(2026, 12, 1), date(2026, 12, 31)), False),
        ((date(2028, 2, 1), date(2028, 2, 29)), False),
        ((date(2028, 2, 29), date(2028, 3, 1)), True),
    ],
)
def test_one_duty_a_month_is_counted_by_months(days: Sequence[date], fits: bool) -> None:
    problem = dated(on(*days, kind=FULL_DAY, hours=24), capped(Unit.FULL_DAYS, Period.MONTH, 1))
    assert broken(problem) == (set() if fits else {"most in a period"})


@pytest.mark.parametrize(
    ("unit", "kind", "most", "fits"),
    [
        (Unit.SHIFTS, DAY, 2, True),
        (Unit.SHIFTS, DAY, 1, False),
        (Unit.HALF_HOURS, DAY, 16, True),
        (Unit.HALF_HOURS, DAY, 15, False),
        (Unit.NIGHTS, FULL_DAY, 2, True),
        (Unit.NIGHTS, NIGHT, 1, False),
        (Unit.NIGHTS, STANDBY, 0, True),
        (Unit.FULL_DAYS, NIGHT, 0, True),
        (Unit.FULL_DAYS, FULL_DAY, 1, False),
        (Unit.WEEKENDS, DAY, 0, True),
    ],
)
@pytest.mark.parametrize(
    ("period", "days"), [(Period.WEEK, 0), (Period.MONTH, 0), (Period.ROLLING, 3)]
)
def test_each_unit_is_counted_to_the_limit_in_each_period(
    unit: Unit, kind: ShiftKind, most: int, fits: bool, period: Period, days: int
) -> None:
    wednesday = date(2026, 11, 25)
    shifts = on(wednesday, wednesday + timedelta(days=2), kind=kind)
    problem = dated(shifts, capped(unit, period, most, days))
    assert broken(problem) == (set() if fits else {"most in a period"})


@pytest.mark.parametrize(
    ("days", "most", "fits"),
    [
        ((SATURDAY, SUNDAY), 1, True),
        ((SATURDAY, SUNDAY + timedelta(days=7)), 1, True),  # of two months
        ((SUNDAY - timedelta(days=7), SATURDAY), 1, False),
        ((SUNDAY - timedelta(days=7), SATURDAY), 2, True),
    ],
)
def test_a_weekend_counts_once(days: Sequence[date], most: int, fits: bool) -> None:
    problem = dated(on(*days), capped(Unit.WEEKENDS, Period.MONTH, most))
    assert broken(problem) == (set() if fits else {"most in a period"})


def test_a_weekend_over_the_end_of_a_month_counts_in_both() -> None:
    october, november = on(date(2026, 10, 31)), on(date(2026, 11, 1), date(2026, 11, 7))
    limits = capped(Unit.WEEKENDS, Period.MONTH, 1)
    assert broken(dated(october + november[:1], limits)) == set()
    assert broken(dated(october + november, limits)) == {"most in a period"}


@pytest.mark.parametrize(
    ("days_apart", "window", "fits"), [(13, 14, False), (14, 14, True), (6, 7, False), (7, 7, True)]
)
def test_any_so_many_days_in_a_row_are_looked_at(days_apart: int, window: int, fits: bool) -> None:
    shifts = on(date(2026, 12, 28), date(2026, 12, 28) + timedelta(days=days_apart), kind=NIGHT)
    limits = capped(Unit.NIGHTS, Period.ROLLING, 1, window)
    assert broken(dated(shifts, limits)) == (set() if fits else {"most in a period"})
    [first, second] = shifts
    assert broken(dated([second], limits, [first])) == (set() if fits else {"most in a period"})
    assert broken(dated([first], limits, [second])) == (set() if fits else {"most in a period"})


def test_weekends_in_a_rolling_stretch_are_each_looked_at() -> None:
    """Saturday to Friday holds the Saturday, Sunday to Saturday both: each stretch by itself."""
    limits = capped(Unit.WEEKENDS, Period.ROLLING, 1, 7)
    next_saturday, next_sunday = (day + timedelta(days=7) for day in (SATURDAY, SUNDAY))
    assert broken(dated(on(SATURDAY, next_saturday), limits)) == set()
    assert broken(dated(on(SUNDAY, next_saturday), limits)) == {"most in a period"}
    assert broken(dated(on(SATURDAY), limits, on(SUNDAY, next_sunday))) == set()


def test_history_beyond_a_cap_forbids_more_of_the_same_and_nothing_else() -> None:
    before = on(MONDAY, TUESDAY, kind=NIGHT)
    limits = capped(Unit.NIGHTS, Period.MONTH, 1)
    later = MONDAY + timedelta(days=7)
    assert broken(dated(on(later, kind=NIGHT), limits, before)) == {"most in a period"}
    assert broken(dated(on(later), limits, before)) == set()


@pytest.mark.parametrize(
    ("day", "most", "fits"),
    [
        (date(2027, 3, 27), 18, True),  # clocks go forward in London
        (date(2027, 3, 27), 17, False),
        (date(2027, 10, 30), 22, True),  # and back
        (date(2027, 10, 30), 21, False),
    ],
)
def test_hours_of_a_cap_are_elapsed_time_when_clocks_change(
    day: date, most: int, fits: bool
) -> None:
    night = on_site(day, 22, 10, NIGHT, ZoneInfo("Europe/London"))
    limits = capped(Unit.HALF_HOURS, Period.MONTH, most)
    assert broken(dated([night], limits)) == (set() if fits else {"most in a period"})


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (capped(Unit.SHIFTS, Period.MONTH, 1), "is at 1 of 1 shifts in this month"),
        (capped(Unit.HALF_HOURS, Period.WEEK, 9), "is at 4 of 4.5 h in this week"),
        (capped(Unit.FULL_DAYS, Period.ROLLING, 1, 28), "is at 1 of 1 24-hour duties in 28 days"),
    ],
)
def test_the_refusal_says_how_much_was_given(limits: Limits, said: str) -> None:
    [first, second] = on(MONDAY + timedelta(days=1), MONDAY + timedelta(days=3), kind=FULL_DAY)
    problem = dated([second], limits, [first])
    answer = MostInPeriod().start(problem, problem.people[0]).extend(second)
    assert isinstance(answer, Refusal)
    assert answer.sentence == said


# commitments


def short(days: Sequence[Shift], limits: Limits, history: Sequence[Shift] = ()) -> int:
    """Points of commitments in a week from Monday."""
    sunday = MONDAY + timedelta(days=6)
    return cost(
        dated(days, limits, history, COMMITTED, first=MONDAY, last=sunday), "below commitment"
    )


@pytest.mark.parametrize(("least", "points"), [(1, 0), (2, 0), (3, 7), (5, 21)])
def test_each_unit_fewer_than_was_promised_costs_the_same(least: int, points: int) -> None:
    assert short(on(MONDAY, TUESDAY), promising(Unit.SHIFTS, Period.WEEK, least)) == points


@pytest.mark.parametrize(
    ("handover", "least", "points"),
    [(0, 16, 0), (0, 17, 7), (10, 17, 7), (15, 17, 0), (10, 18, 14), (15, 18, 7)],
)
def test_a_half_hour_that_is_not_given_whole_is_owed(
    handover: int, least: int, points: int
) -> None:
    days = [replace(s, handover=timedelta(minutes=handover)) for s in on(MONDAY, TUESDAY)]
    assert short(days, promising(Unit.HALF_HOURS, Period.WEEK, least)) == points


def test_what_was_given_earlier_in_the_month_counts() -> None:
    limits = promising(Unit.NIGHTS, Period.MONTH, 2)
    # Monday is the last of November, so both months are asked
    night = on(TUESDAY, kind=NIGHT)
    assert short(night, limits) == 7 * (2 + 1)
    assert short(night, limits, on(date(2026, 11, 1), kind=NIGHT)) == 7 * (1 + 1)
    assert short(night, limits, on(date(2026, 10, 31), kind=NIGHT)) == 7 * (2 + 1)
    assert short(night, limits, on(date(2026, 12, 31), kind=NIGHT)) == 7 * (2 + 0)


def test_any_so_many_days_are_asked_to_the_sunday_of_each_week() -> None:
    limits = promising(Unit.SHIFTS, Period.ROLLING, 2, 14)
    in_time, too_early = MONDAY - timedelta(days=7), MONDAY - timedelta(days=8)
    assert short(on(TUESDAY), limits) == 7
    assert short(on(TUESDAY), limits, on(in_time)) == 0
    assert short(on(TUESDAY), limits, on(too_early)) == 7
    weeks = dated(
        on(MONDAY), limits, prices=COMMITTED, first=MONDAY, last=MONDAY + timedelta(days=20)
    )
    assert cost(weeks, "below commitment") == 7 * (1 + 1 + 2)


def test_a_weekend_worked_on_both_days_pays_back_one() -> None:
    both = on(*(MONDAY + timedelta(days=n) for n in (5, 6)))
    assert short(both, promising(Unit.WEEKENDS, Period.WEEK, 1)) == 0
    assert short(both, promising(Unit.WEEKENDS, Period.MONTH, 2)) == 7 * (2 + 1)


def test_a_commitment_does_not_depend_on_the_order_of_pins() -> None:
    """Pins are counted first: one on Sunday must not hide a shift of Monday."""
    [monday, sunday] = on(MONDAY, MONDAY + timedelta(days=6))
    problem = dated([monday, sunday], promising(Unit.SHIFTS, Period.WEEK, 3), prices=COMMITTED)
    pinned = replace(problem, pins=(Pin("Ada", sunday.id),))
    assert cost(pinned, "below commitment") == 7


def test_a_commitment_without_a_price_asks_nothing() -> None:
    limits = promising(Unit.SHIFTS, Period.WEEK, 3)
    free = dated(on(MONDAY), limits, prices=replace(COMMITTED, below_commitment=0))
    assert cost(free, "below commitment") == 0
