"""What a swap is about: whose shift goes to whom, and what for."""

from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import DeskName
from hotline.duty import PersonId
from hotline.swaps.states import SwapState
from scheduling.problem import ShiftKind, Span


@dataclass(frozen=True)
class HeldShift:
    """A shift of a published roster as one person holds it. shift: its name, as in the roster."""

    desk: DeskName
    shift: str
    kind: ShiftKind
    span: Span


@dataclass(frozen=True)
class Party:
    """One of the two."""

    id: PersonId
    code: str
    name: str


@dataclass(frozen=True)
class Terms:
    """Who gives which shift to whom, and what they take for it; None: nothing, it is covered."""

    asker: Party
    partner: Party
    gives: HeldShift
    takes: HeldShift | None = None

    @property
    def shifts(self) -> tuple[HeldShift, ...]:
        """What changes hands."""
        return (self.gives,) if self.takes is None else (self.gives, self.takes)

    @property
    def begins(self) -> datetime:
        """When the first of them starts."""
        return min(each.span.start for each in self.shifts)


@dataclass(frozen=True)
class Swap:
    """A swap as it is kept. until: when it expires; answered, decided: by partner, coordinator.

    approved_at: desks whose coordinators have approved, where those of another still must.
    """

    id: int
    terms: Terms
    state: SwapState
    asked: datetime
    until: datetime
    answered: datetime | None = None
    decided: datetime | None = None
    approved_at: frozenset[DeskName] = frozenset()

    @property
    def unapproved(self) -> frozenset[DeskName]:
        """The desks for which nobody has approved yet."""
        return frozenset(shift.desk for shift in self.terms.shifts) - self.approved_at
