"""How a stand-in is found: one person after the other, until the first yes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Settings
from hotline.corrections.absences import note as note_absence
from hotline.duty import Duty, PersonId
from hotline.errors import HotlineError
from hotline.handshake.deciding import (
    Reason,
    deadline,
    next_to_ask,
    quiet_until,
    still_needed,
)
from hotline.handshake.reading import standing_of
from hotline.handshake.stand_ins.candidates import candidates
from hotline.handshake.stand_ins.openings import place_open
from hotline.handshake.states import QuestionEvent, QuestionState, SearchEvent, SearchState
from hotline.handshake.telling import About, news, notice
from hotline.notices.facts import At
from hotline.oversight.alarms import Alarm, AlarmKind, NoticeKind
from hotline.oversight.alerting import alert
from hotline.rosters.states import RosterState
from hotline.store import Session, Store
from hotline.store.duty.promises import promises
from hotline.store.duty.questions import (
    Question,
    ask,
    being_asked,
    move_questions,
    questions_of,
)
from hotline.store.duty.standins import (
    NewSearch,
    Search,
    claim_next_question,
    hold_search,
    move_search,
    open_search,
    put_off_search,
    reopen_search,
    search_for,
)
from hotline.store.people.everybody import code_of
from hotline.store.sending.alarms import clear_alarm
from hotline.store.sending.errands import NewErrand, Purpose, plan_errands, withdraw_errands
from hotline.store.sending.notices import post_notices
from scheduling.problem import ShiftKind, Span

LOOKS_AGAIN: Final = timedelta(minutes=1)  # at a search that failed: perhaps they come after all


class SearchError(HotlineError):
    """There is no such duty, or it is over."""


def start_search(db: Session, duty: Duty, reason: Reason, now: datetime) -> int:
    """Look for somebody instead of who has this duty; the number of the search under way.

    The first person is asked within seconds, by the worker. Raises SearchError.
    """
    if duty.span.end <= now:
        raise SearchError("That duty is over.")
    number = begin_search(db, duty, reason, now)
    if number is not None:
        return number
    known = search_for(db, duty.person, duty.desk, duty.span.start)
    if known is None:
        raise SearchError("Everybody was asked about that duty already.")
    return known.id


def begin_search(db: Session, duty: Duty, reason: Reason, now: datetime) -> int | None:
    """The number of a new search; None if one is under way, or was made for this reason."""
    shift, kind = shift_of(db, duty)
    return open_search(db, NewSearch(duty.person, duty.desk, shift, kind, duty.span, reason), now)


def cannot_come(db: Session, duty: Duty, now: datetime) -> None:
    """Somebody says that they cannot come to this duty: noted as absent, and a search begins.

    One that is under way goes on; where everybody was asked before, the supervisors know.
    """
    shift, kind = shift_of(db, duty)
    new = NewSearch(duty.person, duty.desk, shift, kind, duty.span, Reason.CANNOT_COME)
    seek(db, new, now)
    note_absence(db, code_of(db, duty.person), Span(max(duty.span.start, now), duty.span.end), now)


def seek(db: Session, new: NewSearch, now: datetime) -> bool:
    """True if a search begins, or begins again; else one is under way, or everybody was asked."""
    if open_search(db, new, now) is not None:
        return True
    assert new.person is not None  # a place of nobody is looked for by `vacancies.seek_for`
    if search_for(db, new.person, new.desk, new.span.start) is not None:
        return False
    return reopen_search(db, new, now)


def shift_of(db: Session, duty: Duty) -> tuple[str, ShiftKind]:
    """Of which shift a duty is, and what sort of work that is."""
    code = code_of(db, duty.person)
    for p in promises(db, duty.span):
        mine = (p.person, p.desk, p.state) == (code, duty.desk, RosterState.PUBLISHED)
        if mine and p.span.start == duty.span.start:
            return p.shift, p.kind
    return f"{duty.desk}/override", ShiftKind.STANDBY if duty.standby else ShiftKind.DAY


def go_on(store: Store, settings: Settings, search: Search, now: datetime) -> None:
    """What is due in a search: read and decided first, then written in one short transaction.

    Of two workers who do so at once one asks the next person.
    """
    with store.reading() as db:
        step = _step(db, settings, search, now)
    with store.writing() as db:
        known = hold_search(db, search.id)
        if known is not None and (known.state, known.asked) == (search.state, search.asked):
            _take(db, settings, known, step, now)


@dataclass(frozen=True)
class _Step:
    """What to do in a search. overdue: the question whose deadline has passed."""

    event: SearchEvent | None = None
    overdue: Question | None = None
    person: PersonId | None = None
    wait: datetime | None = None


def _step(db: Session, settings: Settings, search: Search, now: datetime) -> _Step:
    if search.state is SearchState.FOUND:
        return _Step(SearchEvent.TIME_TO_TAKE_BACK_OVER)
    if not _needed(db, settings, search, now):
        return _Step(SearchEvent.NOT_NEEDED)
    if search.state is SearchState.FAILED:
        return _Step(wait=now + LOOKS_AGAIN)
    asked = questions_of(db, [search.id])
    open_one = next((q for q in asked if q.state is QuestionState.ASKED), None)
    if open_one is not None and now < open_one.deadline:
        return _Step(wait=open_one.deadline)
    quiet = quiet_until(search.span.start, settings.shake.quiet, settings.site.zone, now)
    if quiet is not None:
        return _Step(overdue=open_one, wait=quiet)
    could = candidates(db, settings, search, now)
    person = next_to_ask(could, (q.person for q in asked), being_asked(db))
    return _Step(SearchEvent.NOBODY_LEFT if person is None else None, open_one, person)


def _needed(db: Session, settings: Settings, search: Search, now: datetime) -> bool:
    if search.person is None:
        return place_open(db, settings, search, now)
    return still_needed(search.reason, standing_of(db, settings, search, now), now)


def _take(db: Session, settings: Settings, search: Search, step: _Step, now: datetime) -> None:
    if step.overdue is not None:
        _silent(db, step.overdue, now)
    if step.event is SearchEvent.NOT_NEEDED:
        end_search(db, settings, search, now)
    elif step.event is SearchEvent.NOBODY_LEFT:
        _fail(db, settings, search, now)
    elif step.event is not None:
        move_search(db, search.id, step.event)
    elif step.person is not None:
        _ask(db, settings, search, step.person, now)
    elif step.wait is not None:
        put_off_search(db, search.id, step.wait)


def _silent(db: Session, question: Question, now: datetime) -> None:
    """A late yes still counts; their telephone rings no more for it."""
    move_questions(db, [question.id], QuestionEvent.DEADLINE_PASSED)
    withdraw_errands(db, [question.id], now)


def end_search(db: Session, settings: Settings, search: Search, now: datetime) -> bool:
    """Nobody is needed any more: who is being asked is told so, with thanks."""
    if not move_search(db, search.id, SearchEvent.NOT_NEEDED):
        return False
    let_go(db, settings, search, questions_of(db, [search.id]), now)
    clear_alarm(db, AlarmKind.NO_STAND_IN, subject(settings, search), now)
    return True


def let_go(
    db: Session,
    settings: Settings,
    search: Search,
    questions: Iterable[Question],
    now: datetime,
) -> None:
    """Whoever still has one of `questions` to answer is told that somebody else comes."""
    waiting = [q for q in questions if q.state is QuestionState.ASKED]
    moved = move_questions(db, [q.id for q in waiting], QuestionEvent.NOT_NEEDED)
    withdraw_errands(db, moved, now)
    about = About(search.desk, search.span.start, search.span.end)
    told = [q.person for q in waiting if q.id in moved]
    notices = [news(settings, NoticeKind.NOT_NEEDED, person, about, now) for person in told]
    post_notices(db, notices, now)


def _fail(db: Session, settings: Settings, search: Search, now: datetime) -> None:
    move_search(db, search.id, SearchEvent.NOBODY_LEFT, due=now + LOOKS_AGAIN)
    alert(db, [Alarm(AlarmKind.NO_STAND_IN, subject(settings, search), search.reason)], now)


def subject(settings: Settings, search: Search) -> str:
    """What an alarm about a search is about: desk, day and hour on the site's clocks, and whose."""
    there = search.span.start.astimezone(settings.site.zone)
    return f"{search.desk} {there:%Y-%m-%d %H:%M} {search.code}".rstrip()


def _ask(db: Session, settings: Settings, search: Search, person: PersonId, now: datetime) -> None:
    until = deadline(search.span.start, settings.shake, now)
    if not claim_next_question(db, search, until):
        return
    number = ask(db, search.id, person, until, now)
    about = About(search.desk, search.span.start, until)
    told = notice(settings, NoticeKind.STAND_IN, person, about, now)
    words = {**told.words, "deadline": At(until)}
    post_notices(db, [replace(told, words=words, key=f"question:{number}")], now)
    errand = NewErrand(
        token=secrets.token_urlsafe(12),
        key=f"question:{number}",
        purpose=Purpose.STAND_IN,
        person=person,
        desk=search.desk,
        starts=search.span.start,
        due=now,
        expires=until,
        question=number,
    )
    plan_errands(db, [errand])
