"""How far is each search, across processes? Numbers in shared memory that nobody locks."""

from collections.abc import Iterator, MutableSequence
from multiprocessing import get_context

from scheduling.solve import Progress

CELLS = 5  # of a problem: words so far, microseconds, price, bound, millionths covered
MILLION = 1_000_000


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
        return self._cells[-1] != 0

    def stop(self) -> None:
        """Tell every writer to end."""
        self._cells[-1] = 1

    def write(self, number: int, progress: Progress) -> None:
        """Say how far a problem is. Raises StoppedError when nobody listens any more."""
        if self.stopped:
            raise StoppedError
        first = CELLS * number
        self._cells[first + 1 : first + CELLS] = [
            round(progress.seconds * MILLION),
            progress.price,
            progress.bound,
            round(progress.coverage * MILLION),
        ]
        self._cells[first] += 1

    def read(self, words_read: dict[int, int]) -> Iterator[tuple[int, Progress]]:
        """Each problem with more words than `words_read` says, which is brought up to date."""
        for number in self._problems:
            first = CELLS * number
            words, micros, price, bound, covered = self._cells[first : first + CELLS]
            if words > words_read.get(number, 0):
                words_read[number] = words
                yield number, Progress(micros / MILLION, price, bound, covered / MILLION)
