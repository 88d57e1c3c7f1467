"""People from a file, after a look at what it would change, and people to a file."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from flask import Response, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _n
from hotline.console.people.room import is_administrator, people
from hotline.console.people.wording import COLUMNS, fault_sentence, in_cell, titled
from hotline.people import Listed, PeopleError, PeopleFile, StoredPerson, read_people, written
from hotline.people.differing import HIDDEN, Changed, cells_of, differences
from hotline.people.faults import Fault, FaultKind
from hotline.people.importing import faults_with, import_people
from hotline.people.person import Role
from hotline.people.reaching import reached_anew
from hotline.people.writing import workbook_of
from hotline.store import Session
from hotline.store.people.everybody import all_people, hold_people
from hotline.written.workbooks import LARGEST

MOST_CHANGED: Final = 400_000  # bytes of the changed rows, carried by the page to its confirmation
A_FORM: Final = 64 * 1024  # for what goes with it
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@people.get("/people/file", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def show_upload() -> Response:
    """Where a file is chosen, or fetched."""
    return _shown()


@people.post("/people/file", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE, changes=False, largest=LARGEST + A_FORM)
def look_into_file() -> Response:
    """What a file would change. Nothing is kept yet."""
    content = _content()
    if not content:
        return _shown(400, wrong=_("Choose a file first."))
    if len(content) > LARGEST:
        return _shown(400, wrong=_("The file is larger than 4 MB."))
    try:
        file = read_people(content, parts().settings)
        with parts().store.reading() as db:
            found, same = _differences(db, file)
    except PeopleError as error:
        return _shown(400, faults=error.faults)
    if len(_carried(found)) > MOST_CHANGED:
        return _shown(400, wrong=_("That changes too many people at once: bring them in parts."))
    return _shown(found=found, same=same)


@people.post("/people/file/keep", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE, largest=3 * MOST_CHANGED + A_FORM)
def keep_file() -> Response:
    """Keep exactly what was shown; if that has become something else, show it again."""
    carried = request.form.get("rows", "")
    try:
        file = read_people(carried.encode(), parts().settings)
        with changing() as made:
            hold_people(made.db, file.lines.keys())
            found, _same = _differences(made.db, file)
            if _digest(found) != request.form.get("shown"):
                raise _OtherwiseError(found)
            reached_anew(made.db, import_people(made.db, file).renumbered, made.now)
            made.record("people.import", "people", *_told(found))
    except PeopleError as error:
        return _shown(409, faults=error.faults)
    except _OtherwiseError as other:
        return _shown(409, found=other.found, same=0, again=True)
    said = _n("%(num)d person is kept.", "%(num)d people are kept.", len(found))
    return back_to("people.show_people", said=said)


@people.get("/people/export.csv", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def give_csv() -> Response:
    """The people of the viewer's desks, to be changed and brought back."""
    told = written(_own_people(), page_language())
    return _download(told.encode("utf-8-sig"), CSV, "people.csv")


@people.get("/people/export.xlsx", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def give_workbook() -> Response:
    """The same as a workbook."""
    return _download(workbook_of(_own_people(), page_language()), XLSX, "people.xlsx")


def _content() -> bytes:
    """Of the file that was sent, as far as we would read it."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    with sent.stream as stream:
        return stream.read(LARGEST + 1)


class _OtherwiseError(Exception):
    """What the file would change is not what was shown."""

    def __init__(self, found: tuple[Changed, ...]) -> None:
        super().__init__("otherwise")
        self.found = found


def _differences(db: Session, file: PeopleFile) -> tuple[tuple[Changed, ...], int]:
    """What it would change, and how many it leaves as they are. Raises PeopleError."""
    stored = all_people(db)
    known = {person.code: person for person in stored}
    faults = [*faults_with(file, stored), *_beyond(file, known)]
    if faults:
        raise PeopleError(faults)
    found = differences(file, stored)
    return found, len(file.people) - len(found)


def _beyond(file: PeopleFile, known: dict[str, StoredPerson]) -> Iterator[Fault]:
    """Rows about people, desks or powers that are not the viewer's to give."""
    for person in file.people:
        old, line = known.get(person.code), file.lines[person.code]
        if old is not None and not viewer().sees_any(old.desks):
            yield Fault(FaultKind.BEYOND, "is not yours.", line, "code", person.code)
        others = {desk for desk in person.desks if not viewer().sees_desk(desk)}
        theirs = {desk for desk in (old.desks if old else ()) if not viewer().sees_desk(desk)}
        if others != theirs or (old is None and not viewer().sees_any(person.desks)):
            cell = cells_of(person)["desks"]
            yield Fault(FaultKind.BEYOND, "names others' desks.", line, "desks", cell)
        if person.role is not (old.role if old else Role.VOLUNTEER) and not is_administrator():
            yield Fault(FaultKind.BEYOND, "is for administrators.", line, "role", person.role)


def _shown(
    status: int = 200,
    *,
    found: tuple[Changed, ...] | None = None,
    same: int = 0,
    faults: tuple[Fault, ...] = (),
    wrong: str = "",
    again: bool = False,
) -> Response:
    return show(
        "people/file.html",
        status,
        found=found,
        new=[each for each in found or () if each.new],
        changed=[each for each in found or () if not each.new],
        same=same,
        faults=[(fault, fault_sentence(fault)) for fault in faults],
        wrong=wrong,
        again=again,
        rows=_carried(found or ()),
        shown=_digest(found or ()),
        columns=COLUMNS,
        in_cell=in_cell,
        titled=titled,
    )


def _carried(found: tuple[Changed, ...]) -> str:
    return written(each.person for each in found) if found else ""


def _digest(found: tuple[Changed, ...]) -> str:
    """Of what the page showed: from what to what."""
    told = [(each.new, each.changes, cells_of(each.person)) for each in found]
    return sha256(repr(told).encode()).hexdigest()


def _told(found: tuple[Changed, ...]) -> tuple[dict[str, object], dict[str, object]]:
    """Codes of whom it adds, and what it changes; of name and telephone only that they changed."""
    changed = {each.person.code: each.changes for each in found if not each.new}
    before = {
        code: {c.column: c.before for c in them if c.column not in HIDDEN}
        for code, them in changed.items()
    }
    after = {
        code: {c.column: "changed" if c.column in HIDDEN else c.after for c in them}
        for code, them in changed.items()
    }
    return {"changed": before}, {"added": [e.person.code for e in found if e.new], "changed": after}


def _own_people() -> Iterator[Listed]:
    with parts().store.reading() as db:
        stored = all_people(db)
    return (person.listed() for person in stored if viewer().sees_any(person.desks))


def _download(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
