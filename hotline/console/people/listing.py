"""The list of people: who they are, what runs out, and what they work this month."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from flask import Response, request, url_for
from wtforms import BooleanField, SelectField, StringField

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.forms import Form
from hotline.console.frame.paging import A_PAGE, page_of
from hotline.console.frame.showing import show
from hotline.console.frame.words.saying import _, _l
from hotline.console.people.loads import this_month
from hotline.console.people.room import people
from hotline.console.people.wording import STANDINGS, in_words, own_desks, rounded, titled
from hotline.people.person import StoredPerson
from hotline.store.people.everybody import people_of_one_address
from hotline.store.people.listed import Wanted, count_wanted, people_wanted

SOON: Final = timedelta(days=60)


class Search(Form):
    """Whom to list."""

    q = StringField(_l("Name or code"))
    desk = SelectField(_l("Desk"))
    certificate = SelectField(_l("Holds now"))
    expiring = BooleanField(_l("A certificate runs out within 60 days"))
    gone = BooleanField(_l("No longer active"))


@people.get("/people", provide_automatic_options=False)
@allows(Act.SEE_PEOPLE)
def show_people() -> Response:
    """A page of the people of the viewer's desks."""
    form, at = _search(), now()
    wanted = _wanted(form)
    with parts().store.reading() as db:
        count = count_wanted(db, wanted, at)
        page = page_of(count)
        found = people_wanted(db, wanted, at, page.offset, A_PAGE)
        work = this_month(db, parts().settings, at)
        shared = people_of_one_address(db)
    return show(
        "people/list.html",
        form=form,
        people=found,
        count=count,
        page=page,
        address=_page_address,
        work=work,
        now=at,
        soon=at + SOON,
        shared=[pair for pair in shared if all(map(_mine, pair))],
        standings=STANDINGS,
        rounded=rounded,
        titled=titled,
    )


def _search() -> Search:
    form, site = Search(request.args), parts().settings
    form.desk.choices = [("", _("every desk")), *own_desks()]
    held = [(name, in_words(title)) for name, title in site.certificates.items()]
    form.certificate.choices = [("", _("whatever")), *held]
    return form


def _wanted(form: Search) -> Wanted:
    own = viewer().account.desks or None
    desk = form.desk.data or ""
    chosen = frozenset({DeskName(desk)}) if desk and viewer().sees_desk(desk) else own
    plain = Wanted(chosen, (form.q.data or "")[:80], form.certificate.data or "")
    soon = now() + SOON if form.expiring.data else None
    return replace(plain, expiring=soon, active=not form.gone.data)


def _mine(person: StoredPerson) -> bool:
    return any(viewer().sees_desk(desk) for desk in person.desks)


def _page_address(number: int) -> str:
    asked = {**request.args.to_dict(), "page": str(number)}
    return f"{url_for('people.show_people')}?{urlencode(asked)}"
