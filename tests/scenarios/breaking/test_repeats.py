"""The carrier repeats, and it is late: the answer is the same, and what is over stays over."""

import pytest

from hotline.calls.states import Outcome
from hotline.practice import (
    RINGS_OUT,
    Answer,
    Behaviour,
    Callbacks,
    Rest,
    Webhooks,
)
from hotline.practice.parties.phones import SECOND
from hotline.store import Store
from tests.scenarios.asking import Asker, paths
from tests.scenarios.rows import column, every_row
from tests.scenarios.stage import Hotline, site

AGAIN = Answer("如果您还没有说完", "1")


@pytest.mark.parametrize("rest", [Rest.WELL, Rest.FAILS])
def test_every_webhook_repeated_gets_the_same_document(store: Store, rest: Rest) -> None:
    """A difference would stand in the carrier's troubles; is_sound looks there."""
    hotline = Hotline(store, site(wave=2, wrap_up=10)).on_duty("Ada", phone=RINGS_OUT)
    hotline.on_duty("Bo", phone=Behaviour(drops_after=20 * SECOND)).on_duty("Cem")
    hotline.with_faults(webhooks=Webhooks.TWICE, callbacks=Callbacks.DOUBLED, rest=rest)

    first = hotline.caller_rings(talk=60, answers=[AGAIN])
    second = hotline.caller_rings(after=5, talk=60)
    third = hotline.caller_rings(after=6, answers=[Answer("按1预约回电", "1"), Answer("同意", "1")])
    hotline.until_quiet()

    assert hotline.talked_to(first)
    assert hotline.outcomes()[0] is Outcome.ANSWERED
    assert len(hotline.outcomes()) == len({first, second, third})
    hotline.is_sound()


def test_every_webhook_of_the_exit_repeated_gets_the_same_document(store: Store) -> None:
    hotline = Hotline(store).with_faults(webhooks=Webhooks.TWICE, callbacks=Callbacks.DOUBLED)

    hotline.caller_rings(answers=[Answer("留言请按2", "2")], leaves_message=12)
    hotline.caller_rings(answers=[Answer("预约回电", "1"), Answer("同意", "2")])
    hotline.caller_rings(answers=[Answer("预约回电", "1"), Answer("同意", "1")])
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.MESSAGE, Outcome.EXITED, Outcome.CALLBACK]
    hotline.is_sound()


def test_a_call_that_is_told_of_anew_with_another_number_hears_the_same(store: Store) -> None:
    """Issue 4: found by `make fuzz`, as a server error."""
    hotline = Hotline(store).on_duty("Ada")
    asker = Asker(hotline.parts)

    first = asker.rings("CA1", To="+862599999999")
    second = asker.rings("CA1")

    assert "没有人接听" in first.text
    assert second.data == first.data
    assert column(store, "call", "id") == []


def test_a_call_told_of_twice_is_opened_once(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    asker = Asker(hotline.parts)

    first = asker.rings("CA1")
    second = asker.rings("CA1")

    assert first.data == second.data
    assert len(every_row(store)["call"]) == 1
    assert len(every_row(store)["leg"]) == 1


def test_what_comes_after_the_end_changes_nothing(store: Store) -> None:
    """Every address of a call that is over, asked again with every ending there is."""
    hotline = Hotline(store, site(wave=2)).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")
    call = hotline.caller_rings(talk=60)
    hotline.until_quiet()
    before = every_row(store, "webhook")
    asker = Asker(hotline.parts)
    (token,) = column(store, "call", "token")
    legs = column(store, "leg", "token")

    asked = [
        *(f"/voice/wait/{token}/{number}" for number in (0, 8, 99)),
        *(f"/voice/{word}/{token}/77" for word in ("left", "alone", "talked", "again", "exit")),
        *(f"/voice/{word}/{token}/77" for word in ("callback", "partner")),
        *(f"/voice/wait/{token}/77/key", f"/voice/exit/{token}/77/key", f"/voice/goodbye/{token}"),
        *(f"/voice/join/{token}/{leg}" for leg in legs),
        *(f"/voice/leg/{leg}/{word}" for leg in legs for word in ("answered", "key", "over")),
        *(f"/voice/leg/{leg}/{word}" for leg in legs for word in ("done/3", "status", "alone/3")),
        *(f"/voice/leg/{leg}/{word}" for leg in legs for word in ("menu/3", "menu/3/key")),
        *(f"/voice/leg/{leg}/{word}" for leg in legs for word in ("hold/3", "hold/3/key")),
        *(f"/voice/{word}/{token}/77" for word in ("held", "onward")),
        *(f"/voice/dialled/{leg}" for leg in legs),
    ]
    for path in asked:
        for status in ("in-progress", "completed", "no-answer", "initiated"):
            answer = asker.post(path, CallSid=call, CallStatus=status, Digits="1")
            assert answer.status_code in (200, 204, 410)
    for status in ("completed", "failed", "ringing"):
        assert asker.post("/voice/status", CallSid=call, CallStatus=status).status_code == 204

    assert every_row(store, "webhook") == before
    assert hotline.outcomes() == [Outcome.ANSWERED]


def test_a_status_that_comes_before_the_answer_is_not_undone_by_it(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada").without_worker()
    asker = Asker(hotline.parts)
    asker.rings("CA1")
    (leg,) = column(store, "leg", "token")

    asker.post(f"/voice/leg/{leg}/status", CallSid="CA2", CallStatus="no-answer")
    answer = asker.post(f"/voice/leg/{leg}/answered", CallSid="CA2", Direction="outbound-api")

    assert "已经有人接听" in answer.text
    assert column(store, "leg", "result") == ["unanswered"]


def test_a_key_after_the_winning_one_takes_nothing_back(store: Store) -> None:
    """Found by throwing events in any order: it freed a volunteer who was talking."""
    hotline = Hotline(store).on_duty("Ada").without_worker()
    asker = Asker(hotline.parts)
    asker.rings("CA1")
    (leg,) = column(store, "leg", "token")
    asker.post(f"/voice/leg/{leg}/answered", CallSid="CA2")
    asker.post(f"/voice/leg/{leg}/key", CallSid="CA2", Digits="1")
    before = every_row(store, "webhook")

    asker.post(f"/voice/leg/{leg}/key", CallSid="CA2", Digits="2")

    assert every_row(store, "webhook") == before


def test_a_second_try_of_an_arrival_goes_on_with_the_same_call(store: Store) -> None:
    """The first answer was lost, and the carrier fell back."""
    hotline = Hotline(store).on_duty("Ada")
    asker = Asker(hotline.parts)
    asker.rings("CA1")

    failed = {"ErrorCode": "11200", "ErrorUrl": "/voice/incoming"}
    back = asker.post("/voice/fallback", failed, CallSid="CA1")
    again = asker.post(paths(back)[0], CallSid="CA1", From="+8613912345678", To="96111")

    assert "<Enqueue" in again.text
    assert len(every_row(store)["call"]) == 1
