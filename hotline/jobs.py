"""Every timed job on one page: what runs, how often, and that it runs once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hotline.calls.ringing.sending import Sender, keep_calls_moving
from hotline.calls.talk.timing import tell_the_time
from hotline.fallback.exporting import export
from hotline.handshake.ringing import ring_volunteers
from hotline.handshake.working import find_stand_ins, look_after_duties
from hotline.oversight.auditing import audit_and_report
from hotline.oversight.comparing import find_missed
from hotline.oversight.drilling import drill_at_night
from hotline.planning.kept import sum_up_a_week
from hotline.promises.fetching import fetch_messages
from hotline.promises.keeping import keep_promises
from hotline.reports.making import count_days
from hotline.retention.purging import purge
from hotline.store.access.page_sessions import forget_page_leftovers
from hotline.store.planning.roster_jobs import forget_jobs
from hotline.store.sending.jobs import claim_slot, forget_before
from hotline.swaps.watching import watch_swaps

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=2)  # the carrier repeats a request within seconds
QUIETEST: Final = 5  # o'clock, site time: between 5 and 6 the fewest call
FOUND_KEPT: Final = timedelta(days=30)  # repairs and rehearsals: of a week that is over by then


@dataclass(frozen=True)
class Job:
    """One thing done again and again. `every` divides a day."""

    name: str
    every: timedelta
    run: Callable[[Sender], None]


def forget_documents(sender: Sender) -> None:
    """Drop what was kept to answer repeated requests and forms, old firings and old finds."""
    with sender.store.writing() as db:
        forget_before(db, sender.clock() - KEPT)
        forget_page_leftovers(db, sender.clock() - KEPT)
        forget_jobs(db, sender.clock() - FOUND_KEPT)


def time_talks(sender: Sender) -> None:
    """Tell volunteers of the time in long conversations, and supervisors of the longest."""
    with sender.store.writing() as db:
        tell_the_time(sender.turn(db))


def audit_yesterday(sender: Sender) -> None:
    """Once a day: the last day's rings against the roster of each moment."""
    now = sender.clock()
    day = now.astimezone(sender.settings.site.zone).date()
    slot = datetime.combine(day, time(), sender.settings.site.zone).astimezone(UTC)
    with sender.store.writing() as db:
        if claim_slot(db, "audit-of-day", slot):
            audit_and_report(db, sender.settings, now)


def purge_at_night(sender: Sender) -> None:
    """Once a day, in the quietest hour: forget whatever is older than the site keeps it."""
    now = sender.clock()
    local = now.astimezone(sender.settings.site.zone)
    if local.hour < QUIETEST:
        return
    slot = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    with sender.store.writing() as db:
        mine = claim_slot(db, "purge-of-day", slot)
    if mine:
        purge(sender.store, sender.settings, "worker", now)


def export_fallback(sender: Sender) -> None:
    """Write the documents that another host plays when nothing of ours runs, if they are wanted."""
    wanted = sender.settings.fallback
    if wanted is not None and sender.writer is not None:
        folder = Path(wanted.directory)
        export(sender.store, sender.settings, sender.clock(), sender.writer, folder)


def look_after_swaps(sender: Sender) -> None:
    """Swaps that nobody settled in time expire; those whose shifts are gone are void."""
    watch_swaps(sender.store, sender.settings, sender.clock())


def sum_up_weeks(sender: Sender) -> None:
    """Sum up a week that is over, for the trend that the coverage page shows."""
    sum_up_a_week(sender.store, sender.settings, sender.clock())


JOBS: Final = (
    Job("keep-calls-moving", timedelta(seconds=1), keep_calls_moving),
    Job("ring-volunteers", timedelta(seconds=2), ring_volunteers),
    Job("find-stand-ins", timedelta(seconds=5), find_stand_ins),
    Job("look-after-duties", timedelta(seconds=30), look_after_duties),
    Job("look-after-swaps", timedelta(seconds=60), look_after_swaps),
    Job("time-talks", timedelta(seconds=15), time_talks),
    Job("keep-promises", timedelta(seconds=5), keep_promises),
    Job("fetch-messages", timedelta(seconds=30), fetch_messages),
    Job("find-missed", timedelta(minutes=5), find_missed),
    Job("forget-documents", timedelta(hours=1), forget_documents),
    Job("drill-at-night", timedelta(minutes=5), drill_at_night),
    Job("count-days", timedelta(minutes=5), count_days),
    Job("audit-yesterday", timedelta(hours=1), audit_yesterday),
    Job("purge-at-night", timedelta(minutes=30), purge_at_night),
    Job("sum-up-weeks", timedelta(minutes=10), sum_up_weeks),
    Job("export-fallback", timedelta(hours=1), export_fallback),
)


def fire(job: Job, sender: Sender) -> bool:
    """Run `job` unless another worker has had this firing. True if it ran here."""
    slot = slot_of(job, sender.clock())
    with sender.store.writing() as db:
        mine = claim_slot(db, job.name, slot)
    if mine:
        job.run(sender)
    return mine


def slot_of(job: Job, now: datetime) -> datetime:
    """The firing that `now` belongs to: the last multiple of `every` in UTC."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return now - (now - epoch) % job.every


def start_jobs(sender: Sender) -> "BackgroundScheduler":
    """Begin all jobs in the background; `.shutdown()` of what is returned ends them."""
    from apscheduler.schedulers.background import BackgroundScheduler  # workers only

    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60}
    )
    for job in JOBS:
        scheduler.add_job(
            partial(_fire_and_log, job, sender),
            "interval",
            seconds=job.every.total_seconds(),
            id=job.name,
            name=job.name,
        )
    scheduler.start()
    return scheduler


def _fire_and_log(job: Job, sender: Sender) -> None:
    try:
        fire(job, sender)
    except Exception:  # the next firing tries again
        log.exception("job %s failed", job.name)
