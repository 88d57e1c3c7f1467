"""The questions asked in searches for stand-ins: each moved by guarded UPDATEs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, select, update
from sqlmodel import Session

from hotline.duty import PersonId
from hotline.handshake.states import QUESTION, QuestionEvent, QuestionState, becomes, before
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_QUESTION: Final = TABLES["question"]
_Q: Final = _QUESTION.c
_SEARCH: Final = TABLES["search"].c
_PERSON: Final = TABLES["person"].c


@dataclass(frozen=True)
class Question:
    """One person asked in a search."""

    id: int
    search: int
    person: PersonId
    code: str
    name: str
    state: QuestionState
    asked: datetime
    deadline: datetime
    answered: datetime | None


def ask(db: Session, search: int, person: PersonId, deadline: datetime, now: datetime) -> int:
    """Keep that a person is asked; the question's number."""
    values = {
        "search_id": search,
        "person_id": person,
        "state": QuestionState.ASKED,
        "asked": now,
        "deadline": deadline,
    }
    fresh = insert_any(db, _QUESTION).values(values).returning(_Q.id)
    number: int = db.connection().execute(fresh).scalar_one()
    return number


def move_questions(
    db: Session, which: Iterable[int], event: QuestionEvent, **also: object
) -> tuple[int, ...]:
    """The questions that this request moved by `event`."""
    mine = update(_QUESTION).where(
        _Q.id.in_(list(which)), _Q.state.in_(sorted(before(QUESTION, event)))
    )
    moved = mine.values(state=becomes(QUESTION, event), **also).returning(_Q.id)
    return tuple(row.id for row in db.connection().execute(moved))


def move_question(db: Session, question: int, event: QuestionEvent, **also: object) -> bool:
    """True if this request made the move."""
    return bool(move_questions(db, [question], event, **also))


def questions_of(db: Session, searches: Iterable[int]) -> tuple[Question, ...]:
    """Everybody asked in these searches, in order. One query."""
    return _questions(db, _QUESTIONS.where(_Q.search_id.in_(list(searches))))


def question_of(db: Session, number: int) -> Question | None:
    """The question of that number."""
    return next(iter(_questions(db, _QUESTIONS.where(_Q.id == number))), None)


def last_question_to(db: Session, person: PersonId, now: datetime) -> Question | None:
    """What a person was last asked about a duty that is not over; None: nothing."""
    theirs = _QUESTIONS.join(_SEARCH.id.table, _SEARCH.id == _Q.search_id).where(
        _Q.person_id == person
    )
    found = _questions(db, theirs.where(_SEARCH.ends > now))
    return found[-1] if found else None


def being_asked(db: Session) -> frozenset[PersonId]:
    """Everybody who has a question to answer."""
    rows = db.connection().execute(select(_Q.person_id).where(_Q.state == QuestionState.ASKED))
    return frozenset(PersonId(row.person_id) for row in rows)


_QUESTIONS: Final[Select[Any]] = (
    select(_QUESTION, _PERSON.code, _PERSON.name)
    .join(_PERSON.id.table, _PERSON.id == _Q.person_id)
    .order_by(_Q.id)
)


def _questions(db: Session, which: Select[Any]) -> tuple[Question, ...]:
    return tuple(_question(row) for row in db.connection().execute(which))


def _question(row: Row[Any]) -> Question:
    return Question(
        id=row.id,
        search=row.search_id,
        person=PersonId(row.person_id),
        code=row.code,
        name=row.name,
        state=QuestionState(row.state),
        asked=row.asked,
        deadline=row.deadline,
        answered=row.answered,
    )
