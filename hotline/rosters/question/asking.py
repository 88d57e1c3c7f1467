"""What the engine is asked for one week: settings, people and earlier rosters as one Problem."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, RestHours, Settings
from hotline.people import StoredPerson
from hotline.rosters.question.facts import AskError, Facts, Lack, horizon_of
from hotline.rosters.question.fairness import with_burdens
from hotline.rosters.question.people_asked import past_of, people_asked, team_of, trained
from hotline.rosters.question.pins import PinError
from hotline.rosters.question.raising import AS_WRITTEN
from hotline.rosters.question.seams import needs_decided_by
from hotline.rosters.question.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from scheduling.problem import Need, Pin, Problem, Rest, Shift, Span, Weights


def problem_of(settings: Settings, facts: Facts) -> Problem:
    """The question for `facts.desks`.

    Raises AskError where a desk has no shifts or nobody may take a shift of any, and PinError for
    pins of people or shifts that are not there.
    """
    zone = settings.site.zone
    horizon = horizon_of(facts.weeks, zone)
    people = trained(settings, facts)
    places = [(desk, week) for desk in facts.desks for week in facts.weeks]
    configured = (shift for desk, week in places for shift in shifts(desk, week, zone))
    offered = tuple({s.id: s for s in (*configured, *facts.beside)}.values())
    _refuse_empty(facts.desks, people, offered)
    _refuse_unknown(facts.pins, people, offered)
    asked = tuple(people_asked(people, horizon, facts, zone))
    asked_for = tuple(n for desk, week in places for n in _needs(desk, week, facts, zone))
    last = max((need.span.end for need in asked_for), default=horizon.end)
    weights = settings.scheduling.weights or Weights()
    return Problem(
        horizon=Span(horizon.start, max(horizon.end, last)),
        people=with_burdens(asked, people, offered, past_of(facts, settings), weights),
        shifts=offered,
        needs=asked_for,
        pins=facts.pins,
        rest=_rest(settings.scheduling.rest),
        prices=settings.scheduling.prices,
        team=team_of(settings.scheduling, people),
        weights=weights,
        published=_published(facts, people, offered),
        days=(facts.week.days[0].toordinal(), facts.weeks[-1].days[-1].toordinal()),
    )


def _needs(desk: Desk, week: Week, facts: Facts, zone: ZoneInfo) -> tuple[Need, ...]:
    return needs_decided_by(week, desk, zone, facts.wanted.get(desk.name, AS_WRITTEN))


def _refuse_empty(
    desks: Sequence[Desk], people: Sequence[StoredPerson], offered: Iterable[Shift]
) -> None:
    """Of several desks one may have nobody: its gaps say so, and the others get their roster."""
    taken = {shift.desk for shift in offered}
    for desk in desks:
        if not desk.shifts and desk.name not in taken:
            said = f"Desk {desk.name} has no shifts in the configuration."
            raise AskError(Lack.SHIFTS, desk.name, said)
    sat_at = {name for person in people for name in person.desks}
    if desks and not any(desk.name in sat_at for desk in desks):
        name = desks[0].name
        raise AskError(Lack.PEOPLE, name, f"{nobody_at(name)}; import people first.")


def nobody_at(desk: str) -> str:
    """Why a desk stays empty."""
    return (
        f"Nobody may sit at desk {desk}: no active volunteer with enough supervised turns lists it"
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


def _rest(hours: RestHours) -> Rest:
    return Rest(
        usual=timedelta(hours=hours.usual),
        after_night=timedelta(hours=hours.after_night),
        after_full_day=timedelta(hours=hours.after_full_day),
        after_standby=timedelta(hours=hours.after_standby or 0),
    )
