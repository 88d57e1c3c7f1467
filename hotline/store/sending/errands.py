"""Calls of ours to volunteers that belong to no caller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Row, Select, func, literal, select, text, update
from sqlmodel import Session

from hotline.config.settings import DeskName, Language
from hotline.duty import PersonId
from hotline.handshake.states import ERRAND, ErrandEvent, ErrandState, becomes, before
from hotline.store.dialects import insert_any
from hotline.store.sending.reserving import free_reserved, keep_reserved
from hotline.store.tables import TABLES

_ERRAND: Final = TABLES["errand"]
_E: Final = _ERRAND.c
_PERSON: Final = TABLES["person"].c
_ACCOUNT: Final = TABLES["account"].c
_LIVE: Final = _E.state != text("'ended'")  # written out, for its index


class Purpose(StrEnum):
    """What a volunteer is rung for."""

    CONFIRM = "confirm"  # do you come to your duty?
    STAND_IN = "stand-in"  # can you come instead of somebody?
    DRILL = "drill"  # is it true that we reach you? asked of who agreed, on duty
    TEST = "test"  # the same, for you or a coordinator wished it


class Ended(StrEnum):
    """How such a call ended."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"  # picked up, and no key was pressed: a mailbox ends here
    UNANSWERED = "unanswered"
    UNSENT = "unsent"  # never rung: the person was not free, or the carrier refused
    WITHDRAWN = "withdrawn"  # not needed any more


@dataclass(frozen=True)
class NewErrand:
    """A call to make from `due` on, as soon as the person is free. key: it is made once."""

    token: str
    key: str
    purpose: Purpose
    person: PersonId
    desk: DeskName
    starts: datetime
    due: datetime
    expires: datetime
    question: int | None = None
    drill: int | None = None


@dataclass(frozen=True)
class Errand:
    """A call as it is kept. language: that whoever is rung chose."""

    id: int
    token: str
    purpose: Purpose
    person: PersonId
    address: str
    desk: DeskName
    starts: datetime
    state: ErrandState
    due: datetime
    expires: datetime
    question: int | None
    sid: str | None
    language: Language | None


def plan_errands(db: Session, errands: Iterable[NewErrand]) -> int:
    """Have people rung, and how many; for what somebody was rung before they are not rung again."""
    rows = [
        {
            "token": each.token,
            "key": each.key,
            "purpose": each.purpose,
            "person_id": each.person,
            "question_id": each.question,
            "drill_id": each.drill,
            "desk": each.desk,
            "starts": each.starts,
            "state": ErrandState.WAITING,
            "due": each.due,
            "expires": each.expires,
        }
        for each in errands
    ]
    if not rows:
        return 0
    new = insert_any(db, _ERRAND).values(rows).on_conflict_do_nothing(index_elements=["key"])
    return len(db.connection().execute(new.returning(_E.id)).all())


def errand_due(db: Session, now: datetime) -> Errand | None:
    """The live call that has waited longest for something to be done about it."""
    return _one(db, _ERRANDS.where(_LIVE, _E.due <= now).order_by(_E.due, _E.id).limit(1))


def errand_of(db: Session, token: str) -> Errand | None:
    """The call of a web address."""
    return _one(db, _ERRANDS.where(_E.token == token))


def move_errand(
    db: Session, errand: int, event: ErrandEvent, due: datetime, until: datetime
) -> bool:
    """True if this request made the move; something is to be done about it again at `due`.

    until: the person stays reserved.
    """
    mine = update(_ERRAND).where(_E.id == errand, _E.state.in_(sorted(before(ERRAND, event))))
    moved = mine.values(state=becomes(ERRAND, event), due=due).returning(_E.id)
    if db.connection().execute(moved).first() is None:
        return False
    keep_reserved(db, errand, until)
    return True


def put_off_errand(db: Session, errand: int, until: datetime) -> None:
    """Its person is not free: look again at `until`, unless another worker has done more by now."""
    mine = update(_ERRAND).where(_E.id == errand, _E.state == ErrandState.WAITING)
    db.connection().execute(mine.values(due=until))


def note_errand_sid(db: Session, errand: int, sid: str) -> None:
    """Remember the carrier's id of the leg."""
    db.connection().execute(update(_ERRAND).where(_E.id == errand).values(sid=sid))


def note_answer(db: Session, errand: int, result: Ended, until: datetime) -> None:
    """A key was pressed: the person listens to us until `until` at most."""
    answered = update(_ERRAND).where(_E.id == errand, _LIVE)
    db.connection().execute(answered.values(result=result, due=until))
    keep_reserved(db, errand, until)


def end_errands(db: Session, which: Any, result: Ended, now: datetime) -> tuple[Errand, ...]:
    """End the live calls of `which`, and free their people; an answer that was given stays."""
    kept = func.coalesce(_E.result, literal(result.value))
    ended = update(_ERRAND).where(which, _LIVE)
    done = ended.values(state=ErrandState.ENDED, result=kept, ended=now).returning(_E.id)
    ids = [row.id for row in db.connection().execute(done)]
    if not ids:
        return ()
    free_reserved(db, ids, now)
    found = db.connection().execute(_ERRANDS.where(_E.id.in_(ids)))
    return tuple(_errand(row) for row in found)


def end_errand(db: Session, errand: int, result: Ended, now: datetime) -> tuple[Errand, ...]:
    """The same of one."""
    return end_errands(db, _E.id == errand, result, now)


def withdraw_errands(db: Session, questions: Sequence[int], now: datetime) -> None:
    """What asks these questions is not needed: not rung any more, or hung up at once."""
    asks = _E.question_id.in_(questions)
    rings = update(_ERRAND).where(asks, _LIVE, _E.state == ErrandState.DIALLED)
    recalled = becomes(ERRAND, ErrandEvent.NOT_NEEDED)
    db.connection().execute(rings.values(state=recalled, due=now))
    unsent = _E.state.in_([ErrandState.WAITING, ErrandState.PLANNED])
    end_errands(db, asks & unsent, Ended.WITHDRAWN, now)


def answered_since(db: Session, since: datetime) -> Mapping[PersonId, datetime]:
    """When each person last pressed a key in such a call. One query."""
    pressed = _E.result.in_([Ended.YES.value, Ended.NO.value])
    found = select(_E.person_id, _E.ended).where(pressed, _E.ended > since).order_by(_E.ended)
    return {PersonId(row.person_id): row.ended for row in db.connection().execute(found)}


_ERRANDS: Final[Select[Any]] = (
    select(_ERRAND, _PERSON.address, _ACCOUNT.language)
    .join(_PERSON.id.table, _PERSON.id == _E.person_id)
    .outerjoin(_ACCOUNT.id.table, _ACCOUNT.person_id == _E.person_id)
)


def errands_where(db: Session, which: Any) -> tuple[Errand, ...]:
    """All calls of `which`, in order. One query."""
    found = db.connection().execute(_ERRANDS.where(which).order_by(_E.id))
    return tuple(_errand(row) for row in found)


def _one(db: Session, which: Select[Any]) -> Errand | None:
    row = db.connection().execute(which).first()
    return None if row is None else _errand(row)


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        id=row.id,
        token=row.token,
        purpose=Purpose(row.purpose),
        person=PersonId(row.person_id),
        address=row.address,
        desk=DeskName(row.desk),
        starts=row.starts,
        state=ErrandState(row.state),
        due=row.due,
        expires=row.expires,
        question=row.question_id,
        sid=row.sid,
        language=Language(row.language) if row.language else None,
    )
