"""Duties are confirmed: who is asked when, and what a yes or a no means."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Settings
from hotline.duty import Attended, Duty, PersonId, ToldBy
from hotline.handshake.deciding import Reason, Stage, quiet_until, search_due, stage_due
from hotline.handshake.reading import duties_ahead
from hotline.handshake.stand_ins.searching import begin_search
from hotline.handshake.standing import Standing
from hotline.handshake.states import SearchState
from hotline.handshake.telling import About, notice
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.store import Session, Store
from hotline.store.duty.attendance import NewFact, attend
from hotline.store.duty.standins import (
    Search,
    searches_open,
)
from hotline.store.sending.errands import NewErrand, Purpose, plan_errands
from hotline.store.sending.notices import keys_used, post_notices
from scheduling.problem import Span

A_MOMENT: Final = timedelta(minutes=1)
LONGEST_KEY: Final = 120


def watch_duties(store: Store, settings: Settings, now: datetime) -> None:
    """Ask for confirmations that are due, and look for stand-ins where they are needed.

    Read and decided first; what two workers write at once is written once, by its key.
    """
    shake = settings.shake
    ahead = timedelta(hours=max(shake.first_hours, shake.last_hours))
    with store.reading() as db:
        found = duties_ahead(db, settings, Span(now, now + max(ahead, A_MOMENT)), now)
        duties = [each for each in found if each.on_paper]
        questions = tuple(_due(settings, duties, now))
        asked = keys_used(db, [question.notice.key for question in questions])
        needed = tuple(_needed(settings, duties, now))
        searches = searches_open(db, now)
    fresh = [question for question in questions if question.notice.key not in asked]
    missing = [need for need in needed if not any(_covers(each, need) for each in searches)]
    if fresh or missing:
        with store.writing() as db:
            post_notices(db, [question.notice for question in fresh], now)
            plan_errands(db, [question.errand for question in fresh if question.errand])
            for need in missing:  # rare: a few queries each
                begin_search(db, need.duty, need.reason, now)


def confirm(db: Session, person: PersonId, start: datetime, way: ToldBy, now: datetime) -> None:
    """A person says that they come to their duty that begins at `start`."""
    attend(db, NewFact(person, Attended.CONFIRMED, now, way, duty=start))


@dataclass(frozen=True)
class _Question:
    """How somebody is asked to confirm a duty."""

    notice: NewNotice
    errand: NewErrand | None


@dataclass(frozen=True)
class _Need:
    duty: Duty
    reason: Reason


def _due(settings: Settings, duties: Iterable[Standing], now: datetime) -> Iterator[_Question]:
    for each in duties:
        stage = stage_due(each.span.start, settings.shake, now)
        if stage is not None and not each.confirmed and not each.checked_in:
            yield _question(settings, each, stage, now)


def _question(settings: Settings, duty: Standing, stage: Stage, now: datetime) -> _Question:
    start = duty.span.start
    key = f"confirm:{duty.volunteer.id}:{duty.desk}:{start:%Y%m%d%H%M}:{stage}"[:LONGEST_KEY]
    about = About(duty.desk, start, start)
    told = notice(settings, NoticeKind.CONFIRM, duty.volunteer.id, about, now)
    due = quiet_until(start, settings.shake.quiet, settings.site.zone, now) or now
    errand = NewErrand(
        token=secrets.token_urlsafe(12),
        key=key,
        purpose=Purpose.CONFIRM,
        person=duty.volunteer.id,
        desk=duty.desk,
        starts=start,
        due=due,
        expires=start,
    )
    by_call = stage is Stage.LAST and settings.shake.call
    return _Question(replace(told, due=due, key=key), errand if by_call else None)


def _needed(settings: Settings, duties: Iterable[Standing], now: datetime) -> Iterator[_Need]:
    for each in duties:
        reason = search_due(each, settings.shake, now)
        if reason is not None:
            duty = Duty(each.volunteer.id, each.desk, each.span, each.standby)
            yield _Need(duty, reason)


def _covers(search: Search, need: _Need) -> bool:
    """Whether a search is under way for the duty, or was made for the same reason."""
    duty = (search.person, search.desk, search.span.start)
    if duty != (need.duty.person, need.duty.desk, need.duty.span.start):
        return False
    under_way = search.state in (SearchState.SEARCHING, SearchState.FOUND)
    return under_way or search.reason is need.reason
