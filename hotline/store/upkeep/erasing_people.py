"""What there is of somebody who works here, and how it goes: their hours stay countable."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, select, update
from sqlmodel import Session

from hotline.duty import PersonId
from hotline.store.tables import TABLES
from hotline.store.upkeep.too_old import DETAILS
from hotline.swaps.states import SwapState

_PERSON: Final = TABLES["person"].c
_ACCOUNT: Final = TABLES["account"].c
_CALLBACK: Final = TABLES["callback"].c
_OVERRIDE: Final = TABLES["override"].c
_SWAP: Final = TABLES["swap"].c
_CALLER: Final = TABLES["caller"].c
_NOTICE: Final = TABLES["notice"].c
OPEN: Final = (SwapState.ASKED, SwapState.AGREED)
OF_PERSON: Final = ("contact", "pin", "calendar", "calendar_event", "certificate", "absence")
OF_ACCOUNT: Final = ("page_session", "recovery_code", "account_link")


@dataclass(frozen=True)
class OfPerson:
    """What waits for somebody. login: of their account; None: they have none."""

    talking: bool
    callbacks: int  # that they are to keep
    swaps: int
    login: str | None


def of_person(db: Session, person: PersonId) -> OfPerson:
    """What there is that cannot just go."""
    presence = TABLES["presence"].c
    account = select(_ACCOUNT.login).where(_ACCOUNT.person_id == person)
    return OfPerson(
        talking=_count(db, presence.person_id == person, presence.leg_id.is_not(None)) > 0,
        callbacks=_count(db, _CALLBACK.person_id == person, _CALLBACK.done.is_(None)),
        swaps=_count(db, _swaps(person), _SWAP.state.in_(OPEN)),
        login=db.connection().execute(account).scalar_one_or_none(),
    )


def forget_person(db: Session, person: PersonId, name: str, now: datetime) -> None:
    """Their code stays, and stands for them wherever they worked; nothing else leads to them."""
    run = db.connection().execute
    _end_what_waits(db, person, now)
    for table in OF_PERSON:
        run(delete(TABLES[table]).where(TABLES[table].c.person_id == person))
    named = _NOTICE.words.contains(name, autoescape=True) | (_NOTICE.person_id == person)
    run(delete(TABLES["notice"]).where(named))
    theirs = (_OVERRIDE.comes_id == person) | (_OVERRIDE.replaces_id == person)
    run(update(TABLES["override"]).where(theirs).values(why=""))
    _forget_account(db, person)
    nameless = {"name": _PERSON.code, "active": False, "left_at": now, **DETAILS}
    run(update(TABLES["person"]).where(_PERSON.id == person).values(**nameless))


def _end_what_waits(db: Session, person: PersonId, now: datetime) -> None:
    run = db.connection().execute
    run(update(TABLES["callback"]).where(_CALLBACK.person_id == person).values(person_id=None))
    run(update(TABLES["caller"]).where(_CALLER.same_id == person).values(same_id=None))
    void = {"state": SwapState.VOID, "decided": now}
    run(update(TABLES["swap"]).where(_swaps(person), _SWAP.state.in_(OPEN)).values(**void))


def _forget_account(db: Session, person: PersonId) -> None:
    """Nobody signs in as them; a login that was theirs is anybody's again."""
    run = db.connection().execute
    mine = select(_ACCOUNT.id).where(_ACCOUNT.person_id == person)
    for table in OF_ACCOUNT:
        run(delete(TABLES[table]).where(TABLES[table].c.account_id.in_(mine)))
    gone = literal("gone-") + cast(_ACCOUNT.id, String)
    nobody: dict[str, Any] = {"login": gone, "name": gone, "password": "", "totp": None}
    closed = {**nobody, "totp_since": None, "active": False}
    run(update(TABLES["account"]).where(_ACCOUNT.person_id == person).values(**closed))


def _swaps(person: PersonId) -> ColumnElement[bool]:
    return (_SWAP.asker_id == person) | (_SWAP.partner_id == person)


def _count(db: Session, first: ColumnElement[bool], *more: ColumnElement[bool]) -> int:
    return int(db.connection().execute(select(func.count()).where(first, *more)).scalar_one())
