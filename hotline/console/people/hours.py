"""A weekly grid of one person's hours: ticked by mouse, finger or keyboard, or written in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.people.room import ONE, held, people, record_changes, theirs
from hotline.console.people.wording import COLUMNS, HINTS, in_hours
from hotline.people import StoredPerson
from hotline.people.keeping import ChangedMeanwhileError, Edit, edit
from hotline.written.availability import AvailabilityError, Grid, grid_written
from hotline.written.hours_of_week import EVERY_CELL, Cell, cells, ticked

GRIDS: Final = ("availability", "preferred", "unwanted")
CELLS: Final[Mapping[str, Cell]] = {f"{cell.day}-{cell.hour}": cell for cell in EVERY_CELL}


@people.get("/people/<code>/hours/<which>", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def show_hours(code: str, which: str) -> Response:
    """The grid of what somebody can, would like to, or would rather not."""
    with parts().store.reading() as db:
        person = theirs(db, code)
    grid = _grid(person, which)
    return _shown(person, which, Draft.of(grid, was=grid.text))


@people.post("/people/<code>/hours/<which>", provide_automatic_options=False)
@allows(Act.EDIT_PEOPLE)
def keep_hours(code: str, which: str) -> Response:
    """Keep what was ticked, or what was written where the words were changed."""
    if which not in GRIDS:
        abort(404)
    draft = _sent()
    if wrong := _wrong(draft, which):
        return _again(code, which, draft, wrong)
    mine = draft.by_words if draft.words_changed else draft.by_ticks
    try:
        with changing() as made:
            held(made.db, code)
            asked = Edit(code, {which: draft.was}, {which: mine.text})
            changed = edit(made.db, parts().settings, asked)
            record_changes(made, "people.hours", code, changed)
    except ChangedMeanwhileError as error:
        [clash] = error.clashes
        return _both(code, which, Draft.of(mine, was=clash.now))
    return back_to(ONE, said=_("Kept: %(hours)s.", hours=in_hours(mine) or _("never")), code=code)


@dataclass(frozen=True)
class Draft:
    """What stands in the form.

    was: what it would replace, as text; start: what ticks and words began from; typed: the words,
    in either language.
    """

    was: str
    start: Grid
    cells: frozenset[Cell]
    typed: str

    @classmethod
    def of(cls, grid: Grid, was: str) -> "Draft":
        """A form that nobody has touched yet."""
        return cls(was, grid, cells(grid).shown, in_hours(grid))

    @property
    def by_ticks(self) -> Grid:
        """What the ticks say."""
        return ticked(self.start, self.cells)

    @property
    def by_words(self) -> Grid:
        """What the words say. Raises AvailabilityError."""
        return grid_written(self.typed)

    @property
    def words_changed(self) -> bool:
        """Whether they say something else than at the start."""
        return self.by_words.text != self.start.text


def _sent() -> Draft:
    was, start = request.form.get("was", ""), request.form.get("start", "")
    try:
        grid_written(was)
        return Draft(was, grid_written(start), _ticked(), request.form.get("text", ""))
    except AvailabilityError:
        abort(400)


def _wrong(draft: Draft, which: str) -> str | None:
    """Why it cannot be kept."""
    try:
        words_changed = draft.words_changed
    except AvailabilityError:
        return _("These words are no weekly hours. %(hint)s", hint=HINTS[which])
    if words_changed and draft.by_ticks != draft.start:
        return _("Hours were ticked and the words were changed: change one of the two only.")
    return None


def _ticked() -> frozenset[Cell]:
    return frozenset(CELLS[name] for name in request.form.getlist("cell") if name in CELLS)


def _again(code: str, which: str, draft: Draft, wrong: str) -> Response:
    with parts().store.reading() as db:
        return _shown(theirs(db, code), which, draft, 400, wrong=wrong)


def _both(code: str, which: str, draft: Draft) -> Response:
    with parts().store.reading() as db:
        return _shown(theirs(db, code), which, draft, 409, meanwhile=True)


def _grid(person: StoredPerson, which: str) -> Grid:
    grids = {
        "availability": person.availability,
        "preferred": person.preferred,
        "unwanted": person.unwanted,
    }
    return grids.get(which) or abort(404)


def _shown(
    person: StoredPerson,
    which: str,
    draft: Draft,
    status: int = 200,
    wrong: str = "",
    *,
    meanwhile: bool = False,
) -> Response:
    """meanwhile: somebody else was faster."""
    return show(
        "people/hours.html",
        status,
        person=person,
        which=which,
        title=COLUMNS[which],
        hint=HINTS[which],
        draft=draft,
        part=cells(draft.start).part,
        cell=Cell,
        wrong=wrong,
        meanwhile=meanwhile,
        now_words=in_hours(grid_written(draft.was)),
        my_words=in_hours(draft.start),
    )
