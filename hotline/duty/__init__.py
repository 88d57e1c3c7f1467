"""Who is on duty, and why nobody else: facts, reasons and the one answer. Import from here."""

from hotline.duty.answer import (
    STRETCH_ENDS_AFTER,
    OnDuty,
    Seat,
    in_reach,
    next_on_duty,
    on_duty,
    on_standby,
    rostered,
)
from hotline.duty.facts import (
    LONG_AGO,
    Away,
    Cause,
    Duty,
    Gender,
    LegId,
    Override,
    PersonId,
    Presence,
    Rota,
    Volunteer,
)
from hotline.duty.overrides import corrected, what_is_left
from hotline.duty.reasons import KeptOut, Why

__all__ = [
    "LONG_AGO",
    "STRETCH_ENDS_AFTER",
    "Away",
    "Cause",
    "Duty",
    "Gender",
    "KeptOut",
    "LegId",
    "OnDuty",
    "Override",
    "PersonId",
    "Presence",
    "Rota",
    "Seat",
    "Volunteer",
    "Why",
    "corrected",
    "in_reach",
    "next_on_duty",
    "on_duty",
    "on_standby",
    "rostered",
    "what_is_left",
]
