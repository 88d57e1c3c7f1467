"""How does a call read aloud?"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hotline.practice.record import CallRecord, LegRecord


def transcript(record: CallRecord | LegRecord, zone: ZoneInfo) -> str:
    """What was heard and done, one line each, in the clock of `zone`."""
    return "\n".join(_lines(record, zone))


def _lines(record: CallRecord | LegRecord, zone: ZoneInfo) -> Iterator[str]:
    match record:
        case CallRecord():
            yield f"{record.arrived.astimezone(zone):%Y-%m-%d %H:%M:%S} a call to {record.line}"
        case LegRecord():
            yield f"{record.asked_at.astimezone(zone):%Y-%m-%d %H:%M:%S} a leg to {record.address}"
    for said in record.transcript:
        yield f"{said.at.astimezone(zone):%H:%M:%S} {said.who}: {said.text}"
    if record.ended_at is not None:
        yield f"{record.ended_at.astimezone(zone):%H:%M:%S} ended by {record.ended_by}"
