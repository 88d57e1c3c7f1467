"""My second factor: set up, confirmed, its codes for paper, and doing without it."""

from flask import Response, abort, request
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from hotline.accounts.passwords import fits
from hotline.accounts.permits import Act
from hotline.accounts.second_factor import (
    enrolment_address,
    enrolment_picture,
    new_recovery_codes,
    new_secret,
    recovery_hash,
    step_of,
)
from hotline.console.accounts.own import (
    OWN,
    NewCodes,
    TakeAway,
    mine_in,
    mine_now,
    own_page,
    subject_of,
)
from hotline.console.accounts.room import accounts
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import Changing, changing, recorded
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.store.access.accounts import Locked, keep_recovery_codes, keep_totp, use_step


class Confirm(Form):
    """A code that shows that the app was set up."""

    code = StringField(_l("Code that your app shows now"), [InputRequired(), Length(max=12)])


@accounts.post("/account/second-factor", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def begin_second_factor() -> Response:
    """I want a second factor: a secret for my app, not asked for until I confirm it."""
    with changing() as change:
        mine = mine_in(change.db)
        if mine.totp_on:
            change.record("account.second-factor.kept", subject_of(mine))
        else:
            keep_totp(change.db, mine.account.id, privacy().sealed(new_secret()), None)
            change.record("account.second-factor.begun", subject_of(mine))
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
    form, mine = Confirm(request.form), mine_now()
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
        change.record("account.second-factor.on", subject_of(mine))
    return show("accounts/recovery_codes.html", codes=codes)


@accounts.post("/account/second-factor/codes", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def make_new_codes() -> Response:
    """My codes on paper are used up or lost: new ones, and the old ones let nobody in."""
    form, mine = NewCodes(request.form), mine_now()
    if not mine.totp_on:
        abort(404)
    if not _is_them(form, mine):
        return own_page(400, new_codes=form)
    with changing() as change:
        codes = _fresh_codes(change, mine)
        change.record("account.second-factor.codes", subject_of(mine))
    return show("accounts/recovery_codes.html", codes=codes)


@accounts.post("/account/second-factor/off", provide_automatic_options=False)
@allows(Act.OWN_ACCOUNT)
def end_second_factor() -> Response:
    """I do without a second factor."""
    form, mine = TakeAway(request.form), mine_now()
    if not _is_them(form, mine):
        return own_page(400, off=form)
    with changing() as change:
        keep_totp(change.db, mine.account.id, None, None)
        keep_recovery_codes(change.db, mine.account.id, ())
        change.record("account.second-factor.off", subject_of(mine))
    return back_to(OWN, said=_("The second factor is taken away."))


def _is_them(form: NewCodes | TakeAway, mine: Locked) -> bool:
    """Whether the present password was given; if not, the form says so."""
    if form.validate() and fits(mine.password, form.old.data or ""):
        return True
    form.old.errors = [_("This is not your present password.")]
    return False


def _enrolment(form: Confirm, status: int = 200) -> Response:
    mine = mine_now()
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
