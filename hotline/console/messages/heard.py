"""Messages: a list of those nobody answered, what was said in them, and how they are answered."""

from io import BytesIO
from typing import Any, Final

from flask import Response, abort, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from hotline.accounts.permits import Act
from hotline.accounts.trail import Change
from hotline.calls.turn import Turn
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.paging import A_PAGE, page_of
from hotline.console.frame.polling import Block, answer_block, own_tag
from hotline.console.frame.showing import back_to, rendered, show
from hotline.console.frame.words.saying import _, _l
from hotline.console.messages.room import messages
from hotline.console.messages.wording import SAFE
from hotline.oversight.alarms import AlarmKind
from hotline.promises.handing import AskedInMessage, HandingError, hand_to_callback
from hotline.promises.states import MessageId, Safe
from hotline.store import Session
from hotline.store.access.trail import append_to_trail
from hotline.store.owed.messages import (
    Message,
    answer_message,
    count_messages,
    hear_message,
    message_of,
    open_messages,
)
from hotline.store.owed.recordings import recording_of
from hotline.store.sending.alarms import clear_alarm

LIST: Final = "messages.show_messages"
SOUND: Final = "audio/wav"
PROBE: Final = 2  # bytes; a browser looks whether ranges are served before it plays


class Handing(Form):
    """On which terms a caller is rung back who asks for it in a message."""

    asked = BooleanField(_l("The caller asks in the message to be rung back"), [InputRequired()])
    safe = SelectField(_l("When it is safe to ring"))
    urgent = BooleanField(_l("Urgent: before other callbacks"))


@messages.get("/messages", provide_automatic_options=False)
@allows(Act.HEAR_MESSAGES)
def show_messages() -> Response:
    """What callers left and nobody has answered: first what nobody has heard."""
    return show("messages/messages.html", live=_list().render())


@messages.get("/messages/live", provide_automatic_options=False)
@allows(Act.HEAR_MESSAGES, polled=True)
def show_messages_live() -> Response:
    """The list alone; 304 where the reader has it already."""
    return answer_block(_list())


def _list() -> Block:
    lines, at = viewer().line_names(parts().settings), now()
    with parts().store.reading() as db:
        count = count_messages(db, lines)
        page = page_of(count)
        found = open_messages(db, lines, A_PAGE, page.offset)
    tag = own_tag(page, count, found, [each.due <= at for each in found])
    values = {"messages": found, "count": count, "page": page, "now": at, "tag": tag, **_titles()}
    return Block(tag, lambda: rendered("messages/heard.html", **values))


@messages.get("/messages/<int:number>/sound", provide_automatic_options=False)
@allows(Act.HEAR_MESSAGES)
def play(number: int) -> Response:
    """What was said; the audit trail keeps who listened, and the message counts as heard."""
    with parts().store.reading() as db:
        message = _seen(db, number)
        cipher = recording_of(db, message.id)
    if cipher is None:
        abort(404)
    if _begins_to_play():
        with parts().store.writing() as db:
            change = Change("message.play", f"message/{number}")
            append_to_trail(db, viewer().account.login, change, now())
            hear_message(db, message.id, now())
    sound = BytesIO(privacy().opened_bytes(cipher))
    try:
        response = send_file(sound, SOUND, conditional=True, etag=False)
    except RequestedRangeNotSatisfiable:
        abort(416)
    response.headers["Cache-Control"] = "no-store"
    assert isinstance(response, Response)
    return response


@messages.post("/messages/<int:number>/answered", provide_automatic_options=False)
@allows(Act.HEAR_MESSAGES)
def answered(number: int) -> Response:
    """The caller was answered by other means, or there is nothing to answer."""
    with changing() as change:
        message = _seen(change.db, number)
        if answer_message(change.db, message.id, change.now):
            clear_alarm(change.db, AlarmKind.UNANSWERED, str(number), change.now)
        change.record("message.answered", f"message/{number}")
    return back_to(LIST, said=_("Message %(number)d is answered.", number=number))


@messages.get("/messages/<int:number>/callback", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def show_handing(number: int) -> Response:
    """The terms on which the caller is rung back."""
    with parts().store.reading() as db:
        message = _seen(db, number)
    return show("messages/handing.html", form=_handing(), message=message, **_titles())


@messages.post("/messages/<int:number>/callback", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def hand_over(number: int) -> Response:
    """Promise the caller a callback; the message is answered with that."""
    form = _handing()
    with parts().store.reading() as db:
        message = _seen(db, number)
    if not form.validate():
        return show("messages/handing.html", 400, form=form, message=message, **_titles())
    login = viewer().account.login
    asked = AskedInMessage(message.id, login, Safe(form.safe.data), bool(form.urgent.data))
    try:
        with changing() as change:
            turn = Turn(change.db, parts().settings, privacy(), change.now)
            hand_to_callback(turn, asked)
            after = {"safe": asked.safe.value, "urgent": asked.urgent}
            change.record("message.callback", f"message/{number}", None, after)
    except HandingError as error:
        form.asked.errors = [str(HINDRANCES[error.reason])]
        return show("messages/handing.html", 409, form=form, message=message, **_titles())
    return back_to("messages.show_callbacks", said=_("The callback is promised."))


HINDRANCES: Final = {
    "gone": _l("Somebody has answered this message already."),
    "withheld": _l("The caller's number is not known, or cannot be rung."),
    "promised": _l("This caller was promised a callback already."),
}


def _handing() -> Handing:
    form = Handing(request.form if request.method == "POST" else None)
    form.safe.choices = [(safe.value, str(words)) for safe, words in SAFE.items()]
    return form


def _seen(db: Session, number: int) -> Message:
    message = message_of(db, MessageId(number))
    if message is None or message.line not in viewer().line_names(parts().settings):
        abort(404)
    return message


def _begins_to_play() -> bool:
    wanted = request.range
    if wanted is None or not wanted.ranges:
        return True
    start, end = wanted.ranges[0]
    return start == 0 and (end is None or end > PROBE)


def _titles() -> dict[str, Any]:
    return {"titles": {line.name: line for line in parts().settings.lines}}
