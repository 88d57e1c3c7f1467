"""Who belongs together, and what do they explain?"""

import numpy as np

from scheduling.bounds.blocks import Block, blocks, unexplained
from tests.scheduling.bounds.looked import Looked, two_cities


def test_a_desk_is_a_block_and_what_desks_share_is_in_none() -> None:
    looked = Looked(two_cities())

    found = blocks(looked.weeks, len(looked.rows), 2)

    assert sorted(block.people for block in found) == [(0, 1), (2, 3)]
    shared = [n for n, row in enumerate(looked.rows) if "night" in row.shifts]
    assert not {row for block in found for row in block.rows} & set(shared)


def test_people_who_are_few_are_one_block() -> None:
    looked = Looked(two_cities())

    (block,) = blocks(looked.weeks, len(looked.rows), 4)

    assert block.people == (0, 1, 2, 3)


def test_what_a_block_explains_is_looked_for_no_more() -> None:
    above = (np.array([8, 4, 2]), np.array([4, 2]))
    block = Block((0,), (0, 1))

    rows, people = unexplained(above, {block: 8})

    assert rows.tolist() == [4, 2, 2]
    assert people.tolist() == [2, 2]
    assert [each.tolist() for each in unexplained(above, {block: 99})] == [[0, 0, 2], [0, 2]]
