"""Signing in and out, and a link that leads to a password."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from flask import Response, abort, redirect, request, url_for
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from hotline.accounts.forgetting import forgotten
from hotline.accounts.links import follow_link
from hotline.accounts.passwords import LONGEST, SHORTEST, PasswordError
from hotline.accounts.permits import Act
from hotline.accounts.signing_in import (
    Attempt,
    Entered,
    Refusal,
    Refused,
    device_token,
    enter,
    sign_in,
)
from hotline.accounts.tokens import csrf_of, token_hash
from hotline.accounts.trail import Change
from hotline.console.accounts.room import accounts, site_address
from hotline.console.accounts.wording import password_problem
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import COOKIE, allows, now, open_to_all
from hotline.console.frame.carrying import Carried, brought_along, is_our_path, sent_here
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form, needed
from hotline.console.frame.showing import back_to, send_again, show
from hotline.console.frame.whence import address
from hotline.console.frame.words.language import forget_visit
from hotline.console.frame.words.saying import _, _l
from hotline.store import Session
from hotline.store.access.accounts import locked_numbered
from hotline.store.access.links import Link, open_link
from hotline.store.access.page_sessions import end_session
from hotline.store.access.trail import append_to_trail

DEVICE: Final = "hotline_device"
A_YEAR: Final = 365 * 24 * 3600
MOST_DEVICES: Final = 4  # people who take turns at one browser


class SignIn(Form):
    """What somebody types to be let in."""

    login = StringField(_l("Name you sign in with"), needed(64))
    password = PasswordField(_l("Password"), needed(LONGEST))
    code = StringField(_l("Code of your second factor"), [Length(max=40)])


class Forgotten(Form):
    """Whose password is forgotten."""

    login = StringField(_l("Name you sign in with"), needed(64))


class NewPassword(Form):
    """A password, once: it may be shown, so nobody has to type it twice."""

    password = PasswordField(_l("New password"), [InputRequired()])


@accounts.get("/sign-in", provide_automatic_options=False)
@open_to_all
def show_sign_in() -> Response:
    """The form to sign in with."""
    return _sign_in(SignIn(), carried=sent_here())


@accounts.post("/sign-in", provide_automatic_options=False)
@open_to_all
def enter_site() -> Response:
    """Somebody signs in."""
    form = SignIn(request.form)
    carried = brought_along()
    if not form.validate():
        return _sign_in(form, 400, carried)
    found = parts()
    attempt = Attempt(
        form.login.data or "",
        form.password.data or "",
        form.code.data or "",
        address(),
        _known_device(form.login.data or ""),
    )
    outcome = sign_in(found.store, attempt, found.settings.signing, privacy(), now())
    if isinstance(outcome, Refused):
        _tell(form, outcome)
        return _sign_in(form, 403, carried)
    if carried is not None:
        return _with_cookies(outcome, send_again(carried, csrf_of(outcome.token), 200))
    return _let_in(outcome, _next() or url_for("frame.show_home"))


@accounts.post("/sign-out", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def sign_out() -> Response:
    """Somebody signs out."""
    with changing() as change:
        end_session(change.db, change.viewer.session, change.now)
        change.record("session.end", f"account/{change.viewer.account.login}")
    response = back_to("accounts.show_sign_in", said=_("You are signed out."))
    response.delete_cookie(COOKIE, path=_path())
    return response


@accounts.get("/link/<token>", provide_automatic_options=False)
@open_to_all
def show_link(token: str) -> Response:
    """Where an invitation or a reset leads."""
    return show("accounts/link.html", form=NewPassword(), link=_link(token), least=SHORTEST)


@accounts.post("/link/<token>", provide_automatic_options=False)
@open_to_all
def use_link(token: str) -> Response:
    """Somebody chose a password."""
    form, link, found = NewPassword(request.form), _link(token), parts()
    if not form.validate():
        return show("accounts/link.html", 400, form=form, link=link, least=SHORTEST)
    try:
        with found.store.writing() as db:
            if not follow_link(db, link, form.password.data or "", now()):
                abort(404)
            change = Change(f"account.{link.purpose}", f"account/{link.account.login}")
            append_to_trail(db, link.account.login, change, now())
            entered = _entered_by_link(db, link)
    except PasswordError as error:
        form.password.errors = [password_problem(error)]
        return show("accounts/link.html", 400, form=form, link=link, least=SHORTEST)
    if entered is None:
        return back_to(
            "accounts.show_sign_in",
            said=_("The password is kept. Sign in with it, and with the code that your app shows."),
        )
    return _let_in(entered, url_for("frame.show_home"))


@accounts.get("/forgotten", provide_automatic_options=False)
@open_to_all
def show_forgotten() -> Response:
    """The form of somebody who forgot their password."""
    return show("accounts/forgotten.html", form=Forgotten(), asked=False)


@accounts.post("/forgotten", provide_automatic_options=False)
@open_to_all
def send_new_password() -> Response:
    """A link is sent, if there is somebody to send it to; what is said is the same."""
    form, found = Forgotten(request.form), parts()
    if not form.validate():
        return show("accounts/forgotten.html", 400, form=form, asked=False)
    with changing() as change:
        asked = (form.login.data or "", site_address(), found.settings)
        forgotten(change.db, *asked, privacy(), change.now)
    return show("accounts/forgotten.html", form=form, asked=True)


def _entered_by_link(db: Session, link: Link) -> Entered | None:
    """Somebody is in; None where a second factor stays, which no link proves."""
    account = locked_numbered(db, link.account.id)
    if account is None or account.totp_on:
        return None
    return enter(db, link.account, parts().settings.signing, now())


def _tell(form: SignIn, refused: Refused) -> None:
    if refused.why is Refusal.PAUSED:
        form.login.errors = [_paused(refused.until or now())]
    elif refused.why is Refusal.CODE:
        form.code.errors = [_("Type the password again and the code that your app shows now.")]
    elif refused.why is Refusal.WRONG_CODE:
        form.code.errors = [_("This code does not hold. Each works once, for half a minute.")]
    else:
        form.login.errors = [_("Name or password is wrong.")]


def _paused(until: datetime) -> str:
    minutes = max(1, -(-int((until - now()).total_seconds()) // 60))
    return _("Too many wrong tries from here. Try again in %(minutes)d minutes.", minutes=minutes)


def _sign_in(form: SignIn, status: int = 200, carried: Carried | None = None) -> Response:
    return show("accounts/sign_in.html", status, form=form, next=_next(), carried=carried)


def _let_in(entered: Entered, address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return _with_cookies(entered, response)


def _with_cookies(entered: Entered, response: Response) -> Response:
    secure = parts().secrets.public_url.startswith("https:")
    lasts = int((entered.ends - now()).total_seconds())
    response.set_cookie(
        *(COOKIE, entered.token, lasts),
        path=_path(), httponly=True, samesite="Lax", secure=secure,
    )  # fmt: skip
    if entered.account.language is not None:
        forget_visit(response)
    mine = device_token(entered.account.login, parts().secrets.secret_key)
    known = [mine, *(each for each in _devices() if each != mine)][:MOST_DEVICES]
    response.set_cookie(
        *(DEVICE, ".".join(known), A_YEAR),
        path=_path(), httponly=True, samesite="Strict", secure=secure,
    )  # fmt: skip
    return response


def _known_device(login: str) -> str:
    mine = device_token(login, parts().secrets.secret_key)
    return mine if mine in _devices() else ""


def _devices() -> list[str]:
    return request.cookies.get(DEVICE, "").split(".")


def _path() -> str:
    return urlsplit(parts().secrets.public_url).path or "/"


def _next() -> str:
    """Where somebody wanted to go: a path of ours and nothing else."""
    wanted = request.values.get("next", "")
    return wanted if is_our_path(wanted) else ""


def _link(token: str) -> Link:
    with parts().store.reading() as db:
        found = open_link(db, token_hash(token), now())
    return found or abort(404)
