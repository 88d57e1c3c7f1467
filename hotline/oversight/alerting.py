"""Raising an alarm: once until it is cleared, and every supervisor is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from hotline.duty import PersonId
from hotline.oversight.alarms import Alarm, NewNotice, NoticeKind
from hotline.store import Session
from hotline.store.sending.alarms import raise_alarms
from hotline.store.sending.notices import post_notices, supervisors

TOLD_WITHIN: Final = timedelta(hours=12)  # older news is on the board


def alert(
    db: Session, alarms: Iterable[Alarm], now: datetime, also: Iterable[PersonId] = ()
) -> tuple[Alarm, ...]:
    """Raise `alarms`; those that were not open yet are told to every supervisor and returned.

    also: whom else to tell, such as the duty lead.
    """
    raised = raise_alarms(db, tuple(alarms), now)
    if raised:
        told = dict.fromkeys((*supervisors(db), *also))
        notices = [
            NewNotice(
                person,
                NoticeKind.ALARM,
                now,
                now + TOLD_WITHIN,
                {"alarm": alarm.kind, "subject": alarm.subject},
            )
            for alarm in raised
            for person in told
        ]
        post_notices(db, notices, now)
    return raised
