"""Somebody who worked here asks to be forgotten: what waits for them is shown, then they are."""

from flask import Response, abort, request
from wtforms import BooleanField

from hotline.accounts.permits import Act
from hotline.console.forgetting.room import SomethingElseError, forgetting
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing, recorded
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _, _l
from hotline.people import StoredPerson
from hotline.retention.leavers import Leaver, erase_person, in_their_way, leaver
from hotline.store import Session
from hotline.store.people.everybody import person_of


class Leaving(Form):
    """What is decided about what waits for them."""

    cancel = BooleanField(_l("Nobody keeps what is still open; the shifts become gaps"))


@forgetting.get("/people/<code>/forget", provide_automatic_options=False)
@allows(Act.FORGET)
def show_leaver(code: str) -> Response:
    """What there is of somebody, and what waits for them."""
    return _page(code, Leaving())


@forgetting.post("/people/<code>/forget", provide_automatic_options=False)
@allows(Act.FORGET)
def forget_leaver(code: str) -> Response:
    """They are forgotten: name, telephone, account; past shifts stay under the code alone."""
    form = Leaving(request.form)
    cancel = bool(form.cancel.data)
    try:
        with changing() as change:
            _theirs(change.db, code)
            if any(in_their_way(leaver(change.db, code, change.now), cancel_promises=cancel)):
                raise SomethingElseError
            login = change.viewer.account.login
            erase_person(change.db, code, login, change.now, cancel_promises=cancel)
            recorded()
    except SomethingElseError:
        if not cancel:
            form.cancel.errors = [_("Give what waits to others first, or tick this.")]
        return _page(code, form, 400)
    return back_to("people.show_people", said=_("Forgotten. Past shifts stay, under the code."))


def _theirs(db: Session, code: str) -> StoredPerson:
    person = person_of(db, code)
    if person is None or not viewer().sees_any(person.desks):
        abort(404)
    return person


def _page(code: str, form: Leaving, status: int = 200) -> Response:
    with parts().store.reading() as db:
        person = _theirs(db, code)
        found: Leaver = leaver(db, code, now())
    waits = found.waits
    owed = found.shifts + waits.callbacks + waits.swaps
    return show("forgetting/person.html", status, person=person, found=found, owed=owed, form=form)
