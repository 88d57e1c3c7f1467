"""What is a choice given to work with?"""

import pytest

from scheduling.bounds.bound import Prover
from scheduling.choosing.budget import SolveLimits, never, whole
from scheduling.choosing.tasks import Choosing
from scheduling.master import Choice, Effort, Offer
from scheduling.telling.levels import Goal, Level, at

NOTHING = Offer((), (), (), 0, Goal(at(Level.FLOORS, 1)), 1)


@pytest.mark.parametrize(
    ("limits", "asked", "given"),
    [
        (SolveLimits(workers=4), 0, 4),
        (SolveLimits(workers=4), 1, 1),
        (SolveLimits(workers=4, work=1.0), 0, 1),
    ],
)
def test_choices_made_side_by_side_have_one_worker_each_and_others_all(
    limits: SolveLimits, asked: int, given: int
) -> None:
    efforts: list[Effort] = []

    def choose(offer: Offer, effort: Effort) -> Choice:
        efforts.append(effort)
        return Choice(offer.hint, 0, 0.0)

    Choosing(Prover((), ()), (), limits).chosen(choose, NOTHING, whole(limits, never), asked)

    assert [effort.workers for effort in efforts] == [given]
