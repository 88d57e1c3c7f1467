"""What I tell about myself: hours I can come, how I am told things; and what I have worked."""

from typing import Final

from flask import Response, abort, request
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.choosing import SpokenTo, choose_language, spoken_to
from hotline.console.frame.words.saying import _, _l
from hotline.console.me.room import HOME, me, mine
from hotline.console.me.wording import day_name, month_name, number
from hotline.notices.ways import NO_WAY
from hotline.own.hours import own_hours
from hotline.people import StoredPerson
from hotline.people.differing import cells_of, told
from hotline.people.faults import PeopleError
from hotline.people.keeping import ChangedMeanwhileError, Edit, edit
from hotline.store.people.contacts import has_stopped, start_texts, stop_texts
from hotline.written.availability import AvailabilityError, Grid, grid_written
from hotline.written.hours_of_week import EVERY_CELL, Cell, cells, ticked

AVAILABILITY: Final = "availability"
NOTICES: Final = "notices"
STOP, START = "stop", "start"
OUT_OF_DATE: Final = _l(
    "That could not be kept: something else about you is out of date. Tell your coordinator."
)


class HowTold(Form):
    """By which ways, and in which order."""

    ways = RadioField(
        _l("How shall we tell you things?"),
        choices=[
            SelectChoice("apprise;sms", _l("By chat or mail; if that fails, by text")),
            SelectChoice("sms;apprise", _l("By text; if that fails, by chat or mail")),
            SelectChoice("apprise", _l("By chat or mail only")),
            SelectChoice("sms", _l("By text only")),
            SelectChoice(NO_WAY, _l("Not at all; I look at this page")),
        ],
    )


@me.get("/me/availability", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_availability() -> Response:
    """The hours of a week in which I can come."""
    with parts().store.reading() as db:
        return _availability(mine(db).availability)


@me.post("/me/availability", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def keep_availability() -> Response:
    """I can come at other hours than before. What is published stays as it is."""
    was = request.form.get("was", "")
    named = set(request.form.getlist("cell"))
    wanted = frozenset(each for each in EVERY_CELL if f"{each.day}-{each.hour}" in named)
    try:
        fresh = ticked(grid_written(was), wanted)
    except AvailabilityError:
        abort(400)
    try:
        with changing() as change:
            person = mine(change.db)
            asked = Edit(person.code, {AVAILABILITY: was}, {AVAILABILITY: fresh.text})
            changed = edit(change.db, parts().settings, asked)
            change.record("person.availability", f"person/{person.code}", *told(changed))
    except ChangedMeanwhileError as error:
        wrong = _(
            "Somebody changed your hours meanwhile: %(now)s. What you ticked is still here;"
            " keep it once more if it is right.",
            now=error.clashes[0].now or "–",
        )
        return _availability(fresh, 409, error.clashes[0].now, wrong)
    except PeopleError:
        return _availability(fresh, 409, was, str(OUT_OF_DATE))
    return back_to(HOME, said=_("Kept. The next rosters go by these hours."))


@me.get("/me/notices", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_notices() -> Response:
    """How I am told things."""
    return _notices()


@me.post("/me/notices", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def keep_notices() -> Response:
    """I want to be told otherwise."""
    form = HowTold(request.form)
    if not form.validate():
        return _notices(400, form)
    try:
        with changing() as change:
            person = mine(change.db)
            was = cells_of(person.listed())[NOTICES]
            asked = Edit(person.code, {NOTICES: was}, {NOTICES: form.ways.data})
            changed = edit(change.db, parts().settings, asked)
            change.record("person.notices", f"person/{person.code}", *told(changed))
    except PeopleError:
        form.ways.errors = [str(OUT_OF_DATE)]
        return _notices(409, form)
    return back_to("me.show_notices", said=_("Kept."))


@me.post("/me/notices/language", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def keep_language() -> Response:
    """I want to be told things in this language, and read my pages in it."""
    form = SpokenTo(request.form)
    if not form.validate():
        return _notices(400, spoken=form)
    return choose_language(form, "me.show_notices")


@me.post("/me/notices/texts", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def keep_texts() -> Response:
    """No texts from now on, or texts again: as by STOP and START."""
    said = request.form.get("said", "")
    if said not in (STOP, START):
        abort(400)
    with changing() as change:
        person = mine(change.db)
        if said == STOP:
            stop_texts(change.db, person.id, change.now)
        else:
            start_texts(change.db, person.id)
        change.record("person.texts", f"person/{person.code}", after={"texts": said})
    return back_to("me.show_notices", said=_("Kept."))


@me.get("/me/hours", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_hours() -> Response:
    """What I work this month, beside what would be fair, and each month of the year."""
    with parts().store.reading() as db:
        found = own_hours(db, parts().settings, mine(db), now())
    return show("me/hours.html", hours=found, month_name=month_name, number=number)


def _availability(
    grid: Grid, status: int = 200, was: str | None = None, wrong: str = ""
) -> Response:
    return show(
        "me/availability.html",
        status,
        cells=cells(grid),
        cell=Cell,
        day_name=day_name,
        was=grid.text if was is None else was,
        wrong=wrong,
    )


def _notices(
    status: int = 200, form: HowTold | None = None, spoken: SpokenTo | None = None
) -> Response:
    with parts().store.reading() as db:
        person = mine(db)
        stopped = has_stopped(db, person.id)
    return show(
        "me/notices.html",
        status,
        form=form or HowTold(ways=_way(person)),
        spoken=spoken or spoken_to(),
        stopped=stopped,
        texts=parts().settings.carrier.texts and person.address.startswith("tel:"),
        quiet=parts().settings.shake.quiet,
    )


def _way(person: StoredPerson) -> str:
    return ";".join(person.notices) or NO_WAY
