"""A message that a caller left: kept until it is fetched, and told to whoever leads."""

from datetime import timedelta
from typing import Final

from hotline.calls.leads import duty_leads
from hotline.calls.ringing.facts import CallId
from hotline.calls.turn import Turn
from hotline.config.settings import LineName
from hotline.notices.facts import At, Facts, OnLine
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.ports import Recorded
from hotline.promises.states import MessageId
from hotline.store.owed.messages import NewMessage, keep_message
from hotline.store.sending.notices import post_notices, supervisors

LATEST: Final = timedelta(hours=12)  # older news is on the page


def keep_and_announce(turn: Turn, call: CallId, line: LineName, left: Recorded) -> bool:
    """Once for each recording: what was left, and to whom it is told. True if it is new."""
    due = left.at + timedelta(seconds=turn.settings.promised.message_due)
    new = NewMessage(call, line, left.at, left.sid, left.seconds, due)
    message = keep_message(turn.db, new)
    if message is not None:
        _announce(turn, message, new)
    return message is not None


def _announce(turn: Turn, message: MessageId, left: NewMessage) -> None:
    words: Facts = {
        "message": message,
        "line": OnLine(turn.line(left.line).name),
        "seconds": left.seconds,
        "due": At(left.due),
    }
    until = turn.now + LATEST
    told = duty_leads(turn, left.line) or supervisors(turn.db)
    notices = [NewNotice(person, NoticeKind.MESSAGE, turn.now, until, words) for person in told]
    post_notices(turn.db, notices, turn.now)
