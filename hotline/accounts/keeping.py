"""What administrators do with accounts: make, change, send links; each leaves a trace."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from hotline.accounts.links import Purpose, new_link
from hotline.accounts.roles import Account, AccountId, Role
from hotline.accounts.trail import Change
from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.store import Session
from hotline.store.access.accounts import Listed, active_administrators, change_account, new_account
from hotline.store.access.links import close_links
from hotline.store.access.page_sessions import end_sessions
from hotline.store.access.trail import append_to_trail

LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


class AccountError(HotlineError):
    """An account cannot be as it was asked for. `field`: the one of the form that is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def invite(db: Session, account: Account, settings: Settings, by: str, now: datetime) -> str:
    """Make an account; the token of the link by which its owner chooses a password.

    by: the login of who does it. Raises AccountError, and nothing is made.
    """
    _holds(account, settings)
    made = new_account(db, account, now)
    if made is None:
        raise AccountError("login", "There is an account with this name, or of this volunteer.")
    append_to_trail(db, by, Change("account.made", _subject(account), None, told(account)), now)
    new = replace(account, id=made)
    return new_link(db, new, Purpose.INVITATION, settings.signing, now)


def change(
    db: Session, old: Listed, new: Account, settings: Settings, by: str, now: datetime
) -> None:
    """Keep an account otherwise; who is no longer active is signed out. Raises AccountError."""
    _holds(new, settings, old.account.desks)
    if not change_account(db, new):
        raise AccountError("person", "This volunteer has an account of their own.")
    if active_administrators(db) == 0:
        raise AccountError("roles", "Nobody would be left who may make accounts.")
    if not new.active or new.roles != old.account.roles:
        end_sessions(db, new.id, now)
    if not new.active:
        close_links(db, (new.id,), now)
    said = Change("account.changed", _subject(new), told(old.account), told(new))
    append_to_trail(db, by, said, now)


def send_link(
    db: Session, account: Account, purpose: Purpose, settings: Settings, by: str, now: datetime
) -> str:
    """The token of a link to a new password."""
    append_to_trail(db, by, Change(f"account.link.{purpose}", _subject(account)), now)
    return new_link(db, account, purpose, settings.signing, now)


def told(account: Account) -> dict[str, Any]:
    """An account as the trail tells it."""
    return {
        "name": account.name,
        "roles": sorted(account.roles),
        "desks": sorted(account.desks),
        "person": account.person,
        "active": account.active,
    }


def unmade(login: str, name: str) -> Account:
    """An account to begin with."""
    return Account(AccountId(0), login.strip().lower(), name.strip(), frozenset())


def _holds(account: Account, settings: Settings, before: frozenset[DeskName] = frozenset()) -> None:
    """Raises AccountError. before: its desks till now, perhaps of an older configuration."""
    if not LOGIN.fullmatch(account.login):
        raise AccountError(
            "login", "Write 2 to 63 small letters, digits, dots or dashes, a letter or digit first."
        )
    if not account.name:
        raise AccountError("name", "Write what others know them by.")
    if not account.roles:
        raise AccountError("roles", "Choose at least one role.")
    if Role.VOLUNTEER in account.roles and account.person is None:
        raise AccountError("person", "A volunteer's account belongs to one of the volunteers.")
    unknown = account.desks - {desk.name for desk in settings.desks} - before
    if unknown:
        raise AccountError("desks", f"There is no desk {', '.join(sorted(unknown))}.")


def _subject(account: Account) -> str:
    return f"account/{account.login}"
