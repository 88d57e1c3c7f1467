"""Which pins a build must keep: those of the draft before, less what was unpinned, and the new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotline.config.settings import DeskName
from hotline.errors import HotlineError
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from scheduling.problem import Pin


class PinError(HotlineError):
    """What was written is no pin, or names nobody or no shift. pin: that which cannot be kept."""

    def __init__(self, sentence: str, pin: Pin | None = None) -> None:
        super().__init__(sentence)
        self.pin = pin


@dataclass(frozen=True)
class PinChanges:
    """Pins to add, and pins of the draft before to let go."""

    added: tuple[Pin, ...] = ()
    removed: tuple[Pin, ...] = ()


def pin_written(text: str) -> Pin:
    """The pin that PERSON=SHIFT writes. Raises PinError when it is none."""
    person, sign, shift = text.partition("=")
    if not (person and sign and shift):
        raise PinError(
            f"{text!r} is not a pin; write PERSON=SHIFT, like p07=night/2026-11-24/late."
        )
    return Pin(person, shift)


def pins_after(
    changes: PinChanges, held: Sequence[Promise], weeks: Sequence[Week], desks: Sequence[DeskName]
) -> tuple[Pin, ...]:
    """The pins of the newest draft (or else the published roster) of each desk, as changed.

    Raises PinError for a pin to remove that is not there.
    """
    current = [pin for week in weeks for pin in _current(held, week, desks)]
    for pin in changes.removed:
        if pin not in current:
            asked = " to ".join(dict.fromkeys((str(weeks[0]), str(weeks[-1]))))
            raise PinError(f"{pin.person}={pin.shift} is not pinned in {asked}.")
    kept = [pin for pin in current if pin not in changes.removed]
    return tuple(dict.fromkeys([*kept, *changes.added]))


def _current(held: Iterable[Promise], week: Week, desks: Sequence[DeskName]) -> Iterable[Pin]:
    mine = [p for p in held if p.week == str(week) and p.desk in desks]
    drafted = {p.desk for p in mine if p.state is RosterState.DRAFT}
    for promise in mine:
        newest = promise.state is RosterState.DRAFT or promise.desk not in drafted
        if promise.pinned and newest:
            yield Pin(promise.person, promise.shift)
