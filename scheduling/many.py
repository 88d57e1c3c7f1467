"""How are many problems solved at once, wherever that is, so that none is lost?"""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from time import monotonic

from scheduling.choosing.budget import never
from scheduling.places import Crew, Enough, Place, PlaceError, Tell
from scheduling.problem import Problem
from scheduling.roster import Result, Roster
from scheduling.serial import from_json, result_from_json, result_to_json, to_json
from scheduling.solve import Progress, SolveLimits, build_roster

LOOK = 0.1  # seconds between two looks at what was heard
LOSSES = 3  # a problem whose worker died so often is not tried again
LEAST = 1.0  # seconds that each problem gets, even when the time for all of them is over
GONE = "The scheduler of the cluster is gone."
LATE = "Nobody solved a problem within three times its limit."
GRACE = 60.0  # seconds past three times its own limit, when a problem is given up


@dataclass(frozen=True)
class Task:
    """One problem, and how it is to be solved."""

    problem: Problem
    limits: SolveLimits = field(default_factory=SolveLimits)
    hint: Roster | None = None

    @property
    def size(self) -> int:
        """How much work it may be, against others."""
        return max(1, len(self.problem.people) * len(self.problem.shifts))


@dataclass(frozen=True)
class Answer:
    """What became of one problem: its result, or else what kept it from one.

    fault: what the solver raised; CancelledError; or PlaceError where the place failed it.
    """

    result: Result | None = None
    fault: BaseException | None = None


@dataclass(frozen=True)
class Watch:
    """How many problems are followed. Problems are numbered as they were given, from 0.

    seconds: of the wall for all together, shared by size; each problem keeps its own limit, too.
    cancelled: asked often; what is not answered then is answered by CancelledError.
    enough: asked often; what is not answered then is answered soon, with the best that was found.
    """

    seconds: float | None = None
    on_progress: Callable[[int, Progress], None] = lambda number, progress: None
    on_answer: Callable[[int, Answer], None] = lambda number, answer: None
    cancelled: Callable[[], bool] = never
    enough: Enough = never
    grace: float = GRACE


def solve_many(tasks: Sequence[Task], place: Place, watch: Watch | None = None) -> list[Answer]:
    """One answer for each problem, in their order; the rosters are the same wherever it is.

    Raises PlaceError when the place cannot be used at all.
    """
    with place.opened(solved, len(tasks)) as crew:
        run = _Run(tasks, crew, watch or Watch())
        try:
            return run.answers()
        finally:
            run.leave()


def solved(payload: str, tell: Tell, enough: Enough) -> str:
    """What a worker does: a task as JSON in, a result as JSON out."""
    task, begun = from_json(Task, payload), monotonic()

    def will_do() -> bool:
        return monotonic() - begun >= LEAST and enough()

    result = build_roster(task.problem, task.limits, tell, task.hint, will_do)
    return result_to_json(result)


@dataclass(frozen=True)
class _Flight:
    """A problem that is being solved, and when it is given up."""

    number: int
    until: float


class _Run:
    """One round of many problems; the largest begin first, so that none is left over alone."""

    def __init__(self, tasks: Sequence[Task], crew: Crew, watch: Watch) -> None:
        self._tasks, self._crew, self._watch = tasks, crew, watch
        self._ends = None if watch.seconds is None else monotonic() + watch.seconds
        by_size = sorted(range(len(tasks)), key=lambda number: -tasks[number].size)
        self._waiting = deque(by_size)
        self._flying: dict[Future[str], _Flight] = {}
        self._losses: Counter[int] = Counter()
        self._solved = self._abandoned = self._hurried = False
        self._answers: dict[int, Answer] = {}

    def answers(self) -> list[Answer]:
        """Send, wait, take, until every problem is answered."""
        while len(self._answers) < len(self._tasks):
            if self._watch.cancelled():
                self._answer_the_rest(CancelledError("cancelled"))
                break
            self._hurry()
            self._send()
            if not self._flying:
                self._answer_the_rest(PlaceError(GONE))
                break
            done, _ = wait(self._flying, LOOK, FIRST_COMPLETED)
            for number, progress in self._crew.heard():
                self._watch.on_progress(number, progress)
            for future in done:
                self._take(future)
            self._give_up_late_ones()
        return [self._answers[number] for number in range(len(self._tasks))]

    def leave(self) -> None:
        """Let nobody work for nothing."""
        if self._flying or self._abandoned:
            self._crew.stop()

    def _hurry(self) -> None:
        """Once the best so far will do, nothing gets more than the least time."""
        if not self._hurried and self._watch.enough():
            self._hurried, self._ends = True, monotonic()
            self._crew.enough()

    def _send(self) -> None:
        while self._waiting and len(self._flying) < self._room():
            number = self._waiting.popleft()
            task = replace(self._tasks[number], limits=self._limits(number))
            until = monotonic() + 3 * task.limits.seconds + self._watch.grace
            future = self._crew.submit(number, to_json(task))
            self._flying[future] = _Flight(number, until)

    def _room(self) -> int:
        """One that was lost before flies alone: if it kills its worker, it takes no other along."""
        aloft = [flight.number for flight in self._flying.values()]
        suspects = [n for n in (self._waiting[0], *aloft) if self._losses[n]]
        return 1 if suspects else self._crew.width()

    def _limits(self, number: int) -> SolveLimits:
        own = self._tasks[number].limits
        if self._ends is None:
            return own
        left = self._ends - monotonic()
        size = self._tasks[number].size
        others = sum(self._tasks[n].size for n in self._waiting)
        share = left * self._crew.width() * size / (size + others)
        return replace(own, seconds=min(own.seconds, max(LEAST, min(left, share))))

    def _take(self, future: Future[str]) -> None:
        number = self._flying.pop(future).number
        if future.cancelled():
            self._answer(number, Answer(fault=PlaceError(GONE)))
            return
        match future.exception():
            case None:
                self._solved = True
                self._answer(number, Answer(result_from_json(future.result())))
            case BrokenExecutor():
                self._lose(number)
            case fault:
                self._answer(number, Answer(fault=fault))

    def _lose(self, number: int) -> None:
        self._losses[number] += 1
        if sum(self._losses.values()) > 2 * LOSSES and not self._solved:
            raise PlaceError("The workers die before they solve anything.")
        if self._losses[number] < LOSSES:
            self._waiting.appendleft(number)
            return
        words = f"The worker died {LOSSES} times over this problem; is memory short?"
        self._answer(number, Answer(fault=PlaceError(words)))

    def _give_up_late_ones(self) -> None:
        late = [future for future, f in self._flying.items() if monotonic() > f.until]
        for future in late:
            number = self._flying.pop(future).number
            self._abandoned = True
            self._answer(number, Answer(fault=PlaceError(LATE)))

    def _answer_the_rest(self, fault: Exception) -> None:
        for number in range(len(self._tasks)):
            if number not in self._answers:
                self._answer(number, Answer(fault=fault))

    def _answer(self, number: int, answer: Answer) -> None:
        self._answers[number] = answer
        self._watch.on_answer(number, answer)
