"""What somebody answers who was asked to stand in: of many who say yes, one comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.config.settings import Settings
from hotline.corrections.overrides import OverrideError, OverrideOrder, override, undo
from hotline.duty import Attended, Cause, ToldBy
from hotline.handshake.deciding import Reason
from hotline.handshake.stand_ins.openings import place_open
from hotline.handshake.stand_ins.searching import SearchError, let_go, subject
from hotline.handshake.states import QuestionEvent, QuestionState, SearchEvent, SearchState
from hotline.handshake.telling import About, news
from hotline.oversight.alarms import AlarmKind, NoticeKind
from hotline.rosters.week import week_of
from hotline.store import Session
from hotline.store.duty.attendance import NewFact, attend
from hotline.store.duty.questions import (
    Question,
    move_question,
    question_of,
    questions_of,
)
from hotline.store.duty.standins import (
    Search,
    hold_search,
    move_search,
    put_off_search,
)
from hotline.store.duty.swaps import hold_rosters
from hotline.store.sending.alarms import clear_alarm
from hotline.store.sending.errands import withdraw_errands
from hotline.store.sending.notices import post_notices
from scheduling.problem import Span


class Answered(StrEnum):
    """What came of an answer."""

    COMES = "comes"
    REFUSED = "refused"
    TOO_LATE = "too-late"  # somebody else comes, or nobody is needed: thanks
    NOT_POSSIBLE = "not-possible"  # they are on another duty by now
    TAKEN_BACK = "taken-back"
    KEPT = "kept"  # the time to take it back is over


@dataclass(frozen=True)
class Saying:
    """An answer to a question, by its number, and how it came."""

    question: int
    way: ToldBy = ToldBy.COMMAND


def says_yes(db: Session, settings: Settings, saying: Saying, now: datetime) -> Answered:
    """The person comes, if nobody was first: routing, roster and everybody concerned follow."""
    question, search = _held(db, saying)
    if question.state is QuestionState.AGREED:
        return Answered.COMES
    if not _may_still_come(db, settings, search, now):
        move_question(db, question.id, QuestionEvent.NOT_NEEDED, answered=now)
        return Answered.TOO_LATE
    try:
        number = _overridden(db, settings, search, question, now)
    except OverrideError:
        move_question(db, question.id, QuestionEvent.SAID_NO, answered=now)
        put_off_search(db, search.id, now)
        return Answered.NOT_POSSIBLE
    move_question(db, question.id, QuestionEvent.SAID_YES, answered=now)
    until = now + timedelta(seconds=settings.shake.undo_seconds)
    found = {"override_id": number, "undo_until": until, "due": until}
    move_search(db, search.id, SearchEvent.AGREED, **found)
    withdraw_errands(db, [question.id], now)
    _tell(db, settings, search, question, now)
    _attends(db, saying, question, search, now)
    return Answered.COMES


def _may_still_come(db: Session, settings: Settings, search: Search, now: datetime) -> bool:
    """Whether somebody is needed: for a place of nobody, that nobody has been put there since."""
    if search.state not in (SearchState.SEARCHING, SearchState.FAILED) or search.span.end <= now:
        return False
    if search.person is not None:
        return True
    hold_rosters(db, {(search.desk, str(week_of(search.span.start, settings.site.zone)))})
    return place_open(db, settings, search, now)


def says_no(db: Session, settings: Settings, saying: Saying, now: datetime) -> Answered:
    """The next person is asked at once."""
    question, search = _held(db, saying)
    if move_question(db, question.id, QuestionEvent.SAID_NO, answered=now):
        withdraw_errands(db, [question.id], now)
        if search.state is SearchState.SEARCHING:
            put_off_search(db, search.id, now)
    return Answered.REFUSED


def takes_back(db: Session, settings: Settings, saying: Saying, now: datetime) -> Answered:
    """Who said yes does not come after all, if they say so in time: the search goes on."""
    question, search = _held(db, saying)
    agreed = question.state is QuestionState.AGREED and search.state is SearchState.FOUND
    if not agreed or search.undo_until is None or now >= search.undo_until:
        return Answered.KEPT
    assert search.override is not None
    try:
        undo(db, search.override, now)
    except OverrideError:  # a coordinator has built on it
        return Answered.KEPT
    move_question(db, question.id, QuestionEvent.TOOK_BACK, answered=now)
    also = {"override_id": None, "undo_until": None, "due": now}
    move_search(db, search.id, SearchEvent.TAKEN_BACK, **also)
    about = About(search.desk, search.span.start, search.span.end)
    if search.person is not None and search.reason is not Reason.CANNOT_COME:
        post_notices(db, [news(settings, NoticeKind.YOURS_AGAIN, search.person, about, now)], now)
    return Answered.TAKEN_BACK


def _held(db: Session, saying: Saying) -> tuple[Question, Search]:
    """The question and its search, which stays still: answers in one search come one by one."""
    question = question_of(db, saying.question)
    if question is None:
        raise SearchError(f"There is no question {saying.question}.")
    search = hold_search(db, question.search)
    question = question_of(db, saying.question)
    assert search is not None
    assert question is not None
    return question, search


def _overridden(
    db: Session, settings: Settings, search: Search, question: Question, now: datetime
) -> int:
    order = OverrideOrder(
        desk=search.desk,
        span=Span(max(search.span.start, now), search.span.end),
        comes=question.code,
        replaces=search.code or None,
        why=search.reason.value,
        cause=Cause.STAND_IN,
        shift=None if search.code else search.shift,
    )
    return override(db, settings, order, now).override.id


def _attends(
    db: Session, saying: Saying, question: Question, search: Search, now: datetime
) -> None:
    """A yes confirms the duty; where it runs already, it is a check-in, too."""
    person, start = question.person, max(search.span.start, now)
    attend(db, NewFact(person, Attended.CONFIRMED, now, saying.way, duty=start))
    if search.span.start <= now:
        until = search.span.end
        attend(db, NewFact(person, Attended.CHECKED_IN, now, saying.way, until, duty=start))


def _tell(
    db: Session, settings: Settings, search: Search, question: Question, now: datetime
) -> None:
    """Who comes, who is replaced, and whoever else was being asked."""
    about = About(search.desk, search.span.start, search.span.end)
    told = [(NoticeKind.STANDS_IN, question.person)]
    if search.person is not None:
        told.append((NoticeKind.REPLACED, search.person))
    post_notices(db, [news(settings, kind, who, about, now) for kind, who in told], now)
    others = (q for q in questions_of(db, [search.id]) if q.id != question.id)
    let_go(db, settings, search, others, now)
    clear_alarm(db, AlarmKind.NO_STAND_IN, subject(settings, search), now)
