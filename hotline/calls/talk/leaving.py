"""A volunteer comes out of the room: to the menu, back in, or to the end of their part."""

from hotline.calls.colleagues.menu_paths import leg_menu
from hotline.calls.colleagues.supervising import came_out
from hotline.calls.instructions import GoTo, Instructions, Pause
from hotline.calls.states import SUPERVISE, Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.talking import COUNTS, into_talk, leg_at, let_go, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import call_now
from hotline.store.talking.talks import move_leg

# The news that a caller has hung up comes at about the same time: then there is no menu.
FOR_THE_NEWS = Pause(1)


def volunteer_done(turn: Turn, token: str, call_status: str) -> Instructions:
    """The star key, the end of the room, or the end of the leg: they look alike at first."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if call_status == "completed" or not takes_part(call, leg):
        let_go(turn, call, leg)
        return farewell(turn, call, leg)
    if leg.part in SUPERVISE:
        return came_out(turn, call, leg)
    if leg.id != call.leg:
        return (turn.say("joining", turn.line(leg.line)), into_talk(turn, call, leg))
    move_leg(turn.db, leg.id, [Place.ROOM], Place.MENU)
    stay(turn, leg)
    return (FOR_THE_NEWS, GoTo(leg_menu(token, COUNTS * turn.age(call))))
