"""What a supervisor does from the board: pause, divert, come into a call, see to what is wrong."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from flask import Response, abort, request
from wtforms import SelectField

from hotline.accounts.permits import Act
from hotline.board import SOON
from hotline.calls.diverting import divert_line, pause_line, resume_line
from hotline.calls.routing import CallId
from hotline.calls.states import SUPERVISE, Part
from hotline.calls.supervising import Hindrance, SupervisingError, supervise
from hotline.calls.turn import Turn
from hotline.config.settings import Line
from hotline.console.board.blocks import board_now
from hotline.console.board.room import board
from hotline.console.board.scope import seen_call_or_404, seen_line, seen_settings
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.forms import Form
from hotline.console.frame.language import page_language
from hotline.console.frame.saying import _, _l
from hotline.console.frame.showing import back_to, show
from hotline.duty import Duty, LineChange, change_of
from hotline.handshake.deciding import Reason
from hotline.handshake.reading import duties_ahead
from hotline.handshake.searching import SearchError, start_search
from hotline.rosters.week import instant
from hotline.store.alarms import clear_alarm_numbered
from hotline.store.lines import changes_at
from hotline.store.rosters import everybody
from scheduling.problem import Span

BOARD: Final = "board.show_board"
LINE: Final = "board.show_line"
HOURS: Final = {"1": 1, "2": 2, "4": 4, "8": 8}
MORNING: Final = "morning"
OPENS: Final = time(8)


class Pausing(Form):
    """For how long nobody answers a line."""

    until = SelectField(_l("For how long"))


class Diverting(Pausing):
    """For how long the desks of which line answer another."""

    other = SelectField(_l("Answered by the desks of"))


@board.get("/board/lines/<name>", provide_automatic_options=False)
@allows(Act.RUN_LINES)
def show_line(name: str) -> Response:
    """How a line is answered, and what can be said of it."""
    return _line_page(seen_line(name), _pausing(), _diverting(name))


@board.post("/board/lines/<name>/pause", provide_automatic_options=False)
@allows(Act.RUN_LINES)
def pause(name: str) -> Response:
    """Nobody answers the line for a time."""
    line, form = seen_line(name), _pausing()
    if not form.validate():
        return _line_page(line, form, _diverting(name), 400)
    with changing() as change:
        until = _until(form.until.data, change.now)
        before = _state(change_now(change, line))
        pause_line(_turn(change), line, until, change.viewer.person)
        change.record("line.pause", name, before, {"until": until.isoformat()})
    return back_to(BOARD, said=_("Paused: %(line)s.", line=_title(line)))


@board.post("/board/lines/<name>/divert", provide_automatic_options=False)
@allows(Act.RUN_LINES)
def divert(name: str) -> Response:
    """The desks of another line answer the line for a time."""
    line, form = seen_line(name), _diverting(name)
    if not form.validate():
        return _line_page(line, _pausing(), form, 400)
    other = parts().settings.line(form.other.data)
    assert other is not None  # one of the choices
    with changing() as change:
        until = _until(form.until.data, change.now)
        before = _state(change_now(change, line))
        divert_line(_turn(change), line, other, until, change.viewer.person)
        after = {"until": until.isoformat(), "desks": list(other.desks)}
        change.record("line.divert", name, before, after)
    said = _(
        "%(line)s is answered by the desks of %(other)s.", line=_title(line), other=_title(other)
    )
    return back_to(BOARD, said=said)


@board.post("/board/lines/<name>/resume", provide_automatic_options=False)
@allows(Act.RUN_LINES)
def resume(name: str) -> Response:
    """The line is answered by its own desks again."""
    line = seen_line(name)
    with changing() as change:
        before = _state(change_now(change, line))
        resume_line(_turn(change), line, change.viewer.person)
        change.record("line.resume", name, before, None)
    return back_to(BOARD, said=_("%(line)s is answered as ever.", line=_title(line)))


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
            supervise(_turn(change), CallId(number), who, Part(how))
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
    person, desk = request.args.get("person", type=int), request.args.get("desk", "")
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


def _line_page(line: Line, pausing: Form, diverting: Form, status: int = 200) -> Response:
    with parts().store.reading() as db:
        state = change_of(changes_at(db, now()), line, now())
    desks = {desk.name: desk.title for desk in parts().settings.desks}
    return show(
        "board/line.html",
        status,
        line=line,
        change=state,
        desks=desks,
        pausing=pausing,
        diverting=diverting,
    )


def _pausing() -> Pausing:
    form = Pausing(_sent("pause"), prefix="pause")
    form.until.choices = _lengths()
    return form


def _diverting(name: str) -> Diverting:
    form = Diverting(_sent("divert"), prefix="divert")
    form.until.choices = _lengths()
    language = page_language()
    form.other.choices = [
        (line.name, f"{line.title.in_language(language)} ({line.city.in_language(language)})")
        for line in parts().settings.lines
        if line.name != name
    ]
    return form


def _sent(form: str) -> Any:
    mine = request.method == "POST" and request.path.endswith(f"/{form}")
    return request.form if mine else None


def _lengths() -> list[tuple[str, str]]:
    morning = _until(MORNING, now()).astimezone(parts().settings.site.zone)
    hours = [(key, _("%(count)d h", count=count)) for key, count in HOURS.items()]
    return [*hours, (MORNING, _("until %(time)s", time=f"{morning:%H:%M}"))]


def _until(length: str, at: datetime) -> datetime:
    if length in HOURS:
        return at + timedelta(hours=HOURS[length])
    zone = parts().settings.site.zone
    today = at.astimezone(zone).date()
    this, following = (instant(today + timedelta(days=days), OPENS, zone) for days in (0, 1))
    return this if this > at else following


def _turn(change: Changing) -> Turn:
    return Turn(change.db, parts().settings, privacy(), change.now)


def change_now(change: Changing, line: Line) -> LineChange | None:
    """What a supervisor said of the line before."""
    return change_of(changes_at(change.db, change.now), line, change.now)


def _state(state: LineChange | None) -> dict[str, object] | None:
    if state is None:
        return None
    return {"until": state.span.end.isoformat(), "desks": list(state.desks)}


def _title(line: Line) -> str:
    return line.title.in_language(page_language())
