"""The database is away: for a moment, or for good. Callers hear words, and lose seconds."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hotline.calls.states import Outcome
from hotline.parts import Parts
from hotline.practice import MAILBOX, RINGS_OUT, Answer, Webhooks
from hotline.store import Store
from hotline.store.calling.moves import outcomes_by_sid
from tests.scenarios.asking import Asker, paths
from tests.scenarios.breaking.losing import Failing, away
from tests.scenarios.stage import SECRETS, SITE, TEN_PAST_ELEVEN, Hotline

GONE = "sqlite:////nowhere/at/all/hotline.db"


@pytest.fixture
def hotline(store: Store) -> Iterator[Hotline]:
    """A hotline whose web part may lose its database; the worker's keeps it."""
    failing = Failing(store.url)
    hotline = Hotline(failing)
    failing.clock = hotline.clock
    yield hotline
    failing.close()


def test_a_caller_who_arrives_while_the_database_is_away_for_a_moment_is_connected(
    hotline: Hotline,
) -> None:
    hotline.on_duty("Ada")
    away(hotline, 0, 1)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "请稍等，我们正在为您接通。" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


@pytest.mark.parametrize("start", range(1, 40, 3))
def test_a_database_that_is_away_for_three_seconds_strands_nobody(
    hotline: Hotline, start: int
) -> None:
    hotline.on_duty("Ada", "Bo")
    away(hotline, start, 3)

    call = hotline.caller_rings(talk=20, answers=[Answer("如果您还没有说完", "1")])
    hotline.until_quiet()

    record = hotline.call(call)
    assert not record.stranded
    assert hotline.talked_to(call)
    assert record.longest_silence <= timedelta(seconds=12)
    assert "error" not in hotline.heard(call)


def test_a_database_that_stays_away_ends_in_an_apology_and_voicemail(hotline: Hotline) -> None:
    hotline.on_duty("Ada", phone=RINGS_OUT)
    away(hotline, 10, 10_000)

    call = hotline.caller_rings(leaves_message=15)
    hotline.until_quiet()

    heard = hotline.heard(call)
    assert "很抱歉，电话系统出了故障" in heard
    assert "幺幺零或幺二零" in heard
    assert "您的留言已经录下" in heard
    assert hotline.waited(call) <= 90
    assert not hotline.call(call).stranded


def test_a_caller_whom_nothing_of_ours_could_answer_has_an_outcome_all_the_same(
    hotline: Hotline,
) -> None:
    hotline.on_duty("Ada")
    away(hotline, 0, 50)

    call = hotline.caller_rings(leaves_message=60)
    hotline.until_quiet()

    assert "您的留言已经录下" in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.LEFT]


def test_the_word_that_a_leg_of_ours_has_ended_makes_no_call(hotline: Hotline) -> None:
    asker = Asker(hotline.parts)

    for direction, dialled in (("outbound-api", "96111"), ("inbound", "12399")):
        form = {"CallStatus": "completed", "Direction": direction, "To": dialled}
        assert asker.post("/voice/status", form, CallSid="CA9").status_code == 204

    assert hotline.outcomes() == []
    with hotline.store.reading() as db:
        assert not outcomes_by_sid(db)


def test_the_exit_survives_a_database_that_is_away_while_the_caller_chooses(
    hotline: Hotline,
) -> None:
    away(hotline, 12, 6)

    call = hotline.caller_rings(answers=[Answer("留言请按2", "2")], leaves_message=10)
    hotline.until_quiet()

    assert not hotline.call(call).stranded
    assert "再见" in hotline.call(call).transcript[-1].text


def test_a_mailbox_at_the_wrong_moment_is_no_worse(hotline: Hotline) -> None:
    hotline.on_duty("Ada", phone=MAILBOX)
    hotline.with_faults(webhooks=Webhooks.TWICE)
    away(hotline, 20, 8)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert not hotline.call(call).stranded
    assert not hotline.call(call).talks


def test_the_fallback_works_without_any_database() -> None:
    asker = Asker(Parts(SITE, SECRETS, Store(GONE), lambda: TEN_PAST_ELEVEN))

    first = asker.post("/voice/fallback", CallSid="CA1", ErrorCode="11200")
    second = asker.post("/voice/incoming?again=1", CallSid="CA1", To="96111", From="+8613900000000")
    recorded = asker.post(paths(second)[0], CallSid="CA1", RecordingSid="RE1")

    assert paths(first) == ["/voice/incoming?again=1"]
    assert "<Record" in second.text
    assert "幺幺零或幺二零" in second.text
    assert "您的留言已经录下" in recorded.text


def test_a_second_fallback_is_the_apology_and_not_a_circle() -> None:
    asker = Asker(Parts(SITE, SECRETS, Store(GONE), lambda: TEN_PAST_ELEVEN))

    failed = {"ErrorCode": "11200", "ErrorUrl": "https://hotline.example/voice/incoming?again=1"}
    answer = asker.post("/voice/fallback", failed, CallSid="CA1")

    assert "<Record" in answer.text
    assert "<Redirect" not in answer.text


def test_a_volunteer_hears_thanks_when_the_database_is_gone() -> None:
    asker = Asker(Parts(SITE, SECRETS, Store(GONE), lambda: TEN_PAST_ELEVEN))

    answer = asker.post("/voice/leg/abc/answered", CallSid="CA2", Direction="outbound-api")

    assert "这个来电没有接通" in answer.text
    assert "<Hangup" in answer.text


def test_a_status_that_cannot_be_noted_is_answered_without_an_error_page() -> None:
    asker = Asker(Parts(SITE, SECRETS, Store(GONE), lambda: TEN_PAST_ELEVEN))

    answer = asker.post("/voice/status", CallSid="CA2", CallStatus="completed")

    assert answer.status_code == 503
    assert answer.data == b""


def test_the_call_of_a_worker_that_comes_back_is_closed_once(hotline: Hotline) -> None:
    hotline.on_duty("Ada", phone=RINGS_OUT)
    sender = hotline.stage.sender
    away(hotline, 5, 10_000)
    hotline.caller_rings(patience=60)
    hotline.until_quiet()
    hotline.passes(11_000)

    hotline.stage.sender = sender
    later = hotline.caller_rings(patience=5)
    hotline.until_quiet()

    assert hotline.call(later).ended_at is not None
    assert hotline.outcomes() == [Outcome.LEFT, Outcome.LEFT]
