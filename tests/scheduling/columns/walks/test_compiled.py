"""Do the compiled walks say what the plain ones say, and know every roster near the cheapest?"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numba
import numpy as np
import pytest

from scheduling.columns.ledger import Ints, ledger
from scheduling.columns.walks import compiled, kernel
from scheduling.columns.walks import engine as engines
from scheduling.columns.walks.compiled import Arc, CompiledTrace
from scheduling.columns.walks.engine import Engine
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.walks.terms import terms
from tests.scheduling.columns import make

Shifts = tuple[int, ...]


@pytest.fixture(name="loops", params=["compiled", "uncompiled"])
def _loops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loops as numba compiles them, and as Python runs them."""
    if request.param == "uncompiled":
        monkeypatch.setattr(compiled, "kernel", uncompiled(monkeypatch))


def uncompiled(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The kernel once more, with a compiler that changes nothing."""
    monkeypatch.setattr(numba, "njit", lambda **_: lambda function: function)
    spec = spec_from_file_location("kernel_uncompiled", Path(kernel.__file__))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drawn_worth(pricing: Pricing, seed: int) -> Ints:
    """What a head is worth in each cell, in 1/scale points."""
    worth = np.random.default_rng(seed).integers(0, 23, pricing.ledger.need.shape)
    return np.asarray(worth * pricing.scale, np.int64)


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("seed", range(12))
def test_compiled_or_not_a_walk_finds_the_same_least_cost(seed: int) -> None:
    # given
    book = ledger(make.instance(seed, days=6))
    plain, quick = Pricing(book), Pricing(book, Engine(0))
    worth = drawn_worth(plain, seed)
    # when
    first, second = plain.cheapest(range(2), worth), quick.cheapest(range(2), worth)
    # then
    numbers = [(one.column.person, one.cost, one.least) for one in first]
    assert numbers == [(one.column.person, one.cost, one.least) for one in second]
    for one in second:
        paid = sum(int(worth[day, s]) for day, s in enumerate(one.column.shifts) if s >= 0)
        assert one.column.points * quick.scale - paid == one.cost
        assert one.column.shifts in set(make.legal_rosters(book.instance, one.column.person))


def rosters(trace: CompiledTrace, arcs: list[Arc]) -> set[Shifts]:
    """Every roster that the arcs make."""
    ways: dict[tuple[int, int], list[Arc]] = {}
    for arc in arcs:
        ways.setdefault((arc.day, arc.before), []).append(arc)
    start = trace.walk.start * trace.walk.hops.shape[2] * trace.walk.width
    open_: list[tuple[int, Shifts]] = [(start, ())]
    for day in range(trace.terms.days):
        open_ = [
            (arc.after, (*shifts, arc.shift))
            for row, shifts in open_
            for arc in ways.get((day, row), [])
        ]
    return {shifts for _, shifts in open_}


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("seed", range(8))
def test_the_arcs_near_the_cheapest_make_every_roster_that_near(seed: int) -> None:
    # given: nobody's caps are great, so that walks keep to all of them
    book = ledger(make.instance(seed, days=6))
    pricing = Pricing(book, Engine(0))
    worth, spare = drawn_worth(pricing, seed), 15 * pricing.scale
    for person in range(2):
        trace = pricing.compiled(person, worth)
        legal = set(make.legal_rosters(book.instance, person))
        # when
        arcs = trace.arcs(spare, 10_000)
        # then
        assert arcs is not None
        costs = {r: sum(int(trace.costs[d, s]) for d, s in enumerate(r) if s >= 0) for r in legal}
        near = {r for r, cost in costs.items() if cost <= min(costs.values()) + spare}
        assert near <= rosters(trace, arcs) <= legal
        assert all(set(trace.path(roster)) <= set(arcs) for roster in near)
        assert trace.arcs(spare, len(arcs)) == arcs
        if arcs:
            assert trace.arcs(spare, len(arcs) - 1) is None
            assert trace.arcs(spare, 1) is None


def test_after_a_while_of_numpy_walks_are_compiled() -> None:
    # given
    book = ledger(make.easy(1, people=1))
    engine, walk = Engine(plain=1), terms(book.instance, book.instance.staff[0], ())
    costs = Pricing(book).costs([0], np.zeros_like(book.need))
    # when
    kinds = [type(trace).__name__ for _ in range(2) for trace in engine.traces(walk, costs)]
    # then
    assert kinds == ["Trace", "CompiledTrace"]


def test_an_engine_forgets_walks_rather_than_keep_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(engines, "KEPT", 1)
    book = ledger(make.easy(2, people=3))
    worth = drawn_worth(Pricing(book), 2)
    # when
    forgetful, mindful = Engine(0), Pricing(book, Engine(0))
    found = Pricing(book, forgetful).cheapest(range(3), worth)
    # then
    assert found == mindful.cheapest(range(3), worth)
