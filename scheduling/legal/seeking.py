"""What is a cheap legal week, where the graph is vague?"""

from dataclasses import dataclass
from heapq import heappop, heappush

from scheduling.legal.pricing import Priced, Weeks, Worth
from scheduling.patterns import extended, tallied
from scheduling.rules.faces import Tally
from scheduling.rules.faces import Week as RuleWeek
from scheduling.telling.levels import NOTHING, Points, total

LOOKS = 400  # steps tried before the best week so far is good enough


@dataclass(frozen=True)
class _Step:
    """A legal week so far, and where it stands in the graph."""

    rules: tuple[RuleWeek, ...]
    tallies: tuple[Tally, ...]
    taken: tuple[int, ...]
    points: Points
    cost: int
    state: int


def sought(weeks: Weeks, priced: Priced, worth: Worth) -> tuple[int, tuple[list[int], Points]]:
    """What no legal week undercuts, and the cheapest found: places of shifts, and their points.

    One person's graph; what follows a state in it is never dearer there than in truth, so the most
    promising step is tried first, and the first that cannot be beaten ends the search.
    """
    search = _Seeking(weeks, priced, worth)
    for _ in range(LOOKS):
        if not search.look():
            break
    return search.least(), (list(search.best.taken), search.best.points)


class _Seeking:
    """Steps still to be tried, the most promising first."""

    def __init__(self, weeks: Weeks, priced: Priced, worth: Worth) -> None:
        start = weeks.graph.starts[0]
        self._weeks, self._priced, self._worth = weeks, priced, worth
        self._heap: list[tuple[int, int, int, _Step]] = []
        self._count = 0
        self.best = _Step(start.rules, start.tallies, (), NOTHING, 0, 0)
        self._push(self.best)

    def least(self) -> int:
        """What no week undercuts."""
        return min([self.best.cost, *(promised for promised, *_ in self._heap[:1])])

    def look(self) -> bool:
        """Try the most promising step; whether there was one that may lead to a better week."""
        if not self._heap or self._heap[0][0] >= self.best.cost:
            return False
        _, _, edge, before = heappop(self._heap)
        step = self._taken(before, edge)
        if step is not None:
            self.best = min(self.best, step, key=lambda each: each.cost)
            self._push(step)
        return True

    def _push(self, step: _Step) -> None:
        """Every way on that may be cheaper than the best week so far."""
        depth = len(step.taken)
        if depth == len(self._weeks.graph.layers):
            return
        layer, whole = self._weeks.graph.layers[depth], self._priced.whole[depth]
        first, last = int(layer.begins[step.state]), int(layer.begins[step.state + 1])
        for edge, ahead in enumerate(whole[first:last].tolist(), first):
            if step.cost + ahead < self.best.cost:
                self._count += 1
                heappush(self._heap, (step.cost + ahead, self._count, edge, step))

    def _taken(self, before: _Step, edge: int) -> _Step | None:
        layer = self._weeks.graph.layers[len(before.taken)]
        place = self._weeks.best_of(int(layer.time[edge]), self._priced.shifts)
        shift = self._weeks.shifts[place]
        rules = extended(before.rules, shift)
        if rules is None:
            return None
        tallies, points = tallied(before.tallies, shift)
        saved = int(self._weeks.heads.between(place, place + 1).worth(self._worth)[0])
        cost = before.cost + self._worth.of(points) - saved
        taken, target = (*before.taken, place), int(layer.target[edge])
        return _Step(rules, tallies, taken, total((before.points, points)), cost, target)
