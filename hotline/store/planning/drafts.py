"""How rosters move from draft to published to archived, and the builds that they came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from sqlalchemy import Row, Select, select, update
from sqlmodel import Session, col

from hotline.config.settings import DeskName
from hotline.rosters.states import RosterEvent, RosterState, advance
from hotline.store.tables import BuildRow, RosterRow

RosterId = NewType("RosterId", int)
BuildNumber = NewType("BuildNumber", int)


@dataclass(frozen=True)
class StoredRoster:
    """A roster that is not archived. build: that it came from; None: nobody built it.

    accepted_gaps: why it was published below its floor.
    """

    id: RosterId
    desk: DeskName
    state: RosterState
    accepted_gaps: str | None = None
    build: BuildNumber | None = None


@dataclass(frozen=True)
class StoredBuild:
    """What a build asked and answered, as JSON, and the rosters of it that are asked for.

    Read by `hotline.rosters.by_hand.stored`. version: counts the edits by hand; answered,
    pins: as these left them; pins: None: those that were asked.
    """

    number: BuildNumber
    rosters: tuple[StoredRoster, ...]
    built_at: datetime
    asked: str
    answered: str
    version: int = 0
    pins: str | None = None


def standing_rosters(db: Session, week: str) -> tuple[StoredRoster, ...]:
    """The drafts and published rosters of a week, oldest first, locked until the transaction ends.

    The lock makes two who publish at once (PostgreSQL) queue; SQLite's writers do so anyway.
    """
    rows = db.connection().execute(_standing(week).with_for_update())
    return tuple(_stored(row) for row in rows)


def newest_rosters(db: Session, week: str) -> Mapping[DeskName, StoredRoster]:
    """Of each desk the newest draft of a week or, where there is none, the published roster."""
    rosters = [_stored(row) for row in db.connection().execute(_standing(week))]
    rosters.sort(key=lambda roster: roster.state is RosterState.DRAFT)  # the last one wins
    return {roster.desk: roster for roster in rosters}


def rosters_of(db: Session, weeks: Sequence[str]) -> Mapping[str, tuple[StoredRoster, ...]]:
    """What is not archived, by week, oldest first. One query."""
    week = col(RosterRow.week)
    columns: tuple[Any, ...] = (*_roster_columns(), week)
    standing = col(RosterRow.state) != RosterState.ARCHIVED.value
    found = select(*columns).where(standing, week.in_(weeks)).order_by(columns[0])
    by_week: dict[str, list[StoredRoster]] = {}
    for row in db.connection().execute(found):
        by_week.setdefault(row.week, []).append(_stored(row))
    return {name: tuple(rosters) for name, rosters in by_week.items()}


def published_rosters(db: Session, weeks: Sequence[str]) -> tuple[StoredRoster, ...]:
    """The published rosters of some weeks, oldest first. One query."""
    columns = _roster_columns()
    published = col(RosterRow.state) == RosterState.PUBLISHED.value
    found = select(*columns).where(published, col(RosterRow.week).in_(weeks)).order_by(columns[0])
    return tuple(_stored(row) for row in db.connection().execute(found))


def builds_of(db: Session, rosters: Iterable[StoredRoster]) -> tuple[StoredBuild, ...]:
    """The builds that these rosters came from, oldest first; none for what nobody built.

    One query, which reads each build once: a province's is a megabyte.
    """
    of_each: dict[int, list[StoredRoster]] = {}
    for roster in rosters:
        if roster.build is not None:
            of_each.setdefault(roster.build, []).append(roster)
    columns = _build_columns()
    found = select(*columns).where(columns[0].in_(of_each)).order_by(columns[0])
    rows: Iterable[Row[Any]] = db.connection().execute(found) if of_each else ()
    return tuple(
        _stored_build(row, sorted(of_each[row.id], key=lambda each: each.id)) for row in rows
    )


def versions_of(db: Session, builds: Iterable[BuildNumber]) -> Mapping[BuildNumber, int]:
    """How often each build was changed by hand. One query."""
    number, version = col(BuildRow.id), col(BuildRow.version)
    asked = select(number, version).where(number.in_(set(builds)))
    return {BuildNumber(row.id): row.version for row in db.connection().execute(asked)}


def numbered_builds(db: Session, week: str) -> Mapping[BuildNumber, StoredBuild]:
    """Every build of a week, oldest first, without its rosters."""
    columns = _build_columns()
    asked = select(*columns).where(col(BuildRow.week) == week).order_by(columns[0])
    rows: Iterable[Row[Any]] = db.connection().execute(asked)
    builds = [_stored_build(row, ()) for row in rows]
    return {build.number: build for build in builds}


def move_roster(
    db: Session,
    roster: StoredRoster,
    event: RosterEvent,
    at: datetime,
    accepted_gaps: str | None = None,
) -> bool:
    """True if this request made the move; False if another was first.

    accepted_gaps: kept with a roster that is published.
    """
    becomes = advance(roster.state, event)
    values: dict[str, object] = {"state": becomes.value}
    if becomes is RosterState.PUBLISHED:
        values |= {"published_at": at, "accepted_gaps": accepted_gaps}
    if becomes is RosterState.ARCHIVED:
        values |= {"archived_at": at}
    mine = (
        update(RosterRow)
        .where(col(RosterRow.id) == roster.id, col(RosterRow.state) == roster.state.value)
        .values(**values)
        .returning(col(RosterRow.id))
    )
    return db.connection().execute(mine).first() is not None


def _standing(week: str) -> Select[Any]:
    columns = _roster_columns()
    not_archived = col(RosterRow.state) != RosterState.ARCHIVED.value
    return select(*columns).where(col(RosterRow.week) == week, not_archived).order_by(columns[0])


def _roster_columns() -> tuple[Any, ...]:
    known = (col(RosterRow.id), col(RosterRow.desk), col(RosterRow.state))
    return (*known, col(RosterRow.accepted_gaps), col(RosterRow.build_id))


def _build_columns() -> tuple[Any, ...]:
    asked = (col(BuildRow.id), col(BuildRow.built_at), col(BuildRow.problem), col(BuildRow.result))
    edited = (col(BuildRow.version), col(BuildRow.edited_pins), col(BuildRow.edited_result))
    return (*asked, *edited)


def _stored(row: Row[Any]) -> StoredRoster:
    build = None if row.build_id is None else BuildNumber(row.build_id)
    return StoredRoster(
        RosterId(row.id), DeskName(row.desk), RosterState(row.state), row.accepted_gaps, build
    )


def _stored_build(row: Row[Any], rosters: Iterable[StoredRoster]) -> StoredBuild:
    return StoredBuild(
        number=BuildNumber(row.id),
        rosters=tuple(rosters),
        built_at=row.built_at,
        asked=row.problem,
        answered=row.edited_result or row.result,
        version=row.version,
        pins=row.edited_pins,
    )
