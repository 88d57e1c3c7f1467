"""What comes first when not everything can be had? Four levels, each before all after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """Where a wish stands. Points are only ever weighed against points of the same level."""

    FLOORS = 0  # enough people for a desk to be safe
    TARGETS = 1  # as many as the calls ask for, and what people were promised already
    FAIRNESS = 2  # unpopular work shared, commitments used
    WISHES = 3  # what people asked for

    @property
    def title(self) -> str:
        """The word that a coordinator reads."""
        return self.name.lower()


Points = tuple[int, ...]  # one number for each level, in order; compared as tuples are
NOTHING: Final[Points] = (0,) * len(Level)


def at(level: Level, points: int) -> Points:
    """So many points of one level."""
    return tuple(points if each is level else 0 for each in Level)


def total(many: Iterable[Points]) -> Points:
    """All points together, level by level."""
    return tuple(map(sum, zip(NOTHING, *many, strict=True)))


@dataclass(frozen=True)
class Goal:
    """What is made as small as possible, and what may not grow.

    weights: points of each level in one sum; kept: the points of the first levels, at most.
    """

    weights: Points
    kept: Points = ()

    def price(self, points: Points) -> int:
        """The sum that the goal makes small."""
        return sum(weight * each for weight, each in zip(self.weights, points, strict=True))

    def allows(self, points: Points) -> bool:
        """Whether no level that is kept has grown."""
        return all(each <= most for each, most in zip(points, self.kept, strict=False))


def settling(level: Level, best: Points) -> Goal:
    """As few points of `level` as can be, at no cost to the levels before, which have `best`."""
    return Goal(at(level, 1), best[:level])
