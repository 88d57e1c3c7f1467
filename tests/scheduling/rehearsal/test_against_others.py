"""Rehearsed desks against the exact answer (Erlang A), and call by call against ciw."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import ciw
import pytest

from scheduling.demand.answered.patience import Waits
from scheduling.rehearsal.callers import Caller, Habits, Rates, TalkLaw, drawn
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Outcome, Stage
from tests.scheduling.rehearsal import desk

TALK = timedelta(minutes=10)
WITHIN = timedelta(seconds=15)
# People, load in erlangs, patience in mean conversations, and thousands of calls to be within 2 %.
CASES = [
    (1, 0.6, 0.5, 80),
    (2, 1.5, 0.3, 80),
    (4, 3.0, 0.3, 120),
    (3, 6.0, 0.3, 60),
    (8, 10.0, 0.3, 80),
]


def crowd(load: float, patience: float, count: int, law: TalkLaw) -> tuple[Caller, ...]:
    halves = int(count / load * (TALK / timedelta(minutes=30)))
    rates = Rates(desk.MONDAY, {"help": [count / halves] * halves})
    return drawn(rates, Habits(TALK, TALK * patience, law), seed=1)


def day_of(people: int, callers: Sequence[Caller]) -> Stage:
    end = (callers[-1].at - desk.MONDAY).total_seconds() + desk.ENDLESS
    return desk.stage(*(desk.post(f"p{n}", end=end) for n in range(people)), hours=end / 3600)


@pytest.mark.parametrize(("people", "load", "patience", "thousands"), CASES)
def test_it_agrees_with_erlang_a_within_two_percent(
    people: int, load: float, patience: float, thousands: int
) -> None:
    exact = Waits(people, load, patience)
    callers = crowd(load, patience, thousands * 1000, TalkLaw.EXPONENTIAL)

    tally = play(day_of(people, callers), callers, 0.0, desk.FirstFree)

    count = desk.calls(tally)
    assert desk.ends(tally)[Outcome.LEFT] / count == pytest.approx(exact.abandoned, rel=0.02)
    assert desk.waited(tally) / count / 600 == pytest.approx(exact.mean_wait, rel=0.02)
    assert desk.in_time(tally) / count == pytest.approx(exact.answered(WITHIN / TALK), rel=0.02)


class Given(ciw.dists.Distribution):  # type: ignore[misc]  # ciw ships no types
    """What each caller brought along."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values

    def sample(self, t: float | None = None, ind: ciw.Individual | None = None) -> float:
        assert ind is not None
        return self.values[int(ind.id_number) - 1]


@pytest.mark.parametrize(("people", "load"), [(2, 1.2), (5, 6.0)])
def test_each_call_fares_as_in_ciw(people: int, load: float) -> None:
    callers = crowd(load, 0.4, 3000, TalkLaw.LOGNORMAL)
    since = [(caller.at - desk.MONDAY).total_seconds() for caller in callers]
    network = ciw.create_network(
        arrival_distributions=[
            ciw.dists.Sequential([since[0], *(b - a for a, b in pairwise(since)), 1e12])
        ],
        service_distributions=[Given([caller.talk.total_seconds() for caller in callers])],
        reneging_time_distributions=[Given([caller.patience[0] for caller in callers])],
        number_of_servers=[people],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(since[-1] + desk.ENDLESS)
    records = simulation.get_all_records()

    tally = play(day_of(people, callers), callers, 0.0, desk.FirstFree)

    served = [record for record in records if record.record_type == "service"]
    assert len(records) == len(callers)
    assert desk.ends(tally) == {"answered": len(served), "left": len(callers) - len(served)}
    assert desk.waited(tally) == pytest.approx(sum(r.waiting_time for r in records), rel=1e-6)
    assert desk.in_time(tally) == sum(record.waiting_time <= 15 for record in served)
    work = sum(record.service_time for record in served) / 3600
    assert sum(tally.busy["day"].values()) == pytest.approx(work, rel=1e-6)
