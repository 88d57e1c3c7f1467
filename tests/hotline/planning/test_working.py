"""What pages ask for is done once, by whichever worker, and stopped with the best so far."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlmodel import select

from hotline.config.settings import DeskName, Settings
from hotline.planning.asking import BusyError, ask, newest_of, repairs_found, stop
from hotline.planning.doing import do_job
from hotline.planning.errand import Errand
from hotline.planning.jobs import LEASE, TRIES, Job, JobId, JobKind, JobOrder, JobState
from hotline.planning.working import CRASHED, DIED, Planner, work_off
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.planning.drafts import newest_rosters
from hotline.store.planning.roster_jobs import job_of, say_so_far, take_job
from hotline.store.tables import BuildRow
from scheduling.places import Work
from scheduling.places.local import Here, Processes
from scheduling.serial import to_json
from scheduling.solve import Progress
from tests import make

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
SITE = make.settings(desks=[DAY, NIGHT])
NOON = make.utc("2026-11-20 04:00")
BOTH = (DAY.name, NIGHT.name)


def noon() -> datetime:
    return NOON


def order(kind: JobKind = JobKind.BUILD, *desks: str) -> JobOrder:
    return JobOrder(kind, WEEK, tuple(map(DeskName, desks)) or BOTH)


def asked(store: Store, what: JobOrder | None = None, by: str = "Dee") -> JobId:
    with store.writing() as db:
        return ask(db, what or order(), by, NOON).id


def planner(store: Store, at: datetime = NOON, site: Settings = SITE) -> Planner:
    return Planner(store, site, lambda: at, lambda: False, Here())


def found(store: Store, job: JobId) -> Job:
    with store.reading() as db:
        kept = job_of(db, job)
    assert kept is not None
    return kept


def builds(store: Store) -> int:
    with store.reading() as db:
        return len(db.exec(select(BuildRow.id)).all())


def test_a_build_that_is_asked_for_ends_at_a_draft(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")
    job = asked(store)

    done = work_off(planner(store))

    kept = found(store, job)
    assert (done, kept.state, kept.failure) == (1, JobState.DONE, None)
    assert kept.build is not None
    with store.reading() as db:
        assert set(newest_rosters(db, str(WEEK))) == set(BOTH)


def test_the_search_for_repairs_follows_a_build_by_itself(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")
    asked(store)

    assert [work_off(planner(store)) for _ in range(3)] == [1, 1, 0]

    with store.reading() as db:
        search = newest_of(db, WEEK, JobKind.REPAIR, [DAY.name])
    assert search is not None
    assert (search.state, search.by, search.order.desks) == (JobState.DONE, "Dee", BOTH)


def test_a_second_click_starts_nothing_twice(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")

    assert asked(store) == asked(store)

    while work_off(planner(store)):
        pass
    assert builds(store) == 1


def test_somebody_elses_build_of_the_same_desk_is_named(store: Store) -> None:
    asked(store, order(JobKind.BUILD, "day"), by="Sam")

    with pytest.raises(BusyError, match="Sam is building day"):
        asked(store)

    assert asked(store, order(JobKind.BUILD, "night")) != asked(store, order(JobKind.REPAIR))


def test_stopped_before_anybody_began_it_is_withdrawn(store: Store) -> None:
    job = asked(store)

    with store.writing() as db:
        assert stop(db, job, NOON) is JobState.WITHDRAWN
        assert stop(db, job, NOON) is None

    assert work_off(planner(store)) == 0
    assert found(store, job).state is JobState.WITHDRAWN


def test_a_build_that_is_stopped_keeps_the_best_so_far(store: Store) -> None:
    # given
    make.hire(store, "Ada", desks="day night")
    job = asked(store)
    with store.writing() as db:
        taken = take_job(db, "one", NOON)
        assert taken is not None
        # when
        assert stop(db, job, NOON) is JobState.RUNNING
    errand(store, job, "one")
    # then
    assert found(store, job).state is JobState.DONE
    assert builds(store) == 1


def test_the_job_of_a_worker_that_fell_silent_is_done_by_another_and_once(store: Store) -> None:
    # given
    make.hire(store, "Ada", desks="day night")
    job = asked(store)
    with store.writing() as db:
        take_job(db, "dead", NOON)
    assert work_off(planner(store)) == 0
    # when
    late = NOON + LEASE + timedelta(seconds=1)
    assert work_off(planner(store, late)) == 1
    # then: the first one was not dead after all, and files nothing
    errand(store, job, "dead")
    assert builds(store) == 1
    assert found(store, job).tries == 2


def test_who_lost_a_job_hears_it_with_the_next_word(store: Store) -> None:
    job = asked(store)
    with store.writing() as db:
        take_job(db, "one", NOON)
        assert say_so_far(db, job, "one", None, NOON)
        assert not say_so_far(db, job, "other", None, NOON)


def test_what_every_worker_dies_over_is_given_up(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")
    job = asked(store)
    at = NOON
    for _ in range(TRIES):
        assert work_off(replace(planner(store, at), place=Dying())) == 1
        at += LEASE + timedelta(seconds=1)

    assert work_off(planner(store, at)) == 0

    kept = found(store, job)
    assert (kept.state, kept.failure) == (JobState.FAILED, DIED)


def test_a_worker_that_is_sent_home_gives_its_job_back(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")
    job = asked(store)
    leaving = iter([False, True])

    work_off(replace(planner(store), place=Dying(lambda: Future()), leaving=leaving.__next__))

    kept = found(store, job)
    assert (kept.state, kept.tries) == (JobState.WAITING, 0)
    assert work_off(replace(planner(store), leaving=lambda: True)) == 0
    assert work_off(planner(store)) == 1


def test_a_fault_of_ours_ends_the_job(store: Store) -> None:
    job = asked(store)
    failed: Future[str] = Future()
    failed.set_exception(KeyError("x"))

    work_off(replace(planner(store), place=Dying(lambda: failed)))

    assert found(store, job).failure == CRASHED


def test_what_cannot_be_built_says_why(store: Store) -> None:
    job = asked(store)

    work_off(planner(store))

    kept = found(store, job)
    assert kept.state is JobState.FAILED
    assert "Nobody may sit at desk day" in str(kept.failure)


def test_repairs_are_kept_with_the_build_they_were_found_for(store: Store) -> None:
    # given: Bo has agreed to no more than one
    make.hire(store, "Ada", desks="day")
    make.hire(store, "Bo", desks="day", shifts_a_week=1)
    build = asked(store, order(JobKind.BUILD, "day"))
    work_off(planner(store))
    job = asked(store, order(JobKind.REPAIR, "day"))
    # when
    work_off(planner(store))
    # then
    with store.reading() as db:
        newest = newest_of(db, WEEK, JobKind.REPAIR, [DAY.name])
        assert newest is not None
        assert newest.id == job
        mine = repairs_found(db, newest)
        assert repairs_found(db, found(store, build)) is None
        assert newest_of(db, WEEK, JobKind.REPAIR, [NIGHT.name]) is None
    assert mine is not None
    assert any(gap.repairs for gap in mine.gaps)
    assert {gap.build for gap in mine.gaps} == {found(store, build).build}


def test_a_process_of_its_own_does_it_and_leaves_no_solver_here(store: Store) -> None:
    make.hire(store, "Ada", desks="day night")
    job = asked(store)

    work_off(replace(planner(store), place=Processes(1)))

    assert found(store, job).state is JobState.DONE


def errand(store: Store, job: JobId, holder: str) -> None:
    payload = to_json(Errand(job, holder, NOON))
    done = Thread(target=do_job, args=(SITE, store.url, payload, lambda word: None, lambda: False))
    done.start()
    done.join()


def _broken() -> "Future[str]":
    broken: Future[str] = Future()
    broken.set_exception(BrokenExecutor())
    return broken


@dataclass(frozen=True)
class Dying:
    """A place whose workers die, or do what a test says."""

    play: Callable[[], "Future[str]"] = _broken

    @contextmanager
    def opened(self, work: Work, problems: int) -> Iterator["Dying"]:
        """It is its own crew."""
        yield self

    def width(self) -> int:
        """One."""
        return 1

    def submit(self, number: int, payload: str) -> "Future[str]":
        """As the test says."""
        return self.play()

    def heard(self) -> list[tuple[int, Progress]]:
        """Nothing."""
        return []

    def enough(self) -> None:
        """Nobody hears."""

    def stop(self) -> None:
        """Nobody hears."""
