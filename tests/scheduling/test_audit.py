"""What does the auditor ask for each wish, and which gaps does it list?"""

import pytest

from scheduling import audit
from scheduling.problem import Person, Prices, Problem, ShiftKind
from scheduling.roster import Gap, Roster
from scheduling.solve import build_roster
from tests.scheduling import make

PRICES = Prices(1000, 60, 2, 30, -10, 15, 10)
SUNDAYS = [make.shift(f"sun {n}", 150, 154) for n in range(49)]  # nobody asks about them


def priced(problem: Problem, roster: Roster) -> dict[str, int]:
    """Only the wishes that cost something."""
    return {name: points for name, points in audit.price(problem, roster).items() if points}


@pytest.mark.parametrize(
    ("heads", "prices"),
    [
        (0, {"below floor": 2 * 8 * 1000, "below target": 8 * 60}),
        (1, {"below floor": 8 * 1000, "below target": 8 * 60}),
        (2, {"below target": 8 * 60}),
        (3, {}),
        (4, {"above target": 8 * 2}),
    ],
)
def test_heads_are_priced_for_each_half_hour(heads: int, prices: dict[str, int]) -> None:
    # given
    names = ["Ada", "Bo", "Cem", "Dee"]
    people = [make.person(name) for name in names]
    problem = make.problem(people, [make.shift("mon", 8, 12)], [make.need(8, 12, 2, 3)])
    # when
    roster = make.roster(*((name, "mon") for name in names[:heads]))
    # then
    assert priced(problem, roster) == prices


def test_only_certified_heads_fill_a_certified_floor() -> None:
    # given
    people = [
        make.person("Ada"),
        make.person("Bo", certificates=[make.certificate("crisis", None, 11)]),
        make.person("Cem", certificates=[make.certificate("child"), make.certificate("crisis")]),
    ]
    needs = [make.need(8, 12, certificate="crisis")]
    problem = make.problem(people, [make.shift("mon", 8, 12)], needs)
    # then
    missing = {"below certified floor": 8 * 1000}
    assert priced(problem, make.roster(("Ada", "mon"))) == missing
    assert priced(problem, make.roster(("Bo", "mon"))) == missing
    assert priced(problem, make.roster(("Cem", "mon"))) == {}
    everybody = make.roster(("Ada", "mon"), ("Bo", "mon"), ("Cem", "mon"))
    assert priced(problem, everybody) == {}


@pytest.mark.parametrize(("since", "until", "missing"), [(8, 12, 0), (8.5, 12, 8), (8, 11.5, 8)])
def test_a_head_is_certified_when_the_certificate_covers_its_whole_shift(
    since: float, until: float, missing: int
) -> None:
    # given
    bo = make.person("Bo", certificates=[make.certificate("crisis", since, until)])
    needs = [make.need(8, 12, certificate="crisis")]
    problem = make.problem([bo], [make.shift("mon", 8, 12)], needs)
    # then
    points = audit.price(problem, make.roster(("Bo", "mon")))
    assert points["below certified floor"] == missing * 1000
    assert build_roster(problem).price == missing * 1000


def test_promised_shifts_of_the_same_desk_cover_and_needs_end_with_the_horizon() -> None:
    # given
    promised = make.shift("sunday night", -2, 8, ShiftKind.NIGHT)
    elsewhere = make.shift("elsewhere", 8, 12, desk="suzhou")
    people = [make.person("Ada", history=[promised]), make.person("Bo", history=[elsewhere])]
    problem = make.problem(people, [], [make.need(-2, 8), make.need(8, 12), make.need(166, 170)])
    # then: four hours on Monday and the last two of Sunday
    assert priced(problem, make.roster()) == {"below floor": (8 + 4) * 1000}


@pytest.mark.parametrize(
    ("time", "points"),
    [((8, 12), -9), ((8, 11.5), 0), ((7, 10), 0), ((12, 16), 0), ((0, 24), -9)],
)
def test_a_preferred_time_counts_when_the_shift_lies_inside(
    time: tuple[float, float], points: int
) -> None:
    person = make.person("Ada", preferred=[make.span(*time)])
    problem = make.problem([person], [make.shift("mon", 8, 12), *SUNDAYS])
    assert audit.price(problem, make.roster(("Ada", "mon")))["preferred times"] == points


def test_preferred_times_that_touch_are_one() -> None:
    person = make.person("Ada", preferred=[make.span(10, 13), make.span(7, 10)])
    problem = make.problem([person], [make.shift("mon", 8, 12), *SUNDAYS])
    assert audit.price(problem, make.roster(("Ada", "mon")))["preferred times"] == -9
    assert build_roster(problem).price == -9


@pytest.mark.parametrize(("time", "points"), [((11.5, 20), 29), ((12, 20), 0), ((4, 8), 0)])
def test_an_unwanted_time_counts_when_the_shift_meets_it(
    time: tuple[float, float], points: int
) -> None:
    person = make.person("Ada", unwanted=[make.span(*time), make.span(100, 101)])
    problem = make.problem([person], [make.shift("mon", 8, 12), *SUNDAYS])
    assert audit.price(problem, make.roster(("Ada", "mon")))["unwanted times"] == points


@pytest.mark.parametrize(
    ("before", "squares"), [(0, 2**2), (1, 3**2), (-2, 0), (-1, 1)], ids=lambda value: str(value)
)
def test_nights_cost_the_square_of_what_somebody_has(before: int, squares: int) -> None:
    # given
    promised = make.shift("promised", 70, 78, ShiftKind.NIGHT, desk="elsewhere", weekend=True)
    earlier = make.shift("earlier", -26, -18, ShiftKind.NIGHT, weekend=True)
    person = make.person(
        "Ada", nights_before=before, weekends_before=before, history=[promised, earlier]
    )
    night = make.shift("night", 22, 32, ShiftKind.NIGHT, weekend=True)
    # when
    points = audit.price(make.problem([person], [night]), make.roster(("Ada", "night")))
    # then
    assert points["unfair nights"] == 15 * squares
    assert points["unfair weekends"] == 10 * squares


def test_whoever_is_given_nothing_still_costs_their_square() -> None:
    problem = make.problem([make.person("Ada", nights_before=-2)], [])
    assert priced(problem, make.roster()) == {"unfair nights": 15 * 4}


def people(*names: str) -> list[Person]:
    return [make.person(name) for name in names]


def test_gaps_are_as_long_as_possible_and_say_whether_the_floor_is_broken() -> None:
    # given
    shifts = [make.shift("early", 8, 12), make.shift("late", 10, 14)]
    needs = [make.need(8, 16, 1, 2), make.need(8, 10, certificate="crisis")]
    problem = make.problem(people("Ada", "Bo"), shifts, needs)
    # when
    found = audit.gaps(problem, make.roster(("Ada", "early"), ("Bo", "late")))
    # then
    assert found == (
        Gap("nanjing", make.span(8, 10), 1, below_floor=False),
        Gap("nanjing", make.span(8, 10), 1, below_floor=True, certificate="crisis"),
        Gap("nanjing", make.span(12, 14), 1, below_floor=False),
        Gap("nanjing", make.span(14, 16), 2, below_floor=True),
    )


def test_coverage_is_the_share_of_wanted_heads_that_stand() -> None:
    # given
    shifts = [make.shift("early", 8, 12), make.shift("late", 12, 16)]
    needs = [make.need(8, 16, 1, 2), make.need(8, 16, certificate="crisis")]
    problem = make.problem(people("Ada", "Bo", "Cem"), shifts, needs)
    # then
    crowd = make.roster(("Ada", "early"), ("Bo", "early"), ("Cem", "early"))
    assert audit.coverage(problem, crowd) == 0.5
    assert audit.coverage(make.problem(people("Ada"), []), make.roster()) == 1


@pytest.mark.parametrize("pair", [("Eve", "mon"), ("Ada", "tue")])
def test_a_roster_of_strangers_is_refused(pair: tuple[str, str]) -> None:
    problem = make.problem(people("Ada"), [make.shift("mon", 8, 12)])
    with pytest.raises(ValueError, match="unknown"):
        audit.breaches(problem, make.roster(pair))
