"""Use cases after a conversation: its form is filled in, its follow-up done or put off."""

from dataclasses import dataclass
from datetime import datetime

from hotline.calls.talk.danger import risk_seen
from hotline.calls.turn import Turn
from hotline.care.records import (
    CareRecord,
    FollowedUp,
    Reader,
    RiskLevel,
    is_writer,
    may_read,
)
from hotline.config.settings import seconds
from hotline.duty import LegId
from hotline.errors import HotlineError
from hotline.store.calling.happenings import Happening
from hotline.store.duty.attendance import cool_down
from hotline.store.talking.care import (
    end_follow_up,
    keep_record,
    put_off_follow_up,
    record_of,
)
from hotline.store.talking.forms import end_wrap_up


class NotTheirsError(HotlineError):
    """The conversation is somebody else's, or there is none."""


class ChangedMeanwhileError(HotlineError):
    """Somebody, or the same person by telephone, has changed the form meanwhile."""


@dataclass(frozen=True)
class Filled:
    """A form as it was sent. seen: the version it was filled in from."""

    risk: RiskLevel
    kind: int | None
    note: str
    follow_up: datetime | None
    seen: int


def fill_in(turn: Turn, leg: LegId, by: Reader, filled: Filled) -> CareRecord:
    """Keep what the volunteer says of their conversation; what it was before is returned.

    Keys and page fill in one form. A follow-up that was done stays done. Raises NotTheirsError and
    ChangedMeanwhileError.
    """
    record = record_of(turn.db, leg)
    if record is None or not is_writer(record, by):
        raise NotTheirsError("This conversation is not yours.")
    note = filled.note.strip()
    columns = {
        "risk": filled.risk.value,
        "kind": filled.kind,
        "note_cipher": turn.privacy.sealed(note) if note else None,
        "done": record.done or turn.now,
        **({} if record.followed_up else {"follow_up": filled.follow_up}),
    }
    if not keep_record(turn.db, record, filled.seen, turn.now, **columns):
        raise ChangedMeanwhileError("The form was changed meanwhile.")
    risk_seen(turn, record.call, record.writer, filled.risk)
    _rest(turn, record, filled.risk)
    if record.done is None:
        turn.note(Happening(record.call, "form-filled-in", record.leg))
    return record


def _rest(turn: Turn, record: CareRecord, risk: RiskLevel) -> None:
    """A call of high risk is not followed by the next one at once; else wrap-up may be over."""
    until = (record.ended or turn.now) + seconds(turn.settings.rings.cool_down)
    if risk is RiskLevel.HIGH and record.risk is not RiskLevel.HIGH and until > turn.now:
        cool_down(turn.db, record.writer, until, turn.now)
    form = turn.settings.talks.form
    if form is not None and form.ends_wrap_up and record.ended is not None:
        end_wrap_up(turn.db, record.writer, turn.now)


def follow_up_done(turn: Turn, leg: LegId, by: Reader, result: FollowedUp) -> CareRecord:
    """Note what came of a follow-up. Raises NotTheirsError, or HotlineError if none is due."""
    record = _open_to(turn, leg, by)
    if not end_follow_up(turn.db, leg, by.person, result, turn.now):
        raise ChangedMeanwhileError("No follow-up is due any more.")
    turn.note(Happening(record.call, f"follow-up-{result}", record.leg))
    return record


def follow_up_later(turn: Turn, leg: LegId, by: Reader, due: datetime) -> CareRecord:
    """Give a follow-up another time, likewise."""
    record = _open_to(turn, leg, by)
    if not put_off_follow_up(turn.db, leg, due):
        raise ChangedMeanwhileError("No follow-up is due any more.")
    return record


def _open_to(turn: Turn, leg: LegId, by: Reader) -> CareRecord:
    record = record_of(turn.db, leg)
    if record is None or not may_read(record, by):
        raise NotTheirsError("This conversation is not yours.")
    return record
