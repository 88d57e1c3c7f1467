"""Which events somebody's calendar holds: what was told once and is gone is told as cancelled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName
from hotline.own.shifts import OwnShift
from scheduling.problem import Span


@dataclass(frozen=True)
class Event:
    """A shift as a calendar has it. uid: for ever the same; sequence: counts its changes."""

    uid: str
    desk: DeskName
    span: Span
    standby: bool
    cancelled: bool
    sequence: int
    changed: datetime

    def tells_as(self, other: "Event") -> bool:
        """Whether there is nothing to tell anew."""
        same = replace(other, sequence=self.sequence, changed=self.changed)
        return self == same


def events_after(
    kept: Iterable[Event], shifts: Iterable[OwnShift], now: datetime
) -> tuple[Event, ...]:
    """What the calendar tells from now on, by start: `kept`, corrected by the shifts there are.

    What is over stays as it was told. A shift that its person cannot come to is cancelled.
    """
    before = {event.uid: event for event in kept}
    present = {event.uid: event for event in _events(shifts, now)}
    gone = {
        uid: replace(event, cancelled=True)
        for uid, event in before.items()
        if uid not in present and event.span.end > now
    }
    after = {**before, **gone, **present}
    told = (_told(event, before.get(uid), now) for uid, event in after.items())
    return tuple(sorted(told, key=lambda event: (event.span, event.uid)))


def _told(event: Event, before: Event | None, now: datetime) -> Event:
    if before is None:
        return event
    if before.tells_as(event):
        return before
    return replace(event, sequence=before.sequence + 1, changed=now)


def _events(shifts: Iterable[OwnShift], now: datetime) -> Iterable[Event]:
    """A shift that overrides have cut in two is two events."""
    parts: dict[str, int] = {}
    for shift in shifts:
        number = parts[shift.shift] = parts.get(shift.shift, 0) + 1
        uid = shift.shift if number == 1 else f"{shift.shift}/{number}"
        standby = shift.duty.standby
        yield Event(uid, shift.desk, shift.span, standby, shift.away, 0, now)


def changes(kept: Iterable[Event], told: Iterable[Event]) -> tuple[Event, ...]:
    """What is to be kept of `told`."""
    before: Mapping[str, Event] = {event.uid: event for event in kept}
    return tuple(event for event in told if before.get(event.uid) != event)
