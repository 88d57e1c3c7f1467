"""How is the roster of many desks built, side by side where they have nothing in common?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from scheduling import audit
from scheduling.choosing.budget import never
from scheduling.choosing.parts import join, split, summed
from scheduling.many import Answer, Task, Watch, solve_many
from scheduling.places import Enough, Place
from scheduling.places.cluster import Cluster
from scheduling.places.local import Here, Processes
from scheduling.problem import Problem
from scheduling.roster import Assignment, LevelPrice, Result, Roster
from scheduling.solve import Progress, SolveLimits, build_roster
from scheduling.soundness import refuse_unsound
from scheduling.telling.levels import Level

WORTH_STARTING = 200  # people beside the largest part; starting workers takes as long as 100
NO_BOUND = -(10**18)  # of a part that has not said anything; no price comes near it


@dataclass(frozen=True)
class Means:
    """What there is to solve with: processes of this machine, or the address of a cluster.

    worth_starting: people beside the largest part, from which on either is used.
    """

    workers: int = 1
    cluster: str | None = None
    worth_starting: int = WORTH_STARTING

    def place(self, parts: Sequence[Problem]) -> Place:
        """Where these are solved soonest."""
        people = sorted(len(part.people) for part in parts)
        if sum(people[:-1]) < self.worth_starting:
            return Here()
        if self.cluster is not None:
            return Cluster(self.cluster)
        return Processes(self.workers) if self.workers > 1 else Here()


def build_desks(
    problem: Problem,
    limits: SolveLimits,
    where: Callable[[Sequence[Problem]], Place],
    on_progress: Callable[[Progress], None] | None = None,
    enough: Enough = never,
) -> Result:
    """What `build_roster` answers, with independent desks side by side; limits are for all of them.

    where: the place for such parts (`Means.place`); enough: asked often, whether the best found so
    far will do. Raises ValueError as `build_roster` does, and
    PlaceError when workers are out of reach.
    """
    refuse_unsound(problem)
    parts = split(problem)
    if len(parts) == 1:
        return build_roster(problem, limits, on_progress, cancelled=enough)
    begun = monotonic()
    watch = Watch(seconds=limits.seconds, enough=enough)
    if on_progress is not None:
        total = _Total(parts, on_progress)
        watch = Watch(limits.seconds, total.hear, total.end, enough=enough)
    answers = solve_many([Task(part, limits) for part in parts], where(parts), watch)
    return join(problem, [_result(answer) for answer in answers], monotonic() - begun)


def _result(answer: Answer) -> Result:
    if answer.fault is not None:
        raise answer.fault
    assert answer.result is not None
    return answer.result


class _Total:
    """How far all parts are together. Who has said nothing yet has the pins and no bound."""

    def __init__(self, parts: Sequence[Problem], on_progress: Callable[[Progress], None]) -> None:
        self._parts, self._tell, self._begun = parts, on_progress, monotonic()
        self._wanted = [audit.heads(part, Roster(()))[1] for part in parts]
        self._words = [_first_word(part) for part in parts]

    def hear(self, number: int, progress: Progress) -> None:
        """Pass on the sum, with what one part says now."""
        self._words[number] = progress
        seconds = monotonic() - self._begun
        levels = summed(word.levels for word in self._words)
        self._tell(Progress(seconds, levels, self._coverage()))

    def end(self, number: int, answer: Answer) -> None:
        """Pass on the sum, with what became of one part."""
        if answer.result is not None:
            result = answer.result
            share = audit.coverage(self._parts[number], result.roster)
            self.hear(number, Progress(result.seconds, result.levels, share))

    def _coverage(self) -> float:
        pairs = zip(self._words, self._wanted, strict=True)
        standing = sum(word.coverage * heads for word, heads in pairs)
        wanted = sum(self._wanted)
        return standing / wanted if wanted else 1.0


def _first_word(part: Problem) -> Progress:
    pins = Roster(tuple({Assignment(pin.shift, pin.person) for pin in part.pins}))
    pairs = zip(Level, audit.points(part, pins), strict=True)
    levels = tuple(LevelPrice(level.title, points, NO_BOUND) for level, points in pairs)
    return Progress(0.0, levels, audit.coverage(part, pins))
