"""What a carrier's lists say: each entry as a value of ours, or passed over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from hotline.ports import Dialled, Recorded

A_PAGE: Final = 1000  # entries: as many as the carrier gives at once
MOST: Final = 10 * A_PAGE  # a look of minutes finds hundreds
OVER: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


def dialled(calls: Iterable[Any]) -> tuple[Dialled, ...]:
    """Callers' legs, the oldest first; not those that we rang."""
    found = (_dialled(call) for call in calls if call.direction == "inbound" and _began(call))
    return tuple(sorted(found, key=lambda each: each.began))


def _dialled(call: Any) -> Dialled:
    ended = (call.end_time or _began(call)) if str(call.status) in OVER else None
    return Dialled(call.sid, call._from or "", call.to or "", _began(call), ended)


def recorded(recordings: Iterable[Any]) -> tuple[Recorded, ...]:
    """Messages that are whole, the oldest first; what others recorded is none."""
    found = (
        Recorded(each.sid, each.call_sid, _began(each), int(each.duration))
        for each in recordings
        if each.source == "RecordVerb" and each.status == "completed" and _began(each)
    )
    return tuple(sorted(found, key=lambda each: each.at))


def _began(entry: Any) -> datetime | Any:
    return entry.date_created or entry.start_time
