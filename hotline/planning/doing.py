"""What the process of a job does: build, repair or rehearse, and say meanwhile how far it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Final

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.planning.errand import Errand
from hotline.planning.finding import found_reasons, found_rehearsal, with_repairs
from hotline.planning.found import FoundBegun, in_order
from hotline.planning.jobs import Job, JobKind, JobOrder, SoFar
from hotline.rosters.by_hand.reopening import begin, file_begun
from hotline.rosters.draft.building import BuildOrder, facts_of, solved
from hotline.rosters.draft.filing import Question, file_in
from hotline.rosters.draft.several import taken_apart
from hotline.rosters.question.asking import problem_of
from hotline.rosters.reasons.explaining import explained_week
from hotline.rosters.rehearsal.rehearsing import RehearsalOrder, rehearsed_week
from hotline.rosters.rehearsal.rehearsing import facts_of as rehearsal_facts
from hotline.store import Store
from hotline.store.planning.roster_jobs import (
    Word,
    fail_job,
    finish_job,
    job_of,
    note_build,
    open_job,
    say_so_far,
    stop_wanted,
)
from scheduling.places import Enough, Tell
from scheduling.repairing.repairs import RepairLimits, repairs
from scheduling.roster import Result
from scheduling.serial import from_json, to_json
from scheduling.solve import Progress, SolveLimits

BEAT: Final = 0.7  # seconds between two words about how far it is
REPAIRING: Final = 40.0  # seconds for the repairs of all gaps; those below the floor come first
RUNS: Final = 40  # of a rehearsal


def do_job(settings: Settings, url: str, payload: str, _tell: Tell, _enough: Enough) -> str:
    """The work of one process. What it finds is kept with the job, or not at all."""
    errand = from_json(Errand, payload)
    store = Store(url)
    try:
        with store.reading() as db:
            job = job_of(db, errand.job)
        assert job is not None
        with _told(Doing(settings, store, errand)) as doing:
            _do(doing, job)
    finally:
        store.close()
    return ""


@dataclass
class Doing:
    """A job under way. so_far, found: the newest; stopped: the best so far will do, or must."""

    settings: Settings
    store: Store
    errand: Errand
    so_far: SoFar = field(default_factory=SoFar)
    found: str | None = None
    stopped: Event = field(default_factory=Event)
    begun: float = field(default_factory=monotonic)

    def clock(self) -> datetime:
        """The time that all processes share, as it was handed over, and what passed since."""
        return self.errand.at + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        """Since it began."""
        return monotonic() - self.begun

    def hear(self, progress: Progress) -> None:
        """How far a build is."""
        self.so_far = SoFar(progress.seconds, progress.coverage, progress.price, progress.bound)

    def count(self, done: int, of: int) -> None:
        """How much of something is done."""
        self.so_far = SoFar(self.seconds(), done / max(1, of))


@contextmanager
def _told(doing: Doing) -> Iterator[Doing]:
    """Meanwhile the row says how far it is, and this process hears whether that will do."""
    over = Event()
    telling = Thread(target=_tell_until, args=(doing, over), daemon=True)
    telling.start()
    try:
        yield doing
    finally:
        over.set()
        telling.join()


def _tell_until(doing: Doing, over: Event) -> None:
    errand = doing.errand
    said: tuple[SoFar, str | None] = (SoFar(), None)
    while not over.wait(BEAT):
        news = (doing.so_far, doing.found)
        word = Word(*news) if news != said else None
        with doing.store.writing() as db:
            mine = say_so_far(db, errand.job, errand.holder, word, doing.clock())
            if not mine or stop_wanted(db, errand.job):
                doing.stopped.set()
        said = news


def _do(doing: Doing, job: Job) -> None:
    try:
        DO[job.order.kind](doing, job)
    except HotlineError as error:
        failure = f"{type(error).__name__}: {error}"
        with doing.store.writing() as db:
            fail_job(db, job.id, doing.errand.holder, failure, doing.clock())


def _begin(doing: Doing, job: Job) -> None:
    """A draft to change by hand, and what it had to leave out; filed if the job is still ours."""
    order = job.order
    begun = begin(doing.store, doing.settings, order.week, order.desks, doing.clock())
    found = to_json(FoundBegun(begun.left_out))
    with doing.store.writing() as db:
        if finish_job(db, job.id, doing.errand.holder, doing.clock(), found=found):
            note_build(db, job.id, file_begun(db, begun, doing.clock()))


def _build(doing: Doing, job: Job) -> None:
    """A draft for each desk, filed only if the job is still this worker's; its repairs follow."""
    answered = tuple(_answered(doing, job))
    with doing.store.writing() as db:
        if not finish_job(db, job.id, doing.errand.holder, doing.clock()):
            return
        builds = [file_in(db, *each, doing.clock()) for each in answered]
        note_build(db, job.id, builds[0].number)
        for built in builds:
            if built.result.gaps:
                search = JobOrder(JobKind.REPAIR, built.week, job.order.desks)
                open_job(db, search, job.by, doing.clock())


def _answered(doing: Doing, job: Job) -> Iterable[tuple[Question, Result]]:
    """Each week's question and its answer; weeks running are solved as one."""
    settings, order = doing.settings, job.order
    asked = BuildOrder(order.week, order.desks, weeks=order.weeks)
    facts = facts_of(doing.store, settings, asked, doing.clock())
    problem = problem_of(settings, facts)
    limits = SolveLimits(order.seconds or settings.scheduling.seconds, settings.scheduling.seed)
    result = solved(settings, problem, limits, doing.hear, None, doing.stopped.is_set)
    if order.weeks > 1:
        return taken_apart(settings, facts, problem, result.roster)
    return [(Question(order.week, facts.desk_names, problem), result)]


def _repair(doing: Doing, job: Job) -> None:
    """Every gap with its reasons at once, then what closes each, as it is found."""
    with doing.store.reading() as db:
        week = explained_week(db, doing.settings, job.order.week, job.order.desks)
    found = {(gap.build, gap.gap): gap for build in week.builds for gap in found_reasons(build)}
    doing.found = to_json(in_order(found.values()))
    seconds, done = job.order.seconds or REPAIRING, 0

    def going_on() -> bool:
        return doing.seconds() < seconds and not doing.stopped.is_set()

    for build in week.builds:
        gaps = tuple(each.gap for each in build.gaps)
        limits = RepairLimits(seed=doing.settings.scheduling.seed)
        for repaired in repairs(build.problem, build.result.roster, gaps, limits, going_on):
            place = (build.number, repaired.gap)
            found[place] = with_repairs(found[place], repaired)
            doing.found = to_json(in_order(found.values()))
            doing.count(done := done + 1, len(found))
    _keep(doing, to_json(in_order(found.values())))


def _rehearse(doing: Doing, job: Job) -> None:
    order = RehearsalOrder(job.order.week, runs=RUNS)
    with doing.store.reading() as db:
        facts = rehearsal_facts(db, doing.settings, order, doing.clock())
    week = rehearsed_week(
        doing.settings, order, facts, lambda run: doing.count(run, RUNS), doing.stopped.is_set
    )
    _keep(doing, to_json(found_rehearsal(week)))


def _keep(doing: Doing, found: str) -> None:
    with doing.store.writing() as db:
        finish_job(db, doing.errand.job, doing.errand.holder, doing.clock(), found=found)


DO: Final[dict[JobKind, Callable[[Doing, Job], None]]] = {
    JobKind.BEGIN: _begin,
    JobKind.BUILD: _build,
    JobKind.REPAIR: _repair,
    JobKind.REHEARSE: _rehearse,
}
