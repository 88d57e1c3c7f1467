"""Does the baseline solve the very weeks that the engine solves?"""

import pytest

from benchmarks import cells
from benchmarks.made_up import EIGHT, FOUR, Case, week
from scheduling import audit
from scheduling.roster import Status
from scheduling.solve import SolveLimits, build_roster

CALLS = {hour: 1 + hour % 24 / 8 for hour in range(168)}  # calls grow until midnight
AMPLE = SolveLimits(seconds=300)


@pytest.mark.parametrize(
    ("case", "seed"),
    [(Case(4, FOUR, 3), 1), (Case(6, FOUR, 3), 2), (Case(8, FOUR, 3), 3), (Case(4, EIGHT, 5), 4)],
)
def test_the_baseline_and_the_engine_prove_the_same_levels(case: Case, seed: int) -> None:
    # given
    problem = week(case, CALLS, seed)
    # when
    baseline, engine = cells.build_roster(problem, AMPLE), build_roster(problem, AMPLE)
    # then
    assert (baseline.status, engine.status) == (Status.OPTIMAL, Status.OPTIMAL)
    assert baseline.levels == engine.levels


def test_the_baseline_gives_a_lawful_roster_and_true_bounds_when_time_is_short() -> None:
    problem = week(Case(12, FOUR, 3), CALLS, 1)
    best = build_roster(problem, AMPLE)

    hasty = cells.build_roster(problem, SolveLimits(seconds=0.0))

    assert audit.breaches(problem, hasty.roster) == ()
    assert hasty.status is Status.FEASIBLE
    assert [each.price for each in hasty.levels] >= [each.price for each in best.levels]
    assert hasty.levels[0].bound <= best.levels[0].price
    assert all(each.bound <= each.price for each in hasty.levels)
