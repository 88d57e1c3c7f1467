"""The carrier's lists against our calls: who rang in vain, and what was recorded unheard.

Where nothing of ours answered, the database was away, or a callback was lost for ever, the carrier
alone knows of a caller. What it lists is taken in afterwards, once each, as if we had been told.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.arrival.arriving import caller_never_answered
from hotline.calls.ringing.sending import Sender
from hotline.calls.turn import Turn
from hotline.config.settings import LineName, Settings
from hotline.numbers import line_dialled
from hotline.ports import Dialled, PortError, Recorded
from hotline.promises.announcing import keep_and_announce
from hotline.store.calling.happenings import Happening
from hotline.store.calling.unknown import (
    KnownCall,
    calls_known,
    left_a_message,
    name_recording,
    nameless_arrivals,
    recordings_known,
)
from hotline.store.upkeep.upkeep import COMPARED, last_upkeep, note_upkeep

log = logging.getLogger(__name__)

SETTLED: Final = timedelta(minutes=2)  # by then we were told, if we ever are
AGAIN: Final = timedelta(minutes=15)  # looked at once more: a list may lag behind
FURTHEST: Final = timedelta(days=7)
SAME_CALL: Final = timedelta(seconds=30)  # between the carrier's clock and ours


@dataclass(frozen=True)
class Listed:
    """What the carrier lists since an instant."""

    calls: Sequence[Dialled]
    recordings: Sequence[Recorded]


def find_missed(sender: Sender) -> None:
    """Take in what the carrier alone knows of; the first time of all there is no past."""
    now = sender.clock()
    with sender.store.reading() as db:
        compared = last_upkeep(db, COMPARED)
    until = now
    if compared is not None:
        since = max(compared - AGAIN, now - FURTHEST)
        try:
            listed = _listed(sender, since)
        except PortError as error:
            log.warning("the carrier's calls could not be compared with ours: %s", error)
            return
        take_in(sender, listed, since)
        until = _compared_until(listed, now)
    with sender.store.writing() as db:
        note_upkeep(db, COMPARED, until)


def _listed(sender: Sender, since: datetime) -> Listed:
    calls = sender.carrier.dialled_since(since)
    recordings = sender.carrier.recorded_since(since)
    return Listed(
        [call for call in calls if call.began >= since],
        [each for each in recordings if each.at >= since],
    )


def _compared_until(listed: Listed, now: datetime) -> datetime:
    """Nothing that goes on is passed over: it is looked at when it is over."""
    return min((call.began for call in listed.calls if not _is_over(call, now)), default=now)


def _is_over(call: Dialled, now: datetime) -> bool:
    return call.ended is not None and now - call.ended >= SETTLED


def take_in(sender: Sender, listed: Listed, since: datetime) -> None:
    """Calls first: a recording belongs to one."""
    for call in _unknown_calls(sender, listed.calls, since):
        with sender.store.writing() as db:
            caller_never_answered(sender.turn(db), call)  # as if told when they hung up
    for recording, call_of_it in _unheard(sender, listed.recordings):
        with sender.store.writing() as db:
            _message_found(sender.turn(db), recording, call_of_it)


def _unknown_calls(sender: Sender, calls: Iterable[Dialled], since: datetime) -> list[Dialled]:
    now, settings = sender.clock(), sender.settings
    ours = [call for call in calls if _is_over(call, now) and _line(settings, call) is not None]
    with sender.store.reading() as db:
        known = calls_known(db, [call.sid for call in ours])
        nameless = nameless_arrivals(db, since - SAME_CALL)
    return [
        call
        for call in ours
        if call.sid not in known and not _is_forgotten(settings, call, nameless)
    ]


def _line(settings: Settings, call: Dialled) -> LineName | None:
    line = line_dialled(settings.lines, call.dialled)
    return None if line is None else line.name


def _is_forgotten(
    settings: Settings, call: Dialled, nameless: Iterable[tuple[LineName, datetime]]
) -> bool:
    """Whether it may be one whose caller asked to be forgotten meanwhile."""
    line = _line(settings, call)
    return any(each == line and abs(at - call.began) < SAME_CALL for each, at in nameless)


def _unheard(sender: Sender, recordings: Iterable[Recorded]) -> list[tuple[Recorded, KnownCall]]:
    now = sender.clock()
    settled = [each for each in recordings if now - each.at >= SETTLED]
    with sender.store.reading() as db:
        heard = recordings_known(db, [each.sid for each in settled])
        calls = calls_known(db, [each.call for each in settled])
    unheard = [(each, calls.get(each.call)) for each in settled if each.sid not in heard]
    return [(each, call) for each, call in unheard if call is not None and call.over]


def _message_found(turn: Turn, left: Recorded, call: KnownCall) -> None:
    """A message that was told without its id is the first that is found, and told of already."""
    if not name_recording(turn.db, call.id, left.sid, left.seconds, turn.now):
        keep_and_announce(turn, call.id, call.line, left)
    turn.note(Happening(call.id, "message-found"))
    left_a_message(turn.db, call.id)
