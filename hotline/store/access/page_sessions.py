"""Sessions at the pages, wrong tries to begin one, and forms that were sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, delete, insert, select, update

from hotline.accounts.roles import Account, AccountId, SessionId
from hotline.store.access.accounts import ACCOUNT_COLUMNS, account_from
from hotline.store.dialects import insert_any, insert_new
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_ACCOUNT: Final = TABLES["account"]
_A: Final = _ACCOUNT.c
_SESSION: Final = TABLES["page_session"]
_S: Final = _SESSION.c
_TRY: Final = TABLES["wrong_try"]
_T: Final = _TRY.c
_FORM: Final = TABLES["form_sent"]
_F: Final = _FORM.c


_FOUND: Final = select(
    *(_S.id.label("session_id"), _S.begun, _S.seen, _A.totp_since, *ACCOUNT_COLUMNS)
).select_from(_SESSION.join(_ACCOUNT, _A.id == _S.account_id))
_LASTS: Final = Prepared(  # asked before every page, and at every poll of every board
    _FOUND.where(
        *(_S.hash == asked(_S.hash), _S.ended.is_(None), _A.active),
        *(_S.ends > asked(_S.ends, "now"), _S.seen > asked(_S.seen, "since")),
    )
)


@dataclass(frozen=True)
class Found:
    """A session that lasts, and whose it is."""

    id: SessionId
    account: Account
    begun: datetime
    seen: datetime
    second_factor: bool  # the account has one


def begin_session(
    db: Session, account: AccountId, hashed: str, now: datetime, ends: datetime
) -> None:
    """Somebody signed in."""
    values = {"hash": hashed, "account_id": account, "begun": now, "seen": now, "ends": ends}
    db.connection().execute(insert(_SESSION).values(values))


def session_of(db: Session, hashed: str, now: datetime, idle: timedelta) -> Found | None:
    """The session of that token, while it lasts, was used within `idle`, and its account holds."""
    row = _LASTS.first_alone(db, hash=hashed, now=now, since=now - idle)
    return None if row is None else _found(row)


def sessions_of(db: Session, account: AccountId, now: datetime) -> tuple[Found, ...]:
    """All sessions of an account that last, the newest first."""
    lasts = (_S.account_id == account, _S.ended.is_(None), _S.ends > now)
    rows = db.connection().execute(_FOUND.where(*lasts).order_by(_S.begun.desc()))
    return tuple(map(_found, rows))


def _found(row: Any) -> Found:
    account = account_from(row)
    second = row.totp_since is not None
    return Found(SessionId(row.session_id), account, row.begun, row.seen, second)


def seen_again(db: Session, session: SessionId, now: datetime) -> None:
    """It is in use."""
    db.connection().execute(update(_SESSION).where(_S.id == session).values(seen=now))


def end_session(db: Session, session: SessionId, now: datetime) -> None:
    """Somebody signed out."""
    mine = update(_SESSION).where(_S.id == session, _S.ended.is_(None))
    db.connection().execute(mine.values(ended=now))


def end_sessions(
    db: Session, account: AccountId, now: datetime, but: SessionId | None = None
) -> None:
    """Sign an account out everywhere, or everywhere else."""
    mine = update(_SESSION).where(_S.account_id == account, _S.ended.is_(None), _S.id != (but or 0))
    db.connection().execute(mine.values(ended=now))


def locked_until(db: Session, source: str, now: datetime) -> datetime | None:
    """Until when no password is looked at from there."""
    found = select(_T.locked_until).where(_T.source == source, _T.locked_until > now)
    until: datetime | None = db.connection().execute(found).scalar_one_or_none()
    return until


def count_wrong(
    db: Session, source: str, most: int, locked_for: timedelta, now: datetime
) -> datetime | None:
    """Count a wrong try; until when there is a pause, if it was the last of `most` in a row.

    Tries longer ago than `locked_for` count no more.
    """
    running = _T.at > now - locked_for
    wrong = case((running, _T.wrong + 1), else_=1)
    full = wrong >= most
    counted = {
        "wrong": case((full, 0), else_=wrong),
        "at": now,
        "locked_until": case((full, now + locked_for), else_=None),
    }
    new = insert_any(db, _TRY).values(source=source, wrong=1, at=now, locked_until=None)
    kept = new.on_conflict_do_update(index_elements=["source"], set_=counted)
    until: datetime | None = (
        db.connection().execute(kept.returning(_T.locked_until)).scalar_one_or_none()
    )
    return until


def forget_wrong(db: Session, source: str) -> None:
    """The count starts anew."""
    db.connection().execute(delete(_TRY).where(_T.source == source))


def forgive_one(db: Session, source: str, most: int) -> None:
    """The try just counted was none, and no pause follows it. most: as it was counted."""
    full = _T.locked_until.is_not(None)
    mine = update(_TRY).where(_T.source == source, full | (_T.wrong > 0))
    fewer = case((full, most - 1), else_=_T.wrong - 1)
    db.connection().execute(mine.values(wrong=fewer, locked_until=None))


def claim_form(db: Session, token: str, now: datetime) -> bool:
    """True if this form was not sent before; a second sender waits for the first to end."""
    new = insert_new(db, _FORM, {"token": token, "at": now}, "token").returning(_F.token)
    return db.connection().execute(new).first() is not None


def keep_where_it_led(db: Session, token: str, address: str) -> None:
    """Where whoever sent it was led."""
    db.connection().execute(update(_FORM).where(_F.token == token).values(led_to=address))


def where_it_led(db: Session, token: str) -> str | None:
    """Where the form with that token led, if it was sent and led anywhere."""
    found = select(_F.led_to).where(_F.token == token)
    address: str | None = db.connection().execute(found).scalar_one_or_none()
    return address


def forget_page_leftovers(db: Session, before: datetime) -> None:
    """Drop forms sent and wrong tries from before then."""
    for gone in (
        delete(_FORM).where(_F.at < before),
        delete(_TRY).where(_T.at < before),
    ):
        db.connection().execute(gone)
