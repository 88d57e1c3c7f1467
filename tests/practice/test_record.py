"""The record answers what happened."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hotline.ports import CallSid
from hotline.practice import (
    Answer,
    CallRecord,
    LegRecord,
    Talk,
    double_booked,
    phones_ringing_for_nobody,
    transcript,
)
from tests.practice.stage import ADA, BO, MINUTE, SECOND, START, Stage


def leg(address: str, rung: float | None, ended: float | None, talks: bool = False) -> LegRecord:
    """A leg by seconds since the start."""
    at = None if ended is None else START + timedelta(seconds=ended)
    rung_at = None if rung is None else START + timedelta(seconds=rung)
    return LegRecord(
        sid=CallSid("CA1"),
        address=address,
        shown="",
        parent=None,
        asked_at=START,
        rung_at=rung_at,
        answered_at=rung_at if talks else None,
        talks=(Talk("caller", rung_at, at, person=True),) if talks and rung_at else (),
        ended_at=at,
        ended_by=None,
        outcome="completed",
        behaviour="accepts",
        keys="",
        rung_while_busy=False,
        transcript=(),
        errors=(),
    )


def call(arrived: float, ended: float | None, *talks: tuple[float, float]) -> CallRecord:
    """A call by seconds since the start."""
    return CallRecord(
        sid=CallSid("CA2"),
        line="96111",
        arrived=START + timedelta(seconds=arrived),
        answered_at=None,
        first_words_at=None,
        talks=tuple(
            Talk(ADA, START + timedelta(seconds=a), START + timedelta(seconds=b), person=True)
            for a, b in talks
        ),
        ended_at=None if ended is None else START + timedelta(seconds=ended),
        ended_by=None,
        transcript=(),
        longest_silence=timedelta(0),
        message=None,
        errors=(),
    )


def test_legs_one_after_the_other_are_not_double_booked() -> None:
    assert double_booked([leg(ADA, 0, 10), leg(ADA, 10, 20), leg(BO, 5, 15)]) == []


def test_overlapping_legs_of_one_phone_are_double_booked() -> None:
    pairs = double_booked([leg(ADA, 0, 100), leg(BO, 1, 2), leg(ADA, 20, 30), leg(ADA, 50, 60)])
    assert [(a.ended_at, b.ended_at) for a, b in pairs] == [
        (START + 100 * SECOND, START + 30 * SECOND),
        (START + 100 * SECOND, START + 60 * SECOND),
    ]


def test_a_leg_without_end_is_double_booked_by_the_next_and_one_never_rung_by_none() -> None:
    assert len(double_booked([leg(ADA, 0, None), leg(ADA, 500, 510)])) == 1
    assert double_booked([leg(ADA, None, 20), leg(ADA, 10, 15)]) == []


def test_a_phone_rung_for_a_waiting_caller_rings_for_somebody() -> None:
    assert phones_ringing_for_nobody([call(0, 30)], [leg(ADA, 5, 30)]) == []


def test_a_phone_that_rings_on_after_the_caller_left_rings_for_nobody() -> None:
    ringing = leg(ADA, 5, 40)
    assert phones_ringing_for_nobody([call(0, 30)], [ringing]) == [ringing]
    assert phones_ringing_for_nobody([call(0, 39)], [ringing]) == []  # within the grace
    assert phones_ringing_for_nobody([call(0, 30), call(29, None)], [ringing]) == []


def test_a_caller_who_talks_waits_for_nobody() -> None:
    ringing = leg(BO, 5, 40)
    assert phones_ringing_for_nobody([call(0, 60, (10, 50))], [ringing]) == [ringing]


def test_a_bridged_leg_counts_until_the_bridge() -> None:
    assert phones_ringing_for_nobody([call(0, 60, (10, 50))], [leg(ADA, 10, 50, talks=True)]) == []


def test_a_leg_never_rung_or_still_ringing_is_no_finding() -> None:
    assert phones_ringing_for_nobody([], [leg(ADA, None, 20), leg(ADA, 10, None)]) == []


def test_a_transcript_reads_aloud_in_the_clock_of_the_site() -> None:
    stage = Stage().plays(
        "<Gather numDigits='1' action='/keys'><Say language='zh-CN'>按九</Say></Gather>",
        keys="<Say language='zh-CN'>再见</Say>",
    )
    stage.rings(Answer("按九", "9"))
    record = stage.to_end()
    assert transcript(record, ZoneInfo("Asia/Shanghai")) == (
        "2026-11-24 23:10:00 a call to 96111\n"
        "23:10:00 hotline: 按九\n"
        "23:10:01 caller: (presses 9)\n"
        "23:10:01 hotline: 再见\n"
        "23:10:02 ended by hotline"
    )


def test_a_leg_reads_aloud_too() -> None:
    stage = Stage().plays("", leg="<Say>hello</Say>").phone(ADA)
    stage.calls_out()
    stage.driver.run_to_end()
    assert transcript(stage.legs()[0], ZoneInfo("UTC")).splitlines()[:2] == [
        f"2026-11-24 15:10:00 a leg to {ADA}",
        "15:10:05 hotline: hello",
    ]


def test_a_call_that_lasts_has_no_end_in_the_record() -> None:
    stage = Stage().plays("<Pause length='600'/>")
    stage.rings()
    stage.driver.run_for(MINUTE)
    record = stage.carrier.calls()[0]
    assert (record.ended_at, record.ended_by, record.waited) == (None, None, None)


def test_a_number_in_an_address_or_a_rooms_name_is_remarked() -> None:
    stage = Stage().plays(
        "<Redirect>/next?who=%2B8613900000009</Redirect>",
        next="<Enqueue waitUrl='/wait'>8613900000009</Enqueue>",
        wait="<Leave/>",
    )
    stage.rings()
    record = stage.to_end()
    assert [trouble.code for trouble in record.errors] == [0, 0]


def test_a_call_that_names_nobody_is_not_remarked() -> None:
    stage = Stage().plays("<Redirect>/next?line=96111</Redirect>", next="<Say>hello</Say>")
    stage.rings()
    record = stage.to_end()
    assert record.errors == ()
    assert record.first_words_after == timedelta(0)


def test_a_caller_who_has_not_dialled_yet_is_not_in_the_record() -> None:
    stage = Stage().plays("<Hangup/>")
    stage.rings(after=10 * MINUTE)
    stage.driver.run_for(MINUTE)
    assert stage.carrier.calls() == ()
