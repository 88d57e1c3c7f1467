"""Somebody new, and what is agreed with somebody: a form whose fields are columns of the file."""

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Response, abort, request
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
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
    CHOICES,
    COLUMNS,
    HINTS,
    fault_sentence,
    in_cell,
    in_words,
    own_desks,
    written,
)
from hotline.people import PeopleError, StoredPerson
from hotline.people.clauses import in_english
from hotline.people.differing import Clash, cells_of
from hotline.people.keeping import ChangedMeanwhileError, Edit, add, edit
from hotline.people.reaching import reached_anew

SEVERAL: Final = ("languages", "desks", "dialects")  # written with semicolons between
EMPTY: Final = {"availability": "", "preferred": "", "unwanted": "", "certificates": ""}
AT_FIRST: Final = {
    "languages": "zh", "shifts_a_week": "2", "hours_a_week": "16", "nights_a_week": "1",
    "nights_running": "1", "supervised_turns": "0",
}  # fmt: skip


class Ticks(SelectMultipleField):
    """Several of some, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Details(Form):
    """A person's columns, without hours and certificates, which have forms of their own."""

    code = StringField(COLUMNS["code"])
    name = StringField(COLUMNS["name"])
    address = StringField(COLUMNS["address"])
    languages = Ticks(COLUMNS["languages"])
    desks = Ticks(COLUMNS["desks"])
    standing = SelectField(COLUMNS["standing"])
    supervised_turns = StringField(COLUMNS["supervised_turns"])
    shifts_a_week = StringField(COLUMNS["shifts_a_week"])
    hours_a_week = StringField(COLUMNS["hours_a_week"])
    nights_a_week = StringField(COLUMNS["nights_a_week"])
    nights_running = StringField(COLUMNS["nights_running"])
    agreement = TextAreaField(COLUMNS["agreement"])
    notices = SelectField(COLUMNS["notices"])
    gender = SelectField(COLUMNS["gender"])
    dialects = Ticks(COLUMNS["dialects"])
    role = SelectField(COLUMNS["role"])


@people.get("/people/new", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def show_new_person() -> Response:
    """The form for somebody new."""
    return _shown(_form(AT_FIRST), None)


@people.post("/people/new", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def add_person() -> Response:
    """Somebody new volunteers; their hours and certificates come next."""
    form = _form(None)
    cells = {**EMPTY, **_cells(form)}
    if not _own(cells["desks"]):
        form.desks.errors = [str(HINTS["desks"])]
        return _shown(form, None, 400)
    try:
        with changing() as made:
            person = add(made.db, parts().settings, cells)
            made.record("people.add", about(person.code), None, {"desks": cells["desks"]})
    except PeopleError as error:
        return _refused(form, error, None)
    said = _(
        "%(name)s is added. Next: certificates, and the hours when they can.", name=person.name
    )
    return back_to(ONE, said=said, code=person.code)


@people.get("/people/<code>/edit", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def show_details(code: str) -> Response:
    """What is agreed with somebody, to be changed."""
    with parts().store.reading() as db:
        person = theirs(db, code)
    return _shown(_form(_seen(person)), person)


@people.post("/people/<code>/edit", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def keep_details(code: str) -> Response:
    """Keep it, unless somebody else was faster: then both versions are shown."""
    form, was = _form(None), _was()
    try:
        with changing() as made:
            person = held(made.db, code)
            mine = {name: cell for name, cell in _cells(form).items() if name in _seen(person)}
            asked = Edit(code, _with_hidden(was, person), _with_hidden(mine, person))
            changed = edit(made.db, parts().settings, asked)
            if any(change.column == "address" for change in changed):
                reached_anew(made.db, [code], made.now)
            record_changes(made, "people.edit", code, changed)
    except PeopleError as error:
        return _refused(form, error, code)
    except ChangedMeanwhileError as error:
        return _both(code, error)
    if any(change.column == "desks" for change in changed) and not _own(mine["desks"]):
        return back_to("people.show_people", said=_("Kept. They are at none of your desks now."))
    return back_to(ONE, said=_("Kept."), code=code)


def _refused(form: Details, error: PeopleError, code: str | None) -> Response:
    for fault in error.faults:
        if fault.column in form:
            form[fault.column].errors = [fault_sentence(fault)]
    if code is None:
        return _shown(form, None, 400)
    with parts().store.reading() as db:
        return _shown(form, theirs(db, code), 400, was=_was())


def _both(code: str, error: ChangedMeanwhileError) -> Response:
    with parts().store.reading() as db:
        person = theirs(db, code)
    shown = {name: cell for name, cell in error.merged.items() if name in _seen(person)}
    shown["desks"] = ";".join(_own(shown["desks"]))
    return _shown(_form(shown), person, 409, clashes=error.clashes)


def _shown(
    form: Details,
    person: StoredPerson | None,
    status: int = 200,
    clashes: tuple[Clash, ...] = (),
    was: Mapping[str, str] | None = None,
) -> Response:
    """was: what the form began from; None: what is true now."""
    if was is None and person is not None:
        was = _seen(person)
    return show(
        "people/edit.html",
        status,
        form=form,
        person=person,
        clashes=clashes,
        was=json.dumps(was or {}, ensure_ascii=False),
        columns=COLUMNS,
        in_cell=in_cell,
        hints=HINTS,
        administrator=is_administrator(),
        dialects=bool(parts().settings.dialects),
    )


def _form(cells: Mapping[str, str] | None) -> Details:
    """The form as it came, or with these cells."""
    form = Details(request.form if cells is None else None, data=_data(cells or {}))
    site = parts().settings
    for field in (form.languages, form.standing, form.role, form.gender, form.notices):
        field.choices = [(cell, str(title)) for cell, title in CHOICES[field.name].items()]
    form.desks.choices = own_desks()
    form.dialects.choices = [(n, in_words(title)) for n, title in (site.dialects or {}).items()]
    return form


def _data(cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: cell.split(";") if name in SEVERAL and cell else written(name, cell)
        for name, cell in cells.items()
    }


def _cells(form: Details) -> dict[str, str]:
    """What was typed, as a file would hold it."""
    found: dict[str, str] = {}
    for name in form.data:
        data = form[name].data
        found[name] = ";".join(sorted(data or ())) if name in SEVERAL else (data or "").strip()
    found["agreement"] = in_english(found["agreement"])
    if not is_administrator():
        found["role"] = "volunteer"
    return found


def _seen(person: StoredPerson) -> dict[str, str]:
    """The cells that the viewer's form is about."""
    hidden = {*EMPTY, "code", *(() if is_administrator() else ("role",))}
    cells = {n: cell for n, cell in cells_of(person.listed()).items() if n not in hidden}
    return {**cells, "desks": ";".join(_own(cells["desks"]))}


def _own(desks: str) -> list[str]:
    return sorted(name for name in desks.split(";") if name and viewer().sees_desk(name))


def _with_hidden(cells: Mapping[str, str], person: StoredPerson) -> dict[str, str]:
    """With the desks that are not the viewer's, which stay."""
    others = {desk for desk in person.desks if not viewer().sees_desk(desk)}
    return {**cells, "desks": ";".join(sorted({*_own(cells.get("desks", "")), *others}))}


def _was() -> dict[str, str]:
    try:
        found = json.loads(request.form.get("was", ""))
    except ValueError:
        abort(400)
    if not isinstance(found, dict):
        abort(400)
    return {str(name): str(cell) for name, cell in found.items()}
