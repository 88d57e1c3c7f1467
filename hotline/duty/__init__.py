"""Who is on duty, and why nobody else: facts, reasons and the one answer. Import from here."""

from hotline.duty.answer import (
    OnDuty,
    in_reach,
    next_on_duty,
    on_duty,
    on_standby,
    rostered,
    staffed,
)
from hotline.duty.attendance import (
    BREAK_ENDS_AFTER,
    Attendance,
    Attended,
    Fact,
    ToldBy,
    attendance,
)
from hotline.duty.facts import (
    LONG_AGO,
    Away,
    Cause,
    Duty,
    Gender,
    LegId,
    LineChange,
    Override,
    PersonId,
    Presence,
    Rota,
    Volunteer,
    there_at,
    undisturbed,
)
from hotline.duty.leading import Leads, leads
from hotline.duty.lines import change_of, line_now, paused_until
from hotline.duty.overrides import corrected, what_is_left
from hotline.duty.reasons import KeptOut, Why, aside_until
from hotline.duty.seats import STRETCH_ENDS_AFTER, Seat, strategy_of

__all__ = [
    "BREAK_ENDS_AFTER",
    "LONG_AGO",
    "STRETCH_ENDS_AFTER",
    "Attendance",
    "Attended",
    "Away",
    "Cause",
    "Duty",
    "Fact",
    "Gender",
    "KeptOut",
    "Leads",
    "LegId",
    "LineChange",
    "OnDuty",
    "Override",
    "PersonId",
    "Presence",
    "Rota",
    "Seat",
    "ToldBy",
    "Volunteer",
    "Why",
    "aside_until",
    "attendance",
    "change_of",
    "corrected",
    "in_reach",
    "leads",
    "line_now",
    "next_on_duty",
    "on_duty",
    "on_standby",
    "paused_until",
    "rostered",
    "staffed",
    "strategy_of",
    "there_at",
    "undisturbed",
    "what_is_left",
]
