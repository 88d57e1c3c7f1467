"""How far is each search, across processes? Numbers in shared memory that nobody locks."""

from collections.abc import Iterator, MutableSequence, Sequence
from multiprocessing import get_context

from scheduling.roster import LevelPrice
from scheduling.solve import Progress
from scheduling.telling.levels import Level

MILLION = 1_000_000
CELLS = 3 + 2 * len(Level)  # of a problem: how many words so far, and the newest in whole numbers
GOING_ON, ENOUGH, STOPPED = range(3)  # what the last cell of all says to writers


class StoppedError(Exception):
    """Nobody waits for this search any more."""


class Board:
    """Each search writes its own cells, one reader looks at all of them.

    Without locks, a writer that is killed while it writes holds nobody up; at worst one word mixes
    two, until the next.
    """

    def __init__(self, problems: int) -> None:
        self._problems = range(problems)
        self._cells: MutableSequence[int] = get_context("spawn").RawArray("q", CELLS * problems + 1)

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called, in whichever process."""
        return self._cells[-1] == STOPPED

    def stop(self) -> None:
        """Tell every writer to end."""
        self._cells[-1] = STOPPED

    def has_enough(self) -> bool:
        """Whether `enough` or `stop` was called, in whichever process."""
        return self._cells[-1] != GOING_ON

    def enough(self) -> None:
        """Tell every writer to answer with the best it has."""
        self._cells[-1] = max(self._cells[-1], ENOUGH)

    def write(self, number: int, progress: Progress) -> None:
        """Say how far a problem is. Raises StoppedError when nobody listens any more."""
        if self.stopped:
            raise StoppedError
        first = CELLS * number
        self._cells[first + 1 : first + CELLS] = whole_numbers(progress)
        self._cells[first] += 1

    def read(self, words_read: dict[int, int]) -> Iterator[tuple[int, Progress]]:
        """Each problem with more words than `words_read` says, which is brought up to date."""
        for number in self._problems:
            first = CELLS * number
            words, *newest = self._cells[first : first + CELLS]
            if words > words_read.get(number, 0):
                words_read[number] = words
                yield number, progress_of(newest)


def whole_numbers(progress: Progress) -> list[int]:
    """A word as whole numbers: microseconds, millionths covered, each level's price and bound."""
    pairs = [number for level in progress.levels for number in (level.price, level.bound)]
    return [round(progress.seconds * MILLION), round(progress.coverage * MILLION), *pairs]


def progress_of(numbers: Sequence[int]) -> Progress:
    """The word that `whole_numbers` wrote."""
    micros, covered, *pairs = numbers
    prices = zip(Level, pairs[::2], pairs[1::2], strict=True)
    levels = tuple(LevelPrice(level.title, price, bound) for level, price, bound in prices)
    return Progress(micros / MILLION, levels, covered / MILLION)
