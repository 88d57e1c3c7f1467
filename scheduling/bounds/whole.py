"""How good can a roster be at best, when people who share their shifts are looked at together?

The relaxation gives each person fractions of weeks. What a desk of few people can do by halves adds
up over many desks. Here the people of a block get whole weeks, chosen together; only rows in which
people of several blocks stand keep the worth that the relaxation gives them.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from scheduling.bounds.blocks import Block
from scheduling.bounds.bound import Prover
from scheduling.bounds.rows import Row
from scheduling.choosing.greedy import allowed, points
from scheduling.legal.pricing import SCALE, Column, Worth
from scheduling.legal.weeks import PersonWeeks
from scheduling.master import Choice, Offer
from scheduling.patterns import Pattern
from scheduling.telling.levels import Goal, Points

TOP = Goal((1, 0, 0, 0))  # one sum, in 1/SCALE points

Chooser = Callable[[Offer], Choice]


@dataclass(frozen=True)
class Raised:
    """What whole weeks in blocks add to a proof, in 1/SCALE points; a roster, maybe better.

    unproven: blocks in which they may add more than was proven.
    """

    by: Mapping[Block, int]
    columns: tuple[Column, ...]
    unproven: frozenset[Block]


def raised(
    prover: Prover,
    parts: Sequence[Block],
    ground: "Ground",
    goal: Goal,
    choose: Chooser,
    going_on: Callable[[], bool],
) -> Raised:
    """Blocks in turn, those first that are farthest above what `ground.worth` proves."""
    best, by, unproven = ground.best, dict[Block, int](), set[Block]()
    offers = _offers(prover, parts, ground, going_on)
    for block, offer, choice in _choices(offers, choose, ground.workers):
        by[block] = max(0, choice.bound)
        best = _better(prover.rows, goal, best, ground.joined(block, choice))
        if not proven(offer, choice):
            unproven.add(block)
    return Raised(by, best, frozenset(unproven))


def proven(offer: Offer, choice: Choice) -> bool:
    """Whether no choice is better by a step."""
    return choice.bound > offer.goal.price(points(offer.rows, choice.columns)) - offer.step


def _offers(
    prover: Prover, parts: Sequence[Block], ground: "Ground", going_on: Callable[[], bool]
) -> Iterator[tuple[Block, Offer]]:
    """The choices worth making, as long as it goes on."""
    above, dearer = prover.distance(ground.worth, ground.best)
    far = {part: part.far(above, dearer) for part in parts}
    for block in sorted(parts, key=lambda part: -far[part]):
        if far[block] < SCALE or not going_on():
            return
        if (offer := ground.offer(prover, block, far[block])) is not None:
            yield block, offer


def _choices(
    offers: Iterator[tuple[Block, Offer]], choose: Chooser, workers: int
) -> Iterator[tuple[Block, Offer, Choice]]:
    """The choices in order. Solvers work on some while the next offer is put together."""
    waiting = deque[tuple[Block, Offer, Future[Choice]]]()
    with ThreadPoolExecutor(workers) as pool:
        for block, offer in offers:
            waiting.append((block, offer, pool.submit(choose, offer)))
            if len(waiting) >= workers:
                first, among, choice = waiting.popleft()
                yield first, among, choice.result()
        for last, among, choice in waiting:
            yield last, among, choice.result()


def _better(
    rows: Sequence[Row], goal: Goal, best: tuple[Column, ...], mine: Mapping[int, Column]
) -> tuple[Column, ...]:
    mixed = tuple(mine.get(place, column) for place, column in enumerate(best))
    new, old = points(rows, mixed), points(rows, best)
    gains = goal.price(new) < goal.price(old) and goal.allows(new)
    return mixed if gains and allowed(rows, mixed) else best


@dataclass(frozen=True)
class Ground:
    """A roster beside what a worth proves.

    least: what no week of each person undercuts at this worth; room: weeks that a choice may hold;
    workers: choices that are made at the same time.
    """

    weeks: Sequence[PersonWeeks]
    worth: Worth
    least: Sequence[int]
    best: tuple[Column, ...]
    room: int
    workers: int = 1

    def joined(self, block: Block, choice: Choice) -> dict[int, Column]:
        """The weeks that were chosen in a block, by people's places, as they are."""
        chosen = {column.pattern.person: column.pattern.shifts for column in choice.columns}
        return {
            place: self.weeks[place].week(chosen[self.weeks[place].person])
            for place in block.people
        }

    def offer(self, prover: Prover, block: Block, far: int) -> Offer | None:
        """The choice in a block, by what it is above the proof; None if it is too large."""
        number = {row: place for place, row in enumerate(block.rows)}
        columns: list[Column] = []
        for place in block.people:
            one = self.weeks[place]
            mine = one.within(self.worth, self.least[place] + far, self.room - len(columns))
            if mine is None:
                return None
            columns += _cheapest(self._inside(place, c, number) for c in one.columns(mine))
        hint = tuple(self._inside(place, self.best[place], number) for place in block.people)
        rows = tuple(
            self._row(prover.rows[row], row, (far, len(block.people))) for row in block.rows
        )
        return Offer(rows, tuple(dict.fromkeys([*columns, *hint])), hint, 0, TOP, SCALE)

    def _inside(self, place: int, column: Column, number: Mapping[int, int]) -> Column:
        cost = column.cost(self.worth) - self.least[place]
        inner = [
            (number[row], heads)
            for row, heads in zip(column.rows, column.heads, strict=True)
            if row in number
        ]
        pattern = Pattern(column.pattern.person, column.pattern.shifts, _top(cost))
        return Column(pattern, tuple(r for r, _ in inner), tuple(h for _, h in inner))

    def _row(self, row: Row, place: int, at_most: tuple[int, int]) -> Row:
        """What each number of heads is above the cheapest number, where that is not too far.

        at_most: above the cheapest, and how many people can stand there.
        """
        far, people = at_most
        most = len(self.weeks) if row.most is None else row.most
        able = most if row.weights else min(most, people)
        above = {h: self._above(row, place, h) for h in range(row.low, able + 1)}
        bends = (self._above(row, place, h) for h in (*range(min(most, len(row.points))), most))
        least = min(*above.values(), *bends)
        near = [h for h, each in above.items() if each - least <= far]
        priced = [_top(above[h] - least) for h in near]  # convex, so none between lacks
        return Row(frozenset(), (*priced, priced[-1]), most=near[-1], low=near[0])

    def _above(self, row: Row, place: int, heads: int) -> int:
        return self.worth.of(row.price(heads)) + heads * int(self.worth.heads[place])


def _cheapest(columns: Iterable[Column]) -> list[Column]:
    """Of weeks of one person that differ outside a block alone, the cheapest."""
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], Column] = {}
    for column in columns:
        here = (column.rows, column.heads)
        if here not in found or column.pattern.points < found[here].pattern.points:
            found[here] = column
    return list(found.values())


def _top(points: int) -> Points:
    return (points, 0, 0, 0)
