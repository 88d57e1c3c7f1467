"""When nobody comes: what the caller is told, and what they can choose instead."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from hotline.calls.states import Outcome
from hotline.config.settings import Settings, Title
from hotline.practice import ACCEPTS, RINGS_OUT, Answer, Phone, Rest
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.owed.callbacks import callbacks_waited_for
from tests import make
from tests.scenarios.rows import column
from tests.scenarios.stage import NANJING, NIGHT, SECRETS, Hotline, site

AFTERNOON = make.local("2026-11-24 15:00")
PARTNER = "tel:+862512356000"
CALLBACK = Answer("预约回电请按1", "1")
AGREES = Answer("同意请按1", "1")
REFUSES = Answer("同意请按1", "2")
MESSAGE = Answer("留言请按2", "2")
TO_PARTNER = Answer("转接", "3")
WAITS_ON = Answer("继续等待请按0", "0")


def with_partner() -> Settings:
    line = replace(NANJING, partner=PARTNER, partner_title=Title("省心理热线", "the province"))
    return site((line,))


def test_with_nobody_on_duty_the_exit_comes_at_once_with_the_next_persons_time(
    store: Store,
) -> None:
    hotline = Hotline(store, now=AFTERNOON).on_duty("Ada")  # from 22:00

    call = hotline.caller_rings()
    hotline.until_quiet()

    told = [said.text for said in hotline.call(call).transcript]
    assert told[:4] == [
        "您好，这里是南京心理援助热线。",
        "很抱歉，现在没有值班老师。",
        "如果您或身边的人有危险，请立即拨打幺幺零或幺二零。",
        "下一位老师今天晚上十点开始值班。",
    ]
    assert hotline.rung() == []
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_with_nobody_on_any_roster_no_time_is_promised(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "开始值班" not in hotline.heard(call)
    assert "留言请按2" in hotline.heard(call)
    hotline.is_sound()


def test_the_next_persons_time_is_of_somebody_who_may_answer_this_line(store: Store) -> None:
    hotline = Hotline(store, now=AFTERNOON).on_duty("Ada", languages="en")
    hotline.on_duty("Bo", span=make.span("2026-11-25 01:00", "2026-11-25 09:00"))

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "下一位老师明天上午九点开始值班" in hotline.heard(call)


def test_the_exit_is_told_twice_and_then_goodbye(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.heard(call).count("留言请按2") == 2
    assert hotline.heard(call).count("很抱歉，现在没有值班老师") == 1
    assert "再见" in hotline.call(call).transcript[-1].text
    hotline.is_sound()


def test_a_callback_is_promised_only_after_a_clear_yes(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(number="+8613912345678", answers=[CALLBACK, AGREES])
    hotline.until_quiet()

    assert "24小时之内，用您现在的来电号码给您回电" in hotline.heard(call)
    assert "已经记下了" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.CALLBACK]
    with store.reading() as db:
        (promise,) = callbacks_waited_for(db)
    (cipher,) = column(store, "callback", "number_cipher")
    assert isinstance(cipher, bytes)
    assert Privacy(SECRETS).opened(cipher) == "+8613912345678"
    assert promise.due - promise.asked == timedelta(hours=24)
    hotline.is_sound()


@pytest.mark.parametrize("answers", [[CALLBACK, REFUSES], [CALLBACK]])
def test_without_consent_nothing_is_promised(store: Store, answers: list[Answer]) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(answers=answers)
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.EXITED]
    assert ("我们不会给您回电" in hotline.heard(call)) == (REFUSES in answers)
    with store.reading() as db:
        assert callbacks_waited_for(db) == ()
    hotline.is_sound()


def test_a_message_is_kept_and_thanked_for(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(answers=[MESSAGE], leaves_message=20)
    hotline.until_quiet()

    assert hotline.call(call).message == timedelta(seconds=20)
    assert "您的留言已经收到" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.MESSAGE]
    hotline.is_sound()


def test_a_caller_who_hangs_up_after_speaking_has_left_a_message(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(answers=[MESSAGE], leaves_message=30, patience=40)
    hotline.until_quiet()

    assert hotline.call(call).message is not None
    assert hotline.outcomes() == [Outcome.MESSAGE]
    hotline.is_sound()


def test_silence_after_the_tone_brings_the_exit_again(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(answers=[MESSAGE])
    hotline.until_quiet()

    assert hotline.heard(call).count("留言请按2") == 2
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_key_3_puts_the_caller_through_to_the_partner(store: Store) -> None:
    hotline = Hotline(store, with_partner())
    hotline.carrier.phone(Phone(PARTNER, ACCEPTS))

    call = hotline.caller_rings(answers=[TO_PARTNER], talk=120)
    hotline.until_quiet()

    assert "正在为您转接省心理热线" in hotline.heard(call)
    assert [talk.address for talk in hotline.call(call).talks] == [PARTNER]
    assert hotline.outcomes() == [Outcome.REFERRED]
    hotline.is_sound()


def test_a_partner_who_does_not_answer_leaves_the_other_choices(store: Store) -> None:
    hotline = Hotline(store, with_partner())
    hotline.carrier.phone(Phone(PARTNER, RINGS_OUT))

    call = hotline.caller_rings(answers=[TO_PARTNER, replace(MESSAGE, time=2)], leaves_message=10)
    hotline.until_quiet()

    assert "对方暂时没有接听" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.MESSAGE]
    hotline.is_sound()


def test_a_line_without_a_partner_offers_none_and_ignores_key_3(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(answers=[Answer("留言请按2", "3")])
    hotline.until_quiet()

    assert "转接" not in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_at_the_ceiling_the_caller_may_go_on_waiting_by_key_0(store: Store) -> None:
    hotline = Hotline(store, site(longest_wait=60, wrap_up=10)).on_duty("Ada")
    hotline.caller_rings(talk=110)

    call = hotline.caller_rings(after=20, answers=[WAITS_ON])
    hotline.until_quiet()

    assert "让您久等了，现在还没有老师能接听" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.outcomes() == [Outcome.ANSWERED] * 2
    hotline.is_sound()


def test_the_ceiling_counts_anew_for_who_goes_on_waiting(store: Store) -> None:
    hotline = Hotline(store, site(longest_wait=60)).on_duty("Ada")
    hotline.caller_rings(talk=3000)

    call = hotline.caller_rings(after=20, answers=[WAITS_ON, replace(WAITS_ON, time=2)])
    hotline.until_quiet()

    assert hotline.heard(call).count("让您久等了") == 3
    assert hotline.outcomes() == [Outcome.ANSWERED, Outcome.EXITED]
    hotline.is_sound()


def test_nobody_may_wait_where_nobody_is_on_duty(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "继续等待" not in hotline.heard(call)


def test_a_callback_can_be_asked_for_while_waiting_and_frees_the_telephones(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", phone=RINGS_OUT)

    call = hotline.caller_rings(answers=[Answer("按1预约回电", "1"), AGREES])
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.CALLBACK]
    agreed = next(said.at for said in hotline.call(call).transcript if "任何时间" in said.text)
    rung = [leg.ended_at for name in ("Ada", "Bo") for leg in hotline.legs(name)]
    assert max(ended for ended in rung if ended) <= agreed
    hotline.is_sound()


def test_who_refuses_the_callback_goes_on_waiting(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", "Bo", phone=RINGS_OUT).on_duty("Cem")

    call = hotline.caller_rings(answers=[Answer("按1预约回电", "1"), REFUSES])
    hotline.until_quiet()

    assert "我们不会给您回电" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Cem"]
    hotline.is_sound()


def test_key_9_is_told_110_and_120_and_comes_first(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=10)).on_duty("Ada")
    hotline.caller_rings(talk=60)
    patient = hotline.caller_rings(after=10, talk=30)

    urgent = hotline.caller_rings(after=30, talk=30, answers=[Answer("紧急情况请按9", "9")])
    hotline.until_quiet()

    assert "如果您或身边的人有危险，请立即拨打幺幺零或幺二零。我们正在优先" in hotline.heard(urgent)
    assert "已为您优先呼叫" in hotline.heard(urgent)
    assert hotline.call(urgent).talks[0].started < hotline.call(patient).talks[0].started
    hotline.is_sound()


def test_an_urgent_caller_gets_a_wider_wave(store: Store) -> None:
    people = ("Ada", "Bo", "Cem", "Dan", "Fay")
    hotline = Hotline(store, site(ring_again=300)).on_duty(*people, phone=RINGS_OUT)
    hotline.on_duty("Gus", "Hal", "Ida", "Jon", "Kim")
    for name in ("Gus", "Hal", "Ida", "Jon", "Kim"):
        hotline.phone(name, RINGS_OUT)

    hotline.caller_rings(answers=[Answer("紧急情况请按9", "9")], patience=45)
    hotline.until_quiet()

    started = sorted(leg.asked_at for leg in hotline.carrier.phone_record())
    first_wave = [at for at in started if at - started[0] < timedelta(seconds=5)]
    assert len(first_wave) == 3
    assert len(started) == 8
    hotline.is_sound()


def test_the_exit_works_with_rest_down(store: Store) -> None:
    hotline = Hotline(store).with_faults(rest=Rest.FAILS)

    hotline.caller_rings(answers=[MESSAGE], leaves_message=10)
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.MESSAGE]
    hotline.is_sound()


def test_somebody_whose_duty_begins_during_the_exit_is_not_rung_for_who_has_left_it(
    store: Store,
) -> None:
    hotline = Hotline(store, now=NIGHT.start - timedelta(seconds=20)).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "下一位老师今天晚上十点开始值班" in hotline.heard(call)
    assert "继续等待请按0" in hotline.heard(call)  # the second time, she is there
    assert hotline.rung() == []


def test_no_sentence_of_the_wait_is_heard_twice_running(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)

    plain = hotline.caller_rings(patience=100)
    urgent = hotline.caller_rings(patience=100, answers=[Answer("紧急情况请按9", "9")])
    hotline.until_quiet()

    for call in (plain, urgent):
        said = [s.text for s in hotline.call(call).transcript if s.who == "hotline"]
        assert len(said) > 10
        assert not [a for a, b in pairwise(said) if a == b]
