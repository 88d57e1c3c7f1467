"""Invitations and resets: links that work once, and what somebody does with one."""

from datetime import datetime, timedelta
from enum import StrEnum

from hotline.accounts.passwords import hashed
from hotline.accounts.roles import Account
from hotline.accounts.tokens import new_token, token_hash
from hotline.config.tables.accounts import Accounts
from hotline.store import Session
from hotline.store.access.accounts import keep_password, keep_totp
from hotline.store.access.links import Link, close_links, make_link, use_link
from hotline.store.access.page_sessions import end_sessions


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"  # of the password
    RESCUE = "rescue"  # of the password and the second factor: the telephone is lost, too


def new_link(
    db: Session, account: Account, purpose: Purpose, rules: Accounts, now: datetime
) -> str:
    """The token of a fresh link for them; older ones of theirs work no more."""
    close_links(db, (account.id,), now)
    return further_link(db, account, purpose, rules, now)


def further_link(
    db: Session, account: Account, purpose: Purpose, rules: Accounts, now: datetime
) -> str:
    """The token of a fresh link beside those that are open."""
    token = new_token()
    make_link(db, account.id, token_hash(token), purpose, now, now + _lasts(purpose, rules))
    return token


def follow_link(db: Session, link: Link, password: str, now: datetime) -> bool:
    """Give the account that password, and sign it out everywhere; False if it was used before.

    Raises PasswordError, and then the link still works.
    """
    kept = hashed(password, link.account.login)
    if not use_link(db, link.id, now):
        return False
    keep_password(db, link.account.id, kept)
    if link.purpose == Purpose.RESCUE:
        keep_totp(db, link.account.id, None, None)
    end_sessions(db, link.account.id, now)
    return True


def _lasts(purpose: Purpose, rules: Accounts) -> timedelta:
    if purpose is Purpose.INVITATION:
        return timedelta(days=rules.invitation_days)
    return timedelta(hours=rules.reset_hours)
