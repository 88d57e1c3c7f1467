"""Is a bound still true when people who share their shifts are looked at together?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import audit, master
from scheduling.bounds.blocks import blocks
from scheduling.bounds.whole import Ground, Raised, raised
from scheduling.choosing import mixed, raising
from scheduling.choosing.budget import SolveLimits, never, whole
from scheduling.choosing.greedy import allowed, points
from scheduling.choosing.tasks import Chooser
from scheduling.legal.pricing import SCALE, Worth, plain
from scheduling.problem import Problem
from scheduling.roster import Status
from scheduling.solve import build_roster
from scheduling.telling.levels import Goal, Level, at, settling
from tests.scheduling import draw
from tests.scheduling.bounds.looked import ROOM, Looked, two_cities
from tests.scheduling.test_choice import knotty


@given(
    problem=draw.problems(most_people=3, most_shifts=5),
    level=st.sampled_from(Level),
    most=st.integers(1, 3),
)
@settings(max_examples=80, deadline=None)
def test_what_blocks_add_to_a_bound_is_never_too_much(
    problem: Problem, level: Level, most: int
) -> None:
    # given
    looked = Looked(problem)
    if looked.result.status is not Status.OPTIMAL:
        return
    best = audit.points(problem, looked.result.roster)
    goal = settling(level, best)
    now = looked.columns(looked.result.roster)
    # when
    exact, found = looked.raised(goal, now, most)
    # then
    assert exact + sum(found.by.values()) <= best[level] * SCALE
    assert points(looked.rows, found.columns) == best
    assert allowed(looked.rows, found.columns)


@pytest.mark.parametrize("seed", [6, 7, 14])
def test_what_a_roster_is_above_its_bound_in_a_block_is_what_it_costs_in_the_offer(
    seed: int,
) -> None:
    # given: stretches that no good roster leaves without anybody
    looked = Looked(knotty(seed, people=5))
    goal, now = Goal(at(Level.FLOORS, 1)), looked.columns(looked.result.roster)
    proof = looked.prover.evidence(goal, now, lambda _: True, whole(SolveLimits(), never))
    least = looked.prover.least(proof.worth).tolist()
    ground = Ground(looked.weeks, proof.worth, least, now, ROOM)
    (block,) = blocks(looked.weeks, len(looked.rows))
    far = block.far(*looked.prover.distance(proof.worth, now))
    # when
    offer = ground.offer(looked.prover, block, far)
    # then
    assert offer is not None
    assert any(row.low > 0 for row in offer.rows)
    assert offer.goal.price(points(offer.rows, offer.hint)) == far


@pytest.mark.parametrize(
    ("points", "chosen"), [(SCALE, ("night",)), (-SCALE, ())], ids=["it pays", "it costs"]
)
def test_of_weeks_that_differ_outside_a_block_alone_it_is_offered_the_cheapest(
    points: int, chosen: tuple[str, ...]
) -> None:
    # given: in Nanjing it is all one whether Ada rests or has the night
    looked = Looked(two_cities())
    goal, now = Goal(at(Level.FLOORS, 1)), looked.columns(looked.result.roster)
    night = np.array(["night" in row.shifts for row in looked.rows], dtype=np.int64)
    worth = Worth(points * night, plain(len(looked.rows), goal).points)
    least = looked.prover.least(worth).tolist()
    nanjing, _ = blocks(looked.weeks, len(looked.rows), 2)
    # when
    offer = Ground(looked.weeks, worth, least, now, ROOM).offer(looked.prover, nanjing, SCALE)
    # then
    assert offer is not None
    of_ada = {c.pattern.shifts for c in offer.columns if c.pattern.person == "Ada"}
    assert of_ada == {("nanjing day",), chosen}


def test_one_block_of_everybody_proves_all_there_is() -> None:
    # given: fractions of people would do better than whole ones
    looked = Looked(knotty(seed=14, people=5))
    best = looked.result.levels[0].price
    pins = tuple(one.only_pins() for one in looked.weeks)
    # when
    exact, found = looked.raised(Goal(at(Level.FLOORS, 1)), pins, 5)
    # then
    assert exact < best * SCALE
    assert -(-(exact + sum(found.by.values())) // SCALE) == best
    assert points(looked.rows, found.columns)[0] == best


def test_blocks_chosen_in_side_by_side_prove_what_they_do_one_after_another() -> None:
    looked = Looked(cities(6, 7))
    pins = tuple(one.only_pins() for one in looked.weeks)
    goal = Goal(at(Level.FLOORS, 1))

    in_turn, together = (looked.raised(goal, pins, 7, workers) for workers in (1, 2))

    assert len(in_turn[1].by) == 2
    assert together == in_turn


def test_a_block_too_large_and_a_block_out_of_time_add_nothing() -> None:
    # given
    looked = Looked(knotty(seed=14, people=5))
    goal = Goal(at(Level.FLOORS, 1))
    pins = tuple(one.only_pins() for one in looked.weeks)
    proof = looked.prover.evidence(goal, pins, lambda _: True, whole(SolveLimits(), never))
    least = looked.prover.least(proof.worth).tolist()
    ground = Ground(looked.weeks, proof.worth, least, pins, ROOM)
    parts = blocks(looked.weeks, len(looked.rows))

    # when
    def never_asked(offer: master.Offer) -> master.Choice:
        raise AssertionError(offer)

    large = raised(looked.prover, parts, replace(ground, room=3), goal, never_asked, lambda: True)
    late = raised(looked.prover, parts, ground, goal, never_asked, lambda: False)
    # then
    assert large == late == Raised({}, pins, frozenset())


def test_a_block_that_is_not_proven_soon_is_tried_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: solvers that prove nothing in a hurry
    def slow(choose: Chooser) -> Chooser:
        def chosen(offer: master.Offer, effort: master.Effort) -> master.Choice:
            soon = effort.work < 0.15
            return master.Choice(offer.hint, 0, 0.1) if soon else choose(offer, effort)

        return chosen

    for each in (mixed, master):
        monkeypatch.setattr(each, "choose", slow(each.choose))
    for name, value in (("ROOM", 30), ("SOON", 0.01), ("LATER", 0.01)):
        monkeypatch.setattr(raising, name, value)

    def bound(harder: int) -> int:
        monkeypatch.setattr(raising, "HARDER", harder)
        return build_roster(cities(6, 7), SolveLimits(work=8, columns=300)).levels[1].bound

    # when
    short, longer = bound(1), bound(1_000)
    # then
    assert short < longer


@pytest.mark.parametrize("level", list(Level))
def test_distances_add_up_to_all_that_is_not_proven(level: Level) -> None:
    # given
    looked = Looked(knotty(seed=14, people=5))
    goal = Goal(at(level, 1))
    now = looked.columns(looked.result.roster)
    proof = looked.prover.evidence(goal, now, lambda _: True, whole(SolveLimits(), never))
    # when
    rows, people = looked.prover.distance(proof.worth, now)
    # then
    far = audit.points(looked.problem, looked.result.roster)[level] * SCALE - proof.exact
    assert int(rows.sum() + people.sum()) == far
    assert min(rows.min(), people.min()) >= 0


def cities(*seeds: int) -> Problem:
    """Desks with people of their own, at each of which halves of weeks would do better."""
    apart = [_city(knotty(seed, people=7), f"city {seed}") for seed in seeds]
    together = apart[0]
    for other in apart[1:]:
        together = replace(
            together,
            people=(*together.people, *other.people),
            shifts=(*together.shifts, *other.shifts),
            needs=(*together.needs, *other.needs),
        )
    return together


def _city(problem: Problem, name: str) -> Problem:
    return replace(
        problem,
        people=tuple(
            replace(who, id=f"{name} {who.id}", desks=frozenset({name})) for who in problem.people
        ),
        shifts=tuple(replace(s, id=f"{name} {s.id}", desk=name) for s in problem.shifts),
        needs=tuple(replace(need, desk=name) for need in problem.needs),
    )


def test_many_desks_are_proven_desk_by_desk_where_one_choice_cannot_hold_all_weeks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: so few weeks at once that a choice holds those of a desk, not those of both
    monkeypatch.setattr(raising, "ROOM", 30)
    limits = SolveLimits(work=4, columns=300)
    # when
    result = build_roster(cities(6, 7), limits)
    # then
    alone = [build_roster(cities(seed)) for seed in (6, 7)]
    floors, targets, *_ = result.levels
    assert floors.price == floors.bound == sum(each.levels[0].price for each in alone)
    assert targets.bound <= sum(each.levels[1].price for each in alone) <= targets.price
    assert targets.price - targets.bound < 100  # by halves of weeks 508
