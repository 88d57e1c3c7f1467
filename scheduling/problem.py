"""What is asked of the rostering engine: people, shifts, coverage, pins, history."""

from dataclasses import dataclass, field
from functools import cached_property

from scheduling.people import (
    Cap,
    Certificate,
    Limits,
    Period,
    Person,
    Rest,
    Rota,
    Standing,
    Unit,
)
from scheduling.prices import Prices, Weights
from scheduling.shifts import Shift, ShiftKind, Span

__all__ = [
    "Cap",
    "Certificate",
    "Limits",
    "Need",
    "Pair",
    "Period",
    "Person",
    "Pin",
    "Prices",
    "Problem",
    "Rest",
    "Rota",
    "Shift",
    "ShiftKind",
    "Span",
    "Standing",
    "Team",
    "Unit",
    "Weights",
]


@dataclass(frozen=True)
class Need:
    """How many people a desk wants at once, during all of one span.

    floor: fewer is a breach of duty, priced highest; target: what the demand asks, at least
    the floor. With a certificate only people who hold it count, and target equals floor.
    """

    desk: str
    span: Span
    floor: int
    target: int
    certificate: str | None = None
    standby: bool = False  # people in standby shifts count, and only they; else all others


@dataclass(frozen=True)
class Pin:
    """A promise the solver must keep: this person takes this shift."""

    person: str
    shift: str


@dataclass(frozen=True)
class Pair:
    """Two people, by id. together: either takes a shift only with the other; else never both."""

    one: str
    other: str
    together: bool


@dataclass(frozen=True)
class Team:
    """Who may stand beside whom. None: no limit."""

    newcomers_a_shift: int | None = None  # newcomers and trainees together
    newcomers_a_mentor: int | None = None  # likewise, for each mentor there; 0 lets none in
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Problem:
    """All there is to know for one roster: complete, frozen, JSON in and out.

    A shift belongs to the horizon in which it starts; coverage is asked only inside the horizon,
    less what `history` shifts of the same desk already cover.
    """

    horizon: Span
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    needs: tuple[Need, ...]
    pins: tuple[Pin, ...] = ()
    rest: Rest = field(default_factory=Rest)
    prices: Prices = field(default_factory=Prices)
    team: Team = field(default_factory=Team)
    weights: Weights = field(default_factory=Weights)
    published: tuple[Pin, ...] | None = None  # what is promised already; None: nothing yet
    days: tuple[int, int] | None = None  # the site's first and last date; None: of its shifts

    @cached_property
    def dates(self) -> tuple[int, int]:
        """The first and the last date that the roster is for, as date.toordinal."""
        if self.days is not None:
            return self.days
        none = self.horizon.start.toordinal()
        on = [shift.on for shift in self.shifts]
        return min(on, default=none), max(on, default=none)
