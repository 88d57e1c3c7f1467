"""From the calls, promises and duties of one day to its counts: decided here, read elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, LineName
from hotline.duty import Rota
from hotline.reports.figures import Counts, DeskCounts, DeskDay, LineDay
from hotline.rosters.draft.promised import Promise
from scheduling.problem import ShiftKind, Span

SHORT: Final = timedelta(seconds=5)  # who hangs up sooner misdialled: nobody could be rung by then
SHORTEST: Final = timedelta()
UNPOPULAR: Final = frozenset({ShiftKind.NIGHT, ShiftKind.FULL_DAY})


@dataclass(frozen=True)
class CallFact:
    """A call of a caller that has ended. accepted: a volunteer pressed 1 for it first.

    desk: of whoever answered; known: the number was told; before: it had called within 30 days.
    rated: its risk was noted.
    """

    line: LineName
    arrived: datetime
    ended: datetime
    outcome: Outcome
    accepted: datetime | None = None
    desk: DeskName | None = None
    known: bool = False
    before: bool = False
    rated: bool = False
    high: bool = False


@dataclass(frozen=True)
class ReturnFact:
    """A call that we made to keep a promise: from a volunteer's taking it on to its end."""

    desk: DeskName
    accepted: datetime
    ended: datetime


@dataclass(frozen=True)
class PromiseFact:
    """A callback, an answer to a message, or a follow-up. done None: not yet, or never."""

    line: LineName
    due: datetime
    done: datetime | None


F = TypeVar("F", CallFact, PromiseFact)


@dataclass(frozen=True)
class DayFacts:
    """All that a day's counts are made of. span: the day, on the site's clocks.

    promised: what is published around it, so that the beginning of each shift is among it.
    """

    day: date
    span: Span
    calls: Sequence[CallFact]
    returns: Sequence[ReturnFact]
    promises: Sequence[PromiseFact]
    follow_ups: Sequence[PromiseFact]
    rota: Rota
    promised: Sequence[Promise] = ()


@dataclass(frozen=True)
class Rules:
    """prompt: what counts as answered at once; wrap_up: after a conversation, not rung."""

    prompt: timedelta
    wrap_up: timedelta


def line_days(facts: DayFacts, lines: Iterable[LineName], rules: Rules) -> tuple[LineDay, ...]:
    """The counts of each line, of those without a call too."""
    calls = _by_line(facts.calls)
    promises, follow_ups = _by_line(facts.promises), _by_line(facts.follow_ups)
    return tuple(
        LineDay(
            line,
            facts.day,
            replace(
                _counts(calls.get(line, ()), rules),
                due=len(promises.get(line, ())),
                kept=_in_time(promises.get(line, ())),
                follow_due=len(follow_ups.get(line, ())),
                follow_kept=_in_time(follow_ups.get(line, ())),
            ),
        )
        for line in lines
    )


def _by_line(facts: Iterable[F]) -> Mapping[LineName, Sequence[F]]:
    found: dict[LineName, list[F]] = defaultdict(list)
    for each in facts:
        found[each.line].append(each)
    return found


def _counts(calls: Sequence[CallFact], rules: Rules) -> Counts:
    talks = [call for call in calls if call.outcome is Outcome.ANSWERED]
    waits = [_wait(call) for call in talks]
    short = [call for call in calls if _is_short(call)]
    left = [call for call in calls if call.outcome is Outcome.LEFT and not _is_short(call)]
    rated = [call for call in talks if call.rated]
    return Counts(
        calls=len(calls),
        short=len(short),
        answered=len(talks),
        prompt=sum(wait <= rules.prompt for wait in waits),
        left=len(left),
        callbacks=_ended(calls, Outcome.CALLBACK),
        messages=_ended(calls, Outcome.MESSAGE),
        referred=_ended(calls, Outcome.REFERRED),
        exited=_ended(calls, Outcome.EXITED),
        wait_seconds=_seconds(waits),
        longest_wait=_seconds([max((*waits, *map(_wait, left)), default=SHORTEST)]),
        talk_seconds=_seconds(call.ended - call.arrived - _wait(call) for call in talks),
        known=sum(call.known for call in calls),
        repeats=sum(call.before for call in calls),
        rated=len(rated),
        high_risk=sum(call.high for call in rated),
    )


def _in_time(promises: Iterable[PromiseFact]) -> int:
    return sum(each.done is not None and each.done <= each.due for each in promises)


def _is_short(call: CallFact) -> bool:
    return call.outcome is Outcome.LEFT and call.ended - call.arrived < SHORT


def _wait(call: CallFact) -> timedelta:
    """Until somebody pressed 1, or the caller gave up."""
    return (call.accepted or call.ended) - call.arrived


def _ended(calls: Iterable[CallFact], outcome: Outcome) -> int:
    return sum(call.outcome is outcome for call in calls)


def _seconds(lengths: Iterable[timedelta]) -> int:
    return round(sum(lengths, SHORTEST).total_seconds())


def desk_days(facts: DayFacts, desks: Iterable[DeskName], rules: Rules) -> tuple[DeskDay, ...]:
    """The counts of each desk: conversations by the day they began, presence by the day itself."""
    talks: dict[DeskName, list[timedelta]] = defaultdict(list)
    for desk, length in _talks(facts):
        talks[desk].append(length)
    there = _there(facts.rota, facts.span)
    return tuple(
        DeskDay(
            desk,
            facts.day,
            DeskCounts(
                talks=len(talks[desk]),
                busy_seconds=_seconds(talks[desk]) + len(talks[desk]) * _seconds([rules.wrap_up]),
                there_seconds=_seconds([there.get(desk, SHORTEST)]),
            ),
        )
        for desk in desks
    )


def _talks(facts: DayFacts) -> Iterator[tuple[DeskName, timedelta]]:
    for call in facts.calls:
        if call.outcome is Outcome.ANSWERED and call.desk is not None:
            yield call.desk, call.ended - call.arrived - _wait(call)
    for each in facts.returns:
        yield each.desk, each.ended - each.accepted


def _there(rota: Rota, day: Span) -> Mapping[DeskName, timedelta]:
    """How long people were on duty at each desk, added up; nobody on standby, nobody absent."""
    found: dict[DeskName, timedelta] = defaultdict(timedelta)
    for duty in rota.duties:
        if duty.standby:
            continue
        away = [each.span for each in rota.away if each.person == duty.person]
        within = _shared(duty.span, day)
        if within is not None:
            found[duty.desk] += within.length - _covered(within, away)
    return found


def _covered(span: Span, others: Iterable[Span]) -> timedelta:
    """How much of `span` any of the others covers; what two cover counts once."""
    covered, until = SHORTEST, span.start
    for other in sorted(others):
        start, end = max(other.start, until), min(other.end, span.end)
        if start < end:
            covered, until = covered + (end - start), end
    return covered


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def duties_begun(facts: DayFacts) -> Mapping[tuple[ShiftKind, DeskName, str], int]:
    """How many nights and 24-hour duties each person, by code, began at each desk that day.

    A part of somebody else's shift counts for nobody; one that an override has cut counts once.
    """
    begun: dict[tuple[ShiftKind, DeskName, str, str, str], datetime] = {}
    for each in facts.promised:
        if each.kind in UNPOPULAR and not each.part:
            key = (each.kind, each.desk, each.person, each.week, each.shift)
            begun[key] = min(each.span.start, begun.get(key, each.span.start))
    return Counter(
        (kind, desk, person)
        for (kind, desk, person, _, _), start in begun.items()
        if facts.span.start <= start < facts.span.end
    )
