"""My account: password, language, and where I am signed in."""

from typing import Final

from flask import Response, request
from wtforms import PasswordField
from wtforms.validators import InputRequired

from hotline.accounts.passwords import LONGEST, SHORTEST, PasswordError, fits, hashed
from hotline.accounts.permits import Act
from hotline.console.accounts.room import accounts
from hotline.console.accounts.wording import ROLES, password_problem
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form, needed
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.choosing import SpokenTo, choose_language, spoken_to
from hotline.console.frame.words.saying import _, _l
from hotline.store import Session
from hotline.store.access.accounts import (
    Locked,
    keep_password,
    locked_numbered,
    recovery_codes_left,
)
from hotline.store.access.page_sessions import end_sessions, sessions_of

OWN: Final = "accounts.show_own"


class ChangePassword(Form):
    """The old password and the new."""

    old = PasswordField(_l("Present password"), needed(LONGEST))
    password = PasswordField(_l("New password"), [InputRequired()])


class TakeAway(Form):
    """Proof that it is really them who want to do without."""

    old = PasswordField(_l("Present password"), needed(LONGEST), id="off-old")


class NewCodes(Form):
    """Proof that it is really them who want new codes."""

    old = PasswordField(_l("Present password"), needed(LONGEST), id="codes-old")


@accounts.get("/account", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def show_own() -> Response:
    """My account."""
    return own_page()


@accounts.post("/account/password", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def change_password() -> Response:
    """I choose another password."""
    form, mine = ChangePassword(request.form), mine_now()
    if not form.validate():
        return own_page(400, password=form)
    if not fits(mine.password, form.old.data or ""):
        form.old.errors = [_("This is not your present password.")]
        return own_page(400, password=form)
    try:
        kept = hashed(form.password.data or "", mine.account.login)
    except PasswordError as error:
        form.password.errors = [password_problem(error)]
        return own_page(400, password=form)
    with changing() as change:
        keep_password(change.db, mine.account.id, kept)
        end_sessions(change.db, mine.account.id, change.now, but=change.viewer.session)
        change.record("account.password", subject_of(mine))
    return back_to(OWN, said=_("Password changed. Everywhere else you are signed out."))


@accounts.post("/account/language", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def keep_own_language() -> Response:
    """I choose the language of my pages and of what I am told."""
    form = SpokenTo(request.form)
    if not form.validate():
        return own_page(400, language=form)
    return choose_language(form, OWN)


@accounts.post("/account/sessions/end", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def end_other_sessions() -> Response:
    """I sign out everywhere but here."""
    with changing() as change:
        mine = change.viewer
        end_sessions(change.db, mine.account.id, change.now, but=mine.session)
        change.record("session.end-others", f"account/{mine.account.login}")
    return back_to(OWN, said=_("Everywhere else you are signed out."))


def own_page(
    status: int = 200,
    *,
    password: ChangePassword | None = None,
    off: TakeAway | None = None,
    new_codes: NewCodes | None = None,
    language: SpokenTo | None = None,
) -> Response:
    """The page, with the one form of it that was wrong."""
    mine = viewer().account
    with parts().store.reading() as db:
        open_ones, locked = sessions_of(db, mine.id, now()), mine_in(db)
        codes_left = recovery_codes_left(db, mine.id) if locked.totp_on else 0
    return show(
        "accounts/own.html",
        status,
        password=password or ChangePassword(prefix=""),
        off=off or TakeAway(prefix=""),
        new_codes=new_codes or NewCodes(prefix=""),
        spoken=language or spoken_to(),
        codes_left=codes_left,
        sessions=open_ones,
        second=locked.totp_on,
        roles=[ROLES[role] for role in ROLES if role in mine.roles],
        desks=[desk.title for desk in viewer().desks(parts().settings)] if mine.desks else None,
        least=SHORTEST,
    )


def mine_now() -> Locked:
    """My account with what opens it."""
    with parts().store.reading() as db:
        return mine_in(db)


def mine_in(db: Session) -> Locked:
    """The same in a transaction."""
    found = locked_numbered(db, viewer().account.id)
    assert found is not None
    return found


def subject_of(mine: Locked) -> str:
    """What the audit trail calls it."""
    return f"account/{mine.account.login}"
