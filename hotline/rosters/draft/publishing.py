"""How a draft becomes the routing table, and what that changes for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.draft.accepting import gaps_below_floor, reason_written, refusal
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterEvent, RosterState
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import (
    BuildNumber,
    StoredRoster,
    move_roster,
    standing_rosters,
    versions_of,
)
from scheduling.problem import Span

Seen = tuple[BuildNumber, int]  # a build, and the version of it
NEIGHBOURS = timedelta(days=2)  # a shift that began earlier can still run on Monday


class PublishError(HotlineError):
    """These drafts cannot be published; nothing was."""


class SeenOtherwiseError(PublishError):
    """A draft is not the one any more that was looked at; nothing was published."""


@dataclass(frozen=True)
class PublishOrder:
    """Which drafts to publish. desks: none named means every desk that has a draft.

    accept_gaps: why it is published even where it is below its floor; seen: the build and version
    that were looked at, for each desk; None: whatever there is by now.
    """

    week: Week
    desks: tuple[DeskName, ...] = ()
    accept_gaps: str | None = None
    seen: Mapping[DeskName, Seen] | None = None


@dataclass(frozen=True)
class DeskChange:
    """What publishing changed at one desk, against what was published before; by start.

    accepted_gaps: the reason that is kept with it; None: it is not below its floor.
    """

    desk: DeskName
    assigned: int  # how many assignments are published now
    republished: bool  # there was a published roster before
    gained: tuple[Promise, ...] = ()
    lost: tuple[Promise, ...] = ()
    accepted_gaps: str | None = None


@dataclass(frozen=True)
class Published:
    """The outcome of one publishing."""

    at: datetime
    changes: tuple[DeskChange, ...]

    @property
    def taken_off_now(self) -> tuple[Promise, ...]:
        """Assignments that were running and are not any more."""
        lost = (promise for change in self.changes for promise in change.lost)
        return tuple(p for p in lost if p.span.start <= self.at < p.span.end)


def publish(store: Store, settings: Settings, order: PublishOrder, clock: Clock) -> Published:
    """Make the newest draft of each desk the published roster, all in one transaction.

    The roster published before is archived. Raises PublishError or AcceptError, and changes
    nothing, when a desk has no draft, when somebody would be promised to two places at once, or
    when a desk would be below its floor and the order has no reason for it.
    """
    with store.writing() as db:
        return publish_in(db, settings, order, clock())


def publish_in(db: Session, settings: Settings, order: PublishOrder, now: datetime) -> Published:
    """The same in a transaction of the caller's, which must not be committed if it raises."""
    rosters = standing_rosters(db, str(order.week))
    drafts = _newest_drafts(rosters, order)
    _refuse_unseen(db, order, drafts)
    published = {r.desk: r for r in rosters if r.state is RosterState.PUBLISHED}
    held = promises(db, _around(order.week.horizon(settings.site.zone)))
    _refuse_two_places(held, order.week, drafts)
    reasons = _reasons(db, settings, order, drafts)
    for desk, draft in drafts.items():
        _replace(db, [r for r in rosters if r.desk == desk and r != draft], now)
        _move(db, draft, RosterEvent.PUBLISHED, now, reasons.get(desk))
    changes = (_change(held, draft, published.get(desk)) for desk, draft in drafts.items())
    return Published(
        now, tuple(replace(each, accepted_gaps=reasons.get(each.desk)) for each in changes)
    )


def _refuse_unseen(
    db: Session, order: PublishOrder, drafts: Mapping[DeskName, StoredRoster]
) -> None:
    """Raise SeenOtherwiseError where a draft was changed by hand, or built anew.

    Asked while the drafts are locked: who changes one waits, or was first and is seen here.
    """
    if order.seen is None:
        return
    builds = [draft.build for draft in drafts.values() if draft.build is not None]
    versions = versions_of(db, builds)
    now = {desk: (d.build, versions.get(d.build, 0)) for desk, d in drafts.items() if d.build}
    if now != dict(order.seen):
        raise SeenOtherwiseError("The draft was changed since it was looked at; look again.")


def _reasons(
    db: Session, settings: Settings, order: PublishOrder, drafts: Mapping[DeskName, StoredRoster]
) -> Mapping[DeskName, str]:
    """Why each desk that is below its floor is published. Raises AcceptError if nobody says."""
    reason = None if order.accept_gaps is None else reason_written(order.accept_gaps)
    below = gaps_below_floor(db, drafts.values())
    if not below:
        return {}
    if reason is None:
        gaps = [gap for each in below.values() for gap in each]
        raise refusal(order.week, gaps, settings.site.zone)
    return dict.fromkeys(below, reason)


def _newest_drafts(
    rosters: Sequence[StoredRoster], order: PublishOrder
) -> Mapping[DeskName, StoredRoster]:
    found = {r.desk: r for r in rosters if r.state is RosterState.DRAFT}  # oldest first: last wins
    if not found and not order.desks:
        raise PublishError(_no_drafts(order.week, rosters))
    for desk in order.desks:
        if desk not in found:
            raise PublishError(_no_draft(desk, order.week, rosters))
    return {desk: found[desk] for desk in order.desks or found}


def _no_drafts(week: Week, rosters: Sequence[StoredRoster]) -> str:
    if rosters:
        return f"Week {week} is published already, and there is no newer draft."
    return f"There is no draft for {week}; make one with: hotline roster build --week {week}"


def _no_draft(desk: DeskName, week: Week, rosters: Iterable[StoredRoster]) -> str:
    if any(roster.desk == desk for roster in rosters):
        return f"Desk {desk} is published for {week} already, and there is no newer draft."
    build = f"hotline roster build --week {week} --desk {desk}"
    return f"Desk {desk} has no draft for {week}; make one with: {build}"


def _around(span: Span) -> Span:
    return Span(span.start - NEIGHBOURS, span.end + NEIGHBOURS)


def _refuse_two_places(
    held: Iterable[Promise], week: Week, drafts: Mapping[DeskName, StoredRoster]
) -> None:
    """Raise PublishError for the first person whom these drafts put beside another promise."""
    chosen = {draft.id for draft in drafts.values()}
    would_hold = [
        p
        for p in held
        if p.roster in chosen
        or (p.state is RosterState.PUBLISHED and not (p.week == str(week) and p.desk in drafts))
        or p.overriding
    ]
    for one, other in _overlaps(would_hold):
        if {one.roster, other.roster} & chosen and not _same(one, other):
            raise PublishError(
                f"{one.name} ({one.person}) would be in two places at once: {one.shift} and "
                f"{other.shift}; publish both desks together or build again."
            )


def _same(one: Promise, other: Promise) -> bool:
    """Whether a draft has somebody where an override has them already."""
    return one.shift == other.shift and (one.overriding or other.overriding)


def _overlaps(held: Sequence[Promise]) -> Iterator[tuple[Promise, Promise]]:
    by_person: dict[str, list[Promise]] = {}
    for promise in held:
        by_person.setdefault(promise.person, []).append(promise)
    for mine in by_person.values():
        yield from (pair for pair in combinations(mine, 2) if pair[0].span.meets(pair[1].span))


def _replace(db: Session, rosters: Iterable[StoredRoster], now: datetime) -> None:
    for roster in rosters:
        _move(db, roster, RosterEvent.REPLACED, now)


def _move(
    db: Session,
    roster: StoredRoster,
    event: RosterEvent,
    now: datetime,
    accepted_gaps: str | None = None,
) -> None:
    if not move_roster(db, roster, event, now, accepted_gaps):
        raise PublishError("Somebody else published or built at the same moment; look and repeat.")


def _change(
    held: Iterable[Promise], draft: StoredRoster, published: StoredRoster | None
) -> DeskChange:
    now = {(p.person, p.shift): p for p in held if p.roster == draft.id}
    before = {(p.person, p.shift): p for p in held if published and p.roster == published.id}
    return DeskChange(
        desk=draft.desk,
        assigned=len(now),
        republished=published is not None,
        gained=tuple(p for key, p in now.items() if key not in before),
        lost=tuple(p for key, p in before.items() if key not in now),
    )
