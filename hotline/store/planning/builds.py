"""Which builds a week has had, without what they asked and answered."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from hotline.config.settings import DeskName
from hotline.store.planning.drafts import BuildNumber
from hotline.store.tables import BuildRow, RosterRow


@dataclass(frozen=True)
class ListedBuild:
    """A build of a week, and the desks that got a draft of it."""

    number: BuildNumber
    built_at: datetime
    desks: frozenset[DeskName]


def listed_builds(db: Session, week: str) -> tuple[ListedBuild, ...]:
    """Every build of a week, oldest first. One query."""
    columns: tuple[Any, ...] = (col(BuildRow.id), col(BuildRow.built_at), col(RosterRow.desk))
    found = (
        select(*columns)
        .join(RosterRow, col(RosterRow.build_id) == columns[0])
        .where(col(BuildRow.week) == week)
        .order_by(columns[0])
    )
    of_each = groupby(db.connection().execute(found), key=lambda row: (row.id, row.built_at))
    return tuple(
        ListedBuild(BuildNumber(number), at, frozenset(DeskName(row.desk) for row in rows))
        for (number, at), rows in of_each
    )
