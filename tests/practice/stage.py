"""A carrier with a stopped clock, and a scripted application that it asks."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hotline.ports import CallSid
from hotline.practice import (
    ACCEPTS,
    Account,
    Addresses,
    Answer,
    Caller,
    CallRecord,
    LegRecord,
    Message,
    Phone,
    PracticeCarrier,
    Reply,
    StoppedClock,
    StoppedDriver,
)
from hotline.practice.parties.phones import Behaving, Behaviour

START = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)
PUBLIC = "https://hotline.test"
ACCOUNT = Account(
    "AC" + "a" * 32, "a secret", numbers=frozenset({"+862500000000"}), rest_per_second=None
)
SHOWN = "+862500000000"
ADA, BO = "tel:+8613800000001", "tel:+8613800000002"
ADA_NUMBER, BO_NUMBER = "+8613800000001", "+8613800000002"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

Fields = dict[str, str]
Script = str | Reply | Callable[[Fields], "str | Reply"]


def twiml(verbs: str) -> Reply:
    """A document of `verbs`."""
    return Reply(200, "text/xml; charset=utf-8", f"<Response>{verbs}</Response>".encode())


@dataclass(frozen=True)
class Asked:
    """One request that reached the application."""

    at: datetime
    path: str
    fields: Fields
    message: Message


@dataclass
class ScriptedApp:
    """Answers each path with its TwiML; `and_then` is called when the path has been asked."""

    clock: Callable[[], datetime]
    documents: dict[str, Script] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    and_then: dict[str, Callable[[Fields], None]] = field(default_factory=dict)

    def send(self, message: Message) -> Reply:
        """Transport of the carrier."""
        parts = urlsplit(message.url)
        fields = dict(message.form) | dict(parse_qsl(parts.query, keep_blank_values=True))
        self.asked.append(Asked(self.clock(), parts.path, fields, message))
        script = self.documents.get(parts.path)
        if callable(script):
            script = script(fields)
        if parts.path in self.and_then:
            self.and_then[parts.path](fields)
        if script is None:
            return Reply(404, "text/plain", b"no such page")
        return script if isinstance(script, Reply) else twiml(script)

    def fields_of(self, path: str) -> list[Fields]:
        """What came with each request to `path`."""
        return [asked.fields for asked in self.asked if asked.path == path]

    def times_of(self, path: str) -> list[float]:
        """Seconds since the start of each request to `path`."""
        return [(a.at - START).total_seconds() for a in self.asked if a.path == path]


class Stage:
    """One carrier, one application, one clock."""

    def __init__(self, account: Account = ACCOUNT) -> None:
        self.account = account
        self.clock = StoppedClock(START)
        self.app = ScriptedApp(self.clock)
        self.app.documents["/voice/status"] = Reply(204, "", b"")
        self.carrier = PracticeCarrier(self.clock, self.app, account, Addresses.below(PUBLIC))
        self.driver = StoppedDriver(self.carrier, self.clock)

    def plays(self, incoming: Script, **others: Script) -> "Stage":
        """The document of an incoming call, and others by their path's name."""
        self.app.documents["/voice/incoming"] = incoming
        for name, script in others.items():
            self.app.documents[f"/{name}"] = script
        return self

    def phone(self, address: str, behaviour: Behaviour | Behaving = ACCEPTS) -> "Stage":
        """Connect a phone."""
        self.carrier.phone(Phone(address, behaviour))
        return self

    def rings(
        self,
        *answers: Answer,
        dials: str = "96111",
        after: timedelta = timedelta(0),
        **wishes: Any,
    ) -> CallSid:
        """Somebody dials; patience is two minutes unless wished otherwise."""
        wishes.setdefault("patience", 2 * MINUTE)
        number = wishes.pop("number", "+8613900000009")
        return self.carrier.dial(Caller(number, dials, START + after, answers=answers, **wishes))

    def to_end(self) -> CallRecord:
        """Play everything; the first caller's record."""
        self.driver.run_to_end()
        return self.carrier.calls()[0]

    def legs(self) -> list[LegRecord]:
        """All legs on phones."""
        return list(self.carrier.phone_record())

    def rest(self, path: str = "", **fields: str | list[str]) -> tuple[int, dict[str, object]]:
        """One REST request to the Calls resource, signed in."""
        pairs = [
            (name, value)
            for name, values in fields.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        return self.carrier.handle(
            "POST",
            f"/2010-04-01/Accounts/{self.account.sid}/Calls{path}.json",
            pairs,
            authorization(self.account),
        )

    def calls_out(self, to: str = ADA_NUMBER, **more: str | list[str]) -> CallSid:
        """A leg over REST to `to`, whose document is /leg."""
        status, answer = self.rest("", To=to, From=SHOWN, Url=f"{PUBLIC}/leg", **more)
        assert status == 201, answer
        return CallSid(str(answer["sid"]))


def authorization(account: Account) -> str:
    """Basic authentication of the account."""
    return "Basic " + base64.b64encode(f"{account.sid}:{account.auth_token}".encode()).decode()


def seconds(span: timedelta | None) -> float:
    """A span that must be there, in seconds."""
    assert span is not None
    return span.total_seconds()
