"""What a rule and a wish look like: one face for the search, one for the auditor."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling.problem import Need, Person, Pin, Prices, Problem, Shift
from scheduling.roster import Amount, Breach
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class Refusal:
    """What keeps a person out of a shift, in a sentence a coordinator understands.

    words: with "{at}" where the instant `at` is named, so that a site words it on its own clocks;
    about: the certificate or the desk that is lacked; amount: how much there is already, or would
    be of what may only run so long.
    """

    rule: str
    words: str
    at: datetime | None = None
    about: str | None = None
    amount: Amount | None = None

    @property
    def sentence(self) -> str:
        """The words with the instant in UTC."""
        return self.sentence_by(lambda at: f"{at:%Y-%m-%d %H:%M} UTC")

    def sentence_by(self, clocks: Callable[[datetime], str]) -> str:
        """The words with the instant as `clocks` write it."""
        return self.words if self.at is None else self.words.replace("{at}", clocks(self.at))


class Week(Protocol):
    """What one rule remembers of a person's week so far. Compared and hashed by value.

    Shifts are added in order of start. The answer may depend on a shift's span, handover, kind and
    weekend only, unless the shift is refused on an empty week already (wrong desk, not available).
    """

    def __hash__(self) -> int: ...

    def extend(self, shift: Shift) -> "Week | Refusal":
        """The week with `shift` added, or what forbids it."""
        ...


class Rule(Protocol):
    """What must hold, as an auditor sees it."""

    @property
    def name(self) -> str: ...

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every place where a finished roster breaks the rule."""
        ...


class PersonalRule(Rule, Protocol):
    """What may follow what in one person's week.

    A legal week stays legal when a shift is taken out of it, and history alone breaks no rule:
    only what the roster adds is judged.
    """

    def start(self, problem: Problem, person: Person) -> Week:
        """The week before the roster adds anything: history counts, pins do not."""
        ...


@dataclass(frozen=True)
class AtMost:
    """One row of a team rule: the weights of all in one of these shifts sum to `most` at most.

    weights: by person, whole numbers that may be below zero; who is not named weighs nothing;
    None: everybody weighs 1. Nobody can be in two of the shifts at once. What pins alone weigh
    beyond `most` is the coordinator's word: it is allowed, and nothing more. Chairs cannot be
    talked into the room, so without weights `most` stands.
    """

    shifts: frozenset[str]
    most: int
    weights: Mapping[str, int] | None = None

    def weight(self, person: str) -> int:
        """What a person weighs, by id."""
        return 1 if self.weights is None else self.weights.get(person, 0)

    def allowance(self, pins: Iterable[Pin]) -> int:
        """What all may weigh: `most`, or what the pins weigh where that is more."""
        if self.weights is None:
            return self.most
        pinned = {pin for pin in pins if pin.shift in self.shifts}
        return max(self.most, sum(self.weight(pin.person) for pin in pinned))


class TeamRule(Rule, Protocol):
    """Who may stand together in a shift."""

    def rows(self, problem: Problem) -> Iterable[AtMost]:
        """What the choice among weeks must respect."""
        ...

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """What keeps somebody out who would make one of the rows too heavy."""
        ...


class Wish(Protocol):
    """What is priced, as an auditor sees it."""

    @property
    def name(self) -> str: ...

    @property
    def level(self) -> Level: ...

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        ...


class Tally(Protocol):
    """What one wish remembers of a person's week so far. Compared and hashed by value.

    As a `Week`, and it may tell shifts apart that stand in `Problem.published`.
    """

    def __hash__(self) -> int: ...

    def extend(self, shift: Shift) -> "tuple[Tally, int]":
        """The tally with `shift` added, and the points that this adds."""
        ...


class PersonalWish(Wish, Protocol):
    """What one person's week costs, in points."""

    def start(self, problem: Problem, person: Person) -> tuple[Tally, int]:
        """The tally of a week in which the roster adds nothing, and its points.

        Pins are added next, before all else. A wish for which the order of shifts matters counts
        them here already, and not again when they are added.
        """
        ...


class TeamWish(Wish, Protocol):
    """What a number of heads costs, in points."""

    def points(self, prices: Prices, need: Need, heads: int) -> int:
        """Points of one half hour of `need` with so many heads; convex in heads."""
        ...
