"""What will callers meet by this roster, and which of its gaps cost how many of them a person?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Language, LineName, Settings, seconds
from hotline.config.tables.demand import Demand
from hotline.coverage import coverage
from hotline.demand.foretelling import outlook
from hotline.demand.wanted import wanted_of
from hotline.duty import Duty, PersonId, Rota, Volunteer
from hotline.errors import HotlineError
from hotline.gaps import gaps
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.raising import NO_MORE, Raised
from hotline.rosters.rehearsal.costly import CostlyGap
from hotline.rosters.rehearsal.expected import habits_of, rates_of, ways_of, while_open
from hotline.rosters.rehearsal.switchboard import Roster
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.promises import promises
from hotline.store.duty.rosters import rota_between
from hotline.store.planning.drafts import StoredRoster, newest_rosters
from scheduling.choosing.budget import never
from scheduling.problem import ShiftKind, Span
from scheduling.rehearsal.callers import Rates
from scheduling.rehearsal.figures import Rehearsed
from scheduling.rehearsal.runs import Cast, Change, Enough, Trials, rehearse
from scheduling.rehearsal.stage import Stage
from scheduling.roster import Gap

MOST_RUNS: Final = 10_000
AROUND: Final = timedelta(days=1)  # who talks at midnight is on duty before and after it
ONE_MORE: Final = PersonId(0)  # ids of people count from 1
NO_END: Final = timedelta(days=366)


class RehearsalRefusedError(HotlineError):
    """There is no roster to rehearse, or no way to play it so often."""


@dataclass(frozen=True)
class RehearsalOrder:
    """What to play, and what is asked about. lines: none named means all."""

    week: Week
    lines: tuple[LineName, ...] = ()
    runs: int = 100
    seed: int = 1


@dataclass(frozen=True)
class RehearsedWeek:
    """A week as played. states: of each desk's roster; lines: those asked about.

    gaps: of the desks of those lines, the costliest first.
    """

    order: RehearsalOrder
    states: Mapping[DeskName, RosterState]
    lines: tuple[LineName, ...]
    rehearsed: Rehearsed
    gaps: tuple[CostlyGap, ...]


@dataclass(frozen=True)
class Facts:
    """What is read for a rehearsal. rota: with the newest rosters, as if they were published;
    rates: calls to expect, while lines are open; wanted: targets that these raise.
    """

    rota: Rota
    states: Mapping[DeskName, RosterState]
    rates: Rates
    wanted: Raised = field(default_factory=lambda: NO_MORE)


def facts_of(db: Session, settings: Settings, order: RehearsalOrder, now: datetime) -> Facts:
    """The rosters of the week, and what is promised just before and after it.

    Of each desk and week the newest draft of the week that is rehearsed, or what is published; of
    the weeks around what is published, or the draft. Raises RehearsalRefusedError for none, and
    ForecastError where nothing says what to expect.
    """
    _refuse_odd_numbers(order)
    week = str(order.week)
    rosters = newest_rosters(db, week)
    if not rosters:
        raise RehearsalRefusedError(
            f"There is no roster for {week} to rehearse; make one with: "
            f"hotline roster build --week {week}"
        )
    span = order.week.horizon(settings.site.zone)
    around = Span(span.start - AROUND, span.end + AROUND)
    counting = _counting(promises(db, around), week, rosters.values())
    found = outlook(db, settings, span, now)
    return Facts(
        rota=_with_duties(rota_between(db, around), counting),
        states={desk: roster.state for desk, roster in rosters.items()},
        rates=while_open(rates_of(found), settings, found.span),
        wanted=wanted_of(db, settings, settings.desks, span, now),
    )


def rehearsed_week(
    settings: Settings,
    order: RehearsalOrder,
    facts: Facts,
    on_run: Callable[[int], None] = lambda run: None,
    enough: Enough = never,
) -> RehearsedWeek:
    """The week played so many times. on_run: told after each run; enough: whether they will do."""
    span = order.week.horizon(settings.site.zone)
    habits = habits_of(_demand(settings), seconds(settings.answering.wrap_up))
    trials = Trials(facts.rates, habits, order.runs, order.seed)
    lines = order.lines or tuple(line.name for line in settings.lines)
    asked = tuple(_gaps(settings, facts, span, lines))
    filled = [
        Change(g.span, _cast(settings, _filled(g, settings, facts.rota), span)) for g in asked
    ]
    played = rehearse(_cast(settings, facts.rota, span), trials, filled, on_run, enough)
    costly = [CostlyGap(*pair) for pair in zip(asked, played.spared, strict=True)]
    costly.sort(key=lambda each: (-each.spared.value, each.gap.span, each.gap.desk))
    return RehearsedWeek(order, facts.states, lines, played, tuple(costly))


def _demand(settings: Settings) -> Demand:
    assert settings.demand is not None  # or there were no outlook
    return settings.demand


def _refuse_odd_numbers(order: RehearsalOrder) -> None:
    if not 1 <= order.runs <= MOST_RUNS:
        raise RehearsalRefusedError(f"--runs must be from 1 to {MOST_RUNS:,}, not {order.runs:,}.")
    if order.seed < 0:
        raise RehearsalRefusedError(f"--seed must be 0 or more, not {order.seed}.")


def _counting(
    held: Iterable[Promise], week: str, rosters: Iterable[StoredRoster]
) -> Iterator[Promise]:
    held = tuple(held)
    mine = {roster.id for roster in rosters}
    published = {(p.desk, p.week) for p in held if p.of_a_roster}
    for promise in held:
        if promise.week == week:
            if promise.roster in mine or promise.part:
                yield promise
        elif (promise.state is RosterState.PUBLISHED) == (
            (promise.desk, promise.week) in published
        ):
            yield promise


def _with_duties(published: Rota, held: Iterable[Promise]) -> Rota:
    known = {person.code: person for person in published.volunteers}
    duties = tuple(
        Duty(known[p.person].id, p.desk, p.span, p.kind is ShiftKind.STANDBY) for p in held
    )
    there = {duty.person for duty in duties}
    people = tuple(person for person in known.values() if person.id in there)
    return Rota(people, duties, tuple(away for away in published.away if away.person in there))


def _cast(settings: Settings, rota: Rota, span: Span) -> Cast:
    roster = Roster(settings, rota)
    lines: dict[str, Sequence[str]] = {line.name: line.desks for line in settings.lines}
    within = seconds(_demand(settings).within_seconds)
    stage = Stage(span, lines, roster.posts, ways_of(settings), within)
    return Cast(stage, roster.telephone)


def _gaps(settings: Settings, facts: Facts, span: Span, lines: Iterable[LineName]) -> Iterator[Gap]:
    """Of the desks of these lines; where heads and a certificate are missing at once, one."""
    desks = {desk for line in settings.lines if line.name in lines for desk in line.desks}
    for desk in coverage(settings, facts.rota, span, facts.wanted).desks:
        if desk.desk in desks:
            found = reversed(gaps(desk))
            yield from {(gap.span, _standby(gap)): gap for gap in found}.values()


def _standby(gap: Gap) -> bool:
    """Whether it is somebody on standby who is missing."""
    return gap.certificate == ShiftKind.STANDBY.value


def _filled(gap: Gap, settings: Settings, rota: Rota) -> Rota:
    """With somebody who may do everything there."""
    desk = settings.desk(gap.desk)
    assert desk is not None
    somebody = Volunteer(
        id=ONE_MORE,
        code="+1",
        name="+1",
        address="",
        languages=frozenset(Language),
        desks=frozenset({desk.name}),
        certificates=dict.fromkeys(settings.certificates, gap.span.end + NO_END),
    )
    duty = Duty(somebody.id, desk.name, gap.span, _standby(gap))
    return Rota((*rota.volunteers, somebody), (*rota.duties, duty), rota.away)
