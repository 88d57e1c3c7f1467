"""Lin was promised a callback, and rings in herself: if she talks with somebody, that keeps it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.practice import RINGS_OUT, Answer
from hotline.promises.states import Safe
from hotline.store import Store
from tests import make
from tests.scenarios.exits.test_asked_by_form import asks
from tests.scenarios.promised import AFTERNOON, DAY, NUMBER, PromisingHotline
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING, SITE

FRIEND = "+8613912345670"
MESSAGE = Answer("留言请按2", "2")
CAMPUS = make.line("campus", numbers=("12355",))
TWO_LINES = replace(SITE, lines=(NANJING, CAMPUS))


def promised(store: Store, number: str = NUMBER) -> PromisingHotline:
    """Lin asked to be rung in the evening. Ada is on duty from five past three."""
    hotline = PromisingHotline(store, TWO_LINES).on_duty("Ada", span=DAY)
    asks(store, TWO_LINES, number, safe=Safe.EVENING)
    return hotline


def states(hotline: PromisingHotline) -> list[str]:
    return [row["state"] for row in named(hotline.store, "callback")]


def test_who_rang_in_and_talked_is_not_rung_back(store: Store) -> None:
    hotline = promised(store)

    hotline.caller_rings(number=NUMBER, after=600, talk=120)
    hotline.passes(timedelta(hours=6).total_seconds())

    (call,) = named(store, "call")
    promise = hotline.callback()
    assert call["outcome"] == "answered"
    assert promise["state"] == "kept"
    assert timedelta() <= promise["done"] - call["ended"] < timedelta(minutes=1)
    assert (hotline.rung_back(), hotline.tries()) == ([], [])
    hotline.keeps_its_word()


def test_the_promise_stands_while_she_talks(store: Store) -> None:
    hotline = promised(store)

    hotline.caller_rings(number=NUMBER, after=600, talk=600)
    hotline.passes(900)

    assert states(hotline) == ["open"]


def abandons(hotline: PromisingHotline) -> None:
    hotline.phone("Ada", RINGS_OUT)
    hotline.caller_rings(number=NUMBER, after=600, patience=15)


def leaves_a_message(hotline: PromisingHotline) -> None:
    hotline.caller_rings(number=NUMBER, after=10, answers=[MESSAGE], leaves_message=20)


def rings_without_a_number(hotline: PromisingHotline) -> None:
    hotline.caller_rings(number=None, after=600, talk=120)


def talks_at_another_line(hotline: PromisingHotline) -> None:
    hotline.caller_rings("12355", number=NUMBER, after=600, talk=120)


def somebody_else_talks(hotline: PromisingHotline) -> None:
    hotline.caller_rings(number=FRIEND, after=600, talk=120)


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (abandons, "left"),
        (leaves_a_message, "message"),
        (rings_without_a_number, "answered"),
        (talks_at_another_line, "answered"),
        (somebody_else_talks, "answered"),
    ],
)
def test_nothing_else_keeps_the_promise(
    store: Store, what: Callable[[PromisingHotline], None], outcome: str
) -> None:
    hotline = promised(store)

    what(hotline)
    hotline.passes(1200)

    assert [call["outcome"] for call in named(store, "call")] == [outcome]
    assert states(hotline) == ["open"]


def test_a_callback_to_another_number_stands_beside_the_one_that_is_kept(store: Store) -> None:
    hotline = promised(store)
    asks(store, TWO_LINES, FRIEND, safe=Safe.EVENING)

    hotline.caller_rings(number=NUMBER, after=600, talk=120)
    hotline.passes(1200)

    assert states(hotline) == ["kept", "open"]


def test_who_asks_after_the_talk_is_rung_back(store: Store) -> None:
    hotline = PromisingHotline(store, TWO_LINES).on_duty("Ada", span=DAY)
    hotline.caller_rings(number=NUMBER, after=600, talk=120)
    hotline.passes(1200)

    asks(store, TWO_LINES, at=AFTERNOON + timedelta(minutes=20), safe=Safe.EVENING)
    hotline.passes(1200)

    assert states(hotline) == ["open"]
