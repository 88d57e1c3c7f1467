"""Where are people missing, in a stretch that is looked at, or from this very moment on?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.config.settings import DeskName, Settings
from hotline.coverage import HALF_HOUR, DeskCoverage, HalfHour, coverage
from hotline.duty import Rota
from hotline.rosters.question.raising import NO_MORE
from scheduling.problem import Span
from scheduling.roster import Gap


def gaps(desk: DeskCoverage) -> tuple[Gap, ...]:
    """Where people are missing, equal neighbours merged, in order of time.

    As in a roster's result: heads are counted up to the target, `below_floor` says whether the
    floor is not kept either, and who holds a certificate is missed apart.
    """
    open_ones: dict[tuple[bool, str | None, int], list[datetime]] = defaultdict(list)
    for half in desk.halves:
        for lack in _lacks(half):
            open_ones[lack].append(half.start)
    found = [
        Gap(desk.desk, span, missing, below_floor, certificate)
        for (below_floor, certificate, missing), starts in open_ones.items()
        for span in _runs(starts)
    ]
    return tuple(sorted(found, key=lambda gap: (gap.span, gap.certificate or "")))


def gaps_ahead(
    settings: Settings, rota: Rota, span: Span, only: Collection[DeskName] | None = None
) -> tuple[Gap, ...]:
    """Where people are missing at the very start of `span`, and from the next half hour on.

    By start. `rota` must hold the span, which is longer than a half hour. only: desks, not all.
    """
    past = timedelta(minutes=span.start.minute % 30, seconds=span.start.second)
    whole = span.start.replace(microsecond=0) - past + HALF_HOUR
    bare = replace(settings, lines=())
    parts = (Span(span.start, whole), Span(whole, span.end))
    found = (d for part in parts for d in coverage(bare, rota, part, NO_MORE, only).desks)
    every = (gap for desk in found for gap in gaps(desk))
    return tuple(sorted(every, key=lambda gap: (gap.span, gap.desk, gap.certificate or "")))


def _lacks(half: HalfHour) -> Iterator[tuple[bool, str | None, int]]:
    if half.rostered < half.target:
        yield half.rostered < half.floor, None, half.target - half.rostered
    for each in half.certified:
        if each.rostered < each.floor:
            yield True, each.name, each.floor - each.rostered


def _runs(starts: Sequence[datetime]) -> Iterator[Span]:
    """Consecutive half hours joined. starts: in order."""
    first = last = starts[0]
    for at in starts[1:]:
        if at != last + HALF_HOUR:
            yield Span(first, last + HALF_HOUR)
            first = at
        last = at
    yield Span(first, last + HALF_HOUR)
