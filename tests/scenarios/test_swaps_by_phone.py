"""Swaps are answered, and open shifts taken, by telephone and by text."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from hotline.config.settings import DeskName, Language, Sms
from hotline.config.tables.handshake import Handshake
from hotline.config.tables.swaps import Approval
from hotline.handshake.telling import desk_here
from hotline.phones.pins import keep_pin_of
from hotline.phrases import say
from hotline.practice import ACCEPTS, Answer, Behaviour, Phone
from hotline.store import Store
from hotline.swaps.asking import Asking, ShiftKey, ask
from tests import make
from tests.scenarios.rows import column, named
from tests.scenarios.stage import NIGHT, STAFF, Hotline, site

MORNING: Final = make.local("2026-11-23 09:00")  # the day before the night
WITH_SHIFTS: Final = make.desk(
    "day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)]
)
PIN: Final = "824193"
BOS: Final = "+8613800000002"
DAY: Final = DeskName("day")
LATER: Final = make.span("2026-11-26 14:00", "2026-11-27 00:00")
HEARS: Final = Behaviour(answers=(Answer("听到请按1", "1"),))


class Swapping(Hotline):
    """Ada has the night of the 24th; Bo, who has a mobile telephone and a PIN, has none."""

    def __init__(self, store: Store, approval: Approval = Approval.NEVER) -> None:
        plain = site(desks=(WITH_SHIFTS,))
        settings = replace(
            plain,
            carrier=replace(plain.carrier, sms=Sms.TWO_WAY),
            swaps=replace(plain.swapping, approval=approval),
            handshake=Handshake(first_hours=24, last_hours=1, call=False, answer_minutes=20),
        )
        super().__init__(store, settings, MORNING)
        self.people["Ada"] = make.hire(store, "Ada")
        self.people["Bo"] = make.hire(store, "Bo", address=f"tel:{BOS}")
        self.people["Cem"] = make.hire(store, "Cem")
        self.carrier.phone(Phone(f"tel:{BOS}", HEARS))
        self.phone("Ada", ACCEPTS)
        make.store_roster(store, (self.people["Ada"], NIGHT), week="2026-W48")
        with store.writing() as db:
            keep_pin_of(db, "bo", PIN)

    def asks(self, asker: str = "ada", start: timedelta = timedelta()) -> int:
        """Somebody asks Bo to take their night over."""
        with self.store.writing() as db:
            asking = Asking(asker, "bo", ShiftKey(DAY, NIGHT.start + start))
            return ask(db, self.settings, asking, self.clock()).id

    def texts(self, words: str) -> list[str]:
        """What Bo, who sends this, gets back."""
        before = len(self.carrier.texts())
        self.carrier.text(BOS, words, self.settings.carrier.caller_id)
        self.passes(0)
        return [text.words for text in self.carrier.texts()[before + 1 :]]

    def dials_in(self, *keys: str, more: tuple[Answer, ...] = ()) -> str:
        """Bo dials the staff's number, and presses a key at each main menu; what he hears."""
        menu = [Answer("签到请按1", key, time=time) for time, key in enumerate(keys, 1)]
        answers = [Answer("请输入口令", f"{PIN}#"), *menu, *more]
        sid = self.caller_rings(STAFF, number=BOS, answers=answers)
        self.until_quiet()
        return self.heard(sid)

    def states(self) -> list[object]:
        """How far each swap got."""
        return column(self.store, "swap", "state")

    def comes(self) -> list[object]:
        """Who comes by an override, by number."""
        return [row["comes_id"] for row in named(self.store, "override")]


@pytest.fixture
def hotline(store: Store) -> Swapping:
    return Swapping(store)


def test_the_notice_says_how_it_is_answered(hotline: Swapping) -> None:
    hotline.asks()

    (notice,) = named(hotline.store, "notice")
    how = json.loads(str(notice["words"]))["how"]["phrases"]
    said = "".join(say(key, Language.ZH).words for key in how)
    assert "可在您的值班页面答复" in said
    assert "回复“同意”“不同意”" in said


@pytest.mark.parametrize(
    ("words", "state", "answer"),
    [
        ("同意", "approved", "换班已生效"),
        ("AGREE", "approved", "换班已生效"),
        ("yes", "approved", "换班已生效"),
        ("同意1", "approved", "换班已生效"),
        ("不同意", "refused", "已告诉对方"),
        ("decline 1", "refused", "已告诉对方"),
        ("no", "refused", "已告诉对方"),
    ],
)
def test_a_word_answers_the_one_swap_that_is_asked(
    hotline: Swapping, words: str, state: str, answer: str
) -> None:
    hotline.asks()

    (back,) = hotline.texts(words)

    assert answer in back
    assert hotline.states() == [state]
    assert hotline.comes() == ([hotline.people["Bo"].id] if state == "approved" else [])


def test_what_is_asked_is_read_with_the_words_to_answer_it(hotline: Swapping) -> None:
    assert hotline.texts("换班") == ["现在没有人请您换班。"]
    hotline.asks()

    (back,) = hotline.texts("换班")

    assert "Ada请您代值" in back
    assert desk_here(hotline.settings, DAY) in back
    assert "同意请回复“同意1”" in back
    assert hotline.texts("同意2") == [back]  # there is no second one: nothing is done
    assert hotline.states() == ["asked"]


def test_of_several_a_bare_word_decides_none(hotline: Swapping) -> None:
    make.store_roster(hotline.store, (hotline.people["Cem"], LATER), week="cems")
    hotline.asks()
    hotline.asks("cem", LATER.start - NIGHT.start)

    (back,) = hotline.texts("同意")
    assert "同意1" in back
    assert "同意2" in back
    assert hotline.states() == ["asked", "asked"]

    hotline.texts("同意2")
    assert hotline.states() == ["asked", "approved"]


def test_a_bare_yes_with_a_duty_to_confirm_decides_neither(hotline: Swapping) -> None:
    hotline.on_duty("Bo", span=make.span("2026-11-23 14:00", "2026-11-23 22:00"))
    make.store_roster(hotline.store, (hotline.people["Cem"], LATER), week="cems")
    hotline.asks("cem", LATER.start - NIGHT.start)

    for word in ("yes", "不"):
        (back,) = hotline.texts(word)
        assert "确认值班请回复" in back
    assert hotline.states() == ["asked"]
    assert named(hotline.store, "attendance") == []

    assert "已经记下" in hotline.texts("能来")[0]
    assert hotline.states() == ["asked"]


def test_where_a_coordinator_approves_he_is_told_so(store: Store) -> None:
    hotline = Swapping(store, Approval.ALWAYS)
    hotline.asks()

    assert "还要等协调员批准" in hotline.texts("同意")[0]
    assert hotline.states() == ["agreed"]
    assert hotline.comes() == []


def test_who_wants_no_texts_is_obeyed_and_not_answered(hotline: Swapping) -> None:
    hotline.asks()
    hotline.texts("STOP")

    assert hotline.texts("同意") == []
    assert hotline.states() == ["approved"]
    assert hotline.texts("START") == ["已恢复短信通知。"]


def test_a_swap_is_heard_and_agreed_to_by_keys(hotline: Swapping) -> None:
    hotline.asks()

    heard = hotline.dials_in("8", "0", more=(Answer("同意请按1", "1"),))

    assert "有1个换班请求等您答复" in heard
    assert "Ada请您代值" in heard
    assert "换班已生效" in heard
    assert hotline.states() == ["approved"]
    hotline.is_sound()


def test_a_swap_is_declined_by_keys_after_the_next_one_was_heard(hotline: Swapping) -> None:
    make.store_roster(hotline.store, (hotline.people["Cem"], LATER), week="cems")
    hotline.asks()
    hotline.asks("cem", LATER.start - NIGHT.start)
    keys = (
        Answer("Ada请您代值", "3"),
        Answer("Cem请您代值", "2"),
        Answer("Ada请您代值", "0", time=2),
    )

    heard = hotline.dials_in("8", "0", more=keys)

    assert "Cem请您代值" in heard
    assert hotline.states() == ["asked", "refused"]
    hotline.is_sound()


def test_without_a_swap_key_8_says_so_and_keys_that_mean_nothing_end(hotline: Swapping) -> None:
    assert "现在没有人请您换班" in hotline.dials_in("8", "0")

    hotline.asks()
    hotline.dials_in("8", more=(Answer("同意请按1", "7"), Answer("没有这个选项", "7")))
    assert hotline.states() == ["asked"]
    hotline.is_sound()


def test_what_was_settled_meanwhile_is_said_and_changes_nothing(hotline: Swapping) -> None:
    hotline.asks()
    hotline.texts("不同意")

    assert hotline.texts("同意") == ["现在没有人请您换班。"]
    assert hotline.states() == ["refused"]


def test_an_open_shift_is_taken_by_text_and_given_back(hotline: Swapping) -> None:
    (told,) = hotline.texts("空位")
    assert "接班1" in told

    (back,) = hotline.texts("接班1")
    assert "的班由您来值" in back
    assert "撤回" in back
    assert hotline.comes() == [hotline.people["Bo"].id]

    assert hotline.texts("撤回") == ["已撤回，这个班仍然空缺。"]
    assert hotline.texts("撤回") == ["已经不能撤回。如果不能来，请回复“不能来”。"]


def test_take_without_a_number_takes_nothing(hotline: Swapping) -> None:
    (told,) = hotline.texts("空位")

    assert hotline.texts("接班") == [told]
    assert hotline.texts("接班9") == [told]
    assert hotline.comes() == []


def test_an_open_shift_is_taken_by_two_keys(hotline: Swapping) -> None:
    keys = (Answer("要接请按1", "1"), Answer("确定请按1", "1"), Answer("的班由您来值", "0"))

    heard = hotline.dials_in("9", "0", more=keys)

    assert "的班由您来值" in heard
    assert hotline.comes() == [hotline.people["Bo"].id]
    hotline.is_sound()


def test_an_open_shift_is_not_taken_by_one_key_or_by_a_no(hotline: Swapping) -> None:
    hotline.dials_in("9", more=(Answer("要接请按1", "1"),))
    assert hotline.comes() == []

    keys = (Answer("要接请按1", "1"), Answer("确定请按1", "2"), Answer("没有改动", "0"))
    hotline.dials_in("9", "0", more=keys)
    assert hotline.comes() == []
    hotline.is_sound()


def test_his_telephone_is_tried_by_a_text(hotline: Swapping) -> None:
    assert "马上会响" in hotline.texts("测试")[0]
    assert "过一分钟" in hotline.texts("测试")[0]
    assert column(hotline.store, "errand", "purpose") == ["test"]
