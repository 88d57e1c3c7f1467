"""Messages come home: fetched from the carrier, kept encrypted, erased there; and late ones told.

Whatever fails is tried again, at longer and longer intervals, for ever: nothing that a caller
left is given up. Nothing is erased at the carrier before a sound of it is here.
"""

import logging
from datetime import timedelta
from typing import Final

from hotline.calls.ringing.sending import Sender
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.ports import PortError
from hotline.store.owed.messages import late_messages
from hotline.store.owed.recordings import (
    Held,
    claim_recording,
    keep_recording,
    note_erased,
    put_off_recording,
    recordings_due,
)
from hotline.store.sending.alarms import clear_alarm

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=5)  # longer than the carrier may take; after it, who died is heir
FIRST_AGAIN: Final = timedelta(seconds=30)  # then twice as long each time
LONGEST_AGAIN: Final = timedelta(hours=1)
TOLD_AFTER: Final = 6  # tries: supervisors are told after a quarter of an hour, and now and then
SOUND: Final = b"RIFF"  # how a WAV file begins


def fetch_messages(sender: Sender) -> None:
    """Everything about messages that is due by itself."""
    _tell_late(sender)
    erase = sender.settings.promised.erase
    with sender.store.reading() as db:
        due = recordings_due(db, sender.clock(), erase=erase)
    for message in due:
        with sender.store.writing() as db:
            now = sender.clock()
            held = claim_recording(db, message, now, now + LEASE, erase=erase)
        if held is not None:
            _bring(sender, held)


def again_after(tries: int) -> timedelta:
    """How long after the n-th try the next one is made."""
    return min(FIRST_AGAIN * (1 << min(tries - 1, 10)), LONGEST_AGAIN)


def _tell_late(sender: Sender) -> None:
    with sender.store.reading() as db:
        if not late_messages(db, sender.clock()):
            return
    with sender.store.writing() as db:
        now = sender.clock()
        late = late_messages(db, now)
        alert(db, [Alarm(AlarmKind.UNANSWERED, str(each)) for each in late], now)


def _bring(sender: Sender, held: Held) -> None:
    try:
        if not held.fetched:
            _fetch(sender, held)
        if sender.settings.promised.erase or held.forgotten:
            _erase(sender, held)
    except PortError as error:
        log.warning("message %s is still at the carrier: %s", held.message, error)
        _put_off(sender, held)


def _put_off(sender: Sender, held: Held) -> None:
    with sender.store.writing() as db:
        now = sender.clock()
        put_off_recording(db, held.message, now + again_after(held.tries))
        if not held.fetched and held.tries % TOLD_AFTER == 0:
            alert(db, [Alarm(AlarmKind.UNFETCHED, str(held.message))], now)


def _fetch(sender: Sender, held: Held) -> None:
    sound = sender.carrier.recording(held.recording)
    if not sound.startswith(SOUND):  # a gateway's page, or nothing at all
        raise PortError("what the carrier answered is no sound", permanent=False)
    cipher = sender.privacy.sealed_bytes(sound)
    with sender.store.writing() as db:
        now = sender.clock()
        keep_recording(db, held.message, cipher, now, now + LEASE)
        clear_alarm(db, AlarmKind.UNFETCHED, str(held.message), now)


def _erase(sender: Sender, held: Held) -> None:
    sender.carrier.erase_recording(held.recording)
    with sender.store.writing() as db:
        note_erased(db, held.message, sender.clock())
