"""What is the best roster so far, and what can no roster cost less than? Shared by who searches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from scheduling.columns.ledger import Column, Ledger


@dataclass
class Standing:
    """The best roster and bound so far; `tell` hears of each better one."""

    ledger: Ledger
    tell: Callable[[list[Column], int], None]
    best: list[Column]
    bound: int = 0  # no price is below that: every weight is a price
    price: int = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Price the roster there is."""
        self.price = self.ledger.price(self.best)

    @property
    def proved(self) -> bool:
        """Whether no roster is better."""
        return self.bound >= self.price

    def offer(self, base: Sequence[Column], changed: Sequence[Column]) -> None:
        """Take the changes, made to an earlier best, to that or to the best there is now.

        Those that change no price are taken too: a way on may begin there.
        """
        with self._lock:
            options = [_replaced(self.best, changed), _replaced(base, changed)]
            price, place = min((self.ledger.price(one), n) for n, one in enumerate(options))
            if price <= self.price:
                better, self.price = price < self.price, price
                self.best = options[place]
                if better:
                    self.tell(self.best, self.bound)

    def proves(self, bound: float) -> None:
        """Nothing costs less than that."""
        with self._lock:
            if bound > self.bound:
                self.bound = int(bound)
                self.tell(self.best, self.bound)


def _replaced(roster: Sequence[Column], changed: Sequence[Column]) -> list[Column]:
    new = {one.person: one for one in changed}
    return [new.get(one.person, one) for one in roster]
