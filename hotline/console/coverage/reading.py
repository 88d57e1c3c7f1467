"""What is read for the coverage to come: one rota for all, and no more of it than is shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from hotline.config.settings import Desk, DeskName, Line, Settings
from hotline.console.coverage.picture import Day, days_of
from hotline.coverage import Coverage, DeskCoverage, LineCoverage, coverage
from hotline.duty import Rota
from hotline.gaps import gaps
from hotline.handshake.heads import heads
from hotline.handshake.stand_ins.vacancies import closing
from hotline.handshake.standing import Standing, standings
from hotline.rosters.question.asked import targets_asked
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week, instant, week_of
from hotline.store import Session
from hotline.store.duty.rosters import rota_of_desks
from hotline.store.planning.drafts import rosters_of
from hotline.store.sending.errands import answered_since
from scheduling.problem import ShiftKind, Span
from scheduling.roster import Gap

DAYS: Final = 14


@dataclass(frozen=True)
class LineAhead:
    """A line's two weeks. below: gaps of its own desk below the floor, still to come."""

    line: Line
    reached: LineCoverage
    desk: DeskCoverage
    below: int


@dataclass(frozen=True)
class ListedGap:
    """A gap to come. week: whose roster it is in; shift: one that a published roster lacks."""

    gap: Gap
    week: Week
    shift: str | None = None


@dataclass(frozen=True)
class Ahead:
    """Some lines, and one of them hour by hour."""

    span: Span
    lines: tuple[LineAhead, ...]
    chosen: LineAhead
    own: Desk
    days: tuple[Day, ...]
    gaps: tuple[ListedGap, ...]
    unpublished: tuple[Week, ...]  # weeks of the chosen line's desk without a published roster


def span_ahead(settings: Settings, now: datetime) -> Span:
    """Today and thirteen days more, on the site's clocks."""
    zone = settings.site.zone
    today = now.astimezone(zone).date()
    after = today + timedelta(days=DAYS)
    return Span(instant(today, time(), zone), instant(after, time(), zone))


def read_ahead(
    db: Session, settings: Settings, lines: Sequence[Line], chosen: Line, now: datetime
) -> Ahead:
    """The two weeks of some lines. A constant number of queries."""
    span = span_ahead(settings, now)
    own = _own_desks(settings, lines)
    asked = targets_asked(db, settings, span)
    chains = {desk for line in lines for desk in line.desks}
    rota = rota_of_desks(db, span, chains)
    shown = replace(settings, lines=tuple(lines))
    found = coverage(shown, rota, span, asked, {desk.name for desk in own})
    answered = answered_since(db, now - timedelta(hours=settings.shake.reachable_hours))
    desk = next(each for each in own if each.name == chosen.desks[0])
    told = standings(_of_desk(rota, desk.name), settings, answered, now)
    weeks = _weeks(span, settings)
    standing = rosters_of(db, [str(week) for week in weeks])
    published = {
        week
        for week, rosters in standing.items()
        if any(r.desk == desk.name and r.state is RosterState.PUBLISHED for r in rosters)
    }
    listed = tuple(_line(found, line, now) for line in lines)
    mine = next(each for each in listed if each.line is chosen)
    return Ahead(
        span=span,
        lines=listed,
        chosen=mine,
        own=desk,
        days=_days(mine.desk, told, settings, now),
        gaps=_listed(mine.desk, settings, published, now),
        unpublished=tuple(week for week in weeks if str(week) not in published),
    )


def _own_desks(settings: Settings, lines: Sequence[Line]) -> tuple[Desk, ...]:
    names = {line.desks[0] for line in lines}
    return tuple(desk for desk in settings.desks if desk.name in names)


def _of_desk(rota: Rota, desk: DeskName) -> Rota:
    return replace(
        rota,
        duties=tuple(duty for duty in rota.duties if duty.desk == desk),
        overrides=tuple(each for each in rota.overrides if each.desk == desk),
    )


def _weeks(span: Span, settings: Settings) -> tuple[Week, ...]:
    week, last = (week_of(at, settings.site.zone) for at in (span.start, span.end - timedelta(1)))
    found = [week]
    while found[-1] < last:
        found.append(found[-1].shifted(1))
    return tuple(found)


def _line(found: Coverage, line: Line, now: datetime) -> LineAhead:
    reached = next(each for each in found.lines if each.line == line.name)
    desk = next(each for each in found.desks if each.desk == line.desks[0])
    below = sum(gap.below_floor and gap.span.end > now for gap in gaps(desk))
    return LineAhead(line, reached, desk, below)


def _listed(
    desk: DeskCoverage, settings: Settings, published: Collection[str], now: datetime
) -> tuple[ListedGap, ...]:
    """What is still to come of each gap; those below the floor first."""
    coming = [gap for gap in gaps(desk) if gap.span.end > now]
    coming.sort(key=lambda gap: (not gap.below_floor, gap.span, gap.certificate or ""))
    return tuple(_listed_gap(gap, settings, published, now) for gap in coming)


def _listed_gap(
    gap: Gap, settings: Settings, published: Collection[str], now: datetime
) -> ListedGap:
    """With the shift that somebody could be found for; none while a draft may still fill it."""
    week = week_of(gap.span.start, settings.site.zone)
    on_duty = gap.below_floor and str(week) in published and gap.certificate != ShiftKind.STANDBY
    shift = next(closing(settings, gap, now), None) if on_duty else None
    return ListedGap(gap, week, shift.id if shift else None)


def _days(
    desk: DeskCoverage, told: Sequence[Standing], settings: Settings, now: datetime
) -> tuple[Day, ...]:
    known = [(half, heads(told, desk.desk, half.start)) for half in desk.halves]
    return days_of(known, settings.site.zone, now)
