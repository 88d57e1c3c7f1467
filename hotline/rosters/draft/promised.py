"""What is a person promised: an assignment of a roster, as overrides have corrected it."""

from collections.abc import Iterable, Iterator
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
    mine: dict[str, list[Promise]] = {}
    rosters: dict[tuple[DeskName, str], int] = {}
    for promise in held:
        mine.setdefault(promise.person, []).append(promise)
        if promise.state is RosterState.PUBLISHED:
            rosters.setdefault((promise.desk, promise.week), promise.roster)
    for noted in sorted(overrides, key=_strongest_last):
        if noted.replaces is not None:
            code = noted.replaces.code
            mine[code] = list(_without(mine.get(code, ()), noted))
        if noted.comes is not None and not _is_there(mine.get(noted.comes.code, ()), noted):
            roster = rosters.get((noted.override.desk, noted.week), NO_ROSTER)
            mine.setdefault(noted.comes.code, []).append(_instead(noted.comes, noted, roster))
    promises = (promise for theirs in mine.values() for promise in theirs)
    return tuple(sorted(promises, key=lambda p: (p.span.start, p.person)))


def _strongest_last(noted: NotedOverride) -> tuple[bool, int]:
    return not noted.override.cause.yields, noted.override.id


def _without(theirs: Iterable[Promise], noted: NotedOverride) -> Iterator[Promise]:
    """What is left of the promises of whoever is replaced."""
    for promise in theirs:
        if promise.state is RosterState.PUBLISHED and promise.desk == noted.override.desk:
            for span in what_is_left(promise.span, noted.override.span):
                yield replace(promise, span=span)
        else:
            yield promise


def _is_there(theirs: Iterable[Promise], noted: NotedOverride) -> bool:
    """Whether the roster has whoever comes there by now."""
    return any(
        promise.state is RosterState.PUBLISHED
        and (promise.shift, promise.span) == (noted.shift, noted.override.span)
        for promise in theirs
    )


def _instead(who: Named, noted: NotedOverride, roster: int) -> Promise:
    """What is promised to whoever comes."""
    return Promise(
        person=who.code,
        name=who.name,
        roster=roster,
        desk=noted.override.desk,
        week=noted.week,
        state=RosterState.PUBLISHED,
        shift=noted.shift,
        kind=noted.kind,
        span=noted.override.span,
        pinned=False,
        overriding=True,
        part=noted.part,
    )
