"""Does Erlang A give the published values, and good sense at its edges?"""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.demand.answered.patience import Waits, heads_with_patience
from scheduling.demand.counts import DemandError
from scheduling.demand.erlang import CoverageTarget, waiting

HALF_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("waits", "abandoned", "mean_waiting"),
    [
        # Whitt (2005), tables 1, 3 and 5: 100 people, 102 erlangs, patience of 1 and 4 calls
        (Waits(100, 102, 1), 0.04991797599982072, 5.0916335519817135),
        (Waits(100, 102, 4), None, 14.83565047531073),
        # 4 people, 8 calls an hour of half an hour, patience of 5 minutes; 60 digits
        (Waits(4, 4.0, 1 / 6), 0.2673890998305955, None),
        # nobody talks while nobody is there; by hand
        (Waits(0, 5, 2), 1.0, 10.0),
        (Waits(3, 0, 2), 0.0, 0.0),
    ],
)
def test_published_values_are_met(
    waits: Waits, abandoned: float | None, mean_waiting: float | None
) -> None:
    if abandoned is not None:
        assert waits.abandoned == pytest.approx(abandoned, abs=1e-12)
    if mean_waiting is not None:
        assert waits.mean_waiting == pytest.approx(mean_waiting, abs=1e-10)


def test_one_person_and_one_patient_caller_agree_with_paper_and_pencil() -> None:
    # given: one person, and as much patience as talk: states 0, 1, 2, ... are Poisson of the load
    waits = Waits(1, 1.0, 1.0)
    # then
    assert waits.at_once == pytest.approx(np.exp(-1), abs=1e-13)
    assert waits.occupancy == pytest.approx(1 - np.exp(-1), abs=1e-13)
    assert waits.abandoned == pytest.approx(np.exp(-1), abs=1e-13)
    assert waits.mean_wait == pytest.approx(np.exp(-1), abs=1e-13)


def test_endless_patience_is_erlang_c() -> None:
    assert 1 - Waits(14, 10, 1e9).at_once == pytest.approx(waiting(14, 10), abs=1e-7)


def test_hardly_any_patience_is_erlang_b() -> None:
    assert Waits(1, 5.0, 1e-7).abandoned == pytest.approx(5 / 6, abs=1e-6)


def test_overload_loses_what_the_people_cannot_take() -> None:
    waits = Waits(5, 500, 0.5)
    assert waits.abandoned == pytest.approx(1 - 5 / 500, abs=1e-9)
    assert waits.occupancy == pytest.approx(1, abs=1e-9)


def test_nobody_there_answers_nobody() -> None:
    waits = Waits(0, 5, 2)
    assert waits.answered(0.1) == 0
    assert waits.occupancy == 0
    assert waits.at_once == 0


def test_no_call_waits_where_nobody_calls() -> None:
    assert Waits(2, 0, 1).answered(0.0) == 1


@settings(max_examples=20)
@given(servers=st.integers(0, 12), load=st.floats(0.01, 20), patience=st.floats(0.05, 5))
def test_one_person_more_never_loses_or_delays_more(
    servers: int, load: float, patience: float
) -> None:
    few, many = Waits(servers, load, patience), Waits(servers + 1, load, patience)
    assert few.abandoned >= many.abandoned - 1e-12
    assert few.answered(0.01) <= many.answered(0.01) + 1e-12


@pytest.mark.parametrize(("calls", "heads"), [(0, 0), (0.25, 2), (1, 3), (2, 4), (8, 7), (16, 12)])
def test_the_fewest_people_are_those_of_the_field_s_table(calls: float, heads: int) -> None:
    # half an hour of talk, three minutes of patience, 90 % in 15 s and at most 5 % lost
    patience = timedelta(minutes=3)
    assert heads_with_patience(calls, HALF_HOUR, patience, CoverageTarget()) == heads


@pytest.mark.parametrize("wrong", [(-1, 1, 1), (1, -1, 1), (1, float("nan"), 1), (1, 1, 0)])
def test_impossible_desks_are_refused(wrong: tuple[int, float, float]) -> None:
    with pytest.raises(DemandError, match="Erlang A takes"):
        Waits(*wrong)
