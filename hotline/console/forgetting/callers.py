"""A caller asks to be forgotten: looked up by number or by a call, shown, and forgotten."""

from dataclasses import astuple, dataclass
from typing import Final

from flask import Response, abort, request
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import Optional

from hotline.accounts.permits import Act
from hotline.console.forgetting.room import SomethingElseError, forgetting
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, viewer
from hotline.console.frame.changing import changing, recorded
from hotline.console.frame.forms import Form, needed
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _, _l
from hotline.retention.callers import (
    ErasureError,
    Notes,
    Wanted,
    erase_caller,
    hashes_of_call,
    hashes_of_number,
    in_the_way,
)
from hotline.store import Session
from hotline.store.upkeep.erasing_callers import OfCaller, of_caller

A_CALL: Final = "#"  # before its number


class Asking(Form):
    """Who asks to be forgotten."""

    number = StringField(_l("Number, or one of their calls"), needed(40))


class Deciding(Asking):
    """The same, and what becomes of what cannot just go. shown: how much there was."""

    shown = HiddenField()
    cancel = BooleanField(_l("Nobody keeps what is still open"))
    notes = RadioField(_l("Notes of conversations"), [Optional()])


@dataclass(frozen=True)
class Known:
    """What there is of whoever was asked for."""

    hashes: frozenset[str]
    found: OfCaller

    @property
    def mark(self) -> str:
        """Stands in the form, so that no more goes than was shown."""
        return "-".join(map(str, astuple(self.found)))


@forgetting.get("/forget", provide_automatic_options=False)
@allows(Act.FORGET)
def show_caller() -> Response:
    """Where the number is typed."""
    return _page(_form())


@forgetting.post("/forget", provide_automatic_options=False)
@allows(Act.FORGET, changes=False)
def look_for_caller() -> Response:
    """What there is of them. Nothing goes yet."""
    form = _form()
    with parts().store.reading() as db:
        known = _known(db, form)
    if known is None:
        return _page(form, 400)
    form.shown.data = known.mark
    return _page(form, known=known)


@forgetting.post("/forget/caller", provide_automatic_options=False)
@allows(Act.FORGET)
def forget_caller() -> Response:
    """They are forgotten, if there is no more of them than was shown, and all was decided."""
    form = _form()
    notes = Notes(form.notes.data) if form.notes.data in set(Notes) else None
    wanted = Wanted(bool(form.cancel.data), notes)
    try:
        with changing() as change:
            known = _known(change.db, form)
            if known is None or not _decided(form, known, wanted):
                raise SomethingElseError
            login = change.viewer.account.login
            erase_caller(change.db, known.hashes, wanted, login, change.now)
            recorded()
    except SomethingElseError:
        return _undecided(form)
    return back_to("forgetting.show_caller", said=_("Forgotten. What counts stays, nameless."))


def _decided(form: Deciding, known: Known, wanted: Wanted) -> bool:
    same = known.found.calls + known.found.acts + known.found.callbacks > 0
    return same and form.shown.data == known.mark and not any(in_the_way(known.found, wanted))


def _undecided(form: Deciding) -> Response:
    """The same page, with what there is now and what is still to be decided."""
    with parts().store.reading() as db:
        known = _known(db, form)
    if known is None:
        return _page(form, 400)
    again = form.shown.data != known.mark
    form.shown.data = known.mark
    found = known.found
    if _owed(found) and not form.cancel.data:
        form.cancel.errors = [_("Keep what is open first, or tick this.")]
    if found.notes and form.notes.data not in set(Notes):
        form.notes.errors = [_("Say what becomes of them.")]
    return _page(form, 409 if again else 400, known=known, again=again)


def _known(db: Session, form: Deciding) -> Known | None:
    """None: it is no number and no call; what is wrong then stands at the field."""
    if not form.validate():
        return None
    asked = (form.number.data or "").strip()
    try:
        if asked.startswith(A_CALL):
            hashes = hashes_of_call(db, asked.removeprefix(A_CALL))
        else:
            country = parts().settings.promised.country_code
            hashes = hashes_of_number(privacy(), asked, country)
    except ErasureError:
        form.number.errors = [
            _("This is no number that can call, and no call whose caller is known.")
        ]
        return None
    return Known(hashes, of_caller(db, hashes))


def _owed(found: OfCaller) -> int:
    return found.promises + found.follow_ups + found.unanswered


def _form() -> Deciding:
    """What was sent, if anything. 404 for who sees some desks alone: a caller may call any."""
    if viewer().account.desks:
        abort(404)
    form = Deciding(request.form if request.method == "POST" else None)
    form.notes.choices = [
        (Notes.KEEP.value, _("keep them, without anything that leads to the caller")),
        (Notes.ERASE.value, _("erase them")),
    ]
    return form


def _page(
    form: Deciding, status: int = 200, *, known: Known | None = None, again: bool = False
) -> Response:
    found = known.found if known else None
    return show(
        "forgetting/caller.html",
        status,
        form=form,
        found=found,
        nothing=found is not None and not any(astuple(found)),
        owed=_owed(found) if found else 0,
        again=again,
    )
