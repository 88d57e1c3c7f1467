"""What a supervisor is told of a drill, and when one is due."""

from datetime import datetime

from hotline.calls.ringing.sending import Sender
from hotline.config.tables.drills import Drills
from hotline.handshake.trying import drill_telephones
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.oversight.drills import Drill, nightly_due
from hotline.store import Session
from hotline.store.sending.alarms import clear_alarm
from hotline.store.sending.drills import keep_drill
from hotline.store.sending.jobs import claim_slot


def drill_at_night(sender: Sender) -> None:
    """Once a night, if the site wants it: a drill of this very moment, and of real telephones."""
    now = sender.clock()
    due = nightly_due(sender.settings, now)
    if due is None or sender.drill is None:
        return
    with sender.store.writing() as db:
        mine = claim_slot(db, "drill-of-night", due)
    if mine:
        wanted = sender.settings.drills or Drills()
        played = sender.drill(wanted, now)
        with sender.store.writing() as db:
            number = report(db, played, sender.clock())
            if wanted.volunteers:
                drill_telephones(db, sender.settings, number, sender.clock())


def report(db: Session, drill: Drill, now: datetime) -> int:
    """Keep what came of a drill; one that went wrong is an alarm until the next goes well."""
    number = keep_drill(db, drill, now)
    if drill.sound:
        clear_alarm(db, AlarmKind.DRILL, "drill", now)
    else:
        detail = f"{drill.stranded} stranded, {drill.double_booked} double-booked"
        alert(db, [Alarm(AlarmKind.DRILL, "drill", detail)], now)
    return number
