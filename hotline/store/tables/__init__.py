"""The tables. They only store: domain types validate, the store converts.

Times are plain `datetime` fields: SQLModel keeps them aware and UTC on both databases.
"""

from typing import Final

from sqlalchemy import text
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING  # before the tables below are declared

from hotline.store.tables.accounts import (  # noqa: E402
    AccountLinkRow,
    AccountRow,
    FormSentRow,
    PageSessionRow,
    RecoveryCodeRow,
    TrailEndRow,
    TrailRow,
    WrongTryRow,
)
from hotline.store.tables.calendars import CalendarEventRow, CalendarRow  # noqa: E402
from hotline.store.tables.callers import CallerActRow, CallerRow  # noqa: E402
from hotline.store.tables.calls import CallEventRow, CallRow, LegRow  # noqa: E402
from hotline.store.tables.carrier import OutboxRow, PaceRow, WebhookRow  # noqa: E402
from hotline.store.tables.contacts import ContactRow  # noqa: E402
from hotline.store.tables.drills import DrillRow, DrillWordRow  # noqa: E402
from hotline.store.tables.duties import ErrandRow, OverrideRow, QuestionRow, SearchRow  # noqa: E402
from hotline.store.tables.ledger import DecisionRow  # noqa: E402
from hotline.store.tables.people import (  # noqa: E402
    AbsenceRow,
    AttendanceRow,
    CertificateRow,
    PersonRow,
    PresenceRow,
)
from hotline.store.tables.phones import LineChangeRow, PinRow, StaffCallRow  # noqa: E402
from hotline.store.tables.planning import LineWeekRow, RosterJobRow  # noqa: E402
from hotline.store.tables.promises import (  # noqa: E402
    AttemptRow,
    CallbackRow,
    ConsentRow,
    FormCountRow,
    MessageRow,
    RecordingRow,
)
from hotline.store.tables.reports import DeskDayRow, DutyDayRow, LineDayRow  # noqa: E402
from hotline.store.tables.rosters import (  # noqa: E402
    AssignmentRow,
    BuildRow,
    RosterEditRow,
    RosterRow,
    RotaVersionRow,
)
from hotline.store.tables.swaps import SwapRow  # noqa: E402
from hotline.store.tables.talks import CallFormRow, HandoverRow  # noqa: E402
from hotline.store.tables.upkeep import UpkeepRow  # noqa: E402
from hotline.store.tables.work import AlarmRow, ImportedCallsRow, JobRunRow, NoticeRow  # noqa: E402

TABLES: Final = SQLModel.metadata.tables  # by name, for statements without entities

# Written out, not bound: only then do the partial indexes above serve, and a table of a million
# past calls costs no more than an empty one.
OPEN_CALL: Final = TABLES["call"].c.state != text("'closed'")
LIVE_LEG: Final = TABLES["leg"].c.state != text("'ended'")

__all__ = [
    "LIVE_LEG",
    "NAMING",
    "OPEN_CALL",
    "TABLES",
    "AbsenceRow",
    "AccountLinkRow",
    "AccountRow",
    "AlarmRow",
    "AssignmentRow",
    "AttemptRow",
    "AttendanceRow",
    "BuildRow",
    "CalendarEventRow",
    "CalendarRow",
    "CallEventRow",
    "CallFormRow",
    "CallRow",
    "CallbackRow",
    "CallerActRow",
    "CallerRow",
    "CertificateRow",
    "ConsentRow",
    "ContactRow",
    "DecisionRow",
    "DeskDayRow",
    "DrillRow",
    "DrillWordRow",
    "DutyDayRow",
    "ErrandRow",
    "FormCountRow",
    "FormSentRow",
    "HandoverRow",
    "ImportedCallsRow",
    "JobRunRow",
    "LegRow",
    "LineChangeRow",
    "LineDayRow",
    "LineWeekRow",
    "MessageRow",
    "NoticeRow",
    "OutboxRow",
    "OverrideRow",
    "PaceRow",
    "PageSessionRow",
    "PersonRow",
    "PinRow",
    "PresenceRow",
    "QuestionRow",
    "RecordingRow",
    "RecoveryCodeRow",
    "RosterEditRow",
    "RosterJobRow",
    "RosterRow",
    "RotaVersionRow",
    "SearchRow",
    "StaffCallRow",
    "SwapRow",
    "TrailEndRow",
    "TrailRow",
    "UpkeepRow",
    "WebhookRow",
    "WrongTryRow",
]
