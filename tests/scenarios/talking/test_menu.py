"""The menu of the star key: the volunteer hears it alone, and the caller is never in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.board import Stage
from hotline.calls.states import Outcome
from hotline.config.tables.talking import Talking
from hotline.practice import Answer, Behaviour, Callbacks, Rest, Webhooks
from hotline.store import Store
from hotline.store.looking.board import board_facts
from tests.scenarios.rows import named
from tests.scenarios.stage import Hotline, site

STAR = ((timedelta(seconds=60), "*"),)
LAST_WORDS_OF_THE_MENU = "结束通话请按9"


def presses(*keys: str, stays: float = 60) -> Behaviour:
    """A volunteer who presses * after a minute, and these keys in the menus that follow."""
    answers = [Answer(LAST_WORDS_OF_THE_MENU, key, time=n) for n, key in enumerate(keys, 1)]
    return Behaviour(presses=STAR, answers=tuple(answers), stays=timedelta(seconds=stays))


def kinds(store: Store) -> list[str]:
    return [row["kind"] for row in named(store, "call_event")]


@pytest.mark.parametrize("rest", [Rest.WELL, Rest.FAILS])
@pytest.mark.parametrize("webhooks", [Webhooks.ONCE, Webhooks.TWICE])
def test_the_caller_hears_words_while_the_volunteer_hears_the_menu_and_both_go_on(
    store: Store, rest: Rest, webhooks: Webhooks
) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=presses("1"))

    call = hotline.caller_rings(talk=300)
    hotline.passes(30)
    hotline.with_faults(rest=rest, webhooks=webhooks)
    hotline.until_quiet()

    assert "老师马上回来，请不要挂断" in hotline.heard(call)
    assert "回到通话请按1" not in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Ada"]
    assert hotline.call(call).longest_silence <= timedelta(seconds=2)
    assert kinds(store).count("held") == kinds(store).count("resumed") == 1
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_without_a_key_the_menu_leads_back_to_the_caller(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=presses("", "", stays=90))

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada", "Ada"]
    hotline.is_sound()


def test_a_hold_is_words_not_silence_and_ends_by_any_key(store: Store) -> None:
    holds = presses("6")
    holds = replace(holds, answers=(*holds.answers, Answer("来电者正在等候", "0", time=2)))
    hotline = Hotline(store).on_duty("Ada", phone=holds)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert hotline.volunteer_heard("Ada").count("来电者正在等候") >= 1
    assert "我们没有忘记您" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Ada"]
    hotline.is_sound()


def test_a_hold_that_lasts_too_long_brings_the_volunteer_back(store: Store) -> None:
    settings = replace(site(), talking=Talking(longest_hold=40))
    forgetful = presses("6", stays=300)
    asleep = tuple(Answer("来电者正在等候", "", time=n) for n in range(1, 9))
    forgetful = replace(forgetful, answers=(*forgetful.answers, *asleep))
    hotline = Hotline(store, settings).on_duty("Ada", phone=forgetful)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    first, second = hotline.call(call).talks
    assert first.ended is not None
    assert second.started - first.ended <= timedelta(seconds=80)
    hotline.is_sound()


def test_a_conversation_that_the_volunteer_ends_properly_ends_in_goodbye(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=presses("9")).on_duty("Bo")

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "通话已经结束。如果您还没有说完，请按1" in hotline.heard(call)
    assert "感谢您的来电" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_who_had_not_finished_after_a_proper_end_gets_somebody_with_1(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=presses("9")).on_duty("Bo")

    call = hotline.caller_rings(talk=300, answers=[Answer("如果您还没有说完", "1")])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada", "Bo"]
    hotline.is_sound()


def test_who_is_in_danger_after_a_proper_end_comes_first_with_9(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=presses("9")).on_duty("Bo")

    call = hotline.caller_rings(talk=300, answers=[Answer("如果您还没有说完", "9")])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada", "Bo"]
    assert [row["urgent"] for row in named(store, "call")] == [True]
    hotline.is_sound()


def test_high_risk_is_noted_in_the_call(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=presses("7"))

    hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "已标记为高风险" in hotline.volunteer_heard("Ada")
    assert [form["risk"] for form in named(store, "call_form")] == ["high"]
    assert "high-risk" in kinds(store)
    hotline.is_sound()


def test_on_the_board_a_held_caller_talks(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=presses("6"))

    hotline.caller_rings(talk=300)
    hotline.passes(90)

    assert [call["state"] for call in named(store, "call")] == ["held"]
    with store.reading() as db:
        facts = board_facts(db, hotline.clock() - timedelta(hours=1), hotline.clock())
    assert [call.stage for call in facts.calls] == [Stage.TALKING]
    hotline.until_quiet()


@pytest.mark.parametrize("callbacks", list(Callbacks))
def test_a_volunteer_who_drops_out_in_the_menu_is_replaced(
    store: Store, callbacks: Callbacks
) -> None:
    drops = replace(presses("6"), stays=timedelta(seconds=20))
    drops = replace(drops, answers=(*drops.answers, Answer("来电者正在等候", "", time=1)))
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=drops).on_duty("Bo")
    hotline.with_faults(callbacks=callbacks)

    call = hotline.caller_rings(talk=300)
    hotline.until_quiet()

    assert "老师的电话断开了" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Bo"]
    hotline.is_sound()


def test_a_caller_who_hangs_up_while_held_frees_the_volunteer(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=0)).on_duty("Ada", phone=presses("6", stays=200))
    gone = hotline.caller_rings(talk=300, hangs_up_on="我们没有忘记您")
    second = hotline.caller_rings(after=120)
    hotline.until_quiet()

    assert hotline.talked_to(gone) == ["Ada"]
    assert hotline.talked_to(second)[0] == "Ada"
    assert "通话已经结束" in hotline.volunteer_heard("Ada")
    assert hotline.outcomes() == [Outcome.ANSWERED] * 2
    hotline.is_sound()
