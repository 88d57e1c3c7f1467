"""What were published rosters asked for, where that is more than the rows of cover say?"""

from collections.abc import Iterator
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.config.tables.demand import Targets
from hotline.rosters.by_hand.stored import question
from hotline.rosters.question.raising import Raised
from hotline.rosters.week import Week, week_of
from hotline.store import Session
from hotline.store.planning.drafts import builds_of, published_rosters
from scheduling.demand.counts import half_hours, half_hours_around
from scheduling.problem import Span


def targets_asked(db: Session, settings: Settings, span: Span) -> Raised:
    """The targets of desks that go by the forecast, as the published rosters of `span` have them.

    By the beginning of the half hour. Nothing is read where no desk goes by the forecast.
    """
    names = {desk.name for desk in settings.desks if desk.targets is Targets.FORECAST}
    if not names:
        return {}
    weeks = [str(week) for week in _weeks(span, settings)]
    rosters = [each for each in published_rosters(db, weeks) if each.desk in names]
    found: dict[DeskName, dict[datetime, int]] = {name: {} for name in names}
    for build in builds_of(db, rosters):
        mine = {roster.desk for roster in build.rosters}
        for need in question(build).needs:
            if need.desk in mine and need.certificate is None and not need.standby:
                starts = half_hours(half_hours_around(need.span))
                found[DeskName(need.desk)].update(dict.fromkeys(starts, need.target))
    return found


def _weeks(span: Span, settings: Settings) -> Iterator[Week]:
    """The weeks whose rosters reach into `span`, one before included: Sunday's night is its."""
    week = week_of(span.start, settings.site.zone).shifted(-1)
    while week <= week_of(span.end, settings.site.zone):
        yield week
        week = week.shifted(1)
