"""Calls and recordings are listed as Twilio lists them."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.practice.stage import MINUTE, SECOND, Stage
from tests.practice.test_rest import served

RECORD = "<Record action='/kept' maxLength='60' timeout='4'/>"


def staged() -> Stage:
    """Three callers, a minute apart, of whom each leaves a message."""
    stage = Stage().plays(RECORD, kept="<Say>thank you</Say>")
    for number in range(3):
        stage.rings(after=number * MINUTE, leaves_message=20 * SECOND)
    stage.driver.run_to_end()
    return stage


def test_callers_legs_and_messages_are_listed_page_by_page_since_an_instant() -> None:
    stage = staged()
    second = stage.carrier.calls()[1].arrived

    with served(stage.carrier.rest_app) as client:
        calls = client.calls.list(start_time_after=second, page_size=1)
        recordings = client.recordings.list(date_created_after=second, page_size=1)

    assert [call.sid for call in calls] == [each.sid for each in stage.carrier.calls()[:0:-1]]
    assert {call.direction for call in calls} == {"inbound"}
    assert [each.call_sid for each in recordings] == [call.sid for call in calls]
    told = [(each.status, each.duration) for each in recordings]
    assert told == [("processing", "-1"), ("completed", "20")]  # the last one was just made


def test_a_page_has_a_thousand_entries_at_most() -> None:
    with served(staged().carrier.rest_app) as client, pytest.raises(TwilioException):
        client.calls.list(page_size=1001)
