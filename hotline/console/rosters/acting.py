"""What coordinators do to a week: change a draft, take it back, begin one. Only POST."""

from collections.abc import Callable

from flask import Response, request

from hotline.accounts.permits import Act as Permitted
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.paging import row_number
from hotline.console.frame.saying import _
from hotline.console.frame.showing import back_to
from hotline.console.rosters.pages import lay_out, panels_of, show_laid
from hotline.console.rosters.room import (
    Place,
    change_written,
    my_desk_names,
    place_of,
    rosters,
)
from hotline.errors import HotlineError
from hotline.rosters.changing import Draft, EditOrder, StaleError, change_draft, redo, undo
from hotline.rosters.editing import BreachError, Change, EditError
from hotline.rosters.reopening import Begun, ReopenError, begin, file_begun
from hotline.rosters.states import RosterState
from hotline.store.drafts import BuildNumber
from scheduling.edits import Edit

WEEK = "rosters.show_week"


@rosters.post("/rosters/<week>/change", provide_automatic_options=False)
@allows(Permitted.EDIT_ROSTERS)
def make_change(week: str) -> Response:
    """One change by hand; refused with the rule's sentence, or with what others did meanwhile."""
    place, change = place_of(week), change_written(request.form.get("do", ""))

    def made(at: Changing, order: EditOrder) -> Draft:
        return change_draft(at.db, parts().settings, order, change, at.now)

    return _done(place, made, change)


@rosters.post("/rosters/<week>/undo", provide_automatic_options=False)
@allows(Permitted.EDIT_ROSTERS)
def take_back(week: str) -> Response:
    """The last change, whoever made it, is none any more."""
    return _done(place_of(week), lambda at, order: undo(at.db, parts().settings, order, at.now))


@rosters.post("/rosters/<week>/redo", provide_automatic_options=False)
@allows(Permitted.EDIT_ROSTERS)
def make_again(week: str) -> Response:
    """What was taken back last is made again."""
    return _done(place_of(week), lambda at, order: redo(at.db, parts().settings, order, at.now))


@rosters.post("/rosters/<week>/begin", provide_automatic_options=False)
@allows(Permitted.EDIT_ROSTERS)
def begin_draft(week: str) -> Response:
    """A draft from what is published, or an empty one, for the desks that have none."""
    place = place_of(week)
    laid = lay_out(place)
    desks = tuple(at.desk.name for at in laid.desks if at.state is not RosterState.DRAFT)
    if not desks:
        return show_laid(place, laid, 409, problem=_("There is a draft already."))
    try:
        begun = begin(parts().store, parts().settings, place.week, desks, now())
        with changing() as at:
            number = file_begun(at.db, begun, at.now)
            left_out = [f"{each.person} {each.shift}" for each in begun.left_out]
            after = {"build": number, "desks": list(desks), "left_out": left_out}
            at.record("roster.begin", f"{place.week}", after=after)
    except ReopenError:
        return show_laid(place, lay_out(place), 409, problem=_misfit())
    except HotlineError as error:
        return show_laid(place, laid, 400, problem=str(error))
    return back_to(WEEK, _begun(place, begun), **place.at())


def _done(
    place: Place, make: Callable[[Changing, EditOrder], Draft], change: Change | None = None
) -> Response:
    form = request.form
    build, version = (form.get(name, default=0, type=row_number) for name in ("build", "version"))
    login = viewer().account.name
    order = EditOrder(place.week, BuildNumber(build), version, login, my_desk_names())
    try:
        with changing() as at:
            step = make(at, order).log[-1]
            at.record(f"roster.{step.kind}", f"{place.week}/{build}", *_noted(step.edit))
    except StaleError as error:
        return _overtaken(place, error, order, change)
    except BreachError as error:
        laid = lay_out(place)
        return show_laid(place, laid, 400, refused=panels_of(laid).words.forbidden(error.breaches))
    except EditError:
        return show_laid(place, lay_out(place), 409, problem=_misfit())
    laid = lay_out(place)
    anchor = f"who-{step.edit.people[-1]}"
    return back_to(WEEK, panels_of(laid).words.step(step), _anchor=anchor, **place.at())


def _overtaken(
    place: Place, error: StaleError, order: EditOrder, change: Change | None
) -> Response:
    """What others did, and what was wanted as it would be now: nothing is lost."""
    laid = lay_out(place)
    panels = panels_of(laid)
    draft = laid.drafts.get(order.build)
    wanted = panels.wanted(draft, change) if draft and change else None
    since = [(step, panels.words.step(step)) for step in error.since]
    return show_laid(place, laid, 409, since=since, wanted=wanted, draft=draft, panel=None)


def _noted(edit: Edit) -> tuple[dict[str, object], dict[str, object]]:
    """Before and after, for the audit trail."""
    before = {
        "in": [[each.person, each.shift] for each in edit.taken],
        "pinned": [[pin.person, pin.shift] for pin in edit.unpinned],
    }
    after = {
        "in": [[each.person, each.shift] for each in edit.given],
        "pinned": [[pin.person, pin.shift] for pin in edit.pinned],
    }
    return _said(before), _said(after)


def _said(values: dict[str, list[list[str]]]) -> dict[str, object]:
    return {name: pairs for name, pairs in values.items() if pairs}


def _begun(place: Place, begun: Begun) -> str:
    """What happened, with what was left out by name."""
    if not begun.left_out:
        return _("A draft is begun. Nobody is told anything before it is published.")
    words = panels_of(lay_out(place)).words
    gone = ", ".join(words.in_shift(each.person, each.shift) for each in begun.left_out)
    return _("A draft is begun without what a rule forbids by now: %(gone)s", gone=gone)


def _misfit() -> str:
    return _(
        "The draft is not as it was when you looked, and nothing was changed. Try again on it."
    )
