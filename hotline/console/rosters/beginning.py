"""A draft that a worker was asked for: whether it is there by now, and what came of it."""

from dataclasses import dataclass

from flask import request

from hotline.console.frame.access import parts
from hotline.console.frame.paging import row_number
from hotline.console.frame.words.saying import _
from hotline.console.planning.wording import failure_said
from hotline.console.rosters.room import Place, desks_at
from hotline.console.rosters.wording import RosterWords
from hotline.planning.asking import begun_found
from hotline.planning.jobs import Job, JobId, JobKind, JobState
from hotline.store.planning.roster_jobs import job_of
from scheduling.roster import Assignment


@dataclass(frozen=True)
class Beginning:
    """A draft that was asked for. left_out: what of the published roster a rule forbids by now."""

    job: Job
    left_out: tuple[Assignment, ...]

    def said(self, words: RosterWords) -> str:
        """What came of it; "" while it is under way."""
        if self.job.open:
            return ""
        if self.job.state is not JobState.DONE:
            return failure_said(self.job.failure)
        if not self.left_out:
            return _("A draft is begun. Nobody is told anything before it is published.")
        gone = _(", ").join(words.in_shift(each.person, each.shift) for each in self.left_out)
        return _("A draft is begun without what a rule forbids by now: %(gone)s", gone=gone)


def beginning_at(place: Place) -> Beginning | None:
    """The draft that the address says was asked for; None: none, or it is not the viewer's."""
    number = request.args.get("begun", type=row_number)
    if number is None:
        return None
    with parts().store.reading() as db:
        job = job_of(db, JobId(number))
        if job is None or (job.order.kind, job.order.week) != (JobKind.BEGIN, place.week):
            return None
        if not {desk.name for desk in desks_at(place)} & set(job.order.desks):
            return None
        found = begun_found(db, job)
    return Beginning(job, found.left_out if found else ())
