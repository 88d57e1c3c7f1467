"""Which data are kept how long: the kinds that age, and what becomes of every table."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.config.tables.retention import Retention


class Kind(StrEnum):
    """What ages; each is a key of [retention]."""

    NUMBERS = "numbers"
    HASHES = "hashes"
    EVENTS = "events"
    LEDGER = "ledger"
    NOTES = "notes"
    HIGH_RISK_NOTES = "high_risk_notes"
    RECORDINGS = "recordings"
    CALLBACKS = "callbacks"
    SESSIONS = "sessions"
    NOTICES = "notices"
    LEFT = "left"


def kept_since(kept: Retention, kind: Kind, now: datetime) -> datetime:
    """What is of this kind and older than the instant returned is not kept."""
    return now - timedelta(days=getattr(kept, kind.value))


class Fate(StrEnum):
    """What becomes of a table's rows in the end."""

    DROPPED = "dropped"  # after the days of a setting
    BLANKED = (
        "blanked"  # the same of what is personal in them; what is left counts, and names nobody
    )
    SOON = "soon"  # after two days, or when its time is over: leftovers of the machinery
    PERSON = "person"  # of people who work here: kept, and names nobody once they are erased
    COUNTED = "counted"  # counts and settings, of nobody
    FOR_EVER = "for ever"  # the trail: its chain would break; it holds no name, number or note


FATES: Final[Mapping[str, Fate]] = {  # a table without a decision fails a test
    "absence": Fate.PERSON,
    "account": Fate.PERSON,
    "account_link": Fate.DROPPED,
    "alarm": Fate.DROPPED,
    "assignment": Fate.PERSON,
    "attempt": Fate.COUNTED,
    "attendance": Fate.PERSON,
    "build": Fate.PERSON,
    "calendar": Fate.DROPPED,
    "calendar_event": Fate.DROPPED,
    "call": Fate.BLANKED,
    "call_event": Fate.DROPPED,
    "call_form": Fate.BLANKED,
    "callback": Fate.BLANKED,
    "caller": Fate.DROPPED,
    "caller_act": Fate.DROPPED,
    "certificate": Fate.DROPPED,
    "consent": Fate.DROPPED,
    "contact": Fate.DROPPED,
    "decision": Fate.DROPPED,
    "desk_day": Fate.COUNTED,
    "drill": Fate.COUNTED,
    "drill_word": Fate.PERSON,
    "duty_day": Fate.PERSON,
    "errand": Fate.DROPPED,
    "form_count": Fate.SOON,
    "form_sent": Fate.SOON,
    "handover": Fate.BLANKED,
    "imported_calls": Fate.COUNTED,
    "job_run": Fate.SOON,
    "leg": Fate.BLANKED,
    "line_change": Fate.PERSON,
    "line_day": Fate.COUNTED,
    "line_week": Fate.COUNTED,
    "message": Fate.BLANKED,
    "notice": Fate.DROPPED,
    "outbox": Fate.DROPPED,
    "override": Fate.PERSON,
    "pace": Fate.COUNTED,
    "page_session": Fate.DROPPED,
    "person": Fate.BLANKED,
    "pin": Fate.DROPPED,
    "presence": Fate.PERSON,
    "question": Fate.PERSON,
    "recording": Fate.DROPPED,
    "recovery_code": Fate.PERSON,
    "roster": Fate.PERSON,
    "roster_edit": Fate.PERSON,
    "roster_job": Fate.SOON,
    "rota_version": Fate.COUNTED,
    "search": Fate.PERSON,
    "staff_call": Fate.DROPPED,
    "swap": Fate.PERSON,
    "trail": Fate.FOR_EVER,
    "trail_end": Fate.FOR_EVER,
    "upkeep": Fate.COUNTED,
    "webhook": Fate.DROPPED,
    "wrong_try": Fate.SOON,
}
