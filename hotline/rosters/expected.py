"""Which callers a rehearsal plays, and how telephones are answered: the one place that says it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.closing import LAST_WORDS
from hotline.config.settings import Settings, seconds
from hotline.duty import STRETCH_ENDS_AFTER
from hotline.rosters.needs import needs
from hotline.store.endings import HEARS_US_OUT, STOPS_RINGING
from scheduling.demand.erlang import CoverageTarget
from scheduling.demand.prior import Prior
from scheduling.problem import Span
from scheduling.rehearsal.callers import Habits, Rates
from scheduling.rehearsal.stage import Ways

HALF_HOUR: Final = timedelta(minutes=30)
HALVES: Final = 48  # of a wall-clock day
WITHIN: Final = CoverageTarget().within

# Guesses, until a site's own calls say better.
CALLS_A_DAY: Final = 4.0  # of a line
BUSY: Final = 0.2  # how much busier or quieter a half hour is by itself
TALK: Final = timedelta(minutes=30)  # with wrap-up; city lines report 20 to 40 minutes
PATIENCE: Final = timedelta(minutes=3)
RETURNING: Final = 0.3  # of those who hung up
RETURNS_AFTER: Final = timedelta(minutes=10)
GREETING: Final = timedelta(seconds=8)
PICK_UP: Final = timedelta(seconds=7)  # mean, of rings that somebody takes
TO_THE_KEY: Final = timedelta(seconds=5)  # the whisper's words, and 1
UNACCEPTED: Final = 0.2  # of all rings


def rates_of(settings: Settings, span: Span) -> Rates:
    """Calls to expect on each line in each half hour, as a week usually goes."""
    week = Prior(CALLS_A_DAY * 7).week(HALVES)
    local = [at.astimezone(settings.site.zone) for at in _half_hours(span)]
    usual = tuple(float(week[at.weekday(), at.hour * 2 + at.minute // 30]) for at in local)
    names = [line.name for line in settings.lines]
    return Rates(span.start, dict.fromkeys(names, usual), HALF_HOUR, dict.fromkeys(names, BUSY))


def while_open(rates: Rates, settings: Settings, span: Span) -> Rates:
    """The same without calls at hours when no desk of the line's chain asks for anybody.

    Whoever calls then is told that the line is closed; that is no fault of a roster.
    """
    zone = settings.site.zone
    asked = {desk.name: [n.span for n in needs(desk, span, zone)] for desk in settings.desks}
    calls: dict[str, tuple[float, ...]] = {}
    for line in settings.lines:
        wanted = [each for desk in line.desks for each in asked[desk]]
        expected = zip(_half_hours(span), rates.calls[line.name], strict=True)
        calls[line.name] = tuple(
            mean if any(each.start <= at < each.end for each in wanted) else 0.0
            for at, mean in expected
        )
    return replace(rates, calls=calls)


def habits_of(settings: Settings) -> Habits:
    """What callers are like."""
    wrap_up = seconds(settings.answering.wrap_up)
    talk = max(TALK - wrap_up, timedelta(minutes=1))
    return Habits(talk, PATIENCE, returning=RETURNING, returns_after=RETURNS_AFTER)


def ways_of(settings: Settings) -> Ways:
    """How telephones are rung and answered."""
    bounds = settings.answering
    return Ways(
        greeting=GREETING,
        pick_up=PICK_UP,
        whisper=TO_THE_KEY,
        ring=seconds(bounds.ring),
        unaccepted=UNACCEPTED,
        paced=seconds(1 / settings.carrier.calls_per_second),
        wrap_up=seconds(bounds.wrap_up),
        last_words=seconds(LAST_WORDS),
        stops_ringing=STOPS_RINGING,
        hears_out=HEARS_US_OUT,
        ring_again=seconds(bounds.ring_again),
        longest_wait=seconds(bounds.longest_wait),
        stretch=STRETCH_ENDS_AFTER,
    )


def _half_hours(span: Span) -> Iterator[datetime]:
    """As many as the span has, whole or begun."""
    at = span.start
    while at < span.end:
        yield at
        at += HALF_HOUR
