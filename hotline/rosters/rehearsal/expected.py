"""Which callers a rehearsal plays, and how telephones are answered: the one place that says it."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from hotline.calls.closing import LAST_WORDS
from hotline.config.settings import Settings, seconds
from hotline.config.tables.demand import Demand
from hotline.demand.foretelling import Outlook
from hotline.duty import STRETCH_ENDS_AFTER
from hotline.rosters.question.needs import needs
from hotline.store.calling.endings import HEARS_US_OUT, STOPS_RINGING
from scheduling.demand.counts import half_hours
from scheduling.problem import Span
from scheduling.rehearsal.callers import Habits, Rates
from scheduling.rehearsal.stage import Ways

# Guesses, until a site's own calls say better; what is configured stands in [demand].
RETURNING: Final = 0.3  # of those who hung up
RETURNS_AFTER: Final = timedelta(minutes=10)
GREETING: Final = timedelta(seconds=8)
PICK_UP: Final = timedelta(seconds=7)  # mean, of rings that somebody takes
TO_THE_KEY: Final = timedelta(seconds=5)  # the whisper's words, and 1
UNACCEPTED: Final = 0.2  # of all rings
SHORTEST_TALK: Final = timedelta(minutes=1)  # where wrap-up takes more than talk and wrap-up


def rates_of(found: Outlook) -> Rates:
    """Calls to expect on each line in each half hour, as foretold."""
    calls = {str(line.line): line.forecast.mean for line in found.lines}
    busy = {str(line.line): line.forecast.busy for line in found.lines}
    return Rates(found.span.start, calls, busy=busy)


def while_open(rates: Rates, settings: Settings, span: Span) -> Rates:
    """The same without calls at hours when no desk of the line's chain asks for anybody.

    Whoever calls then is told that the line is closed; that is no fault of a roster. span: that
    of the rates.
    """
    zone = settings.site.zone
    asked = {desk.name: [n.span for n in needs(desk, span, zone)] for desk in settings.desks}
    calls: dict[str, tuple[float, ...]] = {}
    for line in settings.lines:
        wanted = [each for desk in line.desks for each in asked[desk]]
        expected = zip(half_hours(span), rates.calls[line.name], strict=True)
        calls[line.name] = tuple(
            mean if any(each.start <= at < each.end for each in wanted) else 0.0
            for at, mean in expected
        )
    return replace(rates, calls=calls)


def habits_of(demand: Demand, wrap_up: timedelta) -> Habits:
    """What callers are like."""
    talk = max(timedelta(minutes=demand.talk_minutes) - wrap_up, SHORTEST_TALK)
    patience = timedelta(minutes=demand.patience_minutes)
    return Habits(talk, patience, returning=RETURNING, returns_after=RETURNS_AFTER)


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
        longest_waits={
            line.name: seconds(line.longest_wait) for line in settings.lines if line.longest_wait
        },
    )
