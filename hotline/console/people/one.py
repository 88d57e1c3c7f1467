"""One person: what they hold, can and work, and the changes that need no page of their own."""

from datetime import date, timedelta
from typing import Final

from flask import Response, abort, request, url_for

from hotline.accounts.permits import Act, may
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing, recorded
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.frame.words.trials import TRIED
from hotline.console.people.awayforms import AwayForm
from hotline.console.people.loads import this_month
from hotline.console.people.picture import week_of_hours
from hotline.console.people.room import (
    ONE,
    about,
    held,
    is_administrator,
    people,
    record_changes,
    theirs,
)
from hotline.console.people.wording import (
    LANGUAGES,
    STANDINGS,
    away_span,
    in_cell,
    in_hours,
    iso,
    rounded,
    titled,
)
from hotline.handshake.trying import try_telephone
from hotline.own.telephone import telephone_of
from hotline.people import StoredPerson
from hotline.people.keeping import ChangedMeanwhileError, certify
from hotline.people.person import Role
from hotline.phones.pins import PinError, keep_pin_of
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.duty.absences import absences_of
from hotline.store.duty.promises import promises_to
from hotline.store.people.everybody import AddressTakenError, set_active
from scheduling.problem import Span

AHEAD: Final = timedelta(days=28)
SOON: Final = timedelta(days=60)
A_DAY: Final = timedelta(days=1)


@people.get("/people/<code>", provide_automatic_options=False)
@allows(Act.SEE_PEOPLE)
def show_person(code: str) -> Response:
    """Everything about somebody of the viewer's desks."""
    return _shown(code)


@people.post("/people/<code>/certificates", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def keep_certificate(code: str) -> Response:
    """A certificate is given, renewed, or ends with yesterday."""
    name, was, wanted = request.form.get("certificate", ""), _day("was"), _day("day")
    if name not in parts().settings.certificates or (was is None and request.form.get("was")):
        abort(400)
    if request.form.get("end"):
        wanted = _today() - A_DAY
    if wanted is None:
        return _shown(code, 400, wrong={name: _("Write the last day on which it is valid.")})
    try:
        with changing() as made:
            held(made.db, code)
            changed = certify(made.db, parts().settings, code, name, (was, wanted))
            record_changes(made, "people.certificate", code, changed)
    except ChangedMeanwhileError:
        said = _(
            "Somebody else has changed it meanwhile: this is how it is now. You wanted %(day)s.",
            day=wanted.isoformat(),
        )
        return _shown(code, 409, wrong={name: said})
    return back_to(ONE, said=_("Kept: valid until %(day)s.", day=wanted.isoformat()), code=code)


@people.post("/people/<code>/pin", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def keep_pin(code: str) -> Response:
    """A new PIN to dial in with; it unlocks them, too. Kept as a hash, recorded as a fact."""
    pin, again = request.form.get("pin", ""), request.form.get("again", "")
    if pin != again:
        return _shown(code, 400, wrong={"pin": _("The two are not the same.")})
    try:
        with changing() as made:
            if not _may_set_pin(held(made.db, code)):
                abort(403)
            keep_pin_of(made.db, code, pin)
            made.record("people.pin", about(code), None, {"pin": "changed"})
    except PinError:
        said = _("6 to 12 digits, and none that anybody would guess, like 111111 or 123456.")
        return _shown(code, 400, wrong={"pin": said})
    return back_to(ONE, said=_("The new PIN holds from now on."), code=code)


@people.post("/people/<code>/ring", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def ring_person(code: str) -> Response:
    """Their telephone is tried: key 1 has them rung in turn again."""
    with changing() as made:
        person = held(made.db, code)
        fresh = try_telephone(made.db, person, made.now)
        made.record("person.ring", about(code), after={"asked": fresh})
    if fresh:
        said = _("%(name)s is rung as soon as they are free.", name=person.name)
    else:
        said = _("That was asked for a moment ago.")
    return back_to(ONE, said=said, code=code)


@people.post("/people/<code>/active", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def keep_active(code: str) -> Response:
    """Somebody volunteers no more, or again."""
    active = request.form.get("active") == "yes"
    try:
        with changing() as made:
            person = held(made.db, code)
            if active and not person.address:  # forgotten since they left
                recorded()
                said = _("Give %(name)s a telephone first: it was forgotten.", name=person.name)
                return back_to(ONE, said=said, code=code)
            if set_active(made.db, person.id, now(), active=active):
                states = {"active": not active}, {"active": active}
                made.record("people.active", about(code), *states)
            else:
                recorded()  # it was so already
    except AddressTakenError:
        said = _("Somebody else has their telephone address by now: give either another first.")
        return _shown(code, 409, wrong={"active": said})
    if active:
        return back_to(ONE, said=_("%(name)s is active again.", name=person.name), code=code)
    return back_to(ONE, said=_("%(name)s is no longer active.", name=person.name), code=code)


def _shown(code: str, status: int = 200, wrong: dict[str, str] | None = None) -> Response:
    at = now()
    with parts().store.reading() as db:
        person = theirs(db, code)
        return show(
            "people/one.html",
            status,
            person=person,
            wrong=wrong or {},
            away=absences_of(db, code, at),
            away_form=AwayForm.fresh(code),
            load=this_month(db, parts().settings, at).loads.get(code),
            duties=_duties(db, person),
            picture=week_of_hours(person),
            missing=_not_held(person),
            may_set_pin=_may_set_pin(person),
            telephone=telephone_of(db, parts().settings, person.id, at),
            tried=TRIED,
            address=person.address if may(viewer().account.roles, Act.EDIT_PEOPLE) else None,
            now=at,
            soon=at + SOON,
            today=_today(),
            standings=STANDINGS,
            spoken=[LANGUAGES[each] for each in sorted(person.languages)],
            rounded=rounded,
            titled=titled,
            in_hours=in_hours,
            in_cell=in_cell,
            away_span=away_span,
            iso=iso,
            here=url_for(ONE, code=code),
        )


def _duties(db: Session, person: StoredPerson) -> list[object]:
    held = promises_to(db, Span(now(), now() + AHEAD), [person.code])
    return [promise for promise in held if promise.state is RosterState.PUBLISHED]


def _not_held(person: StoredPerson) -> list[str]:
    return [name for name in parts().settings.certificates if name not in person.last_days]


def _may_set_pin(person: StoredPerson) -> bool:
    """With a supervisor's PIN lines are paused: only administrators give one."""
    return person.role is Role.VOLUNTEER or is_administrator()


def _day(field: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        return None


def _today() -> date:
    return now().astimezone(parts().settings.site.zone).date()
