"""Everybody's accounts, for administrators: who has which role, invitations, ways back in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flask import Response, abort, request
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from hotline.accounts.keeping import AccountError, change, invite, send_link, unmade
from hotline.accounts.links import Purpose
from hotline.accounts.permits import Act
from hotline.accounts.roles import Account, Role
from hotline.config.settings import DeskName
from hotline.console.accounts.acts import act_words
from hotline.console.accounts.room import accounts, site_address
from hotline.console.accounts.wording import ROLES, account_problem
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows
from hotline.console.frame.changing import changing, recorded
from hotline.console.frame.forms import Form, needed
from hotline.console.frame.paging import row_number
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.duty import PersonId
from hotline.people.person import StoredPerson
from hotline.store import Session
from hotline.store.access.accounts import Listed, all_accounts, listed_account
from hotline.store.access.trail import latest_of_trail
from hotline.store.people.everybody import all_people

LIST: Final = "accounts.show_accounts"
A_PAGE_OF_TRAIL: Final = 50


class Ticks(SelectMultipleField):
    """Several of some, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OneAccount(Form):
    """What an administrator says of an account."""

    login = StringField(_l("Name to sign in with"), needed(64))
    name = StringField(_l("Name that others see"), needed(120))
    roles = Ticks(_l("Roles"))
    desks = Ticks(_l("Desks"))
    person = SelectField(_l("Volunteer"))
    active = BooleanField(_l("May sign in"), default=True)


@accounts.get("/accounts", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def show_accounts() -> Response:
    """Who has an account."""
    with parts().store.reading() as db:
        found = all_accounts(db)
    return show("accounts/list.html", accounts=found, roles=ROLES, titles=_titles())


@accounts.get("/accounts/new", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def show_new_account() -> Response:
    """The form for somebody new."""
    with parts().store.reading() as db:
        return show("accounts/one.html", form=_form(db), old=None)


@accounts.post("/accounts/new", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def make_account() -> Response:
    """Somebody is invited; the link is shown once, to be handed on."""
    with parts().store.reading() as db:
        form = _form(db)
    if not form.validate():
        return show("accounts/one.html", 400, form=form, old=None)
    account = _asked(form, unmade(form.login.data or "", form.name.data or ""))
    try:
        with changing() as made:
            login = made.viewer.account.login
            token = invite(made.db, account, parts().settings, login, made.now)
            recorded()
    except AccountError as error:
        _mark(form, error)
        return show("accounts/one.html", 400, form=form, old=None)
    return _link_shown(account, token, Purpose.INVITATION)


@accounts.get("/accounts/<login>", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def show_account(login: str) -> Response:
    """One account."""
    with parts().store.reading() as db:
        old = listed_account(db, login) or abort(404)
        return show("accounts/one.html", form=_form(db, old.account), old=old)


@accounts.post("/accounts/<login>", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def keep_account(login: str) -> Response:
    """An account has other roles, desks or a name from now on, or is closed."""
    with parts().store.reading() as db:
        old = listed_account(db, login) or abort(404)
        form = _form(db, old.account)
    del form.login  # it stands in the address, and stays
    if not form.validate():
        return show("accounts/one.html", 400, form=form, old=old)
    try:
        with changing() as made:
            new = _asked(form, old.account)
            change(made.db, old, new, parts().settings, made.viewer.account.login, made.now)
            recorded()
    except AccountError as error:
        _mark(form, error)
        return show("accounts/one.html", 400, form=form, old=old)
    return back_to(LIST, said=_("Kept: %(name)s.", name=new.name))


@accounts.post("/accounts/<login>/link", provide_automatic_options=False)
@allows(Act.MANAGE_ACCOUNTS)
def make_link_for(login: str) -> Response:
    """A way back in for somebody who lost password or telephone; shown once."""
    with parts().store.reading() as db:
        old = listed_account(db, login) or abort(404)
    if not old.account.active:
        abort(404)
    purpose = _purpose(old)
    with changing() as made:
        by = made.viewer.account.login
        token = send_link(made.db, old.account, purpose, parts().settings, by, made.now)
        recorded()
    return _link_shown(old.account, token, purpose)


@accounts.get("/trail", provide_automatic_options=False)
@allows(Act.SEE_AUDIT)
def show_trail() -> Response:
    """Who changed what, when, from what to what."""
    before = request.args.get("before", type=row_number)
    subject, login = request.args.get("subject", "")[:200], request.args.get("login", "")[:64]
    with parts().store.reading() as db:
        found = latest_of_trail(db, A_PAGE_OF_TRAIL + 1, before, subject, login)
    shown, more = found[:A_PAGE_OF_TRAIL], len(found) > A_PAGE_OF_TRAIL
    return show(
        "accounts/trail.html", entries=shown, more=more, subject=subject, login=login, act=act_words
    )


def _form(db: Session, account: Account | None = None) -> OneAccount:
    typed = request.form if request.method == "POST" else None
    form = OneAccount(typed, data=None if account is None else _filled(account))
    form.roles.choices = [(role.value, str(title)) for role, title in ROLES.items()]
    form.desks.choices = [*_desks(account)]
    people = [(str(each.id), f"{each.name} ({each.code})") for each in _people(db, account)]
    form.person.choices = [("", _("no volunteer")), *people]
    return form


def _desks(account: Account | None) -> Iterator[tuple[str, str]]:
    """Those of the site, and theirs that left it: unticked, they would be the whole site."""
    titles = _titles()
    yield from titles.items()
    for gone in sorted((account.desks if account else frozenset()) - titles.keys()):
        yield gone, _("%(desk)s (no desk any more)", desk=gone)


def _people(db: Session, account: Account | None) -> Iterator[StoredPerson]:
    """Whom an account can belong to: who volunteers, and who did, if it is theirs."""
    theirs = account.person if account else None
    return (each for each in all_people(db) if each.active or each.id == theirs)


def _filled(account: Account) -> dict[str, object]:
    return {
        "login": account.login,
        "name": account.name,
        "roles": sorted(account.roles),
        "desks": sorted(account.desks),
        "person": "" if account.person is None else str(account.person),
        "active": account.active,
    }


def _asked(form: OneAccount, old: Account) -> Account:
    person = form.person.data
    return replace(
        old,
        name=(form.name.data or "").strip(),
        roles=frozenset(Role(each) for each in form.roles.data or ()),
        desks=frozenset(DeskName(each) for each in form.desks.data or ()),
        person=PersonId(int(person)) if person else None,
        active=bool(form.active.data) or old.id == 0,
    )


def _mark(form: OneAccount, error: AccountError) -> None:
    form[error.field].errors = [account_problem(error)]


def _purpose(old: Listed) -> Purpose:
    if not old.has_password:
        return Purpose.INVITATION
    return Purpose.RESCUE if request.form.get("rescue") else Purpose.RESET


def _link_shown(account: Account, token: str, purpose: Purpose) -> Response:
    address = f"{site_address()}/link/{token}"
    rules = parts().settings.signing
    hours = rules.invitation_days * 24 if purpose is Purpose.INVITATION else rules.reset_hours
    return show("accounts/link_made.html", account=account, address=address, hours=int(hours))


def _titles() -> dict[str, str]:
    language = page_language()
    return {desk.name: desk.title.in_language(language) for desk in parts().settings.desks}
