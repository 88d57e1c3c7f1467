"""Callbacks: what was promised and is not kept, and what people decide about each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.paging import A_PAGE, page_of
from hotline.console.frame.polling import Block, answer_block, own_tag
from hotline.console.frame.showing import back_to, rendered, show
from hotline.console.frame.words.saying import _
from hotline.console.messages.room import messages
from hotline.console.messages.wording import RESULTS, SAFE, STATES
from hotline.oversight.alarms import AlarmKind
from hotline.people import StoredPerson
from hotline.promises.states import CallbackId
from hotline.store import Session
from hotline.store.owed.callbacks import (
    Callback,
    callback_of,
    callbacks_waited_for,
    count_callbacks,
    give_callback,
    revive_callback,
    settle_callback,
)
from hotline.store.people.everybody import active_people
from hotline.store.sending.alarms import clear_alarm

LIST: Final = "messages.show_callbacks"


@messages.get("/callbacks", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def show_callbacks() -> Response:
    """Every promise that somebody still waits for: no numbers."""
    return show("messages/callbacks.html", live=_list().render())


@messages.get("/callbacks/live", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS, polled=True)
def show_callbacks_live() -> Response:
    """The list alone; 304 where the reader has it already."""
    return answer_block(_list())


def _list() -> Block:
    lines, at = viewer().line_names(parts().settings), now()
    with parts().store.reading() as db:
        count = count_callbacks(db, lines)
        page = page_of(count)
        found = callbacks_waited_for(db, lines, A_PAGE, page.offset)
    tag = own_tag(page, count, found, [(each.due <= at, each.next_at > at) for each in found])
    titles = {line.name: line for line in parts().settings.lines}
    words = {"safe": SAFE, "states": STATES, "results": RESULTS, "titles": titles}
    values = {"callbacks": found, "count": count, "page": page, "now": at, "tag": tag, **words}
    return Block(tag, lambda: rendered("messages/kept.html", **values))


@messages.post("/callbacks/<int:number>/kept", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def settle(number: int) -> Response:
    """The promise was kept by other means."""
    done = _decide(number, "callback.kept", lambda c: settle_callback(c.db, _id(number), c.now))
    said = _("Callback %(number)d is kept.", number=number) if done else _still_in_hand()
    return back_to(LIST, said=said)


@messages.post("/callbacks/<int:number>/again", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def revive(number: int) -> Response:
    """The promise ran out, and is made anew."""
    within = timedelta(seconds=parts().settings.answering.callback_due)
    done = _decide(
        number,
        "callback.again",
        lambda c: revive_callback(c.db, _id(number), c.now, c.now + within),
    )
    said = _("Callback %(number)d is tried again.", number=number) if done else _still_in_hand()
    return back_to(LIST, said=said)


@messages.get("/callbacks/<int:number>/person", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def show_giving(number: int) -> Response:
    """Who could keep a promise: everybody at the desks of the reader's lines."""
    with parts().store.reading() as db:
        callback, people = _seen(db, number), _people(db)
    return show("messages/giving.html", callback=callback, people=people)


@messages.post("/callbacks/<int:number>/person", provide_automatic_options=False)
@allows(Act.KEEP_CALLBACKS)
def give(number: int) -> Response:
    """Somebody is to keep the promise; without a name, whoever is free."""
    code = request.form.get("person", "")
    with changing() as change:
        callback = _seen(change.db, number)
        person = next((each for each in _people(change.db) if each.code == code), None)
        if code and person is None:
            abort(404)
        give_callback(change.db, callback.id, None if person is None else person.id)
        before, after = ({"person": each} for each in (callback.person, code or None))
        change.record("callback.give", f"callback/{number}", before, after)
    if person is None:
        return back_to(LIST, said=_("Whoever is free is asked again."))
    return back_to(LIST, said=_("%(name)s is asked first.", name=person.name))


def _decide(number: int, act: str, decision: Callable[[Changing], bool]) -> bool:
    """Whether the decision was made: not while somebody keeps the promise just now."""
    with changing() as change:
        callback = _seen(change.db, number)
        done = decision(change)
        if done:
            for kind in (AlarmKind.UNKEPT, AlarmKind.UNREACHED):
                clear_alarm(change.db, kind, str(number), change.now)
        after = {"done": done}
        change.record(act, f"callback/{number}", {"state": callback.state.value}, after)
    return done


def _still_in_hand() -> str:
    return _("Nothing was changed: somebody keeps this callback just now, or it is not due.")


def _seen(db: Session, number: int) -> Callback:
    callback = callback_of(db, _id(number))
    if callback is None or callback.line not in viewer().line_names(parts().settings):
        abort(404)
    return callback


def _people(db: Session) -> list[StoredPerson]:
    """Who sits at any desk of the reader's lines: whoever else is not asked for them."""
    lines = viewer().lines(parts().settings)
    desks = {desk for line in lines for desk in line.desks}
    return [each for each in active_people(db) if not desks.isdisjoint(each.desks)]


def _id(number: int) -> CallbackId:
    return CallbackId(number)
