"""Of those on paper at a desk: who has confirmed, who is there, who can be reached."""

from dataclasses import replace
from datetime import timedelta

from hotline.config.settings import DeskName
from hotline.handshake.heads import Heads, heads
from hotline.handshake.standing import Reach
from tests import make
from tests.hotline.handshake.test_deciding import DUTY, START

DAY = DeskName("day")
BO = replace(DUTY, volunteer=make.volunteer("Bo"), confirmed=START, reachable=Reach.YES)
CEM = replace(DUTY, volunteer=make.volunteer("Cem"), checked_in=START)


def test_each_fact_is_counted_by_itself() -> None:
    assert heads([DUTY, BO, CEM], DAY, START) == Heads(confirmed=2, present=1, reachable=1)


def test_one_person_is_one_head() -> None:
    assert heads([CEM, CEM], DAY, START) == Heads(confirmed=1, present=1, reachable=0)


def test_who_is_elsewhere_absent_or_on_standby_is_no_head() -> None:
    others = [
        replace(BO, desk=DeskName("night")),
        replace(BO, on_paper=False),
        replace(BO, standby=True),
    ]
    assert heads(others, DAY, START) == Heads(0, 0, 0)
    assert heads([BO], DAY, START - timedelta(minutes=30)) == Heads(0, 0, 0)
    assert heads([BO], DAY, BO.span.end) == Heads(0, 0, 0)
