"""Links that work once: who made them for which account, and until when they open it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update
from sqlmodel import Session

from hotline.accounts.roles import Account, AccountId
from hotline.store.access.accounts import ACCOUNT_COLUMNS, account_from
from hotline.store.tables import TABLES

_ACCOUNT: Final = TABLES["account"]
_A: Final = _ACCOUNT.c
_LINK: Final = TABLES["account_link"]
_L: Final = _LINK.c


@dataclass(frozen=True)
class Link:
    """A link that works once."""

    id: int
    account: Account
    purpose: str


def make_link(
    db: Session, account: AccountId, hashed: str, purpose: str, now: datetime, ends: datetime
) -> None:
    """Open a link beside those that are open."""
    values = {"hash": hashed, "account_id": account, "purpose": purpose, "made": now, "ends": ends}
    db.connection().execute(insert(_LINK).values(values))


def close_links(db: Session, accounts: Collection[AccountId], now: datetime) -> None:
    """No link of theirs works any longer."""
    mine = update(_LINK).where(_L.account_id.in_(list(accounts)), _L.used.is_(None))
    db.connection().execute(mine.values(used=now))


def open_link(db: Session, hashed: str, now: datetime) -> Link | None:
    """The link with that hash, while it works."""
    source = _LINK.join(_ACCOUNT, _A.id == _L.account_id)
    found = select(_L.id.label("link_id"), _L.purpose, *ACCOUNT_COLUMNS).select_from(source)
    works = (_L.hash == hashed, _L.used.is_(None), _L.ends > now, _A.active)
    row = db.connection().execute(found.where(*works)).first()
    return None if row is None else Link(row.link_id, account_from(row), row.purpose)


def use_link(db: Session, link: int, now: datetime) -> bool:
    """True if this request used it; False if another was first."""
    mine = update(_LINK).where(_L.id == link, _L.used.is_(None))
    return db.connection().execute(mine.values(used=now).returning(_L.id)).first() is not None
