"""Is what a search says heard once, whole, and by nobody who is gone?"""

import pytest

from scheduling.places.board import Board, StoppedError
from scheduling.roster import LevelPrice
from scheduling.solve import Progress
from scheduling.telling.levels import Level


def word(price: int, seconds: float = 1.25, bound: int = -(10**18)) -> Progress:
    levels = tuple(LevelPrice(level.title, price + level, bound - level) for level in Level)
    return Progress(seconds, levels, 0.875)


def test_the_newest_word_of_each_is_read_once() -> None:
    board, read = Board(3), dict[int, int]()

    board.write(2, word(7))
    board.write(0, word(5))
    board.write(2, word(6, seconds=2.5))

    assert list(board.read(read)) == [(0, word(5)), (2, word(6, seconds=2.5))]
    assert list(board.read(read)) == []
    board.write(1, word(-4))
    assert list(board.read(read)) == [(1, word(-4))]


def test_nobody_writes_on_a_board_that_is_stopped() -> None:
    board = Board(1)
    board.stop()
    with pytest.raises(StoppedError):
        board.write(0, word(5))
    assert list(board.read({})) == []
