"""The blueprint of planning, and what its views share: the week asked for, and whose it is."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, request

from hotline.config.settings import Desk, DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.paging import row_number
from hotline.console.frame.showing import show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.wording import Words
from hotline.console.planning.wording import PlanWords
from hotline.planning.asking import stop
from hotline.planning.jobs import Job, JobId, JobState
from hotline.rosters.week import Week, WeekError, week_written
from hotline.store.planning.roster_jobs import job_of

planning = Blueprint("planning", __name__, template_folder="templates")


def week_asked(text: str) -> Week:
    """The week of an address; there is nothing at one that is none."""
    try:
        return week_written(text)
    except WeekError:
        abort(404)


def my_desks() -> tuple[Desk, ...]:
    """The desks of the viewer that have rosters; there is nothing here for who has none."""
    found = tuple(desk for desk in viewer().desks(parts().settings) if desk.shifts)
    return found or abort(404)


def my_desk_names() -> tuple[DeskName, ...]:
    """The same by name."""
    return tuple(desk.name for desk in my_desks())


def my_job(job: Job | None) -> Job:
    """A job that has any desk of the viewer; there is nothing else here."""
    if job is None or not set(job.order.desks) & set(my_desk_names()):
        abort(404)
    return job


def stopped(week: Week) -> JobState | None:
    """Have the job that the form names end with what it has. The state after; None: it was over."""
    number = JobId(request.form.get("job", default=0, type=row_number))
    with parts().store.reading() as db:
        my_job(job_of(db, number))
    with changing() as made:
        state = stop(made.db, number, made.now)
        made.record("roster.stop", f"{week}", after={"job": number, "state": state})
    return state


def show_plan(
    template: str,
    week: Week,
    status: int = 200,
    names: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """A page of a week, with the words for it. names: of people, by code."""
    told = PlanWords(Words(parts().settings, page_language(), now()), names or {})
    return show(f"planning/{template}", status, week=week, told=told, **values)
