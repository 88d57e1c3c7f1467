"""What coordinators do to a week: begin a draft, change it, take that back, make it again."""

from collections.abc import Callable

from flask import Response, request, url_for

from hotline.accounts.permits import Act as Permitted
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, viewer
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.paging import row_number
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.planning.room import my_job
from hotline.console.rosters.beginning import Beginning
from hotline.console.rosters.pages import lay_out, panels_of, show_laid
from hotline.console.rosters.room import (
    Place,
    change_written,
    my_desk_names,
    place_of,
    rosters,
)
from hotline.planning.asking import ask
from hotline.planning.jobs import JobId, JobKind, JobOrder
from hotline.rosters.by_hand.changing import Draft, EditOrder, StaleError, change_draft, redo, undo
from hotline.rosters.by_hand.editing import BreachError, Change, EditError
from hotline.rosters.states import RosterState
from hotline.store.planning.drafts import BuildNumber
from hotline.store.planning.roster_jobs import job_of
from scheduling.telling.edits import Edit

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
    """Have a worker make a draft of what is published, or an empty one, where there is none.

    It reckons with the calls to expect: that takes seconds, and is not for a web process.
    """
    place = place_of(week)
    laid = lay_out(place)
    desks = tuple(at.desk.name for at in laid.desks if at.state is not RosterState.DRAFT)
    if not desks:
        return show_laid(place, laid, 409, problem=_("There is a draft already."))
    with changing() as made:
        order = JobOrder(JobKind.BEGIN, place.week, desks)
        begun = ask(made.db, order, made.viewer.account.name, made.now)
        after = {"desks": list(desks), "job": begun.id}
        made.record("roster.begin", f"{place.week}", after=after)
    return back_to(WEEK, **place.at(begun=begun.id))


@rosters.get("/rosters/<week>/begun/<int:number>", provide_automatic_options=False)
@allows(Permitted.SEE_ROSTERS, polled=True)
def show_begun(week: str, number: int) -> Response:
    """Whether the draft is there; when it is, the browser looks at it."""
    place = place_of(week)
    with parts().store.reading() as db:
        job = my_job(job_of(db, JobId(number)))
    if job.open:
        return show("rosters/beginning.html", place=place, beginning=Beginning(job, ()))
    there = url_for(WEEK, **place.at(begun=number))
    return Response(status=204, headers={"HX-Redirect": there})


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


def _misfit() -> str:
    return _(
        "The draft is not as it was when you looked, and nothing was changed. Try again on it."
    )
