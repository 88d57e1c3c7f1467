"""What the engine is asked for one week: settings, people and earlier rosters as one Problem."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from zoneinfo import ZoneInfo

from hotline.availability import spans
from hotline.config.settings import (
    Desk,
    DeskName,
    RestHours,
    Scheduling,
    Settings,
    TeamSettings,
)
from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.rosters.fairness import Past, with_burdens
from hotline.rosters.pins import PinError
from hotline.rosters.promised import Promise
from hotline.rosters.raising import AS_WRITTEN, Raised
from hotline.rosters.seams import BEYOND, needs_decided_by
from hotline.rosters.shifts import on_weekend, shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store.absences import Absence
from hotline.store.crises import CrisisTalk
from scheduling.problem import (
    Certificate,
    Limits,
    Need,
    Pair,
    Period,
    Person,
    Pin,
    Problem,
    Rest,
    Shift,
    Span,
    Standing,
    Team,
    Weights,
)

DAY = timedelta(days=1)
NEIGHBOURS = timedelta(days=7)  # rest and nights running reach no further than a week


class Lack(StrEnum):
    """What a week cannot be asked for without."""

    SHIFTS = "shifts"  # at one desk, or at any
    PEOPLE = "people"  # who may sit at a desk


class AskError(HotlineError):
    """There is nothing to ask: no shifts, or nobody to take them. desk: "" is all of them."""

    def __init__(self, lack: Lack, desk: str, sentence: str) -> None:
        super().__init__(sentence)
        self.lack = lack
        self.desk = desk


@dataclass(frozen=True)
class Facts:
    """What the question of a week, or of several running, is made from.

    promises, absences, talks: all that `reach` covers;
    wanted: by desk, the targets that the expected calls raise half hours to; beside: shifts that
    are offered beside, or instead of, the configured ones.
    """

    week: Week
    desks: tuple[Desk, ...]
    people: tuple[StoredPerson, ...]
    promises: tuple[Promise, ...] = ()
    pins: tuple[Pin, ...] = ()
    absences: tuple[Absence, ...] = ()
    talks: tuple[CrisisTalk, ...] = ()
    wanted: Raised = field(default_factory=dict)
    count: int = 1  # of weeks, the first included
    beside: tuple[Shift, ...] = ()

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that are asked for together."""
        return weeks_from(self.week, self.count)

    @property
    def desk_names(self) -> tuple[DeskName, ...]:
        """The desks by name, in the same order."""
        return tuple(desk.name for desk in self.desks)


def weeks_from(first: Week, count: int) -> tuple[Week, ...]:
    """So many weeks running."""
    return tuple(first.shifted(n) for n in range(count))


def reach(weeks: Sequence[Week], settings: Settings, people: Iterable[StoredPerson] = ()) -> Span:
    """How far around some weeks other rosters matter: for fairness, rest, and people's limits."""
    horizon = _horizon(weeks, settings.site.zone)
    back = max(timedelta(weeks=settings.scheduling.look_back_weeks), *map(_memory, people), DAY)
    return Span(horizon.start - max(back, NEIGHBOURS) - BEYOND, horizon.end + NEIGHBOURS)


def _horizon(weeks: Sequence[Week], zone: ZoneInfo) -> Span:
    return Span(weeks[0].horizon(zone).start, weeks[-1].horizon(zone).end)


def _memory(person: StoredPerson) -> timedelta:
    """How long what a person worked counts for their own limits."""
    days = [31 if cap.period is Period.MONTH else cap.days for cap in person.agreement.caps]
    return max(NEIGHBOURS, *(timedelta(days=count) for count in days), DAY)


def problem_of(settings: Settings, facts: Facts) -> Problem:
    """The question for `facts.desks`.

    Raises AskError where a desk has no shifts or nobody who may take them, and PinError for pins
    of people or shifts that are not there.
    """
    zone = settings.site.zone
    horizon = _horizon(facts.weeks, zone)
    people = _trained(settings, facts)
    places = [(desk, week) for desk in facts.desks for week in facts.weeks]
    configured = (shift for desk, week in places for shift in shifts(desk, week, zone))
    offered = tuple({s.id: s for s in (*configured, *facts.beside)}.values())
    _refuse_empty(facts.desks, people, offered)
    _refuse_unknown(facts.pins, people, offered)
    asked = tuple(_people(people, horizon, facts, zone))
    asked_for = tuple(n for desk, week in places for n in _needs(desk, week, facts, zone))
    last = max((need.span.end for need in asked_for), default=horizon.end)
    weights = settings.scheduling.weights or Weights()
    return Problem(
        horizon=Span(horizon.start, max(horizon.end, last)),
        people=with_burdens(asked, people, offered, _past(facts, settings), weights),
        shifts=offered,
        needs=asked_for,
        pins=facts.pins,
        rest=_rest(settings.scheduling.rest),
        prices=settings.scheduling.prices,
        team=_team(settings.scheduling, people),
        weights=weights,
        published=_published(facts, people, offered),
        days=(facts.week.days[0].toordinal(), facts.weeks[-1].days[-1].toordinal()),
    )


def _needs(desk: Desk, week: Week, facts: Facts, zone: ZoneInfo) -> tuple[Need, ...]:
    return needs_decided_by(week, desk, zone, facts.wanted.get(desk.name, AS_WRITTEN))


def _trained(settings: Settings, facts: Facts) -> tuple[StoredPerson, ...]:
    """Who may take a shift of these desks: trainees, and whose supervised turns are behind them."""
    names = {desk.name for desk in facts.desks}
    least = settings.scheduling.supervised_turns
    return tuple(
        person
        for person in facts.people
        if person.desks & names
        and (person.supervised_turns >= least or person.standing is Standing.TRAINEE)
    )


def _refuse_empty(
    desks: Sequence[Desk], people: Sequence[StoredPerson], offered: Iterable[Shift]
) -> None:
    taken = {shift.desk for shift in offered}
    for desk in desks:
        if not desk.shifts and desk.name not in taken:
            said = f"Desk {desk.name} has no shifts in the configuration."
            raise AskError(Lack.SHIFTS, desk.name, said)
        if not any(desk.name in person.desks for person in people):
            raise AskError(
                Lack.PEOPLE,
                desk.name,
                f"Nobody may sit at desk {desk.name}: no active volunteer with enough supervised "
                "turns lists it; import people first.",
            )


def _refuse_unknown(
    pins: Iterable[Pin], people: Iterable[StoredPerson], offered: Iterable[Shift]
) -> None:
    codes = [person.code for person in people]
    ids = [shift.id for shift in offered]
    for pin in pins:
        if pin.person not in codes:
            raise PinError(_unknown("person", pin.person, codes), pin)
        if pin.shift not in ids:
            raise PinError(_unknown("shift", pin.shift, ids), pin)


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    advice = f"did you mean {close[0]}?" if close else "look at what `hotline roster show` lists."
    return f"A pin names the {what} {name!r}, which this week's build does not have; {advice}"


def _people(
    people: Iterable[StoredPerson], horizon: Span, facts: Facts, zone: ZoneInfo
) -> Iterator[Person]:
    held: dict[str, list[Promise]] = defaultdict(list)
    for promise in _counting(facts):
        held[promise.person].append(promise)
    for person in people:
        history = tuple(_history(person, horizon, held[person.code], zone))
        yield replace(_person(person, horizon, facts, zone), history=history)


def _person(person: StoredPerson, horizon: Span, facts: Facts, zone: ZoneInfo) -> Person:
    around = Span(horizon.start, horizon.end + BEYOND)
    agreed = person.agreement
    return Person(
        id=person.code,
        desks=frozenset(person.desks),
        certificates=tuple(
            Certificate(name, until) for name, until in sorted(person.certificates.items())
        ),
        available=spans(person.availability, around, zone),
        limits=Limits(
            shifts=person.shifts_a_week,
            hours=timedelta(hours=person.hours_a_week),
            nights=person.nights_a_week,
            nights_running=person.nights_running,
            days_running=agreed.days_running,
            days_off=agreed.days_off,
            least_days_running=agreed.least_days_running,
            least_nights_running=agreed.least_nights_running,
            caps=agreed.caps,
        ),
        preferred=spans(person.preferred, around, zone),
        unwanted=spans(person.unwanted, around, zone),
        standing=person.standing,
        absent=tuple(a.span for a in facts.absences if a.person == person.code),
        exempt=agreed.exempt,
    )


def _team(scheduling: Scheduling, people: Iterable[StoredPerson]) -> Team:
    """The site's limits, and every pair of which both are asked; each pair once."""
    agreements = {person.code: person.agreement for person in people}
    pairs = {
        Pair(min(code, other), max(code, other), together)
        for code, agreed in agreements.items()
        for together, others in ((False, agreed.never), (True, agreed.always))
        for other in others & agreements.keys()
    }
    ordered = tuple(sorted(pairs, key=lambda pair: (pair.one, pair.other, pair.together)))
    site = scheduling.team or TeamSettings()
    return Team(site.newcomers_a_shift, site.newcomers_a_mentor, ordered)


def _published(
    facts: Facts, people: Iterable[StoredPerson], offered: Iterable[Shift]
) -> tuple[Pin, ...] | None:
    """What is promised at these desks already, as far as people and shifts are still there."""
    names, weeks = set(facts.desk_names), set(map(str, facts.weeks))
    mine = [
        promise
        for promise in facts.promises
        if promise.state is RosterState.PUBLISHED
        and promise.week in weeks
        and promise.desk in names
    ]
    codes, ids = {person.code for person in people}, {shift.id for shift in offered}
    whole = (p for p in mine if p.person in codes and p.shift in ids and not p.part)
    kept = dict.fromkeys(Pin(p.person, p.shift) for p in whole)
    return tuple(kept) if mine else None


def _history(
    person: StoredPerson, horizon: Span, held: Iterable[Promise], zone: ZoneInfo
) -> Iterator[Shift]:
    """What is promised to a person near the week or, inside it, at desks that are not built now."""
    near = Span(horizon.start - _memory(person), horizon.end + NEIGHBOURS)
    mine = (promise for promise in held if promise.span.meets(near))
    yield from {(p.shift, p.span): promised_shift(p, zone) for p in mine}.values()


def _counting(facts: Facts) -> Iterator[Promise]:
    """The published roster of a neighbouring week, or its draft where none is published yet.

    Inside the weeks asked for all that other desks hold counts, so that either can be published,
    and so does the part of a shift that an override sends somebody into.
    """
    published = {(p.desk, p.week) for p in facts.promises if p.of_a_roster}
    built, weeks = set(facts.desk_names), set(map(str, facts.weeks))
    for promise in facts.promises:
        if promise.week in weeks:
            if promise.desk not in built or promise.part:
                yield promise
        elif promise.state is RosterState.PUBLISHED or (
            (promise.desk, promise.week) not in published
        ):
            yield promise


def promised_shift(promise: Promise, zone: ZoneInfo) -> Shift:
    """A promise as what somebody works beside the week that is asked for."""
    return Shift(
        promise.shift,
        promise.desk,
        promise.kind,
        promise.span,
        weekend=on_weekend(promise.span.start, zone),
        day=promise.span.start.astimezone(zone).toordinal(),
    )


def _past(facts: Facts, settings: Settings) -> Past:
    """What was published for the weeks that fairness looks back on, oldest first."""
    count = settings.scheduling.look_back_weeks
    weeks = tuple(facts.week.shifted(-n) for n in range(count, 0, -1))
    named = {str(week) for week in weeks}
    published = (p for p in facts.promises if p.state is RosterState.PUBLISHED and p.week in named)
    return Past(weeks, tuple(published), facts.absences, facts.talks, settings.site.zone)


def _rest(hours: RestHours) -> Rest:
    return Rest(
        usual=timedelta(hours=hours.usual),
        after_night=timedelta(hours=hours.after_night),
        after_full_day=timedelta(hours=hours.after_full_day),
        after_standby=timedelta(hours=hours.after_standby or 0),
    )
