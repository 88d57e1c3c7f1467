"""The one door to long horizons: what is the best roster, and how sure are we?"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from scheduling.columns.ledger import Column, Ledger, ledger
from scheduling.columns.search import Limits, Search
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

    def left() -> float:
        return 0.0 if cancelled() else limits.seconds - (monotonic() - begun)

    def tell(columns: list[Column], bound: int) -> None:
        if on_progress is not None:
            on_progress(_found(book, columns, bound, monotonic() - begun))

    standing = Search(book, limits, left, tell).run()
    return _found(book, standing.best, standing.bound, monotonic() - begun)


def _found(book: Ledger, columns: list[Column], bound: int, seconds: float) -> Found:
    instance, price = book.instance, book.price(columns)
    placed = {column.person for column in columns}
    left = tuple(p.id for n, p in enumerate(instance.staff) if n not in placed)
    resting = dict.fromkeys(left, (None,) * instance.days)
    plan = Plan({**resting, **book.plan(columns).days_of})
    proven = Status.OPTIMAL if bound >= price else Status.FEASIBLE
    status = Status.IMPOSSIBLE if left else proven
    return Found(plan, price, min(bound, price), status, left, seconds)
