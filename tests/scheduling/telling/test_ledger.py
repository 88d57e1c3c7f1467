"""Does unpopular work come out even over a year, and does nobody owe what was not theirs?"""

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scheduling.problem import (
    Limits,
    Need,
    Person,
    Prices,
    Problem,
    Rota,
    Shift,
    ShiftKind,
    Span,
    Weights,
)
from scheduling.roster import Status
from scheduling.solve import SolveLimits, build_roster
from scheduling.telling.ledger import (
    Burden,
    Coming,
    Page,
    Scale,
    Sharer,
    Worked,
    beyond_share,
    carrying_over,
)
from tests.scheduling import make

DAY = timedelta(days=1)
MONTHS, EXEMPT = range(1, 13), (0, 17)
NIGHT, FULL_DAY, STANDBY = ShiftKind.NIGHT, ShiftKind.FULL_DAY, ShiftKind.STANDBY


def night(person: str, **told: bool) -> Worked:
    return Worked(person, NIGHT, 20, **told)


def days(**each: int) -> tuple[Sharer, ...]:
    return tuple(Sharer(name, count) for name, count in each.items())


# a year of 24-hour duty


def month_of(number: int) -> Span:
    """A month of 2027, duty beginning at 08:00."""
    start = datetime(2027, number, 1, 8, tzinfo=UTC)
    return Span(start, start + monthrange(2027, number)[1] * DAY)


def duties(month: Span) -> tuple[Shift, ...]:
    starts = [month.start + n * DAY for n in range(month.length // DAY)]
    return tuple(
        Shift(f"duty {at:%m-%d}", "nanjing", FULL_DAY, Span(at, at + DAY), weekend=at.weekday() > 4)
        for at in starts
    )


def can_come(number: int, shift: Shift) -> bool:
    """Every third person is there on workdays only, every seventh on weekends or Fridays."""
    weekday = shift.span.start.weekday()
    if number % 3 == 0:
        return weekday < 5
    return number % 7 != 1 or weekday > 3


def away(number: int, month: int) -> range:
    """The days of a month that somebody is not there: weeks in summer, or half a year."""
    if number == 5:
        return range(31 if month < 7 else 0)  # joins in July
    if number % 4 == 2:
        return range(21 if month == 3 + number % 6 else 0)
    return range(0)


def one_month(number: int, month: int, shifts: Sequence[Shift]) -> Person:
    gone = away(number, month)
    return Person(
        id=f"volunteer {number}",
        desks=frozenset({"nanjing"}),
        certificates=(),
        available=tuple(
            shift.span
            for day, shift in enumerate(shifts)
            if day not in gone and can_come(number, shift)
        ),
        limits=Limits(4, timedelta(hours=96), 4, 1),
        exempt=frozenset({Rota.FULL_DAYS} if number in EXEMPT else ()),
    )


def burdens_of(number: int, person: Person) -> frozenset[Burden]:
    if person.exempt:
        return frozenset()
    return frozenset(Burden) - (frozenset() if number % 3 else {Burden.WEEKENDS})


def sharers_in(month: int, people: Sequence[Person]) -> tuple[Sharer, ...]:
    whole = month_of(month).length // DAY
    return tuple(
        Sharer(person.id, max(0, whole - len(away(number, month))), burdens_of(number, person))
        for number, person in enumerate(people)
    )


def problem_of(month: int, pages: Sequence[Page]) -> Problem:
    span = month_of(month)
    shifts = duties(span)
    people = [one_month(number, month, shifts) for number in range(30)]
    weekends = sum(shift.weekend for shift in shifts)
    asked = {Burden.FULL_DAYS: 2 * len(shifts), Burden.WEEKENDS: 2 * weekends}
    coming = Coming(asked, sharers_in(month, people))
    carried = tuple(carrying_over(people, pages, Scale(), coming))
    needs = (Need("nanjing", span, 2, 2),)
    return Problem(span, carried, shifts, needs, prices=Prices(below_floor=1, below_target=1))


def page_of(month: int, problem: Problem, worked: Sequence[Worked]) -> Page:
    return Page(tuple(worked), sharers_in(month, problem.people))


def worked_in(problem: Problem) -> tuple[Worked, ...]:
    """What the best roster of a month gives to whom; it must be proven and without a gap."""
    result = build_roster(problem, SolveLimits(work=60))
    assert (result.status, result.gaps) == (Status.OPTIMAL, ())
    on_weekend = {shift.id: shift.weekend for shift in problem.shifts}
    given = result.roster.assignments
    return tuple(Worked(a.person, FULL_DAY, 48, on_weekend[a.shift]) for a in given)


def test_a_year_of_24_hour_duty_comes_out_even() -> None:
    # given
    pages: list[Page] = []
    # when
    for month in range(1, 13):
        problem = problem_of(month, pages)
        pages.append(page_of(month, problem, worked_in(problem)))
        balances = beyond_share(pages, Scale())[Burden.FULL_DAYS]
        assert max(balances.values()) - min(balances.values()) < 2, f"uneven in month {month}"
    # then: who was there all year is within one duty of everybody else who was
    done = Counter({f"volunteer {number}": 0 for number in range(30)})
    done.update(each.person for page in pages for each in page.worked)
    all_year = [n for n in range(30) if n not in EXEMPT and not any(away(n, m) for m in MONTHS)]
    counts = {done[f"volunteer {number}"] for number in all_year}
    assert len(all_year) == 20
    assert max(counts) - min(counts) <= 1
    # and who came later or was away is as near, beside a share cut to their days
    assert len(balances) == 28
    assert max(balances.values()) - min(balances.values()) < Fraction(3, 2)
    # and nobody who is exempt was asked
    assert [done[f"volunteer {number}"] for number in EXEMPT] == [0, 0]
    assert done.total() == 2 * 365


# shares


def beyond(pages: Sequence[Page], burden: Burden) -> dict[str, Fraction]:
    return dict(beyond_share(pages, Scale())[burden])


def test_a_night_is_owed_by_all_who_share_in_equal_parts() -> None:
    page = Page((night("Ada"), night("Ada"), night("Bo")), days(Ada=28, Bo=28, Cem=28))
    assert beyond([page], Burden.NIGHTS) == {"Ada": 1, "Bo": 0, "Cem": -1}


def test_whoever_joins_in_the_middle_of_the_year_owes_nothing_for_the_time_before() -> None:
    before = Page((night("Ada"),) * 4 + (night("Bo"),) * 4, days(Ada=28, Bo=28))
    since = Page((night("Ada"), night("Bo"), night("Cem")), days(Ada=28, Bo=28, Cem=28))
    assert beyond([before, since], Burden.NIGHTS) == {"Ada": 0, "Bo": 0, "Cem": 0}


def test_whoever_is_away_for_weeks_owes_less_in_proportion() -> None:
    page = Page((night("Ada"), night("Ada"), night("Bo")), days(Ada=28, Bo=14, Cem=0))
    assert beyond([page], Burden.NIGHTS) == {"Ada": 0, "Bo": 0}


def test_whoever_is_exempt_owes_nothing_and_what_they_do_is_their_gift() -> None:
    # given
    others = frozenset(Burden) - {Burden.NIGHTS}
    sharers = (Sharer("Ada", 28), Sharer("Bo", 28), Sharer("Eve", 28, others))
    page = Page((night("Ada"), night("Bo"), night("Eve")), sharers)
    # then
    assert beyond([page], Burden.NIGHTS) == {"Ada": 0, "Bo": 0}
    assert beyond([page], Burden.LOAD) == {"Ada": 0, "Bo": 0, "Eve": 0}


def test_a_page_that_nobody_shares_in_leaves_no_debt() -> None:
    assert beyond([Page((night("Ada"),), ())], Burden.NIGHTS) == {}
    assert beyond([Page((night("Ada"),), days(Ada=0))], Burden.NIGHTS) == {}


def test_nights_24_hour_duty_and_weekends_are_rotas_of_their_own() -> None:
    # given
    duty = Worked("Bo", FULL_DAY, 48, weekend=True)
    page = Page((night("Ada"), night("Ada"), duty, duty), days(Ada=28, Bo=28))
    # then
    assert beyond([page], Burden.NIGHTS) == {"Ada": 1, "Bo": -1}
    assert beyond([page], Burden.FULL_DAYS) == {"Ada": -1, "Bo": 1}
    assert beyond([page], Burden.WEEKENDS) == {"Ada": -1, "Bo": 1}


def test_load_goes_by_kind_and_counts_more_when_a_crisis_call_fell_in_it() -> None:
    # given: Ada 20 x 4, Bo 20 x 1, and Ada's second night half as much again
    standby = Worked("Bo", STANDBY, 20)
    page = Page((night("Ada"), night("Ada", crisis=True), standby), days(Ada=28, Bo=28))
    # when
    plain = beyond_share([page], Scale())[Burden.LOAD]
    hard = beyond_share([page], Scale(Weights(), Fraction(3, 2)))[Burden.LOAD]
    # then
    assert plain == {"Ada": 70, "Bo": -70}
    assert hard == {"Ada": 90, "Bo": -90}


def test_what_is_carried_over_is_whole_and_goes_to_the_right_person() -> None:
    # given
    duty = Worked("Bo", FULL_DAY, 48, weekend=True)
    page = Page((night("Ada"), duty, duty), days(Ada=28, Bo=28))
    people = [make.person(name, nights_before=7) for name in ("Ada", "Bo", "Eve")]
    # when
    ada, bo, eve = carrying_over(people, [page], Scale(), Coming())
    # then: halves are rounded up; Eve shared in nothing
    assert (ada.nights_before, ada.full_days_before, ada.weekends_before) == (1, -1, -1)
    assert (bo.nights_before, bo.full_days_before, bo.weekends_before) == (0, 1, 1)
    assert (ada.load_before, bo.load_before) == (80 - 184, 288 - 184)
    assert eve == make.person("Eve")


def test_whoever_will_be_away_is_asked_for_less_of_the_next_roster() -> None:
    # given: three nights to come, and Bo away for half of the time
    coming = Coming({Burden.NIGHTS: 3}, days(Ada=28, Bo=14))
    page = Page((night("Ada"), night("Bo")), days(Ada=28, Bo=28))
    people = [make.person(name) for name in ("Ada", "Bo", "Eve")]
    # when
    carried = carrying_over(people, [page], Scale(), coming)
    # then
    assert [person.nights_before for person in carried] == [-2, -1, 0]


NAMES = st.sampled_from(["Ada", "Bo", "Cem", "Dee", "Eve"])


@st.composite
def some_pages(draw: st.DrawFn) -> Page:
    kinds = st.sampled_from(ShiftKind)
    halves = st.integers(1, 48)
    worked = st.builds(Worked, NAMES, kinds, halves, st.booleans(), st.booleans())
    burdens = st.frozensets(st.sampled_from(Burden))
    sharers = [Sharer(n, draw(st.integers(0, 31)), draw(burdens)) for n in draw(st.sets(NAMES))]
    return Page(tuple(draw(st.lists(worked, max_size=6))), tuple(sharers))


@given(st.lists(some_pages(), max_size=4))
def test_what_some_did_beyond_their_share_others_did_below(pages: list[Page]) -> None:
    for balances in beyond_share(pages, Scale(Weights(), Fraction(5, 3))).values():
        assert sum(balances.values()) == 0
