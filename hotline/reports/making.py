"""The work that keeps the counts by day up to date: today's and yesterday's often, others at night.

Counting a day again is safe at any time: the counts are written over, and come to the same.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from hotline.calls.ringing.sending import Sender
from hotline.config.settings import Settings, seconds
from hotline.reports.counting import DayFacts, Rules, desk_days, duties_begun, line_days
from hotline.store import Session, Store
from hotline.store.counting.day_counts import (
    first_counted,
    keep_desk_days,
    keep_duties,
    keep_line_days,
)
from hotline.store.counting.day_facts import (
    calls_of,
    first_call,
    follow_ups_of,
    promises_of,
    returns_of,
)
from hotline.store.duty.promises import promises_worked
from hotline.store.duty.rosters import rota_worked
from hotline.store.duty.rota_kept import LONGEST_SHIFT
from hotline.store.sending.jobs import claim_slot
from scheduling.problem import Span

PROMPT: Final = timedelta(seconds=15)  # GB/T 33358, where [demand] says nothing else
A_DAY: Final = timedelta(days=1)
CHANGING: Final = 8  # days back: forms filled in late, promises settled after the day
CAUGHT_UP: Final = 60  # days before the first counted one that a firing counts besides


def count_days(sender: Sender) -> None:
    """Count today and yesterday; once a day the week before, and some days never counted yet."""
    now, settings = sender.clock(), sender.settings
    today = now.astimezone(settings.site.zone).date()
    with sender.store.writing() as db:
        nightly = claim_slot(db, "count-days-of-week", _midnight(today, settings))
    for day in (today, today - A_DAY):
        count_day(sender.store, settings, day, now)
    if nightly:
        for day in (*_week_before(today), *_never_counted(sender)):
            count_day(sender.store, settings, day, now)


def _week_before(today: date) -> Iterator[date]:
    return (today - A_DAY * back for back in range(2, CHANGING))


def _never_counted(sender: Sender) -> Iterator[date]:
    with sender.store.reading() as db:
        counted, called = first_counted(db), first_call(db)
    if counted is None or called is None:
        return
    first = called.astimezone(sender.settings.site.zone).date()
    for back in range(1, CAUGHT_UP + 1):
        if counted - A_DAY * back >= first:
            yield counted - A_DAY * back


def count_day(store: Store, settings: Settings, day: date, now: datetime) -> None:
    """Count one day that has begun, as far as it has come. Calls wait for the writing alone."""
    start = _midnight(day, settings)
    end = min(_midnight(day + A_DAY, settings), now)
    if end <= start:
        return
    with store.reading() as db:
        facts = _facts(db, day, Span(start, end))
    lines, desks = [e.name for e in settings.lines], [e.name for e in settings.desks]
    rules = rules_of(settings)
    with store.writing() as db:
        keep_line_days(db, line_days(facts, lines, rules), now)
        keep_desk_days(db, desk_days(facts, desks, rules), now)
        keep_duties(db, day, duties_begun(facts))


def _facts(db: Session, day: date, span: Span) -> DayFacts:
    return DayFacts(
        day=day,
        span=span,
        calls=calls_of(db, span),
        returns=returns_of(db, span),
        promises=promises_of(db, span),
        follow_ups=follow_ups_of(db, span),
        rota=rota_worked(db, span),
        promised=tuple(
            each
            for each in promises_worked(db, Span(span.start - LONGEST_SHIFT, span.end))
            if each.of_a_roster or each.overriding
        ),
    )


def rules_of(settings: Settings) -> Rules:
    """What counts as prompt at this site, and how long a wrap-up is."""
    promised = settings.demand
    prompt = PROMPT if promised is None else seconds(promised.within_seconds)
    return Rules(prompt, seconds(settings.answering.wrap_up))


def _midnight(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(), settings.site.zone).astimezone(UTC)
