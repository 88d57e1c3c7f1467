"""How many of those on paper in a half hour have confirmed, are there, and can be reached?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import DeskName
from hotline.handshake.standing import Reach, Standing


@dataclass(frozen=True)
class Heads:
    """Of one desk at one instant, nobody on standby among them. present: checked in."""

    confirmed: int
    present: int
    reachable: int


def heads(duties: Iterable[Standing], desk: DeskName, at: datetime) -> Heads:
    """What is known of who is on duty at `desk` at `at`. Whoever is there has confirmed, too."""
    here = {
        each.volunteer.id: each
        for each in duties
        if each.desk == desk and each.on_paper and not each.standby
        if each.span.start <= at < each.span.end
    }.values()
    return Heads(
        confirmed=sum(bool(each.confirmed or each.checked_in) for each in here),
        present=sum(each.checked_in is not None for each in here),
        reachable=sum(each.reachable is Reach.YES for each in here),
    )
