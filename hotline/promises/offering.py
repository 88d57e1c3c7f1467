"""Which callback is offered to whom: a decision, no reading. Whoever waits always comes first."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.wait.wishes import Wish, fits
from hotline.config.settings import LineName
from hotline.duty import OnDuty, PersonId, Seat
from hotline.promises.states import CallbackId, Safe

LAST_HOUR: Final = timedelta(hours=1)  # before the deadline anybody keeps a callback


@dataclass(frozen=True)
class DuePromise:
    """A callback that may be kept now. tried: who did not take it on a while ago.

    person: whom a supervisor gave it to; nobody else is asked before the last hour.
    """

    id: CallbackId
    line: LineName
    due: datetime
    urgent: bool
    safe: Safe
    wish: Wish
    tried: frozenset[PersonId]
    person: PersonId | None = None


@dataclass(frozen=True)
class Offer:
    """One volunteer to be asked whether they keep one callback."""

    promise: DuePromise
    seat: Seat


def offers(
    promises: Iterable[DuePromise],
    waiting: Collection[LineName],
    reach: Callable[[LineName], OnDuty],
    at: datetime,
) -> tuple[Offer, ...]:
    """Whom to ask, urgent callers first, then whose deadline is nearest; nobody is asked twice.

    Asked is who is on duty and free, but on standby nobody, and nobody whom a line could need on
    which somebody waits; of a callback that was given to somebody, nobody else until its last
    hour. promises: at whose safe time it is; reach: whom each line reaches now.
    """
    taken = {seat.volunteer.id for line in waiting for seat in reach(line).rung}
    found: list[Offer] = []
    for promise in sorted(promises, key=lambda p: (not p.urgent, p.due, p.id)):
        seat = _first(promise, reach(promise.line), taken, at)
        if seat is not None:
            taken.add(seat.volunteer.id)
            found.append(Offer(promise, seat))
    return tuple(found)


def _first(
    promise: DuePromise, duty: OnDuty, taken: Collection[PersonId], at: datetime
) -> Seat | None:
    for seat in duty.rung:
        person = seat.volunteer.id
        free = not seat.standby and person not in taken and person not in promise.tried
        if free and _may_be_asked(promise, person, at) and fits(seat.volunteer, promise.wish, at):
            return seat
    return None


def _may_be_asked(promise: DuePromise, person: PersonId, at: datetime) -> bool:
    """Whether nobody else has been given this callback, or there is no more time for them."""
    given = promise.person
    return given is None or given == person or promise.due - at <= LAST_HOUR
