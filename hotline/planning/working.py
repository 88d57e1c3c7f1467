"""How a worker does the work that pages ask for: one job at a time, in a process of its own.

Solving and playing take all of a core for seconds. In a thread of the process that answers calls
they would make callers wait, so the worker only takes a job up and waits for its process.
"""

import logging
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from uuid import uuid4

from hotline.config.settings import Settings
from hotline.planning.errand import Errand, run_errand
from hotline.planning.jobs import Job
from hotline.ports import Clock
from hotline.store import Store
from hotline.store.planning.roster_jobs import (
    fail_job,
    give_job_back,
    give_up_hopeless,
    something_to_do,
    take_job,
)
from scheduling.places import Crew, Place
from scheduling.places.local import Processes
from scheduling.serial import to_json

log = logging.getLogger(__name__)

LOOK: Final = 0.2  # seconds between two looks at whether this worker is sent home
DIED: Final = "worker-died"
CRASHED: Final = "crashed"


@dataclass(frozen=True)
class Planner:
    """What a worker needs for this. leaving: whether it is being sent home; place: for tests."""

    store: Store
    settings: Settings
    clock: Clock
    leaving: Callable[[], bool]
    place: Place = field(default_factory=lambda: Processes(1))


def work_off(planner: Planner) -> int:
    """Do the oldest job that nobody has. Returns how many were done: 1, or 0 if there was none."""
    if planner.leaving():
        return 0
    job, holder = _taken(planner)
    if job is None:
        return 0
    payload = to_json(Errand(job.id, holder, planner.clock()))
    work = partial(run_errand, planner.settings, planner.store.url)
    with planner.place.opened(work, 1) as crew:
        _await(planner, crew, crew.submit(0, payload), job, holder)
    return 1


def _taken(planner: Planner) -> tuple[Job | None, str]:
    holder, now = uuid4().hex, planner.clock()
    with planner.store.reading() as db:
        if not something_to_do(db, now):
            return None, holder
    with planner.store.writing() as db:
        give_up_hopeless(db, DIED, now)
        return take_job(db, holder, now), holder


def _await(planner: Planner, crew: Crew, done: "Future[str]", job: Job, holder: str) -> None:
    """Until it is over. A process that dies leaves its lease, and is tried again when that ends."""
    while not wait([done], LOOK).done:
        if planner.leaving():
            crew.stop()
            with planner.store.writing() as db:
                give_job_back(db, job.id, holder)
            return
    fault = done.exception()
    if fault is not None:
        log.error("job %s of %s failed", job.id, job.order.week, exc_info=fault)
        _settle(planner, fault, job, holder)


def _settle(planner: Planner, fault: BaseException, job: Job, holder: str) -> None:
    if not isinstance(fault, BrokenExecutor):
        with planner.store.writing() as db:
            fail_job(db, job.id, holder, CRASHED, planner.clock())
