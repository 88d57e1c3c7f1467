"""What people ask of a worker: to begin, to stop with the best so far, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from hotline.config.settings import DeskName
from hotline.errors import HotlineError
from hotline.planning.found import FoundBegun, FoundRehearsal, FoundRepairs
from hotline.planning.jobs import Job, JobId, JobKind, JobOrder, JobState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.planning.roster_jobs import (
    ask_to_stop,
    found_by,
    newest_jobs,
    open_job,
    open_jobs,
)
from scheduling.serial import from_json

KEPT: Final = 8  # finds: those of the weeks that people work on; a province's takes a while to read


class BusyError(HotlineError):
    """Somebody else is building one of these desks. job: theirs."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"{job.by} is building {', '.join(job.order.desks)} of {job.order.week}.")
        self.job = job


@dataclass(frozen=True)
class Asked:
    """The job that does it. new: whether this request began it."""

    id: JobId
    new: bool


def ask(db: Session, order: JobOrder, by: str, now: datetime) -> Asked:
    """Have a worker do something; once, however often it is asked for while it is under way.

    Raises BusyError where another build under way has one of these desks.
    """
    if order.kind is JobKind.BUILD:
        refuse_busy(open_jobs(db), order)
    began = open_job(db, order, by, now)
    if began is not None:
        return Asked(began, new=True)
    same = next(job for job in open_jobs(db) if _same(job, order))
    return Asked(same.id, new=False)


def stop(db: Session, job: JobId, now: datetime) -> JobState | None:
    """Have it end with the best so far. None: it is over already."""
    return ask_to_stop(db, job, now)


def newest_of(db: Session, week: Week, kind: JobKind, desks: Iterable[DeskName]) -> Job | None:
    """The last job of a kind that has any of these desks, whatever became of it."""
    mine = set(desks)
    jobs = (job for job in newest_jobs(db, str(week)) if job.order.kind is kind)
    return next((job for job in jobs if mine & set(job.order.desks)), None)


def repairs_found(db: Session, job: Job) -> FoundRepairs | None:
    """What a job found by now; None: nothing yet, or it is forgotten.

    Gaps keep their places while it runs; that their build still stands is for others to see.
    """
    text = found_by(db, job.id)
    return None if text is None else _repairs(text)


def rehearsal_found(db: Session, job: Job) -> FoundRehearsal | None:
    """What a rehearsal found; None: nothing yet, or it is forgotten."""
    text = found_by(db, job.id)
    return None if text is None else _rehearsal(text)


def begun_found(db: Session, job: Job) -> FoundBegun | None:
    """What a draft was begun without; None: it is not there yet, or that is forgotten."""
    text = found_by(db, job.id)
    return None if text is None else from_json(FoundBegun, text)


@lru_cache(maxsize=KEPT)
def _repairs(text: str) -> FoundRepairs:
    return from_json(FoundRepairs, text)


@lru_cache(maxsize=KEPT)
def _rehearsal(text: str) -> FoundRehearsal:
    return from_json(FoundRehearsal, text)


def refuse_busy(under_way: Iterable[Job], order: JobOrder) -> None:
    """Raise BusyError where another build under way has some desk and week of these."""
    for job in under_way:
        if job.order.kind is JobKind.BUILD and job.order.meets(order) and not _same(job, order):
            raise BusyError(job)


def _same(job: Job, order: JobOrder) -> bool:
    mine, asked = job.order, order
    return (mine.kind, mine.week, mine.desks) == (asked.kind, asked.week, asked.desks)
