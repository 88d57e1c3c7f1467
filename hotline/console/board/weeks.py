"""What the board shows of a week's coverage: the rates, where people are missing, a picture."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import Desk, Settings, Title
from hotline.console.board.picture import Day, days_drawn
from hotline.coverage import Coverage, DeskCoverage, Rates, coverage, gaps
from hotline.duty import Rota
from hotline.rosters.asked import targets_asked
from hotline.rosters.raising import NO_MORE, Raised
from hotline.rosters.week import Week, week_of
from hotline.store import Session
from hotline.store.rosters import rota_between
from scheduling.problem import Span
from scheduling.roster import Gap


@dataclass(frozen=True)
class DeskWeek:
    """One desk's week. published: whether any of its shifts is promised to anybody."""

    title: Title
    published: bool
    rates: Rates
    days: tuple[Day, ...]


@dataclass(frozen=True)
class LineWeek:
    """The share of the week in which somebody answers a line, overflow included."""

    title: Title
    rates: Rates


@dataclass(frozen=True)
class Missing:
    """People missing at a desk below its floor, from now on."""

    desk: Title
    gap: Gap


@dataclass(frozen=True)
class WeekShown:
    """A week of all desks. missing: what can still be mended, soonest first."""

    week: Week
    rates: Rates
    desks: tuple[DeskWeek, ...]
    lines: tuple[LineWeek, ...]
    missing: tuple[Missing, ...]
    below_target: int  # stretches still to come

    @property
    def published(self) -> bool:
        """Whether any desk has a published roster."""
        return any(desk.published for desk in self.desks)


def weeks_shown(db: Session, settings: Settings, at: datetime) -> tuple[WeekShown, ...]:
    """This week and the next, as published."""
    this = week_of(at, settings.site.zone)
    return tuple(_read(db, settings, week, at) for week in (this, this.shifted(1)))


def _read(db: Session, settings: Settings, week: Week, at: datetime) -> WeekShown:
    span = week.horizon(settings.site.zone)
    asked = targets_asked(db, settings, span)
    return week_shown(settings, rota_between(db, span), week, at, asked)


def week_shown(
    settings: Settings,
    rota: Rota,
    week: Week,
    at: datetime,
    asked: Raised = NO_MORE,
) -> WeekShown:
    """One week as `rota`, which must hold it, has it; what is past at `at` is no longer missing.

    asked: by desk, the targets that expected calls raised for the rosters.
    """
    span = week.horizon(settings.site.zone)
    found = coverage(settings, rota, span, asked)
    published = frozenset(d.desk for d in rota.duties if span.start <= d.span.start < span.end)
    pairs = tuple(zip(settings.desks, found.desks, strict=True))
    ahead = [
        gap
        for desk, covered in pairs
        if desk.name in published
        for gap in _ahead(desk, covered, at)
    ]
    return WeekShown(
        week=week,
        rates=found.rates,
        desks=tuple(
            DeskWeek(
                title=desk.title,
                published=desk.name in published,
                rates=covered.rates,
                days=days_drawn(covered.halves, settings.site.zone, at),
            )
            for desk, covered in pairs
        ),
        lines=_line_weeks(settings, found),
        missing=tuple(sorted((m for m in ahead if m.gap.below_floor), key=_when)),
        below_target=sum(not m.gap.below_floor for m in ahead),
    )


def _ahead(desk: Desk, covered: DeskCoverage, at: datetime) -> Iterator[Missing]:
    for gap in gaps(covered):
        if gap.span.end > at:
            left = Span(max(gap.span.start, at), gap.span.end)
            yield Missing(desk.title, replace(gap, span=left))


def _when(missing: Missing) -> tuple[Span, str]:
    return (missing.gap.span, missing.gap.desk)


def _line_weeks(settings: Settings, found: Coverage) -> tuple[LineWeek, ...]:
    pairs = zip(settings.lines, found.lines, strict=True)
    return tuple(LineWeek(line.title, covered.rates) for line, covered in pairs)
