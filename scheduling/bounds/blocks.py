"""Who belongs together? People who share their shifts with few others make a block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduling.legal.growth import Ints
from scheduling.legal.weeks import PersonWeeks

MOST = 160  # people of a block


@dataclass(frozen=True)
class Block:
    """People, by their places, and the rows in which only they can stand."""

    people: tuple[int, ...]
    rows: tuple[int, ...]

    def far(self, above: Ints, dearer: Ints) -> int:
        """How far a roster is above its bound in this block (`Prover.distance`)."""
        return int(above[list(self.rows)].sum() + dearer[list(self.people)].sum())


def blocks(weeks: Sequence[PersonWeeks], rows: int, most: int = MOST) -> tuple[Block, ...]:
    """People who share rows, as long as they are at most `most`; rows of fewest people first."""
    able: list[list[int]] = [[] for _ in range(rows)]
    for place, one in enumerate(weeks):
        for row in one.most[0].tolist():
            able[row].append(place)
    joined = _Joined(len(weeks), most)
    inner = [row for row in sorted(range(rows), key=lambda row: len(able[row])) if able[row]]
    inner = [row for row in inner if joined.join(able[row])]
    of: dict[int, list[int]] = {}
    for row in inner:
        of.setdefault(joined.root(able[row][0]), []).append(row)
    members: dict[int, list[int]] = {}
    for place in range(len(weeks)):
        members.setdefault(joined.root(place), []).append(place)
    return tuple(Block(tuple(members[root]), tuple(sorted(mine))) for root, mine in of.items())


def unexplained(above: tuple[Ints, Ints], by: Mapping[Block, int]) -> tuple[Ints, Ints]:
    """Where a roster is above its bound, without what whole weeks in blocks cost at least."""
    rows, people = above[0].copy(), above[1].copy()
    for block, raised in by.items():
        far = block.far(*above)
        left = max(0, far - raised)
        for each, mine in ((rows, list(block.rows)), (people, list(block.people))):
            each[mine] = each[mine] * left // max(1, far)
    return rows, people


class _Joined:
    """Sets of people that grow together, up to so many."""

    def __init__(self, count: int, most: int) -> None:
        self._most = most
        self._parent = list(range(count))
        self._size = [1] * count

    def root(self, place: int) -> int:
        """The one that stands for its set."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, places: Sequence[int]) -> bool:
        """Whether all of `places` are one set now, or were."""
        roots = {self.root(place) for place in places}
        size = sum(self._size[root] for root in roots)
        if size > self._most:
            return False
        first, *others = sorted(roots)
        for other in others:
            self._parent[other] = first
        self._size[first] = size
        return True
