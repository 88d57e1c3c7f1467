"""What the worker does about duties, again and again. Two workers at once do nothing twice."""

from hotline.calls.ringing.sending import Sender
from hotline.handshake.confirming import watch_duties
from hotline.handshake.stand_ins.searching import go_on
from hotline.store.duty.standins import (
    searches_due,
)


def look_after_duties(sender: Sender) -> None:
    """Ask for confirmations, and begin searches for duties that nobody comes to."""
    watch_duties(sender.store, sender.settings, sender.clock())


def find_stand_ins(sender: Sender) -> None:
    """Ask the next person wherever a deadline has passed or a no was said."""
    now = sender.clock()
    with sender.store.reading() as db:
        due = searches_due(db, now)
    for search in due:
        go_on(sender.store, sender.settings, search, now)
