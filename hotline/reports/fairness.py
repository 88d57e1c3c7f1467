"""How evenly unpopular duty fell on those who share it: nights, and 24-hour duty.

For building rosters there is the ledger of a year (`hotline.rosters.question.fairness`); this is
the plain picture of one period, as a person would count it on a wall calendar.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hotline.config.settings import DeskName
from hotline.people import StoredPerson
from scheduling.problem import Rota, ShiftKind

SPARED: dict[ShiftKind, Rota] = {ShiftKind.NIGHT: Rota.NIGHTS, ShiftKind.FULL_DAY: Rota.FULL_DAYS}


@dataclass(frozen=True)
class Spread:
    """How many duties of one kind each sharer had. None: nobody shares in them.

    gini: 0, everybody had as many; towards 1, one had all.
    """

    sharers: int
    duties: int
    least: int
    most: int
    gini: float


Had = Mapping[tuple[ShiftKind, DeskName], Counter[str]]  # by code of the person


def spread(
    kind: ShiftKind, people: Iterable[StoredPerson], had: Had, desks: frozenset[DeskName]
) -> Spread | None:
    """Over everybody of these desks whose agreement does not spare them, with and without any."""
    mine: Counter[str] = Counter()
    for desk in desks:
        mine.update(had.get((kind, desk), Counter()))
    sharers = {p.code for p in people if _shares(p, kind, desks)} | set(mine)
    if not mine:
        return None
    counts = sorted(mine[code] for code in sharers)
    return Spread(len(counts), sum(counts), counts[0], counts[-1], gini(counts))


def _shares(person: StoredPerson, kind: ShiftKind, desks: frozenset[DeskName]) -> bool:
    spared = SPARED[kind] in person.agreement.exempt
    never = kind is ShiftKind.NIGHT and person.nights_a_week == 0
    return not spared and not never and not desks.isdisjoint(person.desks)


def gini(counts: Sequence[int]) -> float:
    """Half the mean difference between two people, of the mean. counts: sorted, not all 0."""
    size, whole = len(counts), sum(counts)
    weighted = sum(place * count for place, count in enumerate(counts, 1))
    return 2 * weighted / (size * whole) - (size + 1) / size
