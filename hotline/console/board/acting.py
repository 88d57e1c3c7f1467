"""What a supervisor does from the board: comes into a call, sees to what is wrong, finds people."""

from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.board import SOON
from hotline.calls.colleagues.supervising import Hindrance, SupervisingError, supervise
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import SUPERVISE, Part
from hotline.console.board.blocks import board_now
from hotline.console.board.room import board
from hotline.console.board.scope import seen_call_or_404, seen_settings, turn_of
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.paging import row_number
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _, _l
from hotline.duty import Duty
from hotline.handshake.deciding import Reason
from hotline.handshake.reading import duties_ahead
from hotline.handshake.stand_ins.searching import SearchError, start_search
from hotline.store.duty.rosters import everybody
from hotline.store.sending.alarms import clear_alarm_numbered
from scheduling.problem import Span

BOARD: Final = "board.show_board"


@board.post("/calls/<int:number>/<how>", provide_automatic_options=False)
@allows(Act.JOIN_CALLS)
def come_in(number: int, how: str) -> Response:
    """The supervisor's own telephone rings, and leads into the conversation."""
    if how not in SUPERVISE:
        abort(404)
    with parts().store.reading() as db:
        seen_call_or_404(db, CallId(number))
    with changing() as change:
        who = next(
            (each for each in everybody(change.db, change.now) if each.id == viewer().person), None
        )
        change.record(f"call.{how}", f"call/{number}")
        if who is None:
            return back_to(BOARD, said=str(NO_TELEPHONE))
        try:
            supervise(turn_of(change), CallId(number), who, Part(how))
        except SupervisingError as error:
            return back_to(BOARD, said=str(WHY_NOT[error.hindrance]))
    return back_to(BOARD, said=_("Your telephone rings now; press 1 when you have picked up."))


@board.post("/board/alarms/<int:number>/seen", provide_automatic_options=False)
@allows(Act.CLEAR_ALARMS)
def clear(number: int) -> Response:
    """Somebody has seen to what was wrong; the same may be raised anew."""
    with changing() as change:
        shown = board_now(change.db, seen_settings(), change.now).alarms
        alarm = next((each.alarm for each in shown if each.id == number), None)
        if alarm is None:
            abort(404)
        clear_alarm_numbered(change.db, number, change.now)
        change.record("alarm.clear", f"alarm/{number}", {"kind": alarm.kind.value}, None)
    return back_to(BOARD, said=_("Noted: seen to."))


@board.post("/board/stand-in", provide_automatic_options=False)
@allows(Act.FILL_GAPS)
def look_for_stand_in() -> Response:
    """Somebody is looked for who comes instead of a person of the next two hours."""
    person, desk = request.args.get("person", type=row_number), request.args.get("desk", "")
    if not any(desk in line.desks for line in seen_settings().lines):
        abort(404)
    with changing() as change:
        span = Span(change.now, change.now + SOON)
        found = next(
            (
                each
                for each in duties_ahead(change.db, parts().settings, span, change.now)
                if each.volunteer.id == person and each.desk == desk
            ),
            None,
        )
        if found is None:
            abort(404)
        duty = Duty(found.volunteer.id, found.desk, found.span, found.standby)
        try:
            search = start_search(change.db, duty, Reason.ASKED_FOR, change.now)
        except SearchError:
            change.record("stand-in.search", f"{desk}/{found.volunteer.code}")
            return back_to(BOARD, said=_("Everybody was asked about that duty already."))
        change.record("stand-in.search", f"{desk}/{found.volunteer.code}", None, {"search": search})
    return back_to(BOARD, said=_("The first person is asked within seconds."))


NO_TELEPHONE: Final = _l(
    "Your account belongs to no volunteer, so there is no telephone to ring. "
    "An administrator can say who you are."
)
WHY_NOT: Final = {
    Hindrance.OVER: _l("That conversation is over."),
    Hindrance.NO_SUPERVISOR: _l("You are not listed as a supervisor among the volunteers."),
    Hindrance.NO_REST: _l("The carrier's orders failed in this call: nobody can be rung into it."),
    Hindrance.TAKEN: _l("A supervisor is in that conversation already, or being rung."),
    Hindrance.BUSY: _l("You are on the telephone, or it rings already."),
}
