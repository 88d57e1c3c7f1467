"""Volunteers dial in: known by their number and their PIN, they come, rest, go, or cannot come."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.accounts.keeping import unmade
from hotline.config.settings import Language
from hotline.config.tables.phones import Phones
from hotline.phones.pins import LOCKED_FOR, keep_pin_of
from hotline.ports import CallSid
from hotline.practice import Answer, Webhooks
from hotline.store import Store
from hotline.store.access.accounts import new_account
from scheduling.problem import Span
from tests import make
from tests.scenarios.asking import Asker, paths
from tests.scenarios.rows import column, every_row, every_word, named
from tests.scenarios.stage import NIGHT, SITE, STAFF, Hotline, speaking

PIN = "824193"
ADA = "client:ada"
MENU = "签到请按1"


@pytest.fixture
def hotline(store: Store) -> Hotline:
    """Ada is on duty tonight and has a PIN."""
    hotline = Hotline(store).on_duty("Ada")
    with store.writing() as db:
        keep_pin_of(db, "ada", PIN)
    return hotline


def dials_in(
    hotline: Hotline,
    *keys: str,
    pin: str = PIN,
    number: str | None = ADA,
    more: tuple[Answer, ...] = (),
) -> CallSid:
    """Somebody dials the staff's number, keys in a PIN, and a key at each main menu."""
    menu = [Answer(MENU, key, time=time) for time, key in enumerate(keys, 1)]
    answers = [Answer("请输入口令", f"{pin}#"), *menu, *more]
    sid = hotline.caller_rings(STAFF, number=number, answers=answers)
    hotline.until_quiet()
    return sid


def facts(store: Store) -> list[str]:
    return [str(kind) for kind in column(store, "attendance", "kind")]


def test_ada_checks_in_rests_goes_on_and_checks_out(hotline: Hotline, store: Store) -> None:
    sid = dials_in(hotline, "1", "3", "4", "2", "0")

    assert facts(store) == ["checked-in", "break-began", "break-ended", "checked-out"]
    assert set(column(store, "attendance", "way")) == {"telephone"}
    heard = hotline.heard(sid)
    for sentence in ("已经签到", "已经记下休息，30分钟", "休息结束", "已经签退", "再见"):
        assert sentence in heard
    hotline.is_sound()


def test_nobody_is_rung_in_a_break_that_was_told_by_telephone(hotline: Hotline) -> None:
    dials_in(hotline, "3", "0")
    caller = hotline.caller_rings(patience=60)
    hotline.until_quiet()
    assert hotline.rung() == []
    assert hotline.talked_to(caller) == []


def test_whoever_has_no_shift_soon_is_told_when_the_next_is(store: Store) -> None:
    tomorrow = Span(NIGHT.start + timedelta(days=1), NIGHT.end + timedelta(days=1))
    hotline = Hotline(store).on_duty("Ada", span=tomorrow)
    make.hire(store, "Bo")
    with store.writing() as db:
        keep_pin_of(db, "ada", PIN)
        keep_pin_of(db, "bo", PIN)

    ada = dials_in(hotline, "1", "0")
    bo = dials_in(hotline, "1", "6", "5", "0", number="client:bo")

    assert "没有签到：您下一个班明天晚上十点开始" in hotline.heard(ada)
    assert hotline.heard(bo).count("今后两周没有您的班次") == 3
    assert facts(store) == []


def test_the_next_shifts_are_heard(hotline: Hotline) -> None:
    sid = dials_in(hotline, "6", "0")
    assert "您的班次" in hotline.heard(sid)
    assert "今天晚上十点到明天早上八点" in hotline.heard(sid)


def test_who_cannot_come_says_which_shift_and_confirms_it(store: Store) -> None:
    tomorrow = Span(NIGHT.start + timedelta(days=1), NIGHT.end + timedelta(days=1))
    hotline = Hotline(store).on_duty("Ada").on_duty("Ada", span=tomorrow)
    with store.writing() as db:
        keep_pin_of(db, "ada", PIN)

    more = (Answer("明天晚上十点的班，请按2", "2"), Answer("您不能来明天晚上十点", "1"))
    sid = dials_in(hotline, "5", "6", "0", more=more)

    (absence,) = named(store, "absence")
    assert (absence["starts"], absence["ends"]) == (tomorrow.start, tomorrow.end)
    heard = hotline.heard(sid)
    assert "已经记下您不能来明天晚上十点的班" in heard
    assert heard.count("明天晚上十点到") == 0  # of two shifts one is left
    (search,) = named(store, "search")
    assert (search["reason"], search["starts"]) == ("cannot-come", tomorrow.start)


def test_a_shift_that_runs_is_left_from_now_on(hotline: Hotline, store: Store) -> None:
    more = (Answer("今天晚上十点的班，请按1", "1"), Answer("您不能来今天晚上十点", "1"))
    dials_in(hotline, "5", "0", more=more)
    (absence,) = named(store, "absence")
    assert NIGHT.start < absence["starts"] < absence["ends"] == NIGHT.end
    caller = hotline.caller_rings()
    hotline.until_quiet()
    assert hotline.rung() == []
    assert "现在没有值班老师" in hotline.heard(caller)


def test_no_key_and_no_yes_change_nothing(hotline: Hotline, store: Store) -> None:
    which = Answer("今天晚上十点的班，请按1", "1")
    dials_in(hotline, "5", "0", more=(which, Answer("您不能来今天晚上十点", "2")))
    dials_in(hotline, "5", "0", more=(which, Answer("您不能来今天晚上十点", "7")))
    dials_in(hotline, "5", "0", more=(which,))
    dials_in(hotline, "5", "0", more=(Answer("哪个班不能来", "0"),))
    dials_in(hotline, "5", "0", more=(Answer("哪个班不能来", "9"),))
    dials_in(hotline, "5", "0")
    assert column(store, "absence", "id") == []
    hotline.is_sound()


@pytest.mark.parametrize("number", [None, "+8613912345678", "client:eve", "sip:x@example.org"])
def test_a_number_that_nobody_has_learns_nothing(hotline: Hotline, number: str | None) -> None:
    sid = dials_in(hotline, "1", number=number)
    assert "这个号码只供值班人员使用" in hotline.heard(sid)
    assert "幺幺零" in hotline.heard(sid)
    assert "口令" not in hotline.heard(sid)
    hotline.is_sound()


def test_whoever_left_us_is_a_stranger(hotline: Hotline, store: Store) -> None:
    make.hire(store, "Eve", active=False)
    with store.writing() as db:
        keep_pin_of(db, "eve", PIN)
    assert "只供值班人员" in hotline.heard(dials_in(hotline, number="client:eve"))


def test_without_a_pin_one_is_sent_to_the_coordinator(hotline: Hotline, store: Store) -> None:
    make.hire(store, "Bo")
    assert "您还没有口令" in hotline.heard(dials_in(hotline, "1", number="client:bo"))


def test_a_wrong_pin_is_asked_again_and_then_the_call_ends(hotline: Hotline) -> None:
    sid = dials_in(hotline, "1", pin="000000", more=(Answer("口令不对，请再", "111222#"),))
    heard = hotline.heard(sid)
    assert "口令不对，请再输入一次" in heard
    assert MENU not in heard
    hotline.is_sound()


def test_five_wrong_pins_lock_for_a_time_and_no_longer(hotline: Hotline, store: Store) -> None:
    wrong = tuple(Answer("口令不对，请再", "000000#", time=time) for time in (1, 2))
    for _ in range(2):
        sid = dials_in(hotline, pin="000000", more=wrong)
    assert "口令输错太多次，请15分钟后再拨" in hotline.heard(sid)
    assert column(store, "notice", "kind") == ["pin-locked"]

    hotline.passes(LOCKED_FOR.total_seconds() - 120)
    sid = dials_in(hotline, pin="000000")  # not looked at, and does not lock for longer
    assert "口令输错太多次" in hotline.heard(sid)

    hotline.passes(120)
    assert "已经签到" in hotline.heard(dials_in(hotline, "1", "0"))
    assert column(store, "pin", "wrong") == [0]


def test_a_lock_holds_in_a_call_that_began_before_it(hotline: Hotline) -> None:
    asker = Asker(hotline.parts)
    first, second = (
        paths(asker.post("/voice/incoming", {"From": ADA, "To": STAFF}, CallSid=sid))[0]
        for sid in ("CA1", "CA2")
    )
    for number in range(5):
        tried = asker.post(first[:-1] + str(number), CallSid="CA1", Digits="000000")
    assert "口令输错太多次" in tried.text
    right = asker.post(second, CallSid="CA2", Digits=PIN)
    assert "口令输错太多次" in right.text


def test_nobody_speaks_and_the_call_ends(hotline: Hotline) -> None:
    sid = hotline.caller_rings(STAFF, number=ADA)
    hotline.until_quiet()
    assert "没有收到口令" in hotline.heard(sid)
    sid = dials_in(hotline)
    assert hotline.heard(sid).count(MENU) == 2  # once more, and no third time
    hotline.is_sound()


def test_keys_that_mean_nothing_end_the_call(hotline: Hotline) -> None:
    sid = dials_in(hotline, "7", "*", "7")
    assert hotline.heard(sid).count("没有这个选项") == 1
    hotline.is_sound()


def test_a_call_has_an_end_however_many_keys_are_pressed(hotline: Hotline) -> None:
    sid = dials_in(hotline, *(["6"] * 40))
    assert "这次通话很长了" in hotline.heard(sid)
    hotline.is_sound()


def test_a_repeated_webhook_does_nothing_twice(hotline: Hotline, store: Store) -> None:
    hotline.with_faults(webhooks=Webhooks.TWICE)
    dials_in(hotline, "1", "2", "0")
    assert facts(store) == ["checked-in", "checked-out"]
    assert not hotline.carrier.troubles()


def test_another_leg_cannot_use_the_addresses_of_a_call(hotline: Hotline, store: Store) -> None:
    asker = Asker(hotline.parts)
    form = {"From": ADA, "To": STAFF}
    (pin, *_) = paths(asker.post("/voice/incoming", form, CallSid="CA1"))
    key = pin.replace("/pin/0", "/key/main/10")
    before = every_row(store, "webhook", "staff_call")

    stranger = asker.post(pin, CallSid="CA2", Digits=PIN)
    too_early = asker.post(key, CallSid="CA1", Digits="3")
    assert asker.post(pin, CallSid="CA1", Digits=PIN).status_code == 200
    other_leg = asker.post(key, CallSid="CA2", Digits="3")
    no_menu = asker.post(key.replace("main", "other-5"), CallSid="CA1", Digits="3")

    for answer in (stranger, too_early, other_leg, no_menu):
        assert "签到请按1" not in answer.text
        assert "/voice/staff" not in answer.text
    assert every_row(store, "webhook", "staff_call") == before


def test_a_volunteer_is_known_by_sip_and_by_a_mobile_number_without_its_country(
    store: Store,
) -> None:
    hotline = Hotline(store)
    make.hire(store, "Bo", address="tel:+8613800000002")
    with store.writing() as db:
        keep_pin_of(db, "bo", PIN)
    for number in ("+8613800000002", "13800000002", "sip:+8613800000002@trunk.example"):
        assert "今后两周没有您的班次" in hotline.heard(dials_in(hotline, "6", "0", number=number))


def test_english_where_the_site_speaks_english(store: Store) -> None:
    settings = speaking(Language.EN)
    settings = replace(settings, site=replace(settings.site, language=Language.EN))
    hotline = Hotline(store, settings).on_duty("Ada")
    with store.writing() as db:
        keep_pin_of(db, "ada", PIN)
    menu = [Answer("To check in press 1", key, time=time) for time, key in enumerate("160", 1)]
    sid = hotline.caller_rings(
        STAFF, number=ADA, answers=[Answer("enter your PIN", f"{PIN}#"), *menu]
    )
    hotline.until_quiet()
    assert "You are checked in" in hotline.heard(sid)
    assert "today at 22:00 until tomorrow at 8:00" in hotline.heard(sid)


def test_a_site_without_such_numbers_knows_no_staff(store: Store) -> None:
    hotline = Hotline(store, replace(SITE, phones=None)).on_duty("Ada")
    sid = hotline.caller_rings(STAFF, number=ADA)
    hotline.until_quiet()
    assert "您拨打的号码现在没有人接听" in hotline.heard(sid)


def test_a_pin_stands_nowhere(
    hotline: Hotline, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dials_in(hotline, "1", "0", number=ADA)
    assert PIN not in caplog.text + every_word(store)
    assert "client:ada" not in caplog.text


def test_staff_numbers_are_dialled_as_phones_say() -> None:
    assert SITE.phones == Phones((STAFF,))


def test_ada_hears_english_on_a_chinese_site_for_she_chose_it(
    hotline: Hotline, store: Store
) -> None:
    # given
    ada = replace(unmade("ada", "Ada"), person=hotline.people["Ada"].id, language=Language.EN)
    with store.writing() as db:
        new_account(db, ada, hotline.clock())
    # when
    menu = [Answer("To check in press 1", key, time=time) for time, key in enumerate("160", 1)]
    answers = [Answer("enter your PIN", f"{PIN}#"), *menu]
    sid = hotline.caller_rings(STAFF, number=ADA, answers=answers)
    hotline.until_quiet()
    # then
    assert "You are checked in" in hotline.heard(sid)
    assert "today at 22:00 until tomorrow at 8:00" in hotline.heard(sid)
