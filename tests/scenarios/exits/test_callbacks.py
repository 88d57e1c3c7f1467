"""A promised callback is kept: who is asked, who is rung, what they hear, and what if not."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from hotline.practice import (
    ACCEPTS,
    BUSY,
    DECLINES,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    OFF,
    PASSES,
    RINGS_OUT,
    SILENT,
    Answer,
    Behaviour,
    Callbacks,
    Phone,
    Rest,
    Webhooks,
    at_first,
)
from hotline.store import Store
from hotline.store.sending.alarms import open_alarms
from scheduling.problem import ShiftKind
from tests import make
from tests.scenarios.promised import (
    AGREES,
    ANY_TIME,
    CALLBACK,
    DAY,
    EVENING,
    LEAVE_WORD,
    NUMBER,
    RIGHT,
    SPACING,
    PromisingHotline,
)
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING, site

TALKS = replace(ACCEPTS, drops_after=timedelta(minutes=4))
A_WHILE = 1500  # five minutes until the duty, and a talk


def test_who_is_free_is_asked_first_and_then_the_caller_is_rung(store: Store) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS).on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    (leg,) = hotline.rung_back()
    assert leg.shown == hotline.settings.carrier.caller_id
    assert hotline.callback()["state"] == "kept"
    assert hotline.tries() == ["talked"]
    heard = hotline.volunteer_heard("Ada")
    assert "南京心理援助热线有一个答应过的回电，对方今天下午三点" in heard
    assert "正在为您拨打对方的电话" in heard
    assert [talk.address for talk in leg.talks] == ["client:ada"]
    (presence,) = named(store, "presence")
    assert 200 < presence["talk_seconds"] < 260
    assert leg.ended_at is not None
    assert presence["free_at"] > leg.ended_at
    hotline.keeps_its_word()


def test_whoever_picks_up_hears_nothing_of_us_before_the_key(store: Store) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS).on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    before, _, after = hotline.callers_phone_heard().partition("(presses 1)")
    assert "预约的回电" in before
    assert "热线" not in before
    assert "老师" not in before
    assert "这里是南京心理援助热线" in after


def test_with_leave_the_line_is_named_at_once(store: Store) -> None:
    hotline = PromisingHotline(store)
    hotline.promises(phone=TALKS, answers=[ANY_TIME, LEAVE_WORD]).on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    before, _, _ = hotline.callers_phone_heard().partition("(presses 1)")
    assert "这里是南京心理援助热线" in before
    hotline.keeps_its_word()


def test_the_lines_own_number_is_shown_where_it_has_one(store: Store) -> None:
    line = replace(NANJING, caller_id="+862500096111")
    hotline = PromisingHotline(store, site((line,))).promises(phone=TALKS)
    hotline.on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    assert [leg.shown for leg in hotline.rung_back()] == ["+862500096111"]
    assert [leg.shown for leg in hotline.legs("Ada")] == [hotline.settings.carrier.caller_id]


def test_nobody_is_rung_before_the_safe_time(store: Store) -> None:
    hotline = PromisingHotline(store, now=make.local("2026-11-24 17:40"))
    hotline.promises(phone=TALKS, answers=[EVENING]).on_duty("Ada", span=DAY)

    hotline.passes(1000)
    assert hotline.rung() == []

    hotline.passes(A_WHILE)
    (leg,) = hotline.rung_back()
    assert leg.asked_at >= make.local("2026-11-24 18:00")
    hotline.keeps_its_word()


@pytest.mark.parametrize(
    ("phone", "result"),
    [
        (RINGS_OUT, "no-answer"),
        (BUSY, "busy"),
        (DECLINES, "busy"),
        (OFF, "failed"),
        (MAILBOX, "no-key"),
        (SILENT, "no-key"),
        (HANGS_UP_IN_WHISPER, "no-key"),
        (PASSES, "not-now"),
    ],
)
def test_a_try_that_fails_is_repeated_after_a_while_and_the_third_is_told(
    store: Store, phone: Behaviour, result: str
) -> None:
    hotline = PromisingHotline(store).promises(phone=phone).on_duty("Ada", span=DAY)

    hotline.passes(400)
    assert hotline.tries() == [result]
    assert hotline.callback()["state"] == "open"
    assert "这次没有打通" in hotline.volunteer_heard("Ada")

    hotline.passes(A_WHILE)
    assert hotline.tries() == [result] * 3
    assert hotline.callback()["state"] == "unreached"
    with store.reading() as db:
        (alarm,) = open_alarms(db)
    assert (alarm.alarm.kind, alarm.alarm.subject) == ("unreached", "1")
    starts = [leg.asked_at for leg in hotline.rung_back()]
    assert all(b - a >= timedelta(seconds=SPACING) for a, b in pairwise(starts))
    hotline.keeps_its_word()


def test_a_caller_who_has_no_time_now_is_reached_at_the_second_try(store: Store) -> None:
    phone = at_first(1, PASSES, TALKS)
    hotline = PromisingHotline(store).promises(phone=phone).on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    assert "我们换个时间再打" in hotline.callers_phone_heard()
    assert hotline.tries() == ["not-now", "talked"]
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


def test_who_has_no_time_at_the_last_try_is_not_told_of_another(store: Store) -> None:
    hotline = PromisingHotline(store).promises(phone=PASSES).on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    assert hotline.tries() == ["not-now"] * 3
    heard = hotline.callers_phone_heard()
    assert heard.count("我们换个时间再打") == 2
    assert heard.count("请随时打给我们") == 1
    hotline.keeps_its_word()


@pytest.mark.parametrize("phone", [PASSES, SILENT, MAILBOX, RINGS_OUT, BUSY, HANGS_UP_IN_WHISPER])
def test_a_volunteer_who_does_not_take_it_on_is_followed_by_the_next(
    store: Store, phone: Behaviour
) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS)
    hotline.on_duty("Ada", span=DAY, phone=phone).on_duty("Bo", span=DAY)

    hotline.passes(A_WHILE)

    assert hotline.tries() == ["passed", "talked"]
    asked = [leg.address for leg in hotline.carrier.phone_record()]
    assert asked == ["client:ada", "client:bo", f"tel:{NUMBER}"]
    assert hotline.callback()["attempts"] == 1
    hotline.keeps_its_word()


def test_nobody_on_standby_is_asked(store: Store) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS)
    hired = make.hire(store, "Cem")
    make.store_roster(store, (hired, DAY), kind=ShiftKind.STANDBY)

    hotline.passes(A_WHILE)

    assert hotline.rung() == []
    assert hotline.callback()["state"] == "open"


def test_who_waits_comes_before_who_was_promised(store: Store) -> None:
    hotline = PromisingHotline(store, site(wrap_up=60), make.local("2026-11-24 17:55"))
    hotline.promises(phone=TALKS, answers=[EVENING]).on_duty("Ada", span=DAY)
    first = hotline.caller_rings(talk=400)
    second = hotline.caller_rings(after=330, talk=100)

    hotline.passes(A_WHILE)

    assert hotline.talked_to(first) == ["Ada"]
    assert hotline.talked_to(second) == ["Ada"]
    (leg,) = hotline.rung_back()
    ended = hotline.call(second).ended_at
    assert ended is not None
    assert leg.asked_at > ended
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


def test_a_telephone_that_rings_for_a_callback_is_taken_over_by_who_calls(store: Store) -> None:
    slow = replace(ACCEPTS, answers_after=timedelta(seconds=15))
    hotline = PromisingHotline(store).promises(phone=TALKS)
    hotline.on_duty("Ada", span=DAY, phone=at_first(1, slow, ACCEPTS))
    hotline.passes(DAY.start.timestamp() - hotline.clock().timestamp() + 8)
    assert hotline.tries() == [None]

    call = hotline.caller_rings(talk=60)
    hotline.passes(A_WHILE)

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.waited(call) < 20
    assert hotline.tries() == ["passed", "talked"]
    hotline.keeps_its_word()


def test_urgent_callers_and_near_deadlines_come_first(store: Store) -> None:
    hotline = PromisingHotline(store)
    numbers = [f"+861391234567{digit}" for digit in range(3)]
    for number in numbers:
        hotline.promises(number, phone=TALKS)
    with store.writing() as db:
        db.connection().exec_driver_sql("update callback set urgent = true where id = 3")
    hotline.on_duty("Ada", span=DAY)

    hotline.passes(2 * A_WHILE)

    order = [leg.address for leg in hotline.carrier.phone_record() if leg.address[:4] == "tel:"]
    assert order == [f"tel:{numbers[place]}" for place in (2, 0, 1)]
    hotline.keeps_its_word()


def test_two_promises_ring_two_people_at_once(store: Store) -> None:
    hotline = PromisingHotline(store, site(calls_per_second=10)).promises(phone=TALKS)
    hotline.promises("+8613912345679", phone=TALKS).on_duty("Ada", "Bo", span=DAY)

    hotline.passes(A_WHILE)

    assert sorted(hotline.rung()[:2]) == ["Ada", "Bo"]
    assert [row["state"] for row in named(store, "callback")] == ["kept", "kept"]
    hotline.keeps_its_word()


def test_a_volunteer_who_hangs_up_while_the_caller_is_rung_stops_the_ringing(
    store: Store,
) -> None:
    slow = replace(TALKS, answers_after=timedelta(seconds=25))
    hotline = PromisingHotline(store).promises(phone=slow)
    impatient = replace(ACCEPTS, stays=timedelta(seconds=24))
    hotline.on_duty("Ada", span=DAY, phone=at_first(1, impatient, ACCEPTS))

    hotline.passes(A_WHILE)

    first = hotline.rung_back()[0]
    assert first.answered_at is None
    assert first.ended_at is not None
    assert hotline.tries()[0] == "no-answer"
    hotline.passes(A_WHILE)
    assert hotline.tries() == ["no-answer", "talked"]
    hotline.keeps_its_word()


def test_a_caller_who_picked_up_as_the_volunteer_left_gets_another_one(store: Store) -> None:
    thinks = replace(TALKS, thinks=timedelta(seconds=6))
    hotline = PromisingHotline(store).promises(phone=thinks)
    impatient = replace(ACCEPTS, stays=timedelta(seconds=24))
    hotline.on_duty("Ada", span=DAY, phone=impatient).on_duty("Bo", span=DAY)

    hotline.passes(A_WHILE)

    (leg,) = hotline.rung_back()
    assert [talk.address for talk in leg.talks] == ["client:bo"]
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


def test_a_volunteer_who_drops_out_of_the_talk_is_replaced(store: Store) -> None:
    hotline = PromisingHotline(store).promises(phone=replace(TALKS, key="1"))
    drops = replace(ACCEPTS, drops_after=timedelta(seconds=60))
    hotline.on_duty("Ada", span=DAY, phone=drops).on_duty("Bo", span=DAY)

    hotline.passes(A_WHILE)

    (leg,) = hotline.rung_back()
    assert [talk.address for talk in leg.talks] == ["client:ada", "client:bo"]
    assert "老师的电话断开了" in hotline.callers_phone_heard()
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


@pytest.mark.parametrize(
    "faults",
    [
        {"callbacks": Callbacks.LOST},
        {"callbacks": Callbacks.DOUBLED},
        {"callbacks": Callbacks.REORDERED},
        {"webhooks": Webhooks.TWICE},
        {"rest": Rest.LOSES_ANSWERS},
    ],
)
def test_whatever_the_carrier_loses_or_repeats_the_promise_is_kept_once(
    store: Store, faults: dict[str, object]
) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS).on_duty("Ada", span=DAY)
    hotline.with_faults(**faults)

    hotline.passes(A_WHILE)

    assert [len(leg.talks) for leg in hotline.rung_back()] == [1]
    assert hotline.tries() == ["talked"]
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


@pytest.mark.parametrize("rest", [Rest.FAILS, Rest.BUSY])
def test_a_carrier_that_is_away_costs_no_try(store: Store, rest: Rest) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS).on_duty("Ada", span=DAY)
    hotline.with_faults(rest=rest)

    hotline.passes(A_WHILE)
    assert hotline.callback()["state"] == "open"
    assert hotline.callback()["attempts"] == 0

    hotline.with_faults()
    hotline.passes(A_WHILE)
    assert hotline.callback()["state"] == "kept"
    hotline.keeps_its_word()


@pytest.mark.parametrize("seconds", [1, 8, 12, 18, 30, 120])
def test_a_worker_that_dies_at_any_point_loses_no_promise(store: Store, seconds: float) -> None:
    hotline = PromisingHotline(store).promises(phone=TALKS).on_duty("Ada", span=DAY)
    hotline.passes(DAY.start.timestamp() - hotline.clock().timestamp() + seconds)
    sender, hotline.stage.sender = hotline.stage.sender, None
    hotline.passes(600)

    hotline.stage.sender = sender
    hotline.passes(2 * A_WHILE)

    assert hotline.callback()["state"] == "kept"
    assert sum(len(leg.talks) for leg in hotline.rung_back()) == 1
    hotline.keeps_its_word()


def test_a_promise_past_its_deadline_is_rung_no_more_and_told_to_the_supervisor(
    store: Store,
) -> None:
    hotline = PromisingHotline(store, site(callback_due=600)).promises(phone=TALKS)
    hotline.on_duty("Ada", span=make.span("2026-11-24 07:15", "2026-11-24 14:00"))

    hotline.passes(A_WHILE)

    assert hotline.rung() == []
    assert hotline.callback()["state"] == "expired"
    with store.reading() as db:
        (alarm,) = open_alarms(db)
    assert (alarm.alarm.kind, alarm.alarm.subject) == ("unkept", "1")


def test_a_number_that_was_keyed_in_is_the_one_that_is_rung(store: Store) -> None:
    hotline = PromisingHotline(store)
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", TALKS))
    keyed = Answer("请输入您的电话号码", "13912345678#")
    hotline.caller_rings(number=None, answers=[CALLBACK, AGREES, keyed, RIGHT, ANY_TIME])
    hotline.on_duty("Ada", span=DAY)

    hotline.passes(A_WHILE)

    assert [len(leg.talks) for leg in hotline.rung_back()] == [1]
    hotline.keeps_its_word()
