"""Long conversations: the volunteer alone is told of the time, who leads at last. No cut-off."""

from datetime import timedelta

from hotline.calls.leads import duty_leads
from hotline.calls.talk.rooms import tell
from hotline.calls.turn import Turn
from hotline.config.tables.talking import ALARM, NOTES
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store.calling.happenings import Happening
from hotline.store.talking.forms import is_high_risk
from hotline.store.talking.talks import LongTalk, talks_lasting


def tell_the_time(turn: Turn) -> None:
    """Whatever is due in any conversation, once. Whoever is at high risk is not hurried."""
    talks = turn.settings.talks
    marks = sorted({*(talks.notes or NOTES), talks.alarm or ALARM})
    alarm = talks.alarm or ALARM
    for told, minutes in enumerate(marks):
        for talk in talks_lasting(turn.db, told, timedelta(minutes=minutes), turn.now):
            if minutes == alarm:
                _alarm(turn, talk)
            elif not talk.urgent and not is_high_risk(turn.db, talk.call):
                tell(turn, talk.call, talk.leg, f"minutes-{minutes}")
                turn.note(Happening(talk.call, "time-told", talk.leg, str(minutes)))


def _alarm(turn: Turn, talk: LongTalk) -> None:
    """Every supervisor is told, and whoever leads at the line."""
    alarm = Alarm(AlarmKind.LONG_TALK, f"{talk.line}/{talk.call}")
    alert(turn.db, [alarm], turn.now, duty_leads(turn, talk.line))
    turn.note(Happening(talk.call, "time-alarm", talk.leg))
