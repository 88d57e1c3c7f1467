"""Does each rule hold exactly at its limit and refuse one step beyond, on both faces?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling import audit
from scheduling.patterns import legal_weeks
from scheduling.problem import (
    Cap,
    Period,
    Person,
    Problem,
    Rest,
    Rota,
    Shift,
    ShiftKind,
    Span,
    Unit,
)
from scheduling.rules import PERSONAL_RULES, Refusal
from tests.scheduling import make

NIGHT, FULL_DAY, DAY = ShiftKind.NIGHT, ShiftKind.FULL_DAY, ShiftKind.DAY
NO_REST = Rest(timedelta(0), timedelta(0), timedelta(0))


def allowed(problem: Problem) -> bool:
    """Whether Ada may take all shifts of the problem, as search and auditor both say."""
    whole = make.roster(*(("Ada", shift.id) for shift in problem.shifts))
    ids = sorted(shift.id for shift in problem.shifts)
    searched = any(sorted(week.shifts) == ids for week in legal_weeks(problem, problem.people[0]))
    assert searched == (not audit.breaches(problem, whole)), "search and auditor disagree"
    return searched


def broken(problem: Problem) -> set[str]:
    """The rules that the auditor finds broken when Ada takes all shifts."""
    whole = make.roster(*(("Ada", shift.id) for shift in problem.shifts))
    return {breach.rule for breach in audit.breaches(problem, whole)}


def one_shift(person: Person, shift: Shift) -> Problem:
    return make.problem([person], [shift])


# own desk, certificates, availability


def test_nobody_takes_a_shift_of_another_desk() -> None:
    problem = one_shift(make.person("Ada"), make.shift("mon", 8, 12, desk="suzhou"))
    assert not allowed(problem)
    assert broken(problem) == {"own desk"}


@pytest.mark.parametrize(
    ("since", "until", "valid"),
    [(None, 12, True), (8, 12, True), (None, 11.5, False), (8.5, 12, False), (12, 20, False)],
)
def test_a_certificate_is_valid_from_the_first_minute_to_the_last(
    since: float | None, until: float, valid: bool
) -> None:
    held = [make.certificate("crisis", since, until)]
    shift = make.shift("mon", 8, 12, certificates=["crisis"])
    problem = one_shift(make.person("Ada", certificates=held), shift)
    assert allowed(problem) is valid
    assert broken(problem) == (set() if valid else {"valid certificates"})


def test_two_certificates_that_follow_each_other_do_not_make_one() -> None:
    held = [make.certificate("crisis", None, 10), make.certificate("crisis", 10, 20)]
    shift = make.shift("mon", 8, 12, certificates=["crisis"])
    assert not allowed(one_shift(make.person("Ada", certificates=held), shift))


def test_a_certificate_nobody_asked_for_does_not_help() -> None:
    held = [make.certificate("child")]
    shift = make.shift("mon", 8, 12, certificates=["crisis"])
    assert not allowed(one_shift(make.person("Ada", certificates=held), shift))


@pytest.mark.parametrize(
    ("spans", "able"),
    [
        ([(8, 12)], True),
        ([(8, 10), (10, 12)], True),
        ([(10, 13), (7, 11)], True),
        ([(8, 11.5)], False),
        ([(8.5, 12)], False),
        ([(8, 10), (10.5, 12)], False),
        ([], False),
    ],
)
def test_a_shift_lies_inside_available_time_whose_touching_parts_are_one(
    spans: list[tuple[float, float]], able: bool
) -> None:
    person = make.person("Ada", available=[make.span(*span) for span in spans])
    problem = one_shift(person, make.shift("mon", 8, 12))
    assert allowed(problem) is able
    assert broken(problem) == (set() if able else {"availability"})


# one place at a time


@pytest.mark.parametrize(("start", "apart"), [(12, True), (11.5, False)])
def test_nobody_is_in_two_places_at_once(start: float, apart: bool) -> None:
    shifts = [make.shift("one", 8, 12), make.shift("two", start, 16, desk="suzhou")]
    person = make.person("Ada", desks=["nanjing", "suzhou"])
    problem = make.problem([person], shifts, rest=NO_REST)
    assert allowed(problem) is apart
    assert broken(problem) == (set() if apart else {"one place at a time"})


@pytest.mark.parametrize(
    ("start", "end", "apart"), [(12, 16, True), (11.5, 16, False), (4, 8, True), (4, 8.5, False)]
)
def test_a_promise_at_another_desk_keeps_its_time(start: float, end: float, apart: bool) -> None:
    promised = make.shift("promised", start, end, desk="elsewhere")
    problem = make.problem(
        [make.person("Ada", history=[promised])], [make.shift("mon", 8, 12)], rest=NO_REST
    )
    assert allowed(problem) is apart


# rest


@pytest.mark.parametrize(("kind", "hours"), [(DAY, 11), (NIGHT, 24), (FULL_DAY, 48)])
@pytest.mark.parametrize("short_by", [0, 0.5])
def test_the_rest_after_a_shift_goes_by_its_kind(
    kind: ShiftKind, hours: float, short_by: float
) -> None:
    start = 10 + hours - short_by
    shifts = [make.shift("first", 2, 10, kind), make.shift("second", start, start + 4)]
    problem = make.problem([make.person("Ada")], shifts)
    assert allowed(problem) is (short_by == 0)
    assert broken(problem) == (set() if short_by == 0 else {"rest between shifts"})


@pytest.mark.parametrize("short_by", [0, 0.5])
def test_sunday_night_is_rested_from_on_monday(short_by: float) -> None:
    sunday = make.shift("sunday night", -2, 8, NIGHT)
    start = 8 + 24 - short_by
    problem = one_shift(make.person("Ada", history=[sunday]), make.shift("tue", start, start + 4))
    assert allowed(problem) is (short_by == 0)


@pytest.mark.parametrize("short_by", [0, 0.5])
def test_a_shift_ends_early_enough_for_what_was_promised_later(short_by: float) -> None:
    promised = make.shift("promised", 40, 44, desk="elsewhere")
    night = make.shift("night", 8 + short_by, 16 + short_by, NIGHT)
    problem = one_shift(make.person("Ada", history=[promised]), night)
    assert allowed(problem) is (short_by == 0)


def test_a_short_shift_does_not_hide_the_long_rest_before_it() -> None:
    duty = make.shift("duty", -26, -2, FULL_DAY)
    short = make.shift("short", 0, 2)  # history itself breaks the rest; that is not judged
    person = make.person("Ada", history=[duty, short])
    assert not allowed(one_shift(person, make.shift("tue", 40, 44)))
    assert allowed(one_shift(person, make.shift("wed", 46, 50)))


# limits of a week


def two_days(person: Person, kind: ShiftKind = DAY) -> Problem:
    shifts = [make.shift("mon", 8, 12, kind), make.shift("thu", 80, 84, kind)]
    return make.problem([person], shifts)


@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False), (0, False)])
def test_shifts_are_counted_to_the_limit(most: int, fits: bool) -> None:
    problem = two_days(make.person("Ada", most=make.limits(shifts=most)))
    assert allowed(problem) is fits
    assert broken(problem) == (set() if fits else {"most shifts a week"})


@pytest.mark.parametrize(("most", "fits"), [(8, True), (7.5, False)])
def test_hours_are_counted_to_the_limit(most: float, fits: bool) -> None:
    problem = two_days(make.person("Ada", most=make.limits(hours=most)))
    assert allowed(problem) is fits
    assert broken(problem) == (set() if fits else {"most hours a week"})


@pytest.mark.parametrize("kind", [NIGHT, FULL_DAY])
@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False)])
def test_nights_are_counted_to_the_limit(most: int, fits: bool, kind: ShiftKind) -> None:
    problem = two_days(make.person("Ada", most=make.limits(nights=most)), kind)
    assert allowed(problem) is fits
    assert broken(problem) == (set() if fits else {"most nights a week"})


def test_days_do_not_count_as_nights() -> None:
    assert allowed(two_days(make.person("Ada", most=make.limits(nights=0, nights_running=0))))


@pytest.mark.parametrize(
    ("start", "fits"), [(120, False), (-40, True), (168, True)], ids=["inside", "before", "after"]
)
def test_promises_inside_the_week_count_for_its_limits(start: float, fits: bool) -> None:
    promised = make.shift("promised", start, start + 4, NIGHT, desk="elsewhere")
    limits = make.limits(shifts=2, hours=8, nights=2)
    problem = two_days(make.person("Ada", most=limits, history=[promised]), NIGHT)
    assert allowed(problem) is fits


def test_a_history_beyond_the_limits_leaves_the_empty_week() -> None:
    promised = [make.shift(f"promised {n}", 24 * n, 24 * n + 8, NIGHT) for n in range(3)]
    limits = make.limits(shifts=1, hours=1, nights=1, nights_running=1)
    person = make.person("Ada", most=limits, history=promised)
    problem = make.problem([person], [make.shift("sat", 130, 134)])
    assert [week.shifts for week in legal_weeks(problem, person)] == [()]
    assert audit.breaches(problem, make.roster()) == ()


def test_a_day_is_no_breach_of_nights_that_history_went_beyond() -> None:
    promised = [make.shift(f"promised {n}", 24 * n, 24 * n + 8, NIGHT) for n in range(3)]
    person = make.person("Ada", most=make.limits(nights=1, nights_running=1), history=promised)
    assert allowed(make.problem([person], [make.shift("sat", 130, 134)]))


# nights running


def nights(*starts: float) -> list[Shift]:
    return [make.shift(f"night {start}", start, start + 8, NIGHT) for start in starts]


@pytest.mark.parametrize(
    ("starts", "fits"),
    [
        ((22, 46), True),
        ((22, 46, 70), False),
        ((22, 46, 94, 118), True),
        ((22, 45, 81), True),  # 36 hours apart: a night off between
        ((22, 45, 80.5), False),
    ],
)
def test_nights_running_stop_at_the_limit(starts: tuple[float, ...], fits: bool) -> None:
    person = make.person("Ada", most=make.limits(nights_running=2))
    problem = make.problem([person], nights(*starts), rest=NO_REST)
    assert allowed(problem) is fits
    assert broken(problem) == (set() if fits else {"nights running"})


@pytest.mark.parametrize(
    ("history", "fits"),
    [
        ((-26, -2), False),
        ((-2,), True),
        ((-50, -26), True),
        ((46, 70), False),
        ((-2, 46), False),
        ((46,), True),
        ((70, 94), True),
    ],
)
def test_nights_before_and_promised_after_belong_to_the_run(
    history: tuple[float, ...], fits: bool
) -> None:
    person = make.person("Ada", most=make.limits(nights_running=2), history=nights(*history))
    problem = make.problem([person], [make.shift("mon night", 22, 30, NIGHT)], rest=NO_REST)
    assert allowed(problem) is fits


# clock changes: nights 22:00 to 08:00, site time


def site_night(zone: str, year: int, month: int, day: int, name: str) -> Shift:
    place = ZoneInfo(zone)
    start = datetime(year, month, day, 22, tzinfo=place).astimezone(UTC)
    following = start.astimezone(place).date() + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, 8, tzinfo=place)
    return Shift(name, "nanjing", NIGHT, Span(start, end.astimezone(UTC)))


@pytest.mark.parametrize(
    ("zone", "month", "day", "hours"),
    [
        ("Europe/London", 3, 27, 9),  # Saturday; clocks go forward on Sunday 2027-03-28
        ("Europe/London", 10, 30, 11),  # clocks go back on Sunday 2027-10-31
        ("Asia/Shanghai", 3, 27, 10),
        ("Asia/Shanghai", 10, 30, 10),
    ],
)
@pytest.mark.parametrize("beyond", [0, 1])
def test_a_night_counts_its_real_hours_when_clocks_change(
    zone: str, month: int, day: int, hours: int, beyond: int
) -> None:
    # given
    night = site_night(zone, 2027, month, day, "sat")
    horizon = Span(night.span.start - timedelta(days=6), night.span.start + timedelta(days=1))
    limits = make.limits(hours=hours - beyond)
    person = make.person("Ada", most=limits, available=[Span(horizon.start, make.at(9000))])
    problem = replace(make.problem([person], [night]), horizon=horizon)
    # then
    assert allowed(problem) is (beyond == 0)


@pytest.mark.parametrize(("month", "day", "gap"), [(3, 27, 14), (10, 30, 14)])
@pytest.mark.parametrize("beyond", [0, 0.5])
def test_rest_and_runs_over_a_clock_change_are_elapsed_time(
    month: int, day: int, gap: float, beyond: float
) -> None:
    # given
    first = site_night("Europe/London", 2027, month, day, "sat")
    second = site_night("Europe/London", 2027, month, day + 1, "sun")
    horizon = Span(first.span.start - timedelta(days=5), first.span.start + timedelta(days=2))
    whole = [Span(horizon.start, make.at(9000))]
    rest = replace(NO_REST, after_night=timedelta(hours=gap + beyond))
    runs = [make.limits(nights_running=most) for most in (2, 1)]
    # when
    fits = [
        allowed(
            replace(
                make.problem(
                    [make.person("Ada", most=most, available=whole)], [first, second], rest=rest
                ),
                horizon=horizon,
            )
        )
        for most in runs
    ]
    # then
    assert fits == [beyond == 0, False]


# room and pins


@pytest.mark.parametrize(("most", "fits"), [(2, True), (1, False), (None, True)])
def test_a_shift_holds_as_many_people_as_it_has_chairs(most: int | None, fits: bool) -> None:
    # given
    people = [make.person("Ada"), make.person("Bo")]
    problem = make.problem(people, [make.shift("mon", 8, 12, most=most)])
    # when
    found = audit.breaches(problem, make.roster(("Ada", "mon"), ("Bo", "mon")))
    # then
    assert [breach.rule for breach in found] == ([] if fits else ["room in the shift"])


def test_a_forgotten_pin_is_a_breach() -> None:
    problem = make.problem([make.person("Ada")], [make.shift("mon", 8, 12)], pins=[("Ada", "mon")])
    assert [b.rule for b in audit.breaches(problem, make.roster())] == ["pins"]
    assert audit.breaches(problem, make.roster(("Ada", "mon"))) == ()


def test_every_refusal_is_a_sentence_under_the_name_of_its_rule() -> None:
    # given
    person = make.person(
        "Ada",
        available=[make.span(0, 1)],
        most=replace(
            make.limits(0, 0, 0, 0),
            days_running=0,
            days_off=7,
            caps=(Cap(Unit.SHIFTS, Period.WEEK, 0),),
        ),
        history=[make.shift("promised", -4, 8, handover=4)],
        absent=[make.span(9, 10)],
    )
    person = replace(person, exempt=frozenset({Rota.NIGHTS}))
    shift = make.shift("mon", 8, 14, NIGHT, desk="suzhou", certificates=["crisis"])
    problem = make.problem([person], [shift])
    # when
    answers = [(rule.name, rule.start(problem, person).extend(shift)) for rule in PERSONAL_RULES]
    # then
    for name, answer in answers:
        assert isinstance(answer, Refusal)
        assert answer.rule == name
        assert answer.sentence
