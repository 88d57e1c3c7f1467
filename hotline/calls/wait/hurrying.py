"""A caller in danger: first of all from now on, told 110 and 120, and whoever leads is told."""

from hotline.calls.instructions import Instructions
from hotline.calls.leads import duty_leads
from hotline.calls.turn import Turn
from hotline.calls.wait.wishes import open_to_anybody
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.moves import note_on_call, note_wish


def hurried(turn: Turn, call: StoredCall) -> Instructions:
    """The call comes first, whoever answers it; the words that say so, and where else to call."""
    line = turn.line_of(call)
    if not call.urgent:
        note_on_call(turn.db, call.id, urgent=True)
        turn.note(Happening(call.id, "urgent"))
        alarm = Alarm(AlarmKind.EMERGENCY, emergency_of(call))
        alert(turn.db, [alarm], turn.now, duty_leads(turn, call.line))
    if not call.wish.holding:
        return (turn.say("urgent", line),)
    note_wish(turn.db, call.id, open_to_anybody(call.wish))
    return (turn.say("urgent", line), turn.say("urgent_anybody", line))


def emergency_of(call: StoredCall) -> str:
    """What the alarm about this call is about: the line dialled, and the call's id."""
    return f"{call.came_to or call.line}/{call.id}"
