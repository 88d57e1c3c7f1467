"""Notices: written with the decision they tell of, sent after the commit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Integer, bindparam, func, literal, select, update
from sqlmodel import Session

from hotline.config.titles import Language
from hotline.duty import PersonId
from hotline.notices.facts import Facts, fact_read, fact_written
from hotline.notices.ways import Way, ways_kept
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_NOTICE: Final = TABLES["notice"]
_N: Final = _NOTICE.c
_PERSON: Final = TABLES["person"].c
_CONTACT: Final = TABLES["contact"].c
_ACCOUNT: Final = TABLES["account"].c
_OPEN: Final = _N.done.is_(None)

LEASE: Final = timedelta(seconds=90)  # longer than every way of one person takes to fail
SUPERVISOR: Final = "supervisor"


def post_notices(db: Session, notices: Sequence[NewNotice], now: datetime) -> None:
    """Have people told after the commit; what has a key that was used before is not told again."""
    rows = [
        {
            "key": notice.key,
            "person_id": notice.person,
            "kind": notice.kind,
            "words": json.dumps(
                notice.words, ensure_ascii=False, sort_keys=True, default=fact_written
            ),
            "posted": now,
            "due": notice.due,
            "expires": notice.expires,
            "attempts": 0,
        }
        for notice in notices
    ]
    if rows:
        new = insert_any(db, _NOTICE).values(rows)
        db.connection().execute(new.on_conflict_do_nothing(index_elements=["key"]))


def keys_used(db: Session, keys: Sequence[str | None]) -> frozenset[str]:
    """Those of `keys` under which somebody was told before. One query."""
    if not keys:
        return frozenset()
    rows = db.connection().execute(select(_N.key).where(_N.key.in_(keys)))
    return frozenset(row.key for row in rows)


def supervisors(db: Session) -> tuple[PersonId, ...]:
    """Who is told of alarms."""
    statement = (
        select(_PERSON.id)
        .where(_PERSON.role == SUPERVISOR, _PERSON.active.is_(True))
        .order_by(_PERSON.id)
    )
    return tuple(PersonId(row.id) for row in db.connection().execute(statement))


@dataclass(frozen=True)
class NoticeLetter:
    """A notice taken for sending, with what sending needs. urls: encrypted, one a line."""

    id: int
    person: PersonId
    code: str
    supervisor: bool
    address: str
    ways: tuple[Way, ...]
    urls: bytes | None
    stopped: bool
    kind: NoticeKind
    language: Language | None  # that they chose
    words: Facts
    attempts: int  # this one counted
    expires: datetime


def next_notice(db: Session) -> datetime | None:
    """When there is next a notice to send or to give up; None: there is none."""
    statement = select(func.min(_N.due), func.min(_N.expires)).where(_OPEN)
    due, expires = db.connection().execute(statement).one()
    return None if due is None else min(due, expires)


def take_notice(db: Session, now: datetime) -> NoticeLetter | None:
    """One notice to send now, handed to one sender only. Two statements."""
    taken = db.connection().execute(_TAKE, {"now": now, "lease": now + LEASE}).first()
    if taken is None:
        return None
    row = db.connection().execute(_LETTER, {"id": taken.id}).one()
    return NoticeLetter(
        id=row.id,
        person=PersonId(row.person_id),
        code=row.code,
        supervisor=row.role == SUPERVISOR,
        address=row.address,
        ways=ways_kept(row.notices),
        urls=row.urls,
        stopped=row.stopped is not None,
        kind=NoticeKind(row.kind),
        language=Language(row.language) if row.language else None,
        words={key: fact_read(fact) for key, fact in json.loads(row.words).items()},
        attempts=row.attempts,
        expires=row.expires,
    )


_NOW: Final = bindparam("now", type_=_N.due.type)
_TAKE: Final = (
    update(_NOTICE)
    .where(
        _N.id.in_(
            select(_N.id)
            .where(_OPEN, _N.due <= _NOW, _N.expires > _NOW)
            .where(_N.taken_until.is_(None) | (_N.taken_until < _NOW))
            .order_by(_N.due, _N.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
    )
    .values(taken_until=bindparam("lease", type_=_N.due.type), attempts=_N.attempts + 1)
    .returning(_N.id)
)
_LETTER: Final = (
    select(
        _N.id,
        _N.person_id,
        _N.kind,
        _N.words,
        _N.attempts,
        _N.expires,
        _PERSON.code,
        _PERSON.role,
        _PERSON.address,
        _PERSON.notices,
        _CONTACT.urls,
        _CONTACT.stopped,
        _ACCOUNT.language,
    )
    .select_from(
        _NOTICE.join(_PERSON.id.table, _PERSON.id == _N.person_id)
        .outerjoin(_CONTACT.person_id.table, _CONTACT.person_id == _N.person_id)
        .outerjoin(_ACCOUNT.id.table, _ACCOUNT.person_id == _N.person_id)
    )
    .where(_N.id == bindparam("id", type_=Integer))
)


def settle_notice(db: Session, notice: int, now: datetime, failure: str | None = None) -> bool:
    """The person is told, or it is given up. False if somebody else settled it before."""
    mine = update(_NOTICE).where(_N.id == notice, _OPEN)
    done = mine.values(done=now, failure=failure).returning(_N.id)
    return db.connection().execute(done).first() is not None


def put_off_notice(db: Session, notice: int, until: datetime, failure: str) -> None:
    """Try again at `until`; what went wrong is kept."""
    mine = update(_NOTICE).where(_N.id == notice, _OPEN)
    db.connection().execute(mine.values(due=until, taken_until=None, failure=failure))


def expire_notices(db: Session, now: datetime) -> tuple[str, ...]:
    """Give up what is pointless now; the codes of the supervisors it was for."""
    late = update(_NOTICE).where(_OPEN, _N.expires <= now)
    why = func.coalesce(_N.failure, literal("nobody tried"))
    given_up = late.values(done=now, failure=literal("expired: ").concat(why))
    rows = db.connection().execute(given_up.returning(_N.person_id)).all()
    people = {row.person_id for row in rows}
    if not people:
        return ()
    theirs = select(_PERSON.code).where(_PERSON.id.in_(people), _PERSON.role == SUPERVISOR)
    return tuple(row.code for row in db.connection().execute(theirs.order_by(_PERSON.code)))
