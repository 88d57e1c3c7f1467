"""Days and nights running, days off, weekends, absences: what holds, and what is only wished?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.problem import Limits, Pin, Prices, Problem, Rest, Shift, ShiftKind
from scheduling.rules.personal.absences import Absences
from scheduling.rules.personal.caps import BelowCommitment, MostInPeriod
from scheduling.rules.personal.days_off import DaysOff, HalfWeekend, SingleDayOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.short_runs import ShortRunsOfDays, ShortRunsOfNights
from tests.scheduling import make
from tests.scheduling.allowing import NO_REST, broken, cost, dated, on_site

DAY, NIGHT, STANDBY = ShiftKind.DAY, ShiftKind.NIGHT, ShiftKind.STANDBY
MONDAY = date(2026, 12, 28)  # the week holds the end of the year
ANYHOW = make.limits(shifts=50, hours=900, nights=50, nights_running=50)
PRICED = Prices(unfair_night=0, unfair_weekend=0, short_run=7, single_day_off=7, half_weekend=7)


def on(*days: int, kind: ShiftKind = DAY) -> list[Shift]:
    """Shifts so many days after Monday, before it when negative."""
    return [on_site(MONDAY + timedelta(days=n), kind=kind) for n in days]


def nights(*days: int, start: int = 22, hours: int = 10) -> list[Shift]:
    return [on_site(MONDAY + timedelta(days=n), start, hours, NIGHT) for n in days]


def a_week(
    days: Sequence[Shift], most: Limits, history: Sequence[Shift] = (), prices: Prices = PRICED
) -> Problem:
    """A roster from Monday to Sunday."""
    sunday = MONDAY + timedelta(days=6)
    return dated(days, most, history, prices, first=MONDAY, last=sunday)


# days running


@pytest.mark.parametrize(
    ("days", "history", "fits"),
    [
        ((0, 1, 2), (), True),
        ((0, 1, 2, 3), (), False),
        ((0, 1, 3, 4, 5), (), True),
        ((0, 1), (-2, -1), False),
        ((0, 1), (-3, -2), True),
        ((0, 1), (-1,), True),
        ((1, 2), (0, 3), False),
        ((5, 6), (7, 8), False),
        ((5, 6), (8,), True),
        ((4,), (0, 1, 2, 3), False),
        ((5,), (0, 1, 2, 3), True),  # history alone breaks no rule
    ],
)
def test_days_running_stop_at_the_limit(
    days: Sequence[int], history: Sequence[int], fits: bool
) -> None:
    problem = a_week(on(*days), replace(ANYHOW, days_running=3), on(*history))
    assert broken(problem) == (set() if fits else {"days running"})


def test_a_second_shift_on_a_working_day_adds_no_day() -> None:
    evenings = [on_site(MONDAY + timedelta(days=n), 18, 4) for n in (0, 1)]
    both = sorted((*on(0, 1), *evenings), key=lambda shift: shift.span)
    assert broken(a_week(both, replace(ANYHOW, days_running=2))) == set()
    promised = a_week(evenings, replace(ANYHOW, days_running=1), on(0, 1))
    assert broken(promised) == set()


@pytest.mark.parametrize(("most", "fits"), [(3, True), (2, False)])
@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/London", date(2027, 3, 27)),
        ("Europe/London", date(2027, 10, 30)),
        ("Asia/Shanghai", date(2028, 2, 28)),
        ("Asia/Shanghai", date(2027, 12, 31)),
    ],
)
def test_dates_follow_each_other_when_clocks_change_and_over_the_29th_of_february(
    zone: str, first: date, most: int, fits: bool
) -> None:
    days = [on_site(first + timedelta(days=n), 0, 1, DAY, ZoneInfo(zone)) for n in range(3)]
    problem = dated(days, replace(ANYHOW, days_running=most))
    assert broken(problem) == (set() if fits else {"days running"})


# days off


@pytest.mark.parametrize(
    ("days", "history", "fits"),
    [
        ((0, 1, 2, 3, 4), (), True),
        ((0, 1, 2, 3, 4, 5), (), False),
        ((0, 3, 6), (), True),
        ((0, 2, 4, 6), (), False),
        ((2, 4, 6), (), True),
        ((1, 3, 5), (), False),
        ((2, 4, 6), (0,), False),
        ((0, 1, 2), (3, 4), True),
        ((0, 1, 2), (4, 6), False),
        ((2,), (-1, -2, -3), True),
        ((0, 1, 2, 3, 4), (-1, 7), True),
        ((3,), (0, 3, 2, 4, 6), True),  # no working day more
        ((5,), (0, 2, 4, 6), False),
    ],
)
def test_a_week_keeps_its_days_off_in_a_row(
    days: Sequence[int], history: Sequence[int], fits: bool
) -> None:
    later = [on_site(MONDAY + timedelta(days=n), 18, 2) for n in days]
    problem = a_week(later, replace(ANYHOW, days_off=2), on(*history))
    assert broken(problem) == (set() if fits else {"days off in a row"})


def test_each_week_of_a_longer_roster_keeps_its_own_days_off() -> None:
    limits = replace(ANYHOW, days_off=2)
    fifteen = [n for n in range(21) if n % 7 < 5]
    assert broken(dated(on(*fifteen), limits)) == set()
    assert broken(dated(on(*fifteen, 19), limits)) == {"days off in a row"}


# absences and handover


@pytest.mark.parametrize(
    ("hours", "fits"), [((4, 8), True), ((4, 8.5), False), ((13, 20), True), ((12, 20), False)]
)
def test_no_instant_of_a_shift_lies_in_an_absence(hours: tuple[float, float], fits: bool) -> None:
    ada = make.person("Ada", absent=[make.span(*hours)])
    problem = make.problem([ada], [make.shift("mon", 8, 12, handover=1)])
    assert broken(problem) == (set() if fits else {"absences"})


@pytest.mark.parametrize(("until", "fits"), [(12.5, True), (12, False)])
def test_the_handover_lies_in_available_time(until: float, fits: bool) -> None:
    ada = make.person("Ada", available=[make.span(8, until)])
    problem = make.problem([ada], [make.shift("mon", 8, 12, handover=0.5)])
    assert broken(problem) == (set() if fits else {"availability"})


@pytest.mark.parametrize(("start", "fits"), [(12.5, True), (12, False)])
def test_nobody_leaves_before_the_handover_is_over(start: float, fits: bool) -> None:
    shifts = [make.shift("one", 8, 12, handover=0.5), make.shift("two", start, 16)]
    problem = make.problem([make.person("Ada")], shifts, rest=NO_REST)
    assert broken(problem) == (set() if fits else {"one place at a time"})
    before = make.problem([make.person("Ada", history=shifts[:1])], shifts[1:], rest=NO_REST)
    assert broken(before) == (set() if fits else {"one place at a time"})
    after = make.problem([make.person("Ada", history=shifts[1:])], shifts[:1], rest=NO_REST)
    assert broken(after) == (set() if fits else {"one place at a time"})


@pytest.mark.parametrize(("start", "fits"), [(23.5, True), (23, False)])
def test_rest_begins_after_the_handover(start: float, fits: bool) -> None:
    shifts = [make.shift("one", 8, 12, handover=0.5), make.shift("two", start, 28)]
    problem = make.problem([make.person("Ada")], shifts)
    assert broken(problem) == (set() if fits else {"rest between shifts"})


@pytest.mark.parametrize(("hours", "fits"), [(3, True), (3.5, False)])
def test_standby_is_rested_from_by_its_own_rule_and_rested_for_like_any_shift(
    hours: float, fits: bool
) -> None:
    rest = Rest(after_standby=timedelta(hours=hours))
    standby = make.shift("standby", 8, 12, STANDBY)
    problem = make.problem([make.person("Ada")], [standby, make.shift("day", 15, 19)], rest=rest)
    assert broken(problem) == (set() if fits else {"rest between shifts"})
    before = make.shift("before", 1, 5)
    assert broken(make.problem([make.person("Ada")], [before, standby], rest=rest)) == {
        "rest between shifts"
    }


# split nights: 22:00 to 03:00 and 03:00 to 08:00, beside whole ones


def halves(*parts: tuple[int, bool]) -> list[Shift]:
    """The first or the second half of the night of a day."""
    return [
        nights(n + 1, start=3, hours=5)[0] if second else nights(n, hours=5)[0]
        for n, second in parts
    ]


@pytest.mark.parametrize(
    ("parts", "most", "fits"),
    [
        (((0, False), (1, True)), 1, False),  # Monday's first half, Tuesday's second
        (((0, False), (1, True)), 2, True),
        (((0, True), (1, False)), 1, False),
        (((0, True), (2, False)), 1, True),  # Tuesday's night is free
        (((0, False), (2, True)), 1, True),
        (((0, False), (1, False), (2, True)), 2, False),
    ],
)
def test_halves_of_nights_follow_each_other_like_nights(
    parts: Sequence[tuple[int, bool]], most: int, fits: bool
) -> None:
    problem = a_week(halves(*parts), replace(ANYHOW, nights_running=most))
    assert broken(problem) == (set() if fits else {"nights running"})


def test_two_halves_of_one_night_are_for_two_people() -> None:
    both = [make.shift("first", 22, 27, NIGHT), make.shift("second", 27, 32, NIGHT)]
    assert broken(make.problem([make.person("Ada")], both)) == {"rest between shifts"}


def test_a_half_night_beside_a_whole_one_counts_as_a_night() -> None:
    mixed = [*halves((0, True)), *nights(2)]
    assert broken(a_week(mixed, replace(ANYHOW, nights=2))) == set()
    assert broken(a_week(mixed, replace(ANYHOW, nights=1))) == {"most nights a week"}


# short runs


@pytest.mark.parametrize(
    ("days", "history", "points"),
    [
        ((2,), (), 14),
        ((2, 3), (), 7),
        ((2, 3, 4), (), 0),
        ((1, 3, 4, 5), (), 14),
        ((0,), (), 0),  # may have begun before the roster
        ((0,), (-1,), 7),  # did begin on Sunday
        ((0, 1), (-1,), 0),
        ((2,), (-1,), 28),  # Sunday's was cut short, too
        ((2,), (-2,), 14),  # over before the roster could help
        ((6,), (), 0),  # may go on after it
        ((5, 6), (), 0),
        ((5,), (7,), 14),
        ((2,), (3,), 7),
        ((3,), (2, 4), 0),
        ((1, 5), (2, 4), 14),
    ],
)
def test_a_run_of_days_costs_what_it_is_short_of(
    days: Sequence[int], history: Sequence[int], points: int
) -> None:
    problem = a_week(on(*days), replace(ANYHOW, least_days_running=3), on(*history))
    assert cost(problem, "short run of days") == points


def test_a_roster_that_begins_in_mid_week_lets_its_own_first_run_be() -> None:
    limits = replace(ANYHOW, least_days_running=3)
    wednesday = dated(on(2, 4, 6), limits, prices=PRICED)
    assert cost(wednesday, "short run of days") == 14


@pytest.mark.parametrize(
    ("shifts", "history", "points"),
    [
        (nights(2), (), 7),
        (nights(2, 3), (), 0),
        (nights(2, 4), (), 14),
        (halves((1, False), (2, True)), (), 0),
        (halves((1, True), (3, False)), (), 14),
        (nights(0), (), 0),
        (nights(0), nights(-1), 0),
        (nights(2), nights(-1), 14),
        (nights(6), (), 0),
        (nights(2), nights(3), 0),
        (on(1, 3), (), 0),
    ],
)
def test_a_run_of_nights_costs_what_it_is_short_of(
    shifts: Sequence[Shift], history: Sequence[Shift], points: int
) -> None:
    problem = a_week(shifts, replace(ANYHOW, least_nights_running=2), history)
    assert cost(problem, "short run of nights") == points


@pytest.mark.parametrize(("month", "day"), [(3, 27), (10, 30)])
def test_two_nights_over_a_clock_change_are_a_run(month: int, day: int) -> None:
    first = date(2027, month, day)
    zone = ZoneInfo("Europe/London")
    shifts = [on_site(first + timedelta(days=n), 22, 10, NIGHT, zone) for n in (0, 1)]
    edges = (first - timedelta(days=3), first + timedelta(days=3))
    limits = replace(ANYHOW, least_nights_running=3)
    problem = dated(shifts, limits, prices=PRICED, first=edges[0], last=edges[1])
    assert cost(problem, "short run of nights") == 7


# single days off, half weekends


@pytest.mark.parametrize(
    ("days", "history", "points"),
    [
        ((1, 3), (), 7),
        ((1, 2), (), 0),
        ((1, 4), (), 0),
        ((1, 3, 5), (), 14),
        ((1, 2, 3), (), 0),
        ((1,), (-1,), 7),
        ((0,), (-2,), 7),
        ((5,), (7,), 7),
        ((6,), (8,), 7),
        ((2,), (1, 3), 0),  # works on the day that was single
        ((2,), (-3, -1, 7, 9), 0),  # beyond the roster's reach
    ],
)
def test_each_single_day_off_costs_the_same(
    days: Sequence[int], history: Sequence[int], points: int
) -> None:
    assert cost(a_week(on(*days), ANYHOW, on(*history)), "single day off") == points


@pytest.mark.parametrize(
    ("days", "history", "points"),
    [
        ((5,), (), 7),
        ((6,), (), 7),
        ((5, 6), (), 0),
        ((4,), (), 0),
        ((5,), (6,), 0),
        ((6,), (5,), 0),
        ((2,), (5,), 7),
        ((2,), (-2,), 0),  # last week's
    ],
)
def test_half_a_weekend_costs(days: Sequence[int], history: Sequence[int], points: int) -> None:
    assert cost(a_week(on(*days), ANYHOW, on(*history)), "half weekend") == points


@pytest.mark.parametrize(("last", "points"), [(5, 0), (6, 7)])
def test_a_saturday_at_the_end_of_a_roster_waits_for_the_next(last: int, points: int) -> None:
    until = MONDAY + timedelta(days=last)
    problem = dated(on(5), ANYHOW, prices=PRICED, first=MONDAY, last=until)
    assert cost(problem, "half weekend") == points


def test_a_sunday_at_the_beginning_completes_the_saturday_before() -> None:
    assert cost(dated(on(6), ANYHOW, on(5), PRICED), "half weekend") == 0
    assert cost(dated(on(6), ANYHOW, (), PRICED), "half weekend") == 7


def test_two_shifts_on_one_date_are_one_working_day() -> None:
    evening = on_site(MONDAY + timedelta(days=2), 18, 2)
    problem = a_week([*on(2), evening], replace(ANYHOW, least_days_running=2))
    assert cost(problem, "short run of days") == 7


@pytest.mark.parametrize(
    "wish", ["short run of days", "short run of nights", "single day off", "half weekend"]
)
@pytest.mark.parametrize("pinned", [(4,), (1, 5), (0, 5, 6)])
def test_what_dates_cost_does_not_depend_on_what_is_pinned(
    wish: str, pinned: Sequence[int]
) -> None:
    """Pins are counted first, and the others in order: any pins give the same price."""
    limits = replace(ANYHOW, least_days_running=3, least_nights_running=3)
    problem = a_week(nights(*(0, 1, 3, 4, 5, 6)), limits)
    ids = [shift.id for shift in nights(*pinned) if shift.id in {s.id for s in problem.shifts}]
    some = replace(problem, pins=tuple(Pin("Ada", name) for name in ids))
    assert cost(some, wish) == cost(problem, wish)


def test_wishes_without_a_price_cost_nothing() -> None:
    limits = replace(ANYHOW, least_days_running=3, least_nights_running=3)
    problem = a_week(nights(2, 4, 6), limits, prices=Prices(unfair_night=0, unfair_weekend=0))
    wishes = ("short run of days", "short run of nights", "single day off", "half weekend")
    assert [cost(problem, wish) for wish in wishes] == [0, 0, 0, 0]


def test_what_is_not_asked_of_a_person_leaves_the_search_as_small_as_it_was() -> None:
    problem = a_week(
        nights(2, 4, 6), ANYHOW, prices=replace(PRICED, single_day_off=0, half_weekend=0)
    )
    [ada], [first, *_] = problem.people, problem.shifts
    asked = (
        ShortRunsOfDays(),
        ShortRunsOfNights(),
        SingleDayOff(),
        HalfWeekend(),
        BelowCommitment(),
    )
    for wish in asked:
        tally, points = wish.start(problem, ada)
        assert (tally.extend(first), points) == ((tally, 0), 0)
    for rule in (DaysRunning(), DaysOff(), MostInPeriod(), Absences()):
        week = rule.start(problem, ada)
        assert week.extend(first) == week
