"""Signing in: password, second factor, and a pause after too many wrong ones.

Wrong tries are counted by login and source together, never by login alone: whoever guesses at
somebody else's login locks out nobody but themselves. A source is the browser that was signed in
with this login before (it keeps a token), or else the network it asks from.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from hotline.accounts.passwords import fits
from hotline.accounts.roles import Account, Role
from hotline.accounts.second_factor import recovery_hash, step_of
from hotline.accounts.tokens import new_token, token_hash
from hotline.accounts.trail import Change
from hotline.config.tables.accounts import Accounts
from hotline.privacy import Privacy
from hotline.store import Session, Store
from hotline.store.access.accounts import Locked, locked_account, use_recovery_code, use_step
from hotline.store.access.page_sessions import (
    begin_session,
    count_wrong,
    forget_wrong,
    forgive_one,
    locked_until,
)
from hotline.store.access.trail import append_to_trail

MOST_WRONG: Final = 5  # in a row from one source for one login
PAUSE: Final = timedelta(minutes=15)
MOST_OF_A_NETWORK: Final = 50  # for all logins together: nobody tries one password on everybody
NETWORK_OF: Final = 64  # bits of an IPv6 address that belong to one household


class Refusal(StrEnum):
    """Why somebody was not let in."""

    WRONG = "wrong"  # no such account, or not its password: nobody learns which
    PAUSED = "paused"
    CODE = "code"  # the password was right, and the second factor is asked for
    WRONG_CODE = "wrong-code"


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and from where. device: the token of a browser known to this login."""

    login: str
    password: str
    code: str
    address: str
    device: str


@dataclass(frozen=True)
class Entered:
    """Somebody is in. token: of the session; ends: when it does."""

    account: Account
    token: str
    ends: datetime


@dataclass(frozen=True)
class Refused:
    """Nobody is in. until: the end of the pause, if there is one."""

    why: Refusal
    until: datetime | None = None


def sign_in(
    store: Store, attempt: Attempt, rules: Accounts, privacy: Privacy, now: datetime
) -> Entered | Refused:
    """Let somebody in, or say why not.

    Each try is counted before it is looked at, so that many at once are no more than many. No
    transaction is open while the password is compared: that takes as long as forty webhooks.
    """
    source, network = sources(attempt, privacy)
    with store.writing() as db:
        until = locked_until(db, source, now) or locked_until(db, network, now)
        if until is not None:
            return Refused(Refusal.PAUSED, until)
        until = count_wrong(db, source, MOST_WRONG, PAUSE, now)
        until = count_wrong(db, network, MOST_OF_A_NETWORK, PAUSE, now) or until
        found = locked_account(db, attempt.login)
    if not fits(found.password if found else "", attempt.password) or found is None:
        return Refused(Refusal.PAUSED, until) if until else Refused(Refusal.WRONG)
    with store.writing() as db:
        if found.totp_on and attempt.code and not _code_holds(db, found, attempt, privacy, now):
            return Refused(Refusal.PAUSED, until) if until else Refused(Refusal.WRONG_CODE)
        forgive_one(db, network, MOST_OF_A_NETWORK)
        if found.totp_on and not attempt.code:
            forgive_one(db, source, MOST_WRONG)  # wrong codes before it still count
            return Refused(Refusal.CODE)
        forget_wrong(db, source)
        return enter(db, found.account, rules, now)


def enter(db: Session, account: Account, rules: Accounts, now: datetime) -> Entered:
    """Begin a session of somebody who proved who they are."""
    token, ends = new_token(), now + session_length(account, rules)
    begin_session(db, account.id, token_hash(token), now, ends)
    append_to_trail(db, account.login, Change("session.begin", f"account/{account.login}"), now)
    return Entered(account, token, ends)


def session_length(account: Account, rules: Accounts) -> timedelta:
    """How long they stay signed in: volunteers on their own phones longer than others."""
    if account.roles == {Role.VOLUNTEER}:
        return timedelta(days=rules.volunteer_days)
    return timedelta(hours=rules.session_hours)


def idle_limit(account: Account, rules: Accounts) -> timedelta:
    """Untouched so long, a session is over."""
    if account.roles == {Role.VOLUNTEER}:
        return timedelta(days=rules.volunteer_days)
    return timedelta(minutes=rules.idle_minutes)


def device_token(login: str, secret: str) -> str:
    """What a browser keeps that was signed in with `login`: proof of just that."""
    login = login.strip().lower()
    sealed = hmac.new(secret.encode(), f"device|{login}".encode(), sha256).hexdigest()
    return sealed[:32]


def sources(attempt: Attempt, privacy: Privacy) -> tuple[str, str]:
    """Where tries are counted: of this login from here, and of all logins from this network.

    Keyed hashes: the table of wrong tries names no address and no login.
    """
    login = attempt.login.strip().lower()
    network = network_of(attempt.address)
    place = f"device|{attempt.device}" if attempt.device else f"network|{network}"
    return privacy.hashed(f"try|{login}|{place}"), privacy.hashed(f"tries|{network}")


def network_of(address: str) -> str:
    """The address, or of an IPv6 address the network that one household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return "nowhere"
    if isinstance(found, IPv6Address):
        return str(ip_network((found, NETWORK_OF), strict=False))
    return str(found)


def _code_holds(
    db: Session, found: Locked, attempt: Attempt, privacy: Privacy, now: datetime
) -> bool:
    assert found.totp is not None
    step = step_of(privacy.opened(found.totp), attempt.code, now)
    if step is not None:
        return use_step(db, found.account.id, step)
    return use_recovery_code(db, found.account.id, recovery_hash(attempt.code), now)
