"""Are desks that have nothing in common built side by side, and is the whole told meanwhile?"""

from dataclasses import replace

import pytest

from scheduling import audit
from scheduling.choosing.desks import Means, build_desks
from scheduling.places import PlaceError
from scheduling.places.cluster import Cluster
from scheduling.places.local import Here, Processes
from scheduling.problem import Pin, Problem
from scheduling.roster import Status
from scheduling.solve import Progress, SolveLimits, build_roster
from tests.scheduling import make
from tests.scheduling.places.played import Played, done, lost

LIMITS = SolveLimits(seconds=600.0)
FAR = Means(cluster="tcp://127.0.0.1:1")


def province(desks: int, people: int = 3) -> Problem:
    """Desks of their own people, with more shifts than these can take."""
    names = [f"desk {n}" for n in range(desks)]
    days, nights = range(5), range(20, 120, 24)
    return make.problem(
        [
            make.person(f"{name}: {n}", desks=[name], most=make.limits(2 + n % 2))
            for name in names
            for n in range(people)
        ],
        [
            make.shift(f"{name}/{d}", 24 * d + 8, 24 * d + 12, desk=name)
            for name in names
            for d in days
        ],
        [make.need(24 * d + 8, 24 * d + 12, 1, 2, desk=name) for name in names for d in days]
        + [make.need(hour, hour + 2, desk=names[0], certificate="crisis") for hour in nights],
    )


@pytest.mark.parametrize(
    "means", [Means(), Means(workers=2, worth_starting=0)], ids=["here", "processes"]
)
def test_desks_side_by_side_are_as_good_as_in_one(means: Means) -> None:
    problem = province(3)
    whole = build_roster(problem, LIMITS)

    result = build_desks(problem, LIMITS, means.place)

    assert (result.status, result.levels) == (Status.OPTIMAL, whole.levels)
    assert (result.price_by_wish, result.price) == (whole.price_by_wish, whole.price)
    assert audit.breaches(problem, result.roster) == ()
    assert result.roster == build_desks(problem, LIMITS, Means().place).roster


def test_a_single_desk_is_built_as_ever() -> None:
    problem = province(1)

    result = build_desks(problem, LIMITS, replace(FAR, worth_starting=0).place)

    assert replace(result, seconds=0) == replace(build_roster(problem, LIMITS), seconds=0)


def test_all_desks_are_told_in_one_sum_that_ends_as_the_result() -> None:
    problem = province(3)
    words: list[Progress] = []

    result = build_desks(problem, LIMITS, Means().place, words.append)

    assert words[-1].levels == result.levels
    assert words[-1].coverage == pytest.approx(audit.coverage(problem, result.roster))
    assert words[0].bound < -(10**17), "the desks that said nothing yet have no bound"
    nobody = audit.points(problem, make.roster())
    for word in words:
        assert tuple(level.price for level in word.levels) <= nobody
        assert 0 <= word.coverage <= 1
    assert [word.seconds for word in words] == sorted(word.seconds for word in words)


def test_desks_that_want_nobody_are_wholly_covered() -> None:
    words: list[Progress] = []
    build_desks(replace(province(2), needs=()), LIMITS, Means().place, words.append)
    assert {word.coverage for word in words} == {1.0}


def test_pins_that_contradict_a_rule_at_one_desk_make_the_whole_impossible() -> None:
    pins = tuple(Pin("desk 1: 0", f"desk 1/{day}") for day in range(3))
    words: list[Progress] = []

    result = build_desks(replace(province(2), pins=pins), LIMITS, Means().place, words.append)

    assert result.status is Status.IMPOSSIBLE
    assert {breach.person for breach in result.breaches} == {"desk 1: 0"}


def test_a_problem_that_makes_no_sense_is_refused_as_a_whole() -> None:
    with pytest.raises(ValueError, match="unknown person: Eve"):
        build_desks(replace(province(2), pins=(Pin("Eve", "desk 1/0"),)), LIMITS, Means().place)


def test_a_cluster_out_of_reach_is_told() -> None:
    means = Means(cluster="nowhere://at all", worth_starting=0)
    with pytest.raises(PlaceError, match="No Dask scheduler answers at nowhere://at all"):
        build_desks(province(2), LIMITS, means.place)


@pytest.mark.parametrize(
    ("means", "people", "place"),
    [
        (Means(workers=2), (199, 300), Here()),
        (Means(workers=2), (200, 300), Processes(2)),
        (Means(workers=1), (200, 300), Here()),
        (FAR, (99, 100, 300), Here()),
        (FAR, (1000, 100, 100), Cluster("tcp://127.0.0.1:1")),
    ],
)
def test_workers_are_started_for_large_desks_only(
    means: Means, people: tuple[int, ...], place: object
) -> None:
    crowds = [make.problem([make.person(f"{n}") for n in range(count)], []) for count in people]
    assert means.place(crowds) == place


def test_a_desk_that_nobody_solves_is_told_instead_of_half_a_roster() -> None:
    words: list[Progress] = []
    with pytest.raises(PlaceError, match="The worker died 3 times over this problem"):
        build_desks(
            province(2),
            LIMITS,
            lambda parts: Played(lambda number, payload: lost() if number else done(payload)),
            words.append,
        )
    assert len(words) == 1, "only one desk ended"
