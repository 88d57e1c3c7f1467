"""How are long rosters made up? Seeded instances in the size and manner of the public family.

Run: python -m benchmarks.instances WEEKS PEOPLE KINDS [--seed 1] > FILE
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

CONTRACTS = ((5, 2, 2, 1.0), (6, 2, 3, 1.0), (5, 1, 2, 0.5))  # longest, shortest, off, full time
WORKED = 0.57  # of a full-time person's days
WANTED = (0.18, 0.08)  # shifts asked for, and not asked for, a person and day


class Size(NamedTuple):
    """Weeks, people and kinds of shift."""

    weeks: int
    people: int
    kinds: int


def text(size: Size, seed: int) -> str:
    """An instance as a file of the public format."""
    draw = Random(seed)
    sections = {
        "HORIZON": [str(7 * size.weeks)],
        "SHIFTS": list(_shifts(size)),
        "STAFF": list(_staff(size, draw)),
        "DAYS_OFF": list(_days_off(size, draw)),
        "SHIFT_ON_REQUESTS": list(_requests(size, draw, WANTED[0])),
        "SHIFT_OFF_REQUESTS": list(_requests(size, draw, WANTED[1])),
        "COVER": list(_cover(size, draw)),
    }
    return "\n".join(line for name, lines in sections.items() for line in _section(name, lines))


def _section(name: str, lines: Sequence[str]) -> list[str]:
    return [f"SECTION_{name}", *lines, ""]


def _part_of_day(size: Size, kind: int) -> int:
    """Early, day, late or night."""
    return 3 * kind // max(1, size.kinds - 1) if size.kinds > 1 else 0


def _shifts(size: Size) -> Iterator[str]:
    """A shift may not be followed by one of an earlier part of the day."""
    for kind in range(size.kinds):
        part = _part_of_day(size, kind)
        earlier = "|".join(f"S{n}" for n in range(kind) if _part_of_day(size, n) < part)
        yield f"S{kind},{600 if part == 3 else 480},{earlier}"


def _staff(size: Size, draw: Random) -> Iterator[str]:
    for person in range(size.people):
        longest, shortest, off, share = CONTRACTS[person * 7 // size.people // 3]
        most = round(7 * size.weeks * share * 9 / 14) * 480
        least = most - max(1, size.weeks // 2) * 480
        caps = "|".join(f"S{kind}={_most(size, kind, draw)}" for kind in range(size.kinds))
        weekends = (size.weeks + 1) // 2
        yield f"P{person},{caps},{most},{least},{longest},{shortest},{off},{weekends}"


def _most(size: Size, kind: int, draw: Random) -> int:
    """Nobody works more than some nights; a third of the others can't be worked by a person."""
    if _part_of_day(size, kind) == 3:
        return draw.choice((0, size.weeks + 1))
    return draw.choice((0, 7 * size.weeks, 7 * size.weeks)) if kind else 7 * size.weeks


def _days_off(size: Size, draw: Random) -> Iterator[str]:
    for person in range(size.people):
        days = sorted(draw.sample(range(7 * size.weeks), max(1, size.weeks // 2)))
        yield f"P{person}," + ",".join(map(str, days))


def _requests(size: Size, draw: Random, share: float) -> Iterator[str]:
    for person in range(size.people):
        for day in range(7 * size.weeks):
            if draw.random() < share:
                yield f"P{person},{day},S{draw.randrange(size.kinds)},{draw.randint(1, 3)}"


def _cover(size: Size, draw: Random) -> Iterator[str]:
    """About as many heads as there are people for."""
    mean = size.people * WORKED / size.kinds
    for day in range(7 * size.weeks):
        for kind in range(size.kinds):
            yield f"{day},S{kind},{max(0, round(mean * draw.uniform(0.7, 1.2)))},100,1"


def main(argv: Sequence[str]) -> int:
    """Print one instance."""
    parser = argparse.ArgumentParser(prog="benchmarks.instances", description=__doc__)
    for name in Size._fields:
        parser.add_argument(name, type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    sys.stdout.write(text(Size(asked.weeks, asked.people, asked.kinds), asked.seed) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
