"""The one door to long horizons: what is the best roster, and how sure are we?"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from scheduling.columns.ledger import Column, ledger
from scheduling.columns.rounds import Limits, Rounds
from scheduling.formats.instance import Instance, Plan
from scheduling.roster import Status

__all__ = ["Found", "Limits", "best_plan"]


@dataclass(frozen=True)
class Found:
    """The best roster so far. bound <= best possible price <= price, in points.

    left_out: people whom no legal roster exists for; they rest, and the status is IMPOSSIBLE.
    """

    plan: Plan
    price: int
    bound: int
    status: Status
    left_out: tuple[str, ...]
    seconds: float


def best_plan(
    instance: Instance,
    limits: Limits | None = None,
    on_progress: Callable[[Found], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found:
    """The best roster found, with a proven bound; always comes back.

    on_progress: told each better roster or bound; cancelled: asked often, ends the search.
    """
    begun, limits = monotonic(), limits or Limits()
    book = ledger(instance)

    def late() -> bool:
        return cancelled() or monotonic() - begun > limits.seconds

    def found(columns: list[Column], bound: int) -> Found:
        placed = {column.person for column in columns}
        left = tuple(p.id for n, p in enumerate(instance.staff) if n not in placed)
        price = book.price(columns)
        resting = dict.fromkeys(left, (None,) * instance.days)
        plan = Plan({**resting, **book.plan(columns).days_of})
        status = Status.OPTIMAL if bound >= price else Status.FEASIBLE
        sure = Status.IMPOSSIBLE if left else status
        return Found(plan, price, min(bound, price), sure, left, monotonic() - begun)

    def tell(columns: list[Column], bound: int) -> None:
        if on_progress is not None:
            on_progress(found(columns, bound))

    rounds = Rounds(book, limits, late, tell)
    return found(*rounds.run())
