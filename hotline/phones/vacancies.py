"""Which shifts of the next 24 hours lack people, who could take one, and who takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.alarms import NoticeKind
from hotline.calls.turn import Turn
from hotline.config.settings import Desk, DeskName
from hotline.coverage import coverage, gaps
from hotline.duty import PersonId, Volunteer
from hotline.handshake.candidates import candidates
from hotline.handshake.telling import About, news
from hotline.overrides import OverrideOrder, override
from hotline.rosters.shifts import shifts
from hotline.rosters.week import week_of
from hotline.store.notices import post_notices
from hotline.store.rosters import rota_between
from scheduling.problem import Shift, ShiftKind, Span
from scheduling.roster import Gap

AHEAD: Final = timedelta(hours=24)
WORTH_IT: Final = timedelta(minutes=30)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
MOST_MINUTES: Final = 10**9


@dataclass(frozen=True)
class Vacancy:
    """What is still to come of a shift that has fewer people than its floor.

    missing: heads. certificate: what somebody who comes must hold beside what the desk asks for.
    code: of who does not come; nobody in particular.
    """

    desk: DeskName
    shift: str
    kind: ShiftKind
    span: Span
    missing: int
    certificate: str | None = None
    code: str = ""

    @property
    def standby(self) -> bool:
        """Whether somebody is needed in case: told, and not filled by telephone."""
        return self.kind is ShiftKind.STANDBY


def vacancies(turn: Turn) -> tuple[Vacancy, ...]:
    """Every shift below its floor in the next 24 hours, by start."""
    half = timedelta(minutes=turn.now.minute % 30, seconds=turn.now.second)
    start = (turn.now - half).replace(microsecond=0)
    span = Span(start, start + AHEAD)
    found = coverage(turn.settings, rota_between(turn.db, span), span)
    short = [gap for desk in found.desks for gap in gaps(desk) if gap.below_floor]
    each = {(v.shift, v.certificate): v for gap in short for v in _shifts_in(turn, gap)}
    return tuple(sorted(each.values(), key=lambda v: (v.span.start, v.desk, v.shift)))


def _shifts_in(turn: Turn, gap: Gap) -> Iterator[Vacancy]:
    """The shifts that would close a gap: of a gap over two shifts, both."""
    desk = turn.settings.desk(gap.desk)
    assert desk is not None
    standby = gap.certificate == ShiftKind.STANDBY.value
    for shift in _near(turn, desk, gap.span.start):
        common = min(shift.span.end, gap.span.end) - max(shift.span.start, gap.span.start)
        if common < WORTH_IT or (shift.kind is ShiftKind.STANDBY) is not standby:
            continue
        yield Vacancy(
            desk.name,
            shift.id,
            shift.kind,
            Span(max(shift.span.start, turn.now), shift.span.end),
            gap.missing,
            None if standby else gap.certificate,
        )


def _near(turn: Turn, desk: Desk, at: datetime) -> Iterator[Shift]:
    zone = turn.settings.site.zone
    week = week_of(at, zone)
    for each in (week.shifted(-1), week, week.shifted(1)):
        yield from (s for s in shifts(desk, each, zone) if s.span.end - turn.now >= WORTH_IT)


def who_could(turn: Turn, vacancy: Vacancy) -> tuple[Volunteer, ...]:
    """Who is free and willing by the roster's own rules, least burdened first."""
    could = candidates(turn.db, turn.settings, vacancy, turn.now)
    people = {who.id: who for who in rota_between(turn.db, vacancy.span).volunteers}
    found = (people[person] for person in could if person in people)
    return tuple(who for who in found if _holds(who, vacancy))


def _holds(who: Volunteer, vacancy: Vacancy) -> bool:
    if vacancy.certificate is None:
        return True
    until = who.certificates.get(vacancy.certificate)
    return until is not None and until > vacancy.span.start


def fill(turn: Turn, vacancy: Vacancy, who: Volunteer) -> None:
    """They come, and are told so; routing follows at once. Raises OverrideError."""
    why = "filled by telephone"
    order = OverrideOrder(vacancy.desk, vacancy.span, who.code, None, why, shift=vacancy.shift)
    override(turn.db, turn.settings, order, turn.now)
    about = About(vacancy.desk, vacancy.span.start, vacancy.span.end)
    told = news(turn.settings, NoticeKind.STANDS_IN, who.id, about, turn.now)
    post_notices(turn.db, [told], turn.now)


def number_of(turn: Turn, vacancy: Vacancy) -> int:
    """What names a vacancy in an address: its desk, its start, whether a certificate is missed."""
    place = [desk.name for desk in turn.settings.desks].index(vacancy.desk)
    minutes = (vacancy.span.start - EPOCH) // MINUTE
    return (2 * place + (vacancy.certificate is not None)) * MOST_MINUTES + minutes


def fillable(turn: Turn) -> tuple[Vacancy, ...]:
    """Those that an override can fill."""
    return tuple(each for each in vacancies(turn) if not each.standby)


def vacancy_of(turn: Turn, number: int) -> Vacancy | None:
    """The vacancy of that number; None: it is filled, or its shift has begun meanwhile."""
    return next((v for v in fillable(turn) if number_of(turn, v) == number), None)


def person_of(turn: Turn, vacancy: Vacancy, person: int) -> Volunteer | None:
    """Who could take it, by their number; None: they cannot any more."""
    return next((w for w in who_could(turn, vacancy) if w.id == PersonId(person)), None)
