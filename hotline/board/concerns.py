"""What a supervisor should do something about now, the most pressing first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.board.facts import (
    NOTHING_PROMISED,
    BoardFacts,
    CarrierState,
    OpenCall,
    Promised,
    Stage,
)
from hotline.board.presence import (
    Soon,
    deserted_from,
    missing,
    soon,
    unconfirmed,
    wanted_desk,
)
from hotline.board.short import short
from hotline.config.settings import DeskName, Line, LineName, Settings
from hotline.duty import Rota, line_now
from hotline.handshake.standing import Standing
from hotline.oversight.alarms import Alarm, AlarmKind, OpenAlarm

WAITED_LONG: Final = timedelta(minutes=1)
FAILURES: Final = 3  # fewer are wrong numbers


class ConcernKind(StrEnum):
    """What is wrong, in the order in which somebody should look after it."""

    WAITING = "waiting"  # callers for longer than a minute
    DESERTED = "deserted"  # nobody answers the line now, or soon
    SHORT = "short"  # a desk has fewer people than its floor now, or soon
    CARRIER = "carrier"  # orders to it fail, or are stuck
    MISSING = "missing"  # a duty runs, and its person has not checked in
    UNCONFIRMED = "unconfirmed"  # a duty begins soon
    OVERDUE = "overdue"  # callbacks
    UNANSWERED = "unanswered"  # messages past their time
    FOLLOW_UP = "follow-up"  # not done in time


@dataclass(frozen=True)
class Concern:
    """One thing to look after. count: callers, people, orders, promises; at: since or from."""

    kind: ConcernKind
    line: LineName | None = None
    desk: DeskName | None = None
    at: datetime | None = None
    count: int = 1
    failed: int = 0
    duty: Standing | None = None
    certificate: str | None = None


def concerns(
    facts: BoardFacts,
    rota: Rota,
    duties: Iterable[Standing],
    settings: Settings,
    at: datetime,
) -> tuple[Concern, ...]:
    """Everything that concerns the lines of `settings`. rota, duties: of now and soon."""
    mine = {desk for line in settings.lines for desk in line.desks}
    there = [each for each in duties if each.desk in mine]
    of_lines = tuple(_of_lines(facts, soon(rota, at), settings, at))
    deserted = {each.line for each in of_lines if each.kind is ConcernKind.DESERTED}
    told = {desk for line in settings.lines if line.name in deserted for desk in line.desks}
    found = [
        *of_lines,
        *_of_desks(rota, settings, mine - told, at),
        *(_of_duty(ConcernKind.MISSING, each) for each in missing(there, settings, at)),
        *(_of_duty(ConcernKind.UNCONFIRMED, each) for each in unconfirmed(there, settings, at)),
        *_of_carrier(facts.carrier),
    ]
    order = list(ConcernKind)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.at or at)))


def _of_lines(
    facts: BoardFacts, ahead: Soon, settings: Settings, at: datetime
) -> Iterator[Concern]:
    for line in settings.lines:
        yield from _of_waiting(line, facts.calls, at)
        deserted = deserted_from(ahead, line, settings, at)
        if deserted is not None:
            desk = wanted_desk(line_now(ahead.rota, line, deserted), settings, deserted)
            yield Concern(ConcernKind.DESERTED, line.name, desk, deserted)
        yield from _of_promised(line, facts.promised.get(line.name, NOTHING_PROMISED))


def _of_desks(
    rota: Rota, settings: Settings, desks: Collection[DeskName], at: datetime
) -> Iterator[Concern]:
    """Of desks that a deserted line is answered by, that line tells."""
    for gap in short(rota, settings, desks, at):
        yield Concern(
            ConcernKind.SHORT,
            desk=DeskName(gap.desk),
            at=gap.span.start,
            count=gap.missing,
            certificate=gap.certificate,
        )


def _of_promised(line: Line, promised: Promised) -> Iterator[Concern]:
    counts = {
        ConcernKind.OVERDUE: promised.overdue,
        ConcernKind.UNANSWERED: promised.late,
        ConcernKind.FOLLOW_UP: promised.follow_ups,
    }
    return (Concern(kind, line.name, count=count) for kind, count in counts.items() if count)


def _of_waiting(line: Line, calls: Iterable[OpenCall], at: datetime) -> Iterator[Concern]:
    waits = [c for c in calls if c.line == line.name and c.stage is Stage.WAITING]
    long = [call.since for call in waits if at - call.since > WAITED_LONG]
    if long:
        yield Concern(ConcernKind.WAITING, line.name, at=min(long), count=len(long))


def _of_duty(kind: ConcernKind, duty: Standing) -> Concern:
    return Concern(kind, desk=duty.desk, at=duty.span.start, duty=duty)


def _of_carrier(carrier: CarrierState) -> Iterator[Concern]:
    if carrier.stuck or carrier.failed >= FAILURES:
        yield Concern(
            ConcernKind.CARRIER, at=carrier.since, count=carrier.stuck, failed=carrier.failed
        )


# Told as concerns of their line, all in one, until somebody has seen to each.
TOLD_TOGETHER: Final = frozenset({AlarmKind.UNKEPT, AlarmKind.UNREACHED, AlarmKind.UNANSWERED})


def alarms_of(
    alarms: Iterable[OpenAlarm], desks_of: Mapping[str, frozenset[DeskName]], settings: Settings
) -> tuple[OpenAlarm, ...]:
    """Those that concern the lines of `settings`, or everybody.

    desks_of: where people sit, by their code.
    """
    return tuple(
        each
        for each in alarms
        if each.alarm.kind not in TOLD_TOGETHER and _concerns(each.alarm, desks_of, settings)
    )


def _concerns(
    alarm: Alarm, desks_of: Mapping[str, frozenset[DeskName]], settings: Settings
) -> bool:
    desks = {desk for line in settings.lines for desk in line.desks}
    match alarm.kind:
        case AlarmKind.EMERGENCY | AlarmKind.LONG_TALK | AlarmKind.MISSED:
            return settings.line(alarm.subject.split("/")[0]) is not None
        case AlarmKind.NO_STAND_IN:
            return alarm.subject.split(" ")[0] in desks
        case AlarmKind.UNTOLD | AlarmKind.UNREACHABLE:
            theirs = desks_of.get(alarm.subject, frozenset())
            return not theirs or not theirs.isdisjoint(desks)
    return True
