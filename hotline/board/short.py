"""Which desks have fewer people than their floor, now or soon?"""

from collections.abc import Collection, Iterator
from datetime import datetime

from hotline.board.presence import SOON
from hotline.config.settings import DeskName, Settings
from hotline.duty import Rota
from hotline.gaps import gaps_ahead
from scheduling.problem import ShiftKind, Span
from scheduling.roster import Gap


def short(
    rota: Rota, settings: Settings, desks: Collection[DeskName], at: datetime
) -> Iterator[Gap]:
    """The first gap below its floor of each of `desks`, by start. rota: only of that time.

    Of standby nothing is told: an empty one leaves nobody unanswered yet.
    """
    told: set[DeskName] = set()
    for gap in gaps_ahead(settings, rota, Span(at, at + SOON), desks):
        if gap.below_floor and gap.certificate != ShiftKind.STANDBY and gap.desk not in told:
            told.add(DeskName(gap.desk))
            yield gap
