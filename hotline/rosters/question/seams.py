"""Which hours a week's roster decides: Sunday's night reaches into Monday, and so does its worth.

Without this the engine would see two of the ten hours of Sunday's night and leave it empty, week
after week; and every week would be charged for a Monday morning that only the week before can fill.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk
from hotline.rosters.question.needs import needs
from hotline.rosters.question.raising import AS_WRITTEN, ByHalfHour, raised
from hotline.rosters.question.shifts import shifts
from hotline.rosters.week import Week
from scheduling.problem import Need, Span

BEYOND = timedelta(days=3)  # the last shift of a week ends within so long after it


@dataclass(frozen=True)
class _Seams:
    """When the shifts of three weeks running take place at one desk."""

    horizon: Span
    before: tuple[Span, ...]
    own: tuple[Span, ...]
    after: tuple[Span, ...]

    def decides(self, piece: Span) -> bool:
        """Whether the own week is the last one with a shift then; without any, the calendar's."""
        if _held(piece, self.after):
            return False
        if _held(piece, self.own):
            return True
        return self.horizon.holds(piece) and not _held(piece, self.before)


def needs_decided_by(
    week: Week, desk: Desk, zone: ZoneInfo, wanted: ByHalfHour = AS_WRITTEN
) -> tuple[Need, ...]:
    """What `desk` asks of the roster of `week`; each half hour is asked of exactly one week.

    wanted: targets that the expected calls raise half hours to, by their beginning.
    """
    horizon, reached = week.horizon(zone), answered_for((week,), zone)
    before, own, after = (_spans(desk, week.shifted(n), zone) for n in (-1, 0, 1))
    seams = _Seams(horizon, before, own, after)
    asked = raised(needs(desk, reached, zone), wanted)
    return tuple(part for need in asked for part in _decided(need, seams))


def answered_for(weeks: Sequence[Week], zone: ZoneInfo) -> Span:
    """How far the rosters of weeks running may have to answer for: to the end of the last shift."""
    return Span(weeks[0].horizon(zone).start, weeks[-1].horizon(zone).end + BEYOND)


def _spans(desk: Desk, week: Week, zone: ZoneInfo) -> tuple[Span, ...]:
    return tuple(shift.span for shift in shifts(desk, week, zone))


def _decided(need: Need, seams: _Seams) -> Iterator[Need]:
    cuts = {need.span.start, need.span.end}
    for span in (seams.horizon, *seams.before, *seams.own, *seams.after):
        cuts.update(at for at in (span.start, span.end) if need.span.start < at < need.span.end)
    pieces = [Span(start, end) for start, end in pairwise(sorted(cuts))]
    for decided, run in groupby(pieces, key=seams.decides):
        if decided:
            yield replace(need, span=_joined(tuple(run)))


def _joined(run: Sequence[Span]) -> Span:
    return Span(run[0].start, run[-1].end)


def _held(piece: Span, spans: Iterable[Span]) -> bool:
    return any(span.holds(piece) for span in spans)
