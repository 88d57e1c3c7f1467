"""Long work on rosters as rows: asked for once, had by one worker at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, or_, select, update
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.planning.jobs import (
    LEASE,
    TRIES,
    Job,
    JobEvent,
    JobId,
    JobKind,
    JobOrder,
    JobState,
    SoFar,
    becomes,
    before,
)
from hotline.rosters.week import week_written
from hotline.store.dialects import insert_any
from hotline.store.planning.drafts import BuildNumber
from hotline.store.tables import TABLES
from scheduling.serial import from_json, to_json

_JOB: Final = TABLES["roster_job"]
_J: Final = _JOB.c
_KNOWN: Final = [column for column in _J if column.name != "found"]  # which can be large


def open_job(db: Session, order: JobOrder, by: str, now: datetime) -> JobId | None:
    """The new job's number; None: the same is under way already."""
    values = {
        "kind": order.kind.value,
        "week": str(order.week),
        "desks": "\n".join(order.desks),
        "seconds": order.seconds,
        "weeks": order.weeks,
        "asked_by": by,
        "asked_at": now,
        "state": JobState.WAITING.value,
        "tries": 0,
        "stop_asked": False,
        "so_far": "{}",
    }
    fresh = insert_any(db, _JOB).values(values).on_conflict_do_nothing().returning(_J.id)
    row = db.connection().execute(fresh).first()
    return None if row is None else JobId(row.id)


def job_of(db: Session, job: JobId) -> Job | None:
    """The job of that number."""
    row = db.connection().execute(select(*_KNOWN).where(_J.id == job)).first()
    return None if row is None else _job(row)


def newest_jobs(db: Session, week: str) -> tuple[Job, ...]:
    """The last few jobs of a week, the newest first. One query."""
    statement = select(*_KNOWN).where(_J.week == week).order_by(_J.id.desc()).limit(50)
    return tuple(_job(row) for row in db.connection().execute(statement))


def open_jobs(db: Session) -> tuple[Job, ...]:
    """All that is still to be done, whichever week it is of, the oldest first. One query."""
    under_way = select(*_KNOWN).where(_J.ended.is_(None)).order_by(_J.id)
    return tuple(_job(row) for row in db.connection().execute(under_way))


def found_by(db: Session, job: JobId) -> str | None:
    """What a job found, as JSON."""
    found: str | None = db.connection().scalar(select(_J.found).where(_J.id == job))
    return found


def something_to_do(db: Session, now: datetime) -> bool:
    """Whether a job waits for a worker, or lost the one it had."""
    free = or_(_J.state == JobState.WAITING.value, _silent(now))
    return (
        db.connection().execute(select(_J.id).where(_J.ended.is_(None), free)).first() is not None
    )


def take_job(db: Session, holder: str, now: datetime) -> Job | None:
    """The oldest job that no worker has, for `holder` alone; None: there is nothing to do.

    One of a worker that fell silent is had again. Two updates at most, each guarded.
    """
    free = or_(_J.state == JobState.WAITING.value, _silent(now))
    oldest = select(_J.id).where(free, _J.tries < TRIES).order_by(_J.id).limit(1)
    mine = (
        update(_JOB)
        .where(_J.id == oldest.scalar_subquery(), free, _J.tries < TRIES)
        .values(
            state=becomes(JobEvent.TAKEN).value,
            holder=holder,
            leased_until=now + LEASE,
            tries=_J.tries + 1,
            began=now,
        )
        .returning(*_KNOWN)
    )
    row = db.connection().execute(mine).first()
    return None if row is None else _job(row)


def give_up_hopeless(db: Session, said: str, now: datetime) -> None:
    """End what so many workers died over, with the words `said`."""
    hopeless = update(_JOB).where(_silent(now), _J.tries >= TRIES)
    ended = {"state": becomes(JobEvent.BROKEN).value, "ended": now, "failure": said}
    db.connection().execute(hopeless.values(**ended))


@dataclass(frozen=True)
class Word:
    """How far a job is, and what it found by then, as JSON."""

    so_far: SoFar
    found: str | None = None


def say_so_far(db: Session, job: JobId, holder: str, word: Word | None, now: datetime) -> bool:
    """Keep how far a job is, and the lease. False: it is not the holder's any more."""
    values: dict[str, Any] = {"leased_until": now + LEASE}
    if word is not None:
        values |= {"so_far": to_json(word.so_far), "found": word.found}
    return _move(db, (_J.id == job, *_held(holder)), values)


def stop_wanted(db: Session, job: JobId) -> bool:
    """Whether somebody asked for the best so far."""
    return bool(db.connection().scalar(select(_J.stop_asked).where(_J.id == job)))


def ask_to_stop(db: Session, job: JobId, now: datetime) -> JobState | None:
    """Have a job end with what it has, or before it began. The state after; None: it was over."""
    withdrawn = {"state": becomes(JobEvent.STOPPED).value, "ended": now, "stop_asked": True}
    if _move(db, (_J.id == job, _in(JobEvent.STOPPED)), withdrawn):
        return JobState.WITHDRAWN
    if _move(db, (_J.id == job, _in(JobEvent.FOUND)), {"stop_asked": True}):
        return JobState.RUNNING
    return None


def finish_job(
    db: Session,
    job: JobId,
    holder: str,
    now: datetime,
    found: str | None = None,
) -> bool:
    """True for the one worker that has it: its result is the job's."""
    done = {"state": becomes(JobEvent.FOUND).value, "ended": now, "found": found}
    return _move(db, (_J.id == job, *_held(holder)), done)


def note_build(db: Session, job: JobId, build: BuildNumber) -> None:
    """Keep which draft a job made."""
    db.connection().execute(update(_JOB).where(_J.id == job).values(build_id=build))


def fail_job(db: Session, job: JobId, holder: str, said: str, now: datetime) -> bool:
    """End a job that comes to nothing, with the sentence that says why."""
    failed = {"state": becomes(JobEvent.BROKEN).value, "ended": now, "failure": said}
    return _move(db, (_J.id == job, *_held(holder)), failed)


def give_job_back(db: Session, job: JobId, holder: str) -> bool:
    """Let another worker have it at once; this try does not count."""
    back = {"state": becomes(JobEvent.GIVEN_BACK).value, "holder": None, "leased_until": None}
    return _move(db, (_J.id == job, *_held(holder)), {**back, "tries": _J.tries - 1})


def forget_jobs(db: Session, instant: datetime) -> None:
    """Drop what old jobs found; that they were asked for stays."""
    old = update(_JOB).where(_J.ended < instant, _J.found.is_not(None))
    db.connection().execute(old.values(found=None))


def _move(db: Session, where: Sequence[Any], values: Mapping[str, Any]) -> bool:
    moved = update(_JOB).where(*where).values(**values).returning(_J.id)
    return db.connection().execute(moved).first() is not None


def _held(holder: str) -> tuple[Any, ...]:
    return _J.holder == holder, _in(JobEvent.FOUND)


def _in(event: JobEvent) -> Any:
    return _J.state.in_([state.value for state in before(event)])


def _silent(now: datetime) -> Any:
    return (_J.state == JobState.RUNNING.value) & (_J.leased_until < now)


def _job(row: Row[Any]) -> Job:
    desks = tuple(DeskName(name) for name in row.desks.split("\n") if name)
    return Job(
        id=JobId(row.id),
        order=JobOrder(JobKind(row.kind), week_written(row.week), desks, row.seconds, row.weeks),
        by=row.asked_by,
        asked_at=row.asked_at,
        state=JobState(row.state),
        tries=row.tries,
        stop_asked=row.stop_asked,
        so_far=from_json(SoFar, row.so_far),
        began=row.began,
        ended=row.ended,
        build=row.build_id,
        failure=row.failure,
    )
