"""Who sits at a desk by what is published, and in which order they are rung."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.config.settings import Desk, DeskName, Line, Settings
from hotline.config.tables.ringing import Strategy
from hotline.duty.facts import LONG_AGO, PersonId, Rota, Volunteer

# Longer without a call, and the count of who had how much to do starts anew (longest shift: 24 h
# of duty has calls more often than that, so a stretch of work is one count).
STRETCH_ENDS_AFTER = timedelta(hours=8)


@dataclass(frozen=True)
class Seat:
    """A person who answers now, and at which desk.

    lead: the duty lead, rung after everybody else. aside: out of reach, rung when nobody else can.
    """

    volunteer: Volunteer
    desk: DeskName
    standby: bool = False
    lead: bool = False
    aside: bool = False


def seated(rota: Rota, desk: Desk, at: datetime) -> list[Seat]:
    """Everybody with a duty at `desk` at `at`; on standby only if all their duties there are."""
    here: dict[PersonId, bool] = {}
    for duty in rota.duties:
        if duty.desk == desk.name and duty.span.start <= at < duty.span.end:
            here[duty.person] = duty.standby and here.get(duty.person, True)
    people = (person for person in rota.volunteers if person.id in here)
    return [Seat(person, desk.name, here[person.id]) for person in people]


def sitting(rota: Rota, desk: Desk, at: datetime) -> Iterator[Volunteer]:
    """The same people, on standby or not, in no order, and some of them twice."""
    for duty in rota.duties:
        here = duty.desk == desk.name and duty.span.start <= at < duty.span.end
        if here and (person := rota.people.get(duty.person)):
            yield person


def strategy_of(line: Line, desk: Desk, settings: Settings) -> Strategy:
    """How people are rung at `desk` for `line`: as the line says, else the desk, else the site."""
    return line.strategy or desk.strategy or settings.rings.strategy


Order = Callable[[Seat], tuple[bool, int, int, datetime, str]]


def ordering(strategy: Strategy, at: datetime) -> Order:
    """Sorts by who is on duty, not on standby, and then as the strategy wants."""
    return _idleness if strategy is Strategy.LONGEST_IDLE else _fairness(at)


def _fairness(at: datetime) -> Order:
    """Who missed nothing, talked least, idled longest."""

    def key(seat: Seat) -> tuple[bool, int, int, datetime, str]:
        now = seat.volunteer.presence
        last = now.last_ended or LONG_AGO
        talked = now.talk_seconds if last + STRETCH_ENDS_AFTER > at else 0
        return (seat.standby, now.missed, talked, last, seat.volunteer.code)

    return key


def _idleness(seat: Seat) -> tuple[bool, int, int, datetime, str]:
    """Who missed nothing, idled longest."""
    now = seat.volunteer.presence
    return (seat.standby, now.missed, 0, now.last_ended or LONG_AGO, seat.volunteer.code)
