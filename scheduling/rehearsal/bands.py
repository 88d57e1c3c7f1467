"""Between which bounds do most runs of a rehearsal lie? Apart, for whoever only reads them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A figure over all runs together, and the bounds between which four of five runs lie."""

    value: float
    low: float
    high: float
