"""What is a person promised: an assignment of a roster, as overrides have corrected it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName
from hotline.duty import Override, what_is_left
from hotline.rosters.states import RosterState
from scheduling.problem import ShiftKind, Span

NO_ROSTER = 0  # ids of rosters count from 1


@dataclass(frozen=True)
class Promise:
    """An assignment of a roster that is not archived. `person` is the code, as in the CSV.

    overriding: it is an override's doing, and holds whatever roster is published; part: of a shift
    that stays somebody else's.
    """

    person: str
    name: str
    roster: int
    desk: DeskName
    week: str
    state: RosterState
    shift: str
    kind: ShiftKind
    span: Span
    pinned: bool
    overriding: bool = False
    part: bool = False

    @property
    def of_a_roster(self) -> bool:
        """Whether it shows that a roster of its desk and week is published."""
        return self.state is RosterState.PUBLISHED and self.roster != NO_ROSTER


@dataclass(frozen=True)
class Named:
    """A person by code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class NotedOverride:
    """An override as it is kept. shift, week: of what it corrects; undone_at: it counts no more."""

    override: Override
    comes: Named | None
    replaces: Named | None
    week: str
    shift: str
    kind: ShiftKind
    part: bool
    why: str
    noted_at: datetime
    undone_at: datetime | None = None


def with_overrides(
    held: Iterable[Promise], overrides: Iterable[NotedOverride]
) -> tuple[Promise, ...]:
    """The promises that hold: what is published, corrected; drafts as they are. By start."""
    promises = tuple(held)
    for noted in sorted(overrides, key=_strongest_last):
        promises = (*_without(promises, noted), *_instead(promises, noted))
    return tuple(sorted(promises, key=lambda p: (p.span.start, p.person)))


def _strongest_last(noted: NotedOverride) -> tuple[bool, int]:
    return not noted.override.cause.yields, noted.override.id


def _without(promises: Iterable[Promise], noted: NotedOverride) -> Iterator[Promise]:
    for promise in promises:
        if _corrects(noted, promise):
            for span in what_is_left(promise.span, noted.override.span):
                yield replace(promise, span=span)
        else:
            yield promise


def _corrects(noted: NotedOverride, promise: Promise) -> bool:
    return (
        noted.replaces is not None
        and promise.state is RosterState.PUBLISHED
        and (promise.person, promise.desk) == (noted.replaces.code, noted.override.desk)
    )


def _instead(promises: Sequence[Promise], noted: NotedOverride) -> Iterator[Promise]:
    """What is promised to whoever comes; nothing new where the roster has them there by now."""
    who, desk = noted.comes, noted.override.desk
    if who is None:
        return
    published = [p for p in promises if p.state is RosterState.PUBLISHED]
    mine = (who.code, noted.shift, noted.override.span)
    if any((p.person, p.shift, p.span) == mine for p in published):
        return
    here = (p.roster for p in published if (p.desk, p.week) == (desk, noted.week))
    yield Promise(
        person=who.code,
        name=who.name,
        roster=next(here, NO_ROSTER),
        desk=desk,
        week=noted.week,
        state=RosterState.PUBLISHED,
        shift=noted.shift,
        kind=noted.kind,
        span=noted.override.span,
        pinned=False,
        overriding=True,
        part=noted.part,
    )
