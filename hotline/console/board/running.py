"""A supervisor's word on a line: paused for a time, answered by other desks, or as ever again."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from flask import Response, request
from wtforms import SelectField

from hotline.accounts.permits import Act
from hotline.calls.exit.diverting import divert_line, pause_line, resume_line
from hotline.config.settings import Line
from hotline.console.board.room import board
from hotline.console.board.scope import seen_line, turn_of
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.duty import LineChange, change_of
from hotline.rosters.week import instant
from hotline.store.calling.lines import changes_at

BOARD: Final = "board.show_board"
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
        before = _state(_change_now(change, line))
        pause_line(turn_of(change), line, until, change.viewer.person)
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
        before = _state(_change_now(change, line))
        divert_line(turn_of(change), line, other, until, change.viewer.person)
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
        before = _state(_change_now(change, line))
        resume_line(turn_of(change), line, change.viewer.person)
        change.record("line.resume", name, before, None)
    return back_to(BOARD, said=_("%(line)s is answered as ever.", line=_title(line)))


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


def _change_now(change: Changing, line: Line) -> LineChange | None:
    """What a supervisor said of the line before."""
    return change_of(changes_at(change.db, change.now), line, change.now)


def _state(state: LineChange | None) -> dict[str, object] | None:
    if state is None:
        return None
    return {"until": state.span.end.isoformat(), "desks": list(state.desks)}


def _title(line: Line) -> str:
    return line.title.in_language(page_language())
