"""Building a week: begin, look at the bar, stop and keep the best, and on to the gaps."""

from typing import Final

from flask import Response, redirect, request, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.paging import row_number
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _, _l
from hotline.console.planning.room import (
    my_desk_names,
    my_job,
    planning,
    show_plan,
    stopped,
    week_asked,
)
from hotline.planning.asking import BusyError, ask, newest_of
from hotline.planning.jobs import Job, JobId, JobKind, JobOrder, JobState
from hotline.rosters.week import MOST_TOGETHER, Week
from hotline.store.planning.drafts import newest_rosters
from hotline.store.planning.roster_jobs import job_of

BUILD: Final = "planning.show_build"
GAPS: Final = "planning.show_gaps"
LONGEST: Final = 600  # seconds


class Begin(Form):
    """How long may it take, and of how many weeks is it?"""

    seconds = IntegerField(
        _l("Seconds, at most"), [InputRequired(), NumberRange(min=1, max=LONGEST)]
    )
    weeks = IntegerField(
        _l("Weeks, from this one on"), [Optional(), NumberRange(min=1, max=MOST_TOGETHER)]
    )


@planning.get("/rosters/<week>/build", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def show_build(week: str) -> Response:
    """The last build of the viewer's desks; who watches it is led on when it is done."""
    asked = week_asked(week)
    job = _newest(asked)
    watched = request.args.get("job", type=row_number)
    if job and job.id == watched and job.state is JobState.DONE:
        answer = redirect(url_for(GAPS, week=asked), 303)
        assert isinstance(answer, Response)
        return answer
    return _page(asked, job)


@planning.get("/rosters/<week>/build/<int:number>", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS, polled=True)
def show_progress(week: str, number: int) -> Response:
    """How far a build is, for the bar; when it is done, the browser goes on to the gaps."""
    asked = week_asked(week)
    with parts().store.reading() as db:
        job = my_job(job_of(db, JobId(number)))
    if job.state is JobState.DONE:
        return Response(status=204, headers={"HX-Redirect": url_for(GAPS, week=asked)})
    return show_plan("progress.html", asked, job=job.at(now()), limit=_limit(job))


@planning.post("/rosters/<week>/build", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def begin_build(week: str) -> Response:
    """Have a worker build the viewer's desks."""
    asked = week_asked(week)
    form = Begin(request.form)
    if not form.validate():
        return _page(asked, _newest(asked), form, 400)
    order = _order(asked, form)
    try:
        with changing() as made:
            begun = ask(made.db, order, made.viewer.account.name, made.now)
            limits = {"seconds": order.seconds, "weeks": order.weeks}
            after = {"desks": list(order.desks), **limits, "job": begun.id}
            made.record("roster.build", f"{asked}", after=after)
    except BusyError as busy:
        said = _("%(who)s is building some of these desks already.", who=busy.job.by)
        return _page(asked, busy.job, form, 409, said)
    return back_to(BUILD, week=asked, job=begun.id)


@planning.post("/rosters/<week>/build/stop", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def stop_build(week: str) -> Response:
    """The best so far will do."""
    asked = week_asked(week)
    if stopped(asked) is JobState.WITHDRAWN:
        return back_to(BUILD, _("Stopped before it began."), week=asked)
    return back_to(BUILD, week=asked, job=request.form.get("job", type=row_number))


def _order(week: Week, form: Begin) -> JobOrder:
    seconds, weeks = form.seconds.data, form.weeks.data or 1
    return JobOrder(JobKind.BUILD, week, my_desk_names(), seconds, weeks)


def _newest(week: Week) -> Job | None:
    with parts().store.reading() as db:
        return newest_of(db, week, JobKind.BUILD, my_desk_names())


def _page(
    week: Week, job: Job | None, form: Begin | None = None, status: int = 200, problem: str = ""
) -> Response:
    desks = my_desk_names()
    with parts().store.reading() as db:
        rosters = newest_rosters(db, str(week))
    form = form or Begin(data={"seconds": round(parts().settings.scheduling.seconds), "weeks": 1})
    return show_plan(
        "build.html",
        week,
        status,
        job=job.at(now()) if job else None,
        limit=_limit(job),
        form=form,
        desks=desks,
        rosters={desk: rosters[desk].state for desk in desks if desk in rosters},
        problem=problem,
    )


def _limit(job: Job | None) -> float:
    return (job and job.order.seconds) or parts().settings.scheduling.seconds
