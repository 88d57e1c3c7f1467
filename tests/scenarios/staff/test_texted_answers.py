"""By text: a duty is confirmed, and whoever is asked to stand in says yes, no, or takes it back."""

import json
from dataclasses import replace

import pytest

from hotline.config.settings import Sms
from hotline.handshake.states import SearchState
from hotline.practice import RINGS_OUT, Phone
from hotline.store import Store
from tests import make
from tests.scenarios.duties import Duties, duties, minutes
from tests.scenarios.rows import named
from tests.scenarios.stage import NIGHT

BOS = "+8613800000002"


@pytest.fixture
def hotline(store: Store) -> Duties:
    """Ada cannot come tonight; Bo, who has a mobile telephone, is asked."""
    plain = duties()
    texting = replace(plain, carrier=replace(plain.carrier, sms=Sms.TWO_WAY))
    hotline = Duties(store, texting).on_duty("Ada")
    hotline.people["Bo"] = make.hire(store, "Bo", address=f"tel:{BOS}")
    hotline.carrier.phone(Phone(f"tel:{BOS}", RINGS_OUT))
    hotline.cannot_come("Ada")
    hotline.passes(minutes(1))
    assert hotline.asked() == [("Bo", "asked")]
    return hotline


def texts(hotline: Duties, words: str) -> str:
    """What Bo, who sends this, gets back."""
    before = len(hotline.carrier.texts())
    hotline.carrier.text(BOS, words, hotline.settings.carrier.caller_id)
    hotline.passes(0)
    (back,) = hotline.carrier.texts()[before + 1 :]
    return back.words


def test_a_question_says_how_it_is_answered(hotline: Duties) -> None:
    (notice,) = named(hotline.store, "notice")
    assert json.loads(str(notice["words"]))["how"] == {"phrases": ["how_by_text"]}


def test_yes_and_then_no_after_all(hotline: Duties) -> None:
    assert texts(hotline, "能来") == "谢谢您，再见。"
    assert hotline.rung_at(NIGHT.start) == ["Bo"]

    assert texts(hotline, "不能来") == "已经取消，再见。"
    assert hotline.rung_at(NIGHT.start) == []
    assert hotline.search() is SearchState.FAILED  # nobody else is left


def test_no(hotline: Duties) -> None:
    assert texts(hotline, "cant") == "好的，谢谢您，再见。"
    hotline.passes(minutes(1))
    assert hotline.asked() == [("Bo", "refused")]
    assert hotline.search() is SearchState.FAILED


def test_with_nothing_to_answer_the_next_duty_is_confirmed(hotline: Duties) -> None:
    texts(hotline, "come")
    hotline.passes(minutes(3))

    assert texts(hotline, "确认") == "谢谢，已经记下您今天晚上十点能到岗。"

    kinds = [row["kind"] for row in named(hotline.store, "attendance")]
    assert kinds == ["confirmed", "confirmed"]
    assert "哪个班不能来" in texts(hotline, "不能来")  # too late to take it back: of which duty?
