"""Which shifts of the next 24 hours lack people, who could take one, and who takes it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.turn import Turn
from hotline.config.settings import Desk, DeskName, Settings
from hotline.corrections.overrides import OverrideError, OverrideOrder, override
from hotline.duty import Attended, Duty, PersonId, ToldBy, Volunteer
from hotline.gaps import gaps_ahead
from hotline.handshake.deciding import Reason
from hotline.handshake.stand_ins.candidates import Considered, considered
from hotline.handshake.stand_ins.searching import SearchError, shift_of
from hotline.handshake.standing import Standing
from hotline.handshake.states import SearchState
from hotline.handshake.telling import About, news
from hotline.oversight.alarms import NoticeKind
from hotline.rosters.question.shifts import shifts
from hotline.rosters.week import week_of
from hotline.store.duty.attendance import NewFact, attend
from hotline.store.duty.rosters import rota_between
from hotline.store.duty.standins import NewSearch, open_search, search_for_place
from hotline.store.duty.swaps import hold_people, hold_rosters
from hotline.store.people.everybody import person_coded
from hotline.store.sending.notices import post_notices
from scheduling.problem import Shift, ShiftKind, Span
from scheduling.roster import Gap

AHEAD: Final = timedelta(hours=24)
WORTH_IT: Final = timedelta(minutes=30)


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


@dataclass(frozen=True)
class Filling:
    """Somebody comes to a vacancy. until: at the latest to its end; here: they said they are."""

    vacancy: Vacancy
    who: PersonId
    code: str
    until: datetime
    why: str
    here: bool = False

    @property
    def span(self) -> Span:
        """From when to when they come."""
        return Span(self.vacancy.span.start, min(self.until, self.vacancy.span.end))


def vacancies(
    turn: Turn, only: Collection[DeskName] | None = None, ahead: timedelta = AHEAD
) -> tuple[Vacancy, ...]:
    """Every shift below its floor in the next 24 hours, by start. only: desks, if not of all."""
    span = Span(turn.now, turn.now + ahead)
    found = gaps_ahead(turn.settings, rota_between(turn.db, span), span, only)
    short = (gap for gap in found if gap.below_floor)
    each = {(v.shift, v.certificate): v for gap in short for v in _shifts_in(turn, gap)}
    return tuple(sorted(each.values(), key=lambda v: (v.span.start, v.desk, v.shift)))


def instead_of(turn: Turn, standing: Standing) -> Vacancy:
    """What is still to come of somebody's duty, for whoever comes instead."""
    who, span = standing.volunteer, standing.span
    shift, kind = shift_of(turn.db, Duty(who.id, standing.desk, span, standing.standby))
    left = Span(max(span.start, turn.now), span.end)
    return Vacancy(standing.desk, shift, kind, left, 1, None, who.code)


def _shifts_in(turn: Turn, gap: Gap) -> Iterator[Vacancy]:
    standby = gap.certificate == ShiftKind.STANDBY.value
    for shift in closing(turn.settings, gap, turn.now):
        yield Vacancy(
            DeskName(gap.desk),
            shift.id,
            shift.kind,
            Span(max(shift.span.start, turn.now), shift.span.end),
            gap.missing,
            None if standby else gap.certificate,
        )


def closing(settings: Settings, gap: Gap, now: datetime) -> Iterator[Shift]:
    """The shifts, not over, that would close a gap: of a gap over two shifts, both."""
    desk = settings.desk(gap.desk)
    assert desk is not None
    standby = gap.certificate == ShiftKind.STANDBY.value
    for shift in _near(settings, desk, gap.span.start):
        common = min(shift.span.end, gap.span.end) - max(shift.span.start, gap.span.start)
        kind_fits = (shift.kind is ShiftKind.STANDBY) is standby
        if common >= WORTH_IT and kind_fits and shift.span.end - now >= WORTH_IT:
            yield shift


def _near(settings: Settings, desk: Desk, at: datetime) -> Iterator[Shift]:
    week = week_of(at, settings.site.zone)
    for each in (week.shifted(-1), week, week.shifted(1)):
        yield from shifts(desk, each, settings.site.zone)


def who_could(turn: Turn, vacancy: Vacancy) -> tuple[Volunteer, ...]:
    """Who is free and willing by the roster's own rules, least burdened first."""
    could = everybody_for(turn, vacancy).could
    people = {who.id: who for who in rota_between(turn.db, vacancy.span).volunteers}
    return tuple(people[each.person.id] for each in could if each.person.id in people)


def everybody_for(turn: Turn, vacancy: Vacancy) -> Considered:
    """The same with what they bear, and what keeps everybody else out."""
    return considered(turn.db, turn.settings, vacancy, turn.now, vacancy.certificate)


def fill(turn: Turn, filling: Filling) -> None:
    """They come, and are told so; routing follows at once. Raises OverrideError.

    Of two who fill the last chair at once, one does.
    """
    vacancy, db = filling.vacancy, turn.db
    week = str(week_of(vacancy.span.start, turn.settings.site.zone))
    hold_rosters(db, {(vacancy.desk, week)})
    hold_people(db, {filling.who})
    if not vacancy.code and not _still_open(turn, vacancy):
        raise OverrideError("Somebody comes there by now.")
    order = OverrideOrder(
        vacancy.desk,
        filling.span,
        filling.code,
        vacancy.code or None,
        filling.why,
        shift=None if vacancy.code else vacancy.shift,
    )
    override(db, turn.settings, order, turn.now)
    _tell(turn, filling)
    if filling.here and vacancy.span.start <= turn.now:
        came = NewFact(filling.who, Attended.CHECKED_IN, turn.now, ToldBy.CONSOLE)
        attend(db, replace(came, until=filling.span.end, duty=filling.span.start))


def seek_for(turn: Turn, vacancy: Vacancy) -> int:
    """Look for somebody for a place that nobody has; the number of the search under way.

    The first person is asked within seconds, by the worker. Raises SearchError.
    """
    certificate = vacancy.certificate or ""
    new = NewSearch(
        None, vacancy.desk, vacancy.shift, vacancy.kind, vacancy.span, Reason.EMPTY, certificate
    )
    known = search_for_place(turn.db, vacancy.desk, vacancy.shift, certificate)
    if known is not None and known.state is SearchState.FAILED:
        raise SearchError("Everybody was asked about that place already.")
    number = known.id if known is not None else open_search(turn.db, new, turn.now)
    if number is None:  # somebody else was first, a moment ago
        return seek_for(turn, vacancy)
    return number


def _still_open(turn: Turn, vacancy: Vacancy) -> bool:
    ahead = max(AHEAD, vacancy.span.end - turn.now)
    found = vacancies(turn, {vacancy.desk}, ahead)
    return any((v.shift, v.certificate) == (vacancy.shift, vacancy.certificate) for v in found)


def _tell(turn: Turn, filling: Filling) -> None:
    vacancy = filling.vacancy
    about = About(vacancy.desk, vacancy.span.start, filling.span.end)
    told = [(NoticeKind.STANDS_IN, filling.who)]
    replaced = person_coded(turn.db, vacancy.code) if vacancy.code else None
    if replaced is not None:
        told.append((NoticeKind.REPLACED, replaced))
    notices = [news(turn.settings, kind, who, about, turn.now) for kind, who in told]
    post_notices(turn.db, notices, turn.now)
