"""Whose weeks should be chosen anew together, while all others keep theirs?"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from random import Random

from scheduling.bounds.blocks import Block
from scheduling.bounds.rows import Row
from scheduling.choosing.greedy import points
from scheduling.legal.growth import Ints
from scheduling.legal.pricing import Column
from scheduling.legal.weeks import PersonWeeks
from scheduling.master import Choice, Offer
from scheduling.patterns import Beginning, extended
from scheduling.problem import Shift
from scheduling.rules.faces import Week
from scheduling.telling.levels import Goal, total

NEAR = 40  # rows around the one that is looked at
TRIED = 120  # changed weeks of one person that are tried


class Neighbours:
    """Draws people who can stand in for one another, by their places."""

    def __init__(self, rows: Sequence[Row], weeks: Sequence[PersonWeeks], seed: int) -> None:
        self._draw = Random(seed)  # noqa: S311 - repeatable, no secret
        self._rows, self._weeks, self._count = rows, weeks, len(weeks)
        self._able: list[list[int]] = [[] for _ in rows]
        for place, one in enumerate(weeks):
            for row in one.most[0].tolist():
                self._able[row].append(place)

    def changed(self, place: int, now: Column) -> list[Column]:
        """Some legal weeks that are a person's week but for one shift or two."""
        return changed(self._weeks[place], now, self._draw)

    def block(self, above: tuple[Ints, Ints], blocks: Sequence[Block]) -> list[int]:
        """Everybody in one block, mostly one that is far above its bound; every other time nobody.

        above: by row and by person, in the problem's order.
        """
        if not blocks or self._draw.random() < 0.5:
            return []
        heavy = [1 + block.far(*above) for block in blocks]
        return list(self._draw.choices(blocks, heavy)[0].people)

    def some(self, above: tuple[Ints, Ints], columns: Sequence[Column], count: int) -> list[int]:
        """Up to `count` people, mostly such as can stand where a roster is above its bound.

        above: by row and by person, in the problem's order.
        """
        rows, people = above
        everybody = list(range(self._count))
        if not len(rows) or self._draw.random() < 0.25:
            return sorted(self._draw.sample(everybody, min(count, self._count)))
        about = self._about(rows.tolist(), people.tolist(), columns)
        near = range(max(0, about - NEAR // 2), min(len(rows), about + NEAR // 2))
        able = sorted({place for row in near for place in self._able[row]})
        drawn = self._draw.sample(able, min(count, len(able)))
        more = self._draw.sample(everybody, min(count - len(drawn), self._count))
        return sorted({*drawn, *more})

    def _about(self, rows: Sequence[int], people: Sequence[int], columns: Sequence[Column]) -> int:
        """A row that is above its cheapest, or in which somebody could stand whose week is."""
        heavy = [1 + each for each in (*rows, *people)]
        drawn = self._draw.choices(range(len(heavy)), heavy)[0]
        if drawn < len(rows):
            return drawn
        place = drawn - len(rows)
        could = columns[place].rows or self._weeks[place].most[0].tolist()
        return self._draw.choice(could) if could else self._draw.randrange(len(rows))


def changed(one: PersonWeeks, now: Column, draw: Random) -> list[Column]:
    """Legal weeks that are this person's with a shift dropped, added or replaced; not all, if many.

    The weeks that suit a proof best are much the same for people who are alike. These let one hand
    a shift to another.
    """
    start, given = one.beginning, set(now.pattern.shifts)
    mine = [shift for shift in start.shifts if shift.id in given]
    fewer = [[shift for shift in mine if shift is not left] for left in mine]
    more = [(base, new) for base in (mine, *fewer) for new in start.shifts if new.id not in given]
    tried = more if len(more) <= TRIED else draw.sample(more, TRIED)
    place = {shift.id: number for number, shift in enumerate(start.shifts)}
    longer = (sorted((*base, new), key=lambda shift: place[shift.id]) for base, new in tried)
    return [one.column(week) for week in (*fewer, *longer) if _legal(start, week)]


def _legal(start: Beginning, week: Iterable[Shift]) -> bool:
    rules: tuple[Week, ...] | None = start.rules
    for shift in week:
        rules = None if rules is None else extended(rules, shift)
    return rules is not None


class Part:
    """A choice among few people's weeks as a smaller offer, beside those of all others.

    price: of the hint, in the smaller offer's points.
    """

    def __init__(self, offer: Offer, free: Collection[str]) -> None:
        self._others = [c for c in offer.hint if c.pattern.person not in free]
        mine = [c for c in offer.columns if c.pattern.person in free]
        touched = sorted({row for column in mine for row in column.rows})
        self._number = {row: number for number, row in enumerate(touched)}
        self._whole = {self._less(column): column for column in mine}
        heads: Counter[int] = Counter()
        for column in self._others:
            heads.update(dict(zip(column.rows, column.heads, strict=True)))
        rows = tuple(
            offer.rows[row].beside(heads[row], _least(offer.rows[row], free)) for row in touched
        )
        untouched = (r.price(heads[n]) for n, r in enumerate(offer.rows) if n not in self._number)
        spent = total((*(column.pattern.points for column in self._others), *untouched))
        kept = tuple(most - each for most, each in zip(offer.goal.kept, spent, strict=False))
        goal = Goal(offer.goal.weights, kept)
        hint = tuple(self._less(c) for c in offer.hint if c.pattern.person in free)
        bound = offer.bound - goal.price(spent)
        self.offer = Offer(rows, tuple(self._whole), hint, bound, goal, offer.step)
        self.price = goal.price(points(rows, hint))

    def gains(self, choice: Choice) -> bool:
        """Whether a choice is better than the hint."""
        return self.offer.goal.price(points(self.offer.rows, choice.columns)) < self.price

    def joined(self, choice: Choice) -> list[Column]:
        """What was chosen, beside what all others have."""
        return [*self._others, *(self._whole[column] for column in choice.columns)]

    def _less(self, column: Column) -> Column:
        return Column(column.pattern, tuple(self._number[row] for row in column.rows), column.heads)


def _least(row: Row, free: Collection[str]) -> int:
    weights = row.weights or {}
    return sum(min(0, weights.get(person, 0)) for person in sorted(free))
