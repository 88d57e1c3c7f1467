"""Accounts: who may sign in, with what, and which codes stand open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session

from hotline.accounts.roles import Account, AccountId, Role, roles_written
from hotline.config.settings import DeskName, Language
from hotline.duty import PersonId
from hotline.store.tables import TABLES

_ACCOUNT: Final = TABLES["account"]
_A: Final = _ACCOUNT.c
_CODE: Final = TABLES["recovery_code"]
_R: Final = _CODE.c
_PERSON: Final = TABLES["person"].c


@dataclass(frozen=True)
class Locked:
    """An account with what opens it. password: an argon2 hash, empty before there is one.

    totp: the sealed secret of the second factor; step: the last time step it was used in.
    """

    account: Account
    password: str
    totp: bytes | None
    totp_on: bool
    step: int


@dataclass(frozen=True)
class Listed:
    """An account as administrators see it. person: the code of the volunteer it belongs to."""

    account: Account
    person: str | None
    has_password: bool
    second_factor: bool


def account_from(row: Any) -> Account:
    """The account in a row that has all columns of the table, `account_id` for its id."""
    return Account(
        id=AccountId(row.account_id),
        login=row.login,
        name=row.name,
        roles=frozenset(Role(each) for each in row.roles.split()),
        desks=frozenset(DeskName(each) for each in row.desks.split()),
        person=None if row.person_id is None else PersonId(row.person_id),
        language=Language(row.language) if row.language else None,
        active=row.active,
    )


ACCOUNT_COLUMNS: Final = (
    _A.id.label("account_id"),
    *(_A.login, _A.name, _A.roles, _A.desks, _A.person_id, _A.language, _A.active),
)


def locked_account(db: Session, login: str) -> Locked | None:
    """The active account of that login, in any case of letters."""
    return _locked(db, _A.login == login.strip().lower())


def locked_numbered(db: Session, account: AccountId) -> Locked | None:
    """The active account of that number."""
    return _locked(db, _A.id == account)


def _locked(db: Session, which: Any) -> Locked | None:
    found = select(*ACCOUNT_COLUMNS, _A.password, _A.totp, _A.totp_since, _A.totp_step)
    row = db.connection().execute(found.where(which, _A.active)).first()
    if row is None:
        return None
    on = row.totp is not None and row.totp_since is not None
    return Locked(account_from(row), row.password, row.totp, on, row.totp_step)


def all_accounts(db: Session) -> tuple[Listed, ...]:
    """Everybody who has an account, by login."""
    source = _ACCOUNT.outerjoin(TABLES["person"], _PERSON.id == _A.person_id)
    found = select(
        *(*ACCOUNT_COLUMNS, _PERSON.code.label("person_code"), _A.password, _A.totp_since)
    ).select_from(source)
    rows = db.connection().execute(found.order_by(_A.login)).all()
    return tuple(
        Listed(account_from(row), row.person_code, bool(row.password), row.totp_since is not None)
        for row in rows
    )


def listed_account(db: Session, login: str) -> Listed | None:
    """One of them."""
    return next((each for each in all_accounts(db) if each.account.login == login.lower()), None)


def new_account(db: Session, account: Account, now: datetime) -> AccountId | None:
    """Make an account; its id there, or None where its login or its person has one already."""
    if _is_taken(db, account):
        return None
    values = {**_columns(account), "password": "", "totp_step": 0, "made": now}
    made = insert(_ACCOUNT).values(values).returning(_A.id)
    return AccountId(db.connection().execute(made).scalar_one())


def change_account(db: Session, account: Account) -> bool:
    """Keep another name, roles, desks, person, language or whether it is active.

    False, and nothing is kept, where the person has another account.
    """
    if _is_taken(db, account):
        return False
    mine = update(_ACCOUNT).where(_A.id == account.id)
    db.connection().execute(mine.values(_columns(account)))
    return True


def _is_taken(db: Session, account: Account) -> bool:
    same = _A.login == account.login
    if account.person is not None:
        same |= _A.person_id == account.person
    taken = select(_A.id).where(same, _A.id != account.id)
    return db.connection().execute(taken).first() is not None


def _columns(account: Account) -> dict[str, object]:
    return {
        "login": account.login,
        "name": account.name,
        "roles": roles_written(account.roles),
        "desks": " ".join(sorted(account.desks)),
        "person_id": account.person,
        "language": account.language.value if account.language else "",
        "active": account.active,
    }


def active_administrators(db: Session) -> int:
    """How many can still make accounts."""
    held = (" " + _A.roles + " ").contains(f" {Role.ADMINISTRATOR} ")
    counted = select(func.count()).select_from(_ACCOUNT).where(_A.active, held)
    return int(db.connection().execute(counted).scalar_one())


def people_as(db: Session, role: Role, desks: Collection[DeskName]) -> tuple[PersonId, ...]:
    """Who is to be told what waits for that role at one of these desks: those who are people."""
    found = select(*ACCOUNT_COLUMNS).where(_A.active, _A.person_id.is_not(None)).order_by(_A.id)
    accounts = [account_from(row) for row in db.connection().execute(found)]
    return tuple(
        each.person
        for each in accounts
        if each.person is not None and role in each.roles
        if not each.desks or not each.desks.isdisjoint(desks)
    )


def keep_language(db: Session, account: AccountId, language: Language | None) -> None:
    """From now on its owner is spoken to in this language. None: no choice."""
    chosen = language.value if language else ""
    db.connection().execute(update(_ACCOUNT).where(_A.id == account).values(language=chosen))


def language_of(db: Session, person: PersonId) -> Language | None:
    """The language that somebody chose, if they did. One query."""
    found = select(_A.language).where(_A.person_id == person)
    chosen = db.connection().execute(found).scalar_one_or_none()
    return Language(chosen) if chosen else None


def keep_password(db: Session, account: AccountId, hashed: str) -> None:
    """From now on this password opens the account."""
    db.connection().execute(update(_ACCOUNT).where(_A.id == account).values(password=hashed))


def keep_totp(
    db: Session, account: AccountId, sealed: bytes | None, since: datetime | None
) -> None:
    """Keep a second factor; since None: it is not confirmed. None, None: there is none."""
    values = {"totp": sealed, "totp_since": since, "totp_step": 0}
    db.connection().execute(update(_ACCOUNT).where(_A.id == account).values(values))


def use_step(db: Session, account: AccountId, step: int) -> bool:
    """True if no code of that time step, or of a later one, was used before."""
    mine = update(_ACCOUNT).where(_A.id == account, _A.totp_step < step)
    return db.connection().execute(mine.values(totp_step=step).returning(_A.id)).first() is not None


def keep_recovery_codes(db: Session, account: AccountId, hashes: Sequence[str]) -> None:
    """These instead of all before."""
    db.connection().execute(delete(_CODE).where(_R.account_id == account))
    if hashes:
        rows = [{"account_id": account, "hash": each} for each in hashes]
        db.connection().execute(insert(_CODE).values(rows))


def recovery_codes_left(db: Session, account: AccountId) -> int:
    """How many of theirs still let in."""
    unused = select(func.count()).where(_R.account_id == account, _R.used.is_(None))
    return int(db.connection().execute(unused).scalar_one())


def use_recovery_code(db: Session, account: AccountId, hashed: str, now: datetime) -> bool:
    """True if it was one of theirs and is used up by this request."""
    mine = update(_CODE).where(_R.account_id == account, _R.hash == hashed, _R.used.is_(None))
    return db.connection().execute(mine.values(used=now).returning(_R.id)).first() is not None
