"""What happened in calls: appended, never edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.calls.ringing.facts import CallId
from hotline.duty import LegId
from hotline.store.prepared import Prepared, new_row
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_EVENT: Final = TABLES["call_event"]


@dataclass(frozen=True)
class Happening:
    """One thing that happened in a call. detail: never a number, a name or a note."""

    call: CallId
    kind: str
    leg: LegId | None = None
    detail: str = ""


def append_events(db: Session, now: datetime, happenings: Iterable[Happening]) -> None:
    """Add to the calls' history."""
    _HAPPENED.run_each(
        db,
        [
            {"call_id": h.call, "leg_id": h.leg, "at": now, "kind": h.kind, "detail": h.detail}
            for h in happenings
        ],
    )


_HAPPENED: Final = Prepared(new_row(_EVENT, "call_id", "leg_id", "at", "kind", "detail"))
