"""Who walks? NumPy for a while, many people at once; then machine code, one person at a time.

Compiling takes seconds the first time on a machine, more than small instances take in all.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from scheduling.columns.walks.terms import Terms
from scheduling.columns.walks.trace import Spot, Trace
from scheduling.columns.walks.walk import Table, walked

if TYPE_CHECKING:
    from scheduling.columns.walks import kernel
    from scheduling.columns.walks.compiled import CompiledTrace

PLAIN: Final = 1_000_000_000  # nanoseconds of NumPy, about
A_DAY: Final = 25_000  # of them, and
A_CELL: Final = 20
KEPT: Final = 512  # walks packed


class Traced(Protocol):
    """A finished walk: what the cheapest roster costs, and rosters."""

    @property
    def terms(self) -> Terms:
        """What was walked."""

    @property
    def costs(self) -> Table:
        """By day and shift."""

    def least(self) -> tuple[int, Spot] | None:
        """The cheapest legal end, and its cost; None when no roster is legal."""

    def roster(self, end: Spot) -> tuple[int, ...]:
        """A roster that ends there."""


class Engine:
    """Walks; the table of a walk holds until the next one."""

    def __init__(self, plain: int = PLAIN) -> None:
        """plain: how long NumPy may walk, in nanoseconds of a machine like the one measured on."""
        self._plain = plain
        self._memory = np.empty(0, np.int64)
        self._packed: dict[int, tuple[Terms, kernel.Packed]] = {}

    def traces(self, terms: Terms, costs: Table) -> Iterator[Traced]:
        """The walk of each person; costs: by day, shift and person."""
        if self._plain <= 0:
            for person in range(costs.shape[2]):
                yield self.compiled(terms, costs[..., person])
            return
        self._plain -= A_DAY * terms.days + A_CELL * terms.cells * costs.shape[2]
        table = walked(terms, costs)
        for person in range(costs.shape[2]):
            yield Trace(terms, table[..., person], costs[..., person])

    def compiled(self, terms: Terms, costs: Table) -> "CompiledTrace":
        """The walk of one person; costs: by day and shift. From then on all are compiled."""
        self._plain = 0
        from scheduling.columns.walks import compiled

        if self._memory.size < terms.cells or self._memory.dtype != costs.dtype:
            self._memory = np.empty(terms.cells, costs.dtype)
        walk = self._walk(terms, costs.shape[1])
        return compiled.traced(terms, walk, np.ascontiguousarray(costs), self._memory)

    def _walk(self, terms: Terms, shifts: int) -> "kernel.Packed":
        from scheduling.columns.walks import compiled

        if id(terms) not in self._packed:
            if len(self._packed) >= KEPT:
                self._packed.clear()
            self._packed[id(terms)] = terms, compiled.packed(terms, shifts)
        return self._packed[id(terms)][1]
