"""What callers will meet by a week's rosters: played by a worker, drawn as a picture."""

from typing import Final

from flask import Response, abort, request, url_for

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _
from hotline.console.planning.charts import Picture, drawn
from hotline.console.planning.room import (
    my_desk_names,
    my_job,
    planning,
    show_plan,
    stopped,
    week_asked,
)
from hotline.planning.asking import ask, newest_of, rehearsal_found
from hotline.planning.found import FoundRehearsal
from hotline.planning.jobs import Job, JobId, JobKind, JobOrder, JobState
from hotline.planning.kept import target
from hotline.rosters.week import Week
from hotline.store.planning.drafts import newest_rosters
from hotline.store.planning.roster_jobs import job_of

REHEARSE: Final = "planning.show_rehearsal"


@planning.get("/rosters/<week>/rehearse", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def show_rehearsal(week: str) -> Response:
    """The last rehearsal: the answer rate of each hour, and what each gap costs."""
    asked = week_asked(week)
    with parts().store.reading() as db:
        job = newest_of(db, asked, JobKind.REHEARSE, my_desk_names())
        found = rehearsal_found(db, job) if job else None
        rosters = set(newest_rosters(db, str(asked))) & set(my_desk_names())
    return _page(asked, job, found, has_roster=bool(rosters))


@planning.get("/rosters/<week>/rehearse/<int:number>", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS, polled=True)
def show_playing(week: str, number: int) -> Response:
    """How far a rehearsal is; when it is over, the browser looks at the picture."""
    asked = week_asked(week)
    with parts().store.reading() as db:
        job = my_job(job_of(db, JobId(number)))
    if not job.open:
        return Response(status=204, headers={"HX-Redirect": url_for(REHEARSE, week=asked)})
    return show_plan("playing.html", asked, job=job.at(now()))


@planning.post("/rosters/<week>/rehearse", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def begin_rehearsal(week: str) -> Response:
    """Have a worker play made-up callers against the newest rosters."""
    asked = week_asked(week)
    with changing() as made:
        known = newest_rosters(made.db, str(asked))
        if not set(known) & set(my_desk_names()):
            abort(404)
        every = tuple(desk.name for desk in parts().settings.desks if desk.name in known)
        order = JobOrder(JobKind.REHEARSE, asked, every)
        begun = ask(made.db, order, made.viewer.account.name, made.now)
        made.record("roster.rehearse", f"{asked}", after={"job": begun.id})
    return back_to(REHEARSE, week=asked)


@planning.post("/rosters/<week>/rehearse/stop", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def stop_rehearsal(week: str) -> Response:
    """What was played so far will do."""
    asked = week_asked(week)
    if stopped(asked) is JobState.WITHDRAWN:
        return back_to(REHEARSE, _("Stopped before it began."), week=asked)
    return back_to(REHEARSE, week=asked)


def _page(
    week: Week, job: Job | None, found: FoundRehearsal | None, *, has_roster: bool
) -> Response:
    settings = parts().settings
    titles = {line.name: line for line in viewer().lines(settings)}
    played = [each for each in found.lines if each.line in titles] if found else []
    wanted = request.args.get("line")
    chosen = next((each for each in played if each.line == wanted), played[0] if played else None)
    picture: Picture | None = None
    if found and chosen:
        picture = drawn(chosen.hours, found.start, settings.site.zone, target(settings))
    mine = set(my_desk_names())
    gaps = [each for each in found.gaps if each.gap.desk in mine] if found else []
    if job and job.state is JobState.DONE and found is None:
        job = None  # forgotten by now
    return show_plan(
        "rehearse.html",
        week,
        job=job.at(now()) if job else None,
        found=found,
        played=played,
        titles=titles,
        chosen=chosen,
        picture=picture,
        target=target(settings),
        gaps=[each for each in gaps if each.spared.value >= 0.005][:20],
        has_roster=has_roster,
    )
