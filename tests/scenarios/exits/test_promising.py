"""How a callback is promised: consent, own number or one keyed in, safe times, word or none."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.calls.states import Outcome
from hotline.practice import ACCEPTS, RINGS_OUT, Answer
from hotline.privacy import Privacy
from hotline.store import Store
from tests import make
from tests.scenarios.rows import every_word, named
from tests.scenarios.stage import SECRETS, Hotline

CALLBACK = Answer("预约回电请按1", "1")
AGREES = Answer("同意请按1", "1")
ANOTHER = Answer("换一个号码请按3", "3")
RIGHT = Answer("正确请按1", "1")
WRONG = Answer("正确请按1", "2")
EVENING = Answer("只在晚上请按3", "3")
ANY_TIME = Answer("任何时间请按1", "1")
LEAVE_WORD = Answer("可以请按1", "1")
NUMBER = "+8613912345678"


def keys_in(number: str, time: int = 1) -> Answer:
    return Answer("请输入您的电话号码", f"{number}#", time=time)


def promise(store: Store) -> dict[str, Any]:
    (row,) = named(store, "callback")
    return row


def number_of(row: dict[str, Any]) -> str:
    return Privacy(SECRETS).opened(row["number_cipher"])


def test_own_number_safe_times_and_word_are_kept_with_what_was_asked(store: Store) -> None:
    hotline = Hotline(store)

    hotline.caller_rings(number=NUMBER, answers=[CALLBACK, AGREES, EVENING, LEAVE_WORD])
    hotline.until_quiet()

    row = promise(store)
    assert (row["state"], row["safe"], row["leave_word"]) == ("open", "evening", True)
    assert number_of(row) == NUMBER
    asked = [(c["question"], c["answer"]) for c in named(store, "consent")]
    assert asked == [("consent", "1"), ("times", "3"), ("word", "1")]
    assert "24小时之内" in named(store, "consent")[0]["words"]
    assert hotline.outcomes() == [Outcome.CALLBACK]
    hotline.is_sound()


def test_what_is_left_unanswered_is_taken_the_careful_way(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(number=NUMBER, answers=[CALLBACK, AGREES])
    hotline.until_quiet()

    row = promise(store)
    assert (row["state"], row["safe"], row["leave_word"]) == ("open", "daytime", False)
    assert hotline.heard(call).count("任何时间请按1") == 2
    assert "在上午九点到晚上六点之间给您回电" in hotline.heard(call)
    hotline.is_sound()


def test_a_caller_who_hangs_up_after_the_yes_is_promised_all_the_same(store: Store) -> None:
    hotline = Hotline(store)

    hotline.caller_rings(number=NUMBER, answers=[CALLBACK, AGREES], hangs_up_on="任何时间")
    hotline.until_quiet()

    assert promise(store)["state"] == "open"
    assert hotline.outcomes() == [Outcome.CALLBACK]
    hotline.is_sound()


@pytest.mark.parametrize("number", [None, "anonymous", "1001"])
def test_without_a_number_of_their_own_a_caller_keys_one_in(
    store: Store, number: str | None
) -> None:
    hotline = Hotline(store)

    answers = [CALLBACK, AGREES, keys_in("13912345678"), RIGHT, ANY_TIME]
    call = hotline.caller_rings(number=number, answers=answers)
    hotline.until_quiet()

    assert "幺三九，幺二三四，五六七八" in hotline.heard(call)
    row = promise(store)
    assert (row["state"], row["safe"]) == ("open", "any")
    assert number_of(row) == NUMBER
    assert row["number_hash"] == Privacy(SECRETS).hashed(NUMBER)
    assert hotline.outcomes() == [Outcome.CALLBACK]
    hotline.is_sound()


def test_key_3_rings_another_number_than_the_one_called_from(store: Store) -> None:
    hotline = Hotline(store)

    answers = [CALLBACK, ANOTHER, keys_in("02558255200"), RIGHT]
    call = hotline.caller_rings(number=NUMBER, answers=answers)
    hotline.until_quiet()

    assert "零二五，五八二五，五二零零" in hotline.heard(call)
    assert number_of(promise(store)) == "+862558255200"
    hotline.is_sound()


def test_a_number_heard_wrong_is_keyed_in_anew(store: Store) -> None:
    hotline = Hotline(store)

    first, second = keys_in("13912345679"), keys_in("13912345678", time=2)
    answers = [CALLBACK, AGREES, first, WRONG, second, Answer("正确请按1", "1", time=2)]
    hotline.caller_rings(number=None, answers=answers)
    hotline.until_quiet()

    assert number_of(promise(store)) == NUMBER
    assert promise(store)["state"] == "open"
    hotline.is_sound()


@pytest.mark.parametrize("keys", ["110", "96111", "58255200", "0014155550100", "4008001234"])
def test_a_number_that_cannot_be_rung_is_refused_and_in_the_end_nothing_promised(
    store: Store, keys: str
) -> None:
    hotline = Hotline(store)

    tries = [keys_in(keys, time) for time in (1, 2, 3)]
    call = hotline.caller_rings(number=None, answers=[CALLBACK, AGREES, *tries])
    hotline.until_quiet()

    assert hotline.heard(call).count("我们不能拨打") == 2
    assert "没有可以回电的号码" in hotline.heard(call)
    assert named(store, "callback") == []
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_a_number_that_nobody_confirms_is_no_promise(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(number=None, answers=[CALLBACK, AGREES, keys_in("13912345678")])
    hotline.until_quiet()

    assert hotline.heard(call).count("正确请按1") == 3
    assert promise(store)["state"] == "asked"
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_who_keys_nothing_in_hears_the_exit_again(store: Store) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(number=None, answers=[CALLBACK, AGREES])
    hotline.until_quiet()

    assert hotline.heard(call).count("请输入您的电话号码") == 3
    assert hotline.heard(call).count("留言请按2") == 2
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_a_waiting_caller_who_keys_a_number_in_is_still_rung_for(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")

    answers = [Answer("按1预约回电", "1"), AGREES]
    call = hotline.caller_rings(number=None, answers=answers)
    hotline.passes(60)

    assert hotline.talked_to(call) == ["Bo"]
    assert named(store, "callback") == []
    hotline.until_quiet()
    hotline.is_sound()


def test_a_yes_that_crosses_a_volunteers_key_ends_in_the_conversation(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    answers = [Answer("正在呼叫值班老师", "1"), AGREES]
    call = hotline.caller_rings(number=NUMBER, answers=answers)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert named(store, "callback") == []
    hotline.is_sound()


def test_who_asks_twice_for_one_number_is_promised_once(store: Store) -> None:
    hotline = Hotline(store)

    for after in (0, 300):
        hotline.caller_rings(number=NUMBER, after=after, answers=[CALLBACK, AGREES])
    hotline.until_quiet()

    assert [row["state"] for row in named(store, "callback")] == ["replaced", "open"]
    hotline.is_sound()


def test_two_numbers_are_two_promises(store: Store) -> None:
    hotline = Hotline(store)

    hotline.caller_rings(answers=[CALLBACK, AGREES])
    hotline.caller_rings(answers=[CALLBACK, AGREES])
    hotline.until_quiet()

    assert [row["state"] for row in named(store, "callback")] == ["open", "open"]


def test_the_deadline_leaves_room_for_the_callers_times(store: Store) -> None:
    late = make.local("2026-11-24 22:00")
    hotline = Hotline(store, now=late)

    hotline.caller_rings(number=NUMBER, answers=[CALLBACK, AGREES, EVENING])
    hotline.until_quiet()

    row = promise(store)
    assert row["due"] - row["asked"] >= timedelta(hours=24)


def test_a_number_that_was_keyed_in_stands_nowhere_in_the_clear(store: Store) -> None:
    hotline = Hotline(store)

    answers = [CALLBACK, AGREES, keys_in("13912345678"), RIGHT, ANY_TIME]
    hotline.caller_rings(number=None, answers=answers)
    hotline.until_quiet()

    words = every_word(store)
    assert "13912345678" not in words
    assert "幺三九" not in words


@pytest.mark.parametrize(
    "asked",
    [
        [CALLBACK, Answer("同意请按1", "9")],
        [CALLBACK, ANOTHER, keys_in("02558255200"), Answer("正确请按1", "9")],
        [CALLBACK, AGREES, Answer("任何时间请按1", "9")],
        [CALLBACK, AGREES, ANY_TIME, Answer("可以请按1", "9")],
    ],
)
def test_key_9_is_the_emergency_key_whatever_is_asked(store: Store, asked: list[Answer]) -> None:
    hotline = Hotline(store)

    call = hotline.caller_rings(number=NUMBER, answers=asked)
    hotline.until_quiet()

    (row,) = named(store, "call")
    assert row["urgent"]
    assert "emergency" in [alarm["kind"] for alarm in named(store, "alarm")]
    assert hotline.heard(call).count("请立即拨打幺幺零或幺二零") >= 2
    assert "我们不会给您回电" not in hotline.heard(call)
    hotline.is_sound()


def test_who_is_in_danger_while_a_callback_is_promised_waits_first_of_all(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)
    while_waiting = [Answer("按1预约回电", "1"), AGREES, Answer("任何时间请按1", "9")]

    call = hotline.caller_rings(number=NUMBER, answers=while_waiting, patience=200)
    hotline.passes(60)
    hotline.phone("Ada", ACCEPTS)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert promise(store)["state"] == "open"
    hotline.is_sound()
