"""How what is too old goes, a few rows in each transaction; `too_old` says what that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Table,
    Update,
    delete,
    func,
    select,
    true,
    update,
)
from sqlmodel import Session

from hotline.retention.kinds import Kind

Key = int | str
Condition = ColumnElement[bool]
Old = Callable[[datetime, datetime], Condition]  # of what was before; and what time it is now


@dataclass(frozen=True)
class Ageing:
    """Rows of one table. values: what personal data become; None: the row is dropped.

    appended: keys follow time, and what is old is dropped, so the first rows say whether there is
    any: a table of millions need not be searched.
    """

    kind: Kind
    key: Column[Any]
    old: Old
    values: dict[str, object] | None = None
    appended: bool = False

    @property
    def table(self) -> Table:
        """Whose rows."""
        return self.key.table

    def forgotten(self, mine: Condition) -> Delete | Update:
        """The statement that forgets these rows."""
        if self.values is None:
            return delete(self.table).where(mine)
        return update(self.table).where(mine).values(**self.values)


def count_old(db: Session, ageing: Ageing, before: datetime, now: datetime) -> int:
    """How many rows are too old."""
    counted = select(func.count()).select_from(ageing.table).where(ageing.old(before, now))
    return int(db.connection().execute(counted).scalar_one())


def keys_of_old(
    db: Session, ageing: Ageing, before: datetime, now: datetime, after: Key | None, most: int
) -> list[Key]:
    """The keys of the next rows that are too old, in order."""
    key, old = ageing.key, ageing.old(before, now)
    beyond = true() if after is None else key > after
    if ageing.appended:
        first = select(key).where(beyond).order_by(key).limit(most).subquery()
        old = old & key.in_(select(first.c[key.name]))
    asked = select(key).where(beyond, old).order_by(key).limit(most)
    return [row[0] for row in db.connection().execute(asked)]


def forget(
    db: Session, ageing: Ageing, keys: Sequence[Key], before: datetime, now: datetime
) -> int:
    """Forget those of these rows that are still too old; how many there were."""
    mine = ageing.key.in_(keys) & ageing.old(before, now)
    return db.connection().execute(ageing.forgotten(mine)).rowcount
