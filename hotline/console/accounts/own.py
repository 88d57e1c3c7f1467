"""My account: password, second factor, and where I am signed in."""

from typing import Final

from flask import Response, abort, request
from markupsafe import Markup
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from hotline.accounts.passwords import LONGEST, SHORTEST, PasswordError, fits, hashed
from hotline.accounts.permits import Act
from hotline.accounts.second_factor import (
    enrolment_address,
    enrolment_picture,
    new_recovery_codes,
    new_secret,
    recovery_hash,
    step_of,
)
from hotline.console.accounts.room import accounts
from hotline.console.accounts.wording import ROLES, password_problem
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing, recorded
from hotline.console.frame.forms import Form, needed
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.store import Session
from hotline.store.access.accounts import (
    Locked,
    keep_password,
    keep_recovery_codes,
    keep_totp,
    locked_numbered,
    recovery_codes_left,
    use_step,
)
from hotline.store.access.page_sessions import end_sessions, sessions_of

OWN: Final = "accounts.show_own"


class ChangePassword(Form):
    """The old password and the new."""

    old = PasswordField(_l("Present password"), needed(LONGEST))
    password = PasswordField(_l("New password"), [InputRequired()])


class Confirm(Form):
    """A code that shows that the app was set up."""

    code = StringField(_l("Code that your app shows now"), [InputRequired(), Length(max=12)])


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
    return _own()


@accounts.post("/account/password", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def change_password() -> Response:
    """I choose another password."""
    form, mine = ChangePassword(request.form), _mine()
    if not form.validate():
        return _own(400, password=form)
    if not fits(mine.password, form.old.data or ""):
        form.old.errors = [_("This is not your present password.")]
        return _own(400, password=form)
    try:
        kept = hashed(form.password.data or "", mine.account.login)
    except PasswordError as error:
        form.password.errors = [password_problem(error)]
        return _own(400, password=form)
    with changing() as change:
        keep_password(change.db, mine.account.id, kept)
        end_sessions(change.db, mine.account.id, change.now, but=change.viewer.session)
        change.record("account.password", _subject(mine))
    return back_to(OWN, said=_("Password changed. Everywhere else you are signed out."))


@accounts.post("/account/second-factor", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def begin_second_factor() -> Response:
    """I want a second factor: a secret for my app, not asked for until I confirm it."""
    with changing() as change:
        mine = _locked(change)
        if mine.totp_on:
            change.record("account.second-factor.kept", _subject(mine))
        else:
            keep_totp(change.db, mine.account.id, privacy().sealed(new_secret()), None)
            change.record("account.second-factor.begun", _subject(mine))
    return back_to("accounts.show_second_factor")


@accounts.get("/account/second-factor", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def show_second_factor() -> Response:
    """The secret to put into an app, until it is confirmed."""
    return _enrolment(Confirm())


@accounts.post("/account/second-factor/confirm", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def confirm_second_factor() -> Response:
    """My app works: from now on its codes are asked for."""
    form, mine = Confirm(request.form), _mine()
    if mine.totp is None or mine.totp_on:
        recorded()  # by the first click of two, whose page with the codes nobody saw
        on = _("The second factor is on. If you have not seen its codes, make new ones here.")
        return back_to(OWN, said=on if mine.totp_on else "")
    if not form.validate():
        return _enrolment(form, 400)
    step = step_of(privacy().opened(mine.totp), form.code.data or "", now())
    if step is None:
        form.code.errors = [_("This is not the code for now. Check the clock of your telephone.")]
        return _enrolment(form, 400)
    with changing() as change:
        keep_totp(change.db, mine.account.id, mine.totp, change.now)
        use_step(change.db, mine.account.id, step)
        codes = _fresh_codes(change, mine)
        change.record("account.second-factor.on", _subject(mine))
    return show("accounts/recovery_codes.html", codes=codes)


@accounts.post("/account/second-factor/codes", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def make_new_codes() -> Response:
    """My codes on paper are used up or lost: new ones, and the old ones let nobody in."""
    form, mine = NewCodes(request.form), _mine()
    if not mine.totp_on:
        abort(404)
    if not form.validate() or not fits(mine.password, form.old.data or ""):
        form.old.errors = [_("This is not your present password.")]
        return _own(400, new_codes=form)
    with changing() as change:
        codes = _fresh_codes(change, mine)
        change.record("account.second-factor.codes", _subject(mine))
    return show("accounts/recovery_codes.html", codes=codes)


@accounts.post("/account/second-factor/off", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def end_second_factor() -> Response:
    """I do without a second factor."""
    form, mine = TakeAway(request.form), _mine()
    if not form.validate() or not fits(mine.password, form.old.data or ""):
        form.old.errors = [_("This is not your present password.")]
        return _own(400, off=form)
    with changing() as change:
        keep_totp(change.db, mine.account.id, None, None)
        keep_recovery_codes(change.db, mine.account.id, ())
        change.record("account.second-factor.off", _subject(mine))
    return back_to(OWN, said=_("The second factor is taken away."))


@accounts.post("/account/sessions/end", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def end_other_sessions() -> Response:
    """I sign out everywhere but here."""
    with changing() as change:
        mine = change.viewer
        end_sessions(change.db, mine.account.id, change.now, but=mine.session)
        change.record("session.end-others", f"account/{mine.account.login}")
    return back_to(OWN, said=_("Everywhere else you are signed out."))


def _own(
    status: int = 200,
    *,
    password: ChangePassword | None = None,
    off: TakeAway | None = None,
    new_codes: NewCodes | None = None,
) -> Response:
    mine = viewer().account
    with parts().store.reading() as db:
        open_ones, locked = sessions_of(db, mine.id, now()), _there(db)
        codes_left = recovery_codes_left(db, mine.id) if locked.totp_on else 0
    return show(
        "accounts/own.html",
        status,
        password=password or ChangePassword(prefix=""),
        off=off or TakeAway(prefix=""),
        new_codes=new_codes or NewCodes(prefix=""),
        codes_left=codes_left,
        sessions=open_ones,
        second=locked.totp_on,
        roles=[ROLES[role] for role in ROLES if role in mine.roles],
        desks=[desk.title for desk in viewer().desks(parts().settings)] if mine.desks else None,
        least=SHORTEST,
    )


def _enrolment(form: Confirm, status: int = 200) -> Response:
    mine = _mine()
    if mine.totp is None or mine.totp_on:
        return back_to(OWN)
    secret = privacy().opened(mine.totp)
    site = parts().settings.site.title.in_language(page_language())
    picture = enrolment_picture(enrolment_address(secret, mine.account.login, site))
    return show(
        "accounts/second_factor.html",
        status,
        form=form,
        secret=secret,
        picture=Markup(picture),  # noqa: S704 - drawn by segno from our own text
    )


def _fresh_codes(change: Changing, mine: Locked) -> tuple[str, ...]:
    codes = new_recovery_codes()
    keep_recovery_codes(change.db, mine.account.id, [recovery_hash(each) for each in codes])
    return codes


def _mine() -> Locked:
    with parts().store.reading() as db:
        return _there(db)


def _there(db: Session) -> Locked:
    found = locked_numbered(db, viewer().account.id)
    assert found is not None
    return found


def _locked(change: Changing) -> Locked:
    return _there(change.db)


def _subject(mine: Locked) -> str:
    return f"account/{mine.account.login}"
