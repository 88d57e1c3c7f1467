"""Which REST orders does the carrier take, and which does it refuse as Twilio would?"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from hotline.practice.exchange.legs import Reports
from hotline.practice.exchange.reaching.ringing import E164, diallable
from hotline.practice.twiml.grammar import METHODS

LONGEST_BODY = 1600
TEXTS = frozenset(
    {
        *("To", "From", "Body", "MessagingServiceSid", "MediaUrl", "ContentSid", "StatusCallback"),
        *("ValidityPeriod", "SmartEncoded", "ProvideFeedback"),
    }
)
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
CREATES = frozenset(
    {
        *("To", "From", "Url", "Method", "FallbackUrl", "FallbackMethod", "StatusCallback"),
        *("StatusCallbackEvent", "StatusCallbackMethod", "Timeout", "TimeLimit", "SendDigits"),
        *("Record", "RecordingChannels", "Trim", "CallerId", "MachineDetection", "AsyncAmd"),
        *("MachineDetectionTimeout", "AsyncAmdStatusCallback", "Byoc", "CallReason", "CallToken"),
        *("Twiml", "ApplicationSid", "SipAuthUsername", "SipAuthPassword"),
    }
)
UPDATES = frozenset(
    {
        *("Url", "Method", "Status", "FallbackUrl", "FallbackMethod", "StatusCallback"),
        *("StatusCallbackMethod", "Twiml", "TimeLimit"),
    }
)


class RefusedOrder(Exception):  # noqa: N818 - an answer that says no
    """An order that Twilio answers with an HTTP status and an error code of its own."""

    def __init__(self, status: HTTPStatus, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code = status, code


def refuse_bad_order(fields: Mapping[str, str], owns: Callable[[str], bool]) -> None:
    """Raises RefusedOrder with Twilio's code for what is missing or wrong in a new call."""
    bad = HTTPStatus.BAD_REQUEST
    checks = (
        (21201, "No 'To' number is specified", bool(fields.get("To"))),
        (21213, "No 'From' number is specified", bool(fields.get("From"))),
        (21205, "Url is not a valid URL", is_url(fields.get("Url", ""))),
        (21211, "The 'To' number is not valid", diallable(fields.get("To", ""))),
        (21212, "The 'From' number is not valid", _showable(fields.get("From", ""))),
        (21210, "The 'From' number is not yours", owns(fields.get("From", ""))),
        (21609, "Invalid 'StatusCallback' URL", _may_report(fields.get("StatusCallback"))),
        (20001, "Timeout is a number of seconds", fields.get("Timeout", "1").isdecimal()),
        (20001, "Method is GET or POST", fields.get("Method", "POST") in METHODS),
    )
    for code, sentence, kept in checks:
        if not kept:
            raise RefusedOrder(bad, code, sentence)


def refuse_bad_text(fields: Mapping[str, str], owns: Callable[[str], bool]) -> None:
    """The same for a new SMS."""
    body = fields.get("Body", "")
    checks = (
        (21604, "A 'To' number is required", bool(fields.get("To"))),
        (21603, "A 'From' number is required", bool(fields.get("From"))),
        (21602, "A message body is required", bool(body)),
        (21211, "The 'To' number is not valid", E164.fullmatch(fields.get("To", "")) is not None),
        (21606, "The 'From' number is not yours", owns(fields.get("From", ""))),
        (21617, "The message is longer than 1600 characters", len(body) <= LONGEST_BODY),
    )
    for code, sentence, kept in checks:
        if not kept:
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, code, sentence)


def is_url(url: str) -> bool:
    """Whether `url` is absolute and speaks HTTP."""
    return re.fullmatch(r"https?://[^\s/]+(/\S*)?", url) is not None


def _may_report(url: str | None) -> bool:
    """Twilio calls no host with an underscore in its name."""
    return url is None or (is_url(url) and "_" not in urlsplit(url).netloc)


def _showable(number: str) -> bool:
    return diallable(number) or number.isdecimal()


def reports_wanted(fields: Mapping[str, str], events: list[str]) -> Reports | None:
    """The status callbacks that a new call asks for."""
    url = fields.get("StatusCallback")
    if not url:
        return None
    named = frozenset(event for each in events for event in each.split()) or {"completed"}
    return Reports(url, frozenset(named), fields.get("StatusCallbackMethod", "POST"))
