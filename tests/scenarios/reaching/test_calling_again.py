"""Callers who call again: known by the keyed hash of their number, and treated as was decided."""

from dataclasses import replace

import pytest

from hotline.calls.arrival.repeating import CallerStanding
from hotline.calls.states import Outcome
from hotline.config.tables.talking import Form, Talking
from hotline.knowing import Deciding, Risk, block, known, note_plan, promise_person, set_standing
from hotline.practice import SILENT, Answer, Behaviour
from hotline.privacy import Privacy
from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.scenarios.rows import column, every_row
from tests.scenarios.stage import SECRETS, Hotline, site

AGAIN = "+8613800009999"
PRIVACY = Privacy(SECRETS)
TWO_NIGHTS_LATER = Span(make.local("2026-11-26 22:00"), make.local("2026-11-27 08:00"))


def deciding(hotline: Hotline, call: int = 1) -> Deciding:
    return Deciding(PRIVACY, str(call), "dee", "a reason", hotline.clock())


def ada_bo_and_dee(store: Store, wrap_up: int = 120) -> Hotline:
    hotline = Hotline(store, site(wave=1, wrap_up=wrap_up)).on_duty("Ada", "Bo")
    make.hire(store, "Dee", desks="elsewhere", role="supervisor")
    return hotline


def test_who_was_cut_off_reaches_the_same_person(store: Store) -> None:
    hotline = ada_bo_and_dee(store, wrap_up=0)
    first = hotline.caller_rings(number=AGAIN, talk=60)
    hotline.passes(120)

    second = hotline.caller_rings(number=AGAIN, talk=60)

    hotline.until_quiet()
    assert hotline.talked_to(first) == hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()


def test_who_was_promised_a_person_reaches_them_while_the_promise_holds(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=60)
    hotline.until_quiet()
    with store.writing() as db:
        promise_person(db, deciding(hotline), "bo", hours=2)

    hotline.passes(1200)
    call = hotline.caller_rings(number=AGAIN)

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_a_blocked_caller_hears_the_truth_and_nobody_is_rung(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=60)
    hotline.until_quiet()
    with store.writing() as db:
        block(db, hotline.settings, deciding(hotline), days=1, risk=Risk.NONE)
    rung = hotline.rung()

    call = hotline.caller_rings(number=AGAIN)

    hotline.until_quiet()
    assert hotline.rung() == rung
    assert "目前无法接听" in hotline.heard(call)
    assert "幺幺零" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.ANSWERED, Outcome.EXITED]
    hotline.is_sound()


def test_a_blocked_caller_in_danger_is_put_through_by_key_9(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=60)
    hotline.until_quiet()
    with store.writing() as db:
        block(db, hotline.settings, deciding(hotline), days=1, risk=Risk.LOW)

    call = hotline.caller_rings(number=AGAIN, answers=[Answer("按9", "9")])

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    assert column(store, "call", "urgent") == [False, True]
    hotline.is_sound()


def test_a_block_ends_by_itself(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=60)
    hotline.until_quiet()
    hotline.on_duty("Ada", span=TWO_NIGHTS_LATER)
    with store.writing() as db:
        until = block(db, hotline.settings, deciding(hotline), days=2, risk=Risk.NONE)

    hotline.passes((until - hotline.clock()).total_seconds() - 300)
    blocked = hotline.caller_rings(number=AGAIN)
    hotline.passes(300)
    again = hotline.caller_rings(number=AGAIN)

    hotline.until_quiet()
    assert not hotline.talked_to(blocked)
    assert hotline.talked_to(again) == ["Ada"]
    hotline.is_sound()


@pytest.mark.parametrize(("key", "stays"), [("1", True), ("2", False), ("3", False)])
def test_a_block_ends_when_a_volunteer_sees_a_danger(store: Store, key: str, stays: bool) -> None:
    settings = replace(site(wave=1, wrap_up=0), talking=Talking(form=Form()))
    hotline = Hotline(store, settings).on_duty("Ada")
    make.hire(store, "Dee", desks="elsewhere", role="supervisor")
    hotline.caller_rings(number=AGAIN, talk=60)
    hotline.until_quiet()
    with store.writing() as db:
        block(db, hotline.settings, deciding(hotline), days=2, risk=Risk.NONE)
    hotline.phone("Ada", Behaviour(answers=(Answer("请记录风险", key), Answer("随访按3", "1"))))

    hotline.caller_rings(number=AGAIN, talk=30, answers=[Answer("按9", "9")])
    hotline.until_quiet()
    hotline.passes(3600)
    again = hotline.caller_rings(number=AGAIN, talk=30)
    hotline.until_quiet()

    assert bool(hotline.talked_to(again)) is not stays
    with store.reading() as db:
        acts = known(db, PRIVACY, "1").acts
    assert [act.act for act, _ in acts] == ["blocked", *([] if stays else ["unblocked"])]
    hotline.is_sound()


def where_all_talk_and_one_is_delayed(store: Store, talk: int) -> Hotline:
    """Ada and Bo are busy for so many seconds; whoever calls from `AGAIN` comes last."""
    hotline = ada_bo_and_dee(store, wrap_up=0)
    hotline.caller_rings(number=AGAIN, talk=5)
    hotline.until_quiet()
    with store.writing() as db:
        set_standing(db, deciding(hotline), CallerStanding.DELAYED)
    for _ in range(2):
        hotline.caller_rings(talk=talk)
    return hotline


def test_a_delayed_caller_comes_after_who_came_later(store: Store) -> None:
    hotline = where_all_talk_and_one_is_delayed(store, talk=10)
    hotline.passes(15)

    delayed = hotline.caller_rings(number=AGAIN, talk=30)
    hotline.passes(2)
    others = [hotline.caller_rings(talk=20) for _ in range(2)]

    hotline.until_quiet()
    assert hotline.waited(delayed) > max(hotline.waited(other) for other in others)
    assert hotline.talked_to(delayed)
    hotline.is_sound()


def test_others_who_keep_coming_never_hold_a_delayed_caller_back_for_ever(store: Store) -> None:
    hotline = where_all_talk_and_one_is_delayed(store, talk=60)
    hotline.passes(20)

    delayed = hotline.caller_rings(number=AGAIN, talk=30)
    others = [hotline.caller_rings(talk=60, after=place) for place in range(5, 100, 10)]

    hotline.until_quiet()
    assert hotline.talked_to(delayed)
    came_later = [hotline.call(other) for other in others]
    began = hotline.call(delayed).talks[0].started
    assert sum(call.talks[0].started < began for call in came_later if call.talks) <= 1
    hotline.is_sound()


def test_who_withholds_their_number_is_like_anybody(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    calls = [hotline.caller_rings(number=None, talk=10, after=40 * n) for n in range(4)]

    hotline.until_quiet()

    assert all(hotline.talked_to(call) for call in calls)
    assert column(store, "call", "delayed") == [False] * 4
    hotline.is_sound()


def test_the_note_of_a_plan_is_read_to_the_volunteer_and_sealed_at_rest(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=10)
    hotline.until_quiet()
    with store.writing() as db:
        note_plan(db, deciding(hotline), "约定每次十分钟")

    call = hotline.caller_rings(number=AGAIN, talk=10)

    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    assert "来电备注：约定每次十分钟" in hotline.volunteer_heard("Bo")
    assert "约定每次十分钟" not in repr(every_row(store))
    hotline.is_sound()


def test_a_volunteer_who_hears_the_note_may_still_pass_the_call_on(store: Store) -> None:
    hotline = ada_bo_and_dee(store)
    hotline.caller_rings(number=AGAIN, talk=10)
    hotline.until_quiet()
    with store.writing() as db:
        note_plan(db, deciding(hotline), "约定每次十分钟")
    hotline.passes(300)
    hotline.phone("Ada", SILENT)

    call = hotline.caller_rings(number=AGAIN, talk=10)

    hotline.until_quiet()
    assert "来电备注：约定每次十分钟" in hotline.volunteer_heard("Ada")
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()
