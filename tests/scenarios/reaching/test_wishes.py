"""What a line asks before the wait, and whom its callers then reach."""

from dataclasses import replace

import pytest

from hotline.calls.states import Outcome
from hotline.config.settings import Language, Settings
from hotline.config.tables.lines import Asks
from hotline.practice import PASSES, RINGS_OUT, Answer, Rest, at_first
from hotline.practice.parties.phones import ACCEPTS
from hotline.store import Store
from tests import make
from tests.scenarios.rows import column
from tests.scenarios.stage import NANJING, Hotline, site

AFTERNOON = make.local("2026-11-24 15:00")
BOTH = (Language.ZH, Language.EN)
WOMAN = Answer("想找女老师请按1", "1")
KEEPS = Answer("继续等请按5", "5")
ENGLISH = Answer("For English press 2", "2")


def asking(asks: Asks, wrap_up: int = 120, longest_wait: int = 180) -> Settings:
    line = replace(NANJING, asks=asks, languages=BOTH, longest_wait=longest_wait)
    dialects = {"wu": make.title("吴语"), "yue": make.title("粤语")}
    return replace(site((line,), wrap_up=wrap_up), dialects=dialects)


GENDER = Asks(gender=True)


def test_a_line_that_asks_nothing_has_no_menu(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.call(call).transcript[0].text.startswith("您好，这里是南京心理援助热线。正在")
    assert hotline.waited(call) < 20
    hotline.is_sound()


def test_who_asks_for_a_woman_reaches_a_woman(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man").on_duty("Cem")
    hotline.on_duty("Ada", gender="woman")

    call = hotline.caller_rings(answers=[WOMAN])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.rung() == ["Ada"]
    hotline.is_sound()


@pytest.mark.parametrize("answers", [[], [Answer("想找女老师请按1", "7")]])
def test_no_key_and_a_wrong_key_go_on_without_a_wish(store: Store, answers: list[Answer]) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man")

    call = hotline.caller_rings(answers=answers)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.waited(call) < 30
    hotline.is_sound()


def test_a_wish_that_costs_time_is_given_up_aloud(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man")

    call = hotline.caller_rings(answers=[WOMAN])
    hotline.until_quiet()

    heard = hotline.heard(call)
    assert "现在没有女老师空着，要等更久。继续等请按5，不按就由下一位老师接听。" in heard
    assert hotline.talked_to(call) == ["Bo"]
    told = next(s.at for s in hotline.call(call).transcript if "现在没有女老师" in s.text)
    assert all(leg.asked_at > told for leg in hotline.legs("Bo"))
    assert "wish-given-up" in column(store, "call_event", "kind")
    hotline.is_sound()


def test_who_keeps_to_a_wish_waits_for_it(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER, wrap_up=10)).on_duty("Bo", gender="man")
    hotline.on_duty("Ada", gender="woman")
    hotline.caller_rings(talk=60, answers=[WOMAN])

    call = hotline.caller_rings(after=5, answers=[WOMAN, KEEPS])
    hotline.until_quiet()

    assert "好的，我们继续等女老师" in hotline.heard(call)
    assert hotline.heard(call).count("现在没有女老师空着") == 1
    assert hotline.talked_to(call) == ["Ada"]
    assert "Bo" not in hotline.rung()
    hotline.is_sound()


def test_who_keeps_to_a_wish_that_nobody_meets_is_led_to_the_exit(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man")

    call = hotline.caller_rings(answers=[WOMAN, KEEPS])
    hotline.until_quiet()

    assert hotline.rung() == []
    assert "让您久等了" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_who_is_asked_after_minutes_hears_how_many_they_have_waited(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER, wrap_up=10)).on_duty("Bo", gender="man")
    hotline.caller_rings(talk=120)

    call = hotline.caller_rings(after=5, answers=[WOMAN])
    hotline.until_quiet()

    assert "您等了2分钟，现在没有女老师空着。继续等请按5" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_while_nobody_at_all_is_free_a_wish_costs_nothing_and_is_not_spoken_of(
    store: Store,
) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Ada", gender="woman")
    hotline.caller_rings(talk=100)

    call = hotline.caller_rings(after=5, answers=[WOMAN])
    hotline.until_quiet()

    assert "现在没有女老师空着" not in hotline.heard(call)
    hotline.is_sound()


def test_when_the_only_woman_does_not_answer_the_wish_is_given_up_aloud(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man")
    hotline.on_duty("Ada", gender="woman", phone=RINGS_OUT)

    call = hotline.caller_rings(answers=[WOMAN])
    hotline.until_quiet()

    assert hotline.rung() == ["Ada", "Bo"]
    assert "现在没有女老师空着" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_the_chosen_language_rules_all_that_is_spoken_and_who_answers(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(language=True, gender=True)))
    hotline.on_duty("Bo").on_duty("Ada", languages="en zh", phone=RINGS_OUT)

    call = hotline.caller_rings(answers=[ENGLISH, Answer("press 5", "5")])
    hotline.until_quiet()

    said = [s.text for s in hotline.call(call).transcript if s.who == "hotline"]
    assert said[1:3] == ["说中文请按1。", "For English press 2."]
    assert not any("一" <= sign <= "龥" for text in said[3:] for sign in text)
    assert "somebody who speaks English" in " ".join(said)
    assert hotline.rung()[0] == "Ada"
    assert "Bo" not in hotline.rung()
    hotline.is_sound()


def test_a_chosen_language_is_the_one_of_the_exit_too(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(language=True, gender=True)), now=AFTERNOON)

    call = hotline.caller_rings(answers=[ENGLISH])
    hotline.until_quiet()

    assert "no counsellor is on duty now" in hotline.heard(call)
    assert "For a woman" not in hotline.heard(call)  # nobody is there: nothing more is asked
    hotline.is_sound()


def test_a_caller_under_18_reaches_somebody_trained_for_it(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(minors="child"))).on_duty("Bo")
    hotline.on_duty("Ada", certificates=["child"])

    call = hotline.caller_rings(answers=[Answer("未满18岁，请按1", "1")])
    hotline.until_quiet()

    assert hotline.rung() == ["Ada"]
    assert hotline.talked_to(call) == ["Ada"]
    assert "来电者未满18岁。" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_who_answers_hears_in_which_language_the_caller_speaks(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(language=True))).on_duty("Ada", languages="en zh")

    hotline.caller_rings(answers=[ENGLISH])
    hotline.until_quiet()

    assert "来电者说英语。" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_a_dialect_is_chosen_by_its_place(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(dialects=("wu", "yue")))).on_duty("Bo", dialects="wu")
    hotline.on_duty("Ada", dialects="yue")

    call = hotline.caller_rings(answers=[Answer("说粤语请按2", "2")])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


def test_the_emergency_key_ends_the_questions_and_opens_the_wish(store: Store) -> None:
    hotline = Hotline(store, asking(Asks(gender=True, dialects=("wu",)))).on_duty("Bo")

    call = hotline.caller_rings(answers=[WOMAN, Answer("说吴语请按1", "9")])
    hotline.until_quiet()

    assert "请立即拨打幺幺零或幺二零" in hotline.heard(call)
    assert "哪位老师先空下来，就由哪位接听" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_a_caller_may_hang_up_while_being_asked(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo")

    hotline.caller_rings(patience=3)
    hotline.until_quiet()

    assert hotline.rung() == []
    assert hotline.outcomes() == [Outcome.LEFT]
    hotline.is_sound()


def test_with_rest_down_a_wish_holds_as_well(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Bo", gender="man")
    hotline.on_duty("Ada", gender="woman").with_faults(rest=Rest.FAILS)

    call = hotline.caller_rings(answers=[WOMAN])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert "Bo" not in hotline.rung()
    hotline.is_sound()


def test_who_waits_again_is_told_again(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER, longest_wait=60)).on_duty("Bo", gender="man")

    call = hotline.caller_rings(answers=[WOMAN, KEEPS, Answer("继续等待请按0", "0")])
    hotline.until_quiet()

    assert hotline.heard(call).count("现在没有女老师空着") == 2
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_a_woman_who_passes_once_is_tried_again_before_nobody(store: Store) -> None:
    hotline = Hotline(store, asking(GENDER)).on_duty("Ada", gender="woman")
    hotline.phone("Ada", at_first(1, PASSES, ACCEPTS))

    call = hotline.caller_rings(answers=[WOMAN])
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()
