"""A desk's hours as lines: what is wanted behind, who is rostered in front."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from hotline.rosters.by_hand.changing import Draft
from hotline.rosters.by_hand.laid_out import LaidDesk
from hotline.rosters.question.seams import needs_decided_by
from hotline.rosters.week import Week
from scheduling.problem import Need, ShiftKind, Span, Standing
from scheduling.rules.reading.staffing import HALF_HOUR

WIDE: Final = 10  # units of a half hour
HIGH: Final = 100  # units of the whole picture


@dataclass(frozen=True)
class Hours:
    """One desk during one stretch. Each line is an SVG path; most: heads at its top."""

    span: Span
    width: int
    most: int
    floor: str
    target: str
    rostered: str
    lacking: float  # hours of heads below the floor
    short: float  # hours of heads below the target


def hours_of(at: LaidDesk, draft: Draft | None, needs: Sequence[Need], span: Span) -> Hours:
    """What a desk needs and has, half hour by half hour. needs: heads, no certificates."""
    starts = [span.start + n * HALF_HOUR for n in range(span.length // HALF_HOUR)]
    floor, target = _wanted(needs, starts)
    heads = _heads(at, _trainees(draft), starts)
    most = max(*target, *heads, 1)
    low = sum(max(0, least - have) for least, have in zip(floor, heads, strict=True))
    whole = sum(max(0, want - have) for want, have in zip(target, heads, strict=True))
    return Hours(
        span=span,
        width=len(starts) * WIDE,
        most=most,
        floor=_stairs(floor, most),
        target=_stairs(target, most),
        rostered=_stairs(heads, most),
        lacking=low / 2,
        short=(whole - low) / 2,
    )


def needs_of(at: LaidDesk, draft: Draft | None, week: Week, zone: ZoneInfo) -> tuple[Need, ...]:
    """The heads that the roster of a week is asked for: as its build asked or, without, as set."""
    asked = draft.sheet.problem.needs if draft else needs_decided_by(week, at.desk, zone)
    mine = (need for need in asked if need.desk == at.desk.name and need.certificate is None)
    return tuple(need for need in mine if not need.standby)


def _trainees(draft: Draft | None) -> frozenset[str]:
    people = draft.sheet.problem.people if draft else ()
    return frozenset(person.id for person in people if person.standing is Standing.TRAINEE)


def _wanted(needs: Iterable[Need], starts: Sequence[datetime]) -> tuple[list[int], list[int]]:
    floor, target = dict.fromkeys(starts, 0), dict.fromkeys(starts, 0)
    for need in needs:
        for at in _within(need.span, starts):
            floor[at] = max(floor[at], need.floor)
            target[at] = max(target[at], need.target)
    return list(floor.values()), list(target.values())


def _heads(at: LaidDesk, learning: frozenset[str], starts: Sequence[datetime]) -> list[int]:
    heads = dict.fromkeys(starts, 0)
    for seat in at.seats:
        if seat.shift.kind is not ShiftKind.STANDBY and seat.person not in learning:
            for start in _within(seat.shift.span, starts):
                heads[start] += 1
    return list(heads.values())


def _within(span: Span, starts: Sequence[datetime]) -> Sequence[datetime]:
    """The half hours that begin inside a span."""
    if not starts:
        return ()
    first = max(0, -((starts[0] - span.start) // HALF_HOUR))
    return starts[first : max(0, -((starts[0] - span.end) // HALF_HOUR))]


def _stairs(line: Sequence[int], most: int) -> str:
    """A filled step line from the ground, in units of the picture; "" where it is all zero."""
    if not any(line):
        return ""
    path, place = ["M0 100"], 0
    for heads, run in groupby(line):
        place += WIDE * len(list(run))
        path.append(f"V{HIGH - HIGH * heads // most}H{place}")
    return "".join((*path, "V100Z"))
