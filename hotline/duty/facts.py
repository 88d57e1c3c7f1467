"""The facts that say who is on duty: people, what is promised, and what telephones do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import NewType

from hotline.config.settings import DeskName, Language, LineName
from hotline.duty.attendance import Fact
from scheduling.problem import Span

PersonId = NewType("PersonId", int)
LegId = NewType("LegId", int)

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Presence:
    """What a person's telephone is doing. A reservation past `until` has healed."""

    leg: LegId | None = None
    until: datetime | None = None
    talking: bool = False
    free_at: datetime = LONG_AGO
    last_ended: datetime | None = None
    talk_seconds: int = 0
    missed: int = 0  # calls in a row rung out unanswered
    missed_at: datetime | None = None  # the last of them
    refused: bool = False  # the carrier said that the number cannot be rung


class Gender(StrEnum):
    """Whom a caller may ask for."""

    WOMAN = "woman"
    MAN = "man"


@dataclass(frozen=True)
class Volunteer:
    """A person who may answer. `certificates`: name -> first instant it is no longer valid.

    facts: what they said about their attendance, in order; None: not looked at, they all came.
    """

    id: PersonId
    code: str
    name: str
    address: str
    languages: frozenset[Language]
    desks: frozenset[DeskName]
    certificates: Mapping[str, datetime]
    presence: Presence = Presence()
    trainee: bool = False  # sits beside a mentor, and answers no call alone
    gender: Gender | None = None  # None: not said, and no answer to who asks for either
    dialects: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] | None = None


@dataclass(frozen=True)
class Duty:
    """A published assignment. standby: rung after everybody on duty at the desk, and no head."""

    person: PersonId
    desk: DeskName
    span: Span
    standby: bool = False


@dataclass(frozen=True)
class Away:
    """A time in which a person cannot come, whatever is published."""

    person: PersonId
    span: Span


class Cause(StrEnum):
    """What an override came of."""

    SWAP = "swap"  # two people agreed; weaker than the others ...
    TAKEN = "taken"  # somebody took an open shift; ... and as weak
    COORDINATOR = "coordinator"
    STAND_IN = "stand-in"  # somebody said yes when another could not come

    @property
    def yields(self) -> bool:
        """Whether what volunteers arranged gives way to what was decided for the desk."""
        return self in (Cause.SWAP, Cause.TAKEN)


@dataclass(frozen=True)
class Override:
    """A timed correction of what is published: who comes to a desk, and instead of whom."""

    id: int
    desk: DeskName
    span: Span
    comes: PersonId | None
    replaces: PersonId | None
    cause: Cause = Cause.COORDINATOR
    standby: bool = False


@dataclass(frozen=True)
class LineChange:
    """A supervisor's word on a line for a time: other desks answer it, or, without any, nobody."""

    id: int
    line: LineName
    span: Span
    desks: tuple[DeskName, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether nobody answers."""
        return not self.desks


@dataclass(frozen=True)
class Rota:
    """The facts about one stretch of time: everybody who matters, and what is promised.

    duties: what is published, with the overrides worked in; these say who was replaced.
    leads: the site's duty-lead people, whether or not they have a duty.
    """

    volunteers: tuple[Volunteer, ...]
    duties: tuple[Duty, ...]
    away: tuple[Away, ...] = ()
    overrides: tuple[Override, ...] = ()
    leads: tuple[Volunteer, ...] = ()
    changes: tuple[LineChange, ...] = ()

    @cached_property
    def people(self) -> Mapping[PersonId, Volunteer]:
        """The volunteers by their ids."""
        return {person.id: person for person in self.volunteers}


def undisturbed(rota: Rota) -> Rota:
    """The same as if everybody came, and no telephone were busy: for another time than now."""
    return replace(
        rota,
        volunteers=tuple(_undisturbed(who) for who in rota.volunteers),
        leads=tuple(_undisturbed(who) for who in rota.leads),
    )


def there_at(rota: Rota, at: datetime) -> Rota:
    """The few of `rota` who matter at one instant; asking among all is a hundred times slower."""
    duties = tuple(duty for duty in rota.duties if duty.span.start <= at < duty.span.end)
    people = {duty.person for duty in duties}
    away = tuple(each for each in rota.away if each.person in people)
    there = tuple(person for person in rota.volunteers if person.id in people)
    return Rota(there, duties, away, changes=rota.changes)


def _undisturbed(person: Volunteer) -> Volunteer:
    return replace(person, presence=Presence(), facts=None)
