"""Requests that nobody should make, and anybody could: drawn from a seed."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Flask

from benchmarks.calls.ground import Asked, Fields, ringing, signed
from hotline.parts import Parts

NAMES: Final = (
    *("CallSid", "MessageSid", "From", "To", "Body", "Digits", "FinishedOnKey", "CallStatus"),
    *("QueueResult", "QueueTime", "DialCallStatus", "DialCallSid", "DialBridged", "RecordingSid"),
    *("RecordingUrl", "RecordingDuration", "Direction", "ErrorUrl", "ErrorCode", "SpeechResult"),
    *("StatusCallbackEvent", "ConferenceSid", "ReasonParticipantLeft", "SequenceNumber", "Muted"),
)
WORDS: Final = (
    *("0", "1", "2", "3", "9", "*", "#", "1#", "1111", "-1", "1e9", "0x10", "NaN", "9" * 400),
    *("ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"),
    *("bridged", "leave", "hangup", "error", "redirected", "queue-full", "system-error"),
    *("true", "false", "null", "[]", "{}", "inbound", "outbound-api", "outbound-dial"),
    *("96111", "+862500096111", "sip:96111@nanjing.example", "sip:", "sip:@", "client:v01"),
    *("tel:+8613912345678", "anonymous", "+", "+86", "＋８６１３９", "Restricted", "266696687"),
    *("", " ", "\x00", "1\x00", "\r\n", "a\tb", "\u202e1", "\ufeff", "\U0001f4a9" * 40, "é" * 999),
    *("'; drop table call; --", "<Say>hello</Say>", "]]>", "&#0;", "%00", "../../etc", "{0}", "%s"),
    *("again=1", "https://hotline.example/voice/incoming?again=1", "STOP", "停", "来", "help"),
)
NUMBERS: Final = ("0", "1", "7", "10", "99", "1000", str(2**31), str(2**63), "9" * 60, "9" * 90)
METHODS: Final = ("GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE")
TYPES: Final = (
    *("application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data"),
    *("application/x-www-form-urlencoded; charset=utf-16", "", "\x7f", "a/b;c"),
)


@dataclass
class Hostile:
    """One enemy. calls and legs: tokens that lead somewhere."""

    parts: Parts
    routes: Sequence[str]
    chance: random.Random
    calls: Sequence[str] = ()
    legs: Sequence[str] = ()
    rung: int = 0

    def next(self) -> Asked:
        """One more request; nine of ten are signed as the carrier signs."""
        if self.chance.random() < 0.05:
            return self._rings()
        fields = self._fields()
        asked = signed(self.parts, self._path(), fields)
        odd = self.chance.random()
        if odd < 0.9:
            return asked
        return self._spoilt(asked)

    def _rings(self) -> Asked:
        self.rung += 1
        sid = f"CA{self.rung:032x}"
        return signed(self.parts, "/voice/incoming", ringing(self.parts, sid, self._word()))

    def _path(self) -> str:
        rule = self.chance.choice(self.routes)
        parts = [self._place(part) for part in rule.split("/")]
        query = self.chance.choice(("", "", "", "?again=1", "?again=1&a=b", "?%00", "?a[]=1"))
        return "/".join(parts) + query

    def _place(self, part: str) -> str:
        if not part.startswith("<"):
            return part
        if part.startswith("<int:"):
            return self.chance.choice(NUMBERS)
        known = (*self.calls, *self.legs)
        if known and self.chance.random() < 0.95:
            return self.chance.choice(known)
        return self.chance.choice(("abc", "a" * 64, "a" * 65, "-", "_", "menu", "1"))

    def _fields(self) -> Fields:
        sid = self.chance.choice((f"CA{self.chance.randrange(1, 50):032x}", "CA1", self._word()))
        mine = [("CallSid", sid), ("MessageSid", sid)]
        for _ in range(self.chance.randrange(9)):
            name = self.chance.choice(NAMES)
            mine.append((self._name(name), self._word()))
        if self.chance.random() < 0.1:
            mine += [(name, self._word()) for name, _ in mine]  # everything twice
        return mine

    def _name(self, name: str) -> str:
        odd = (f"{name}[]", f"{name}[0]", name.lower(), "", "\x00", name * 99)
        return self.chance.choice(odd) if self.chance.random() < 0.05 else name

    def _word(self) -> str:
        if self.chance.random() < 0.8:
            return self.chance.choice(WORDS)
        length = self.chance.choice((1, 2, 12, 300, 5000))
        return self.chance.randbytes(2 * length).decode("utf-16-le", errors="replace")

    def _spoilt(self, asked: Asked) -> Asked:
        """As it came, but for one thing."""
        garbage = self.chance.randbytes(self.chance.choice((0, 1, 64, 70_000)))
        return self.chance.choice(
            (
                replace(asked, signature=""),
                replace(asked, signature=self._word().encode().decode("latin-1")),
                replace(asked, method=self.chance.choice(METHODS)),
                replace(asked, content_type=self.chance.choice(TYPES)),
                replace(asked, body=garbage),
                replace(asked, body=asked.body + b"&x=" + b"9" * 70_000),
                replace(asked, path=asked.path + "/"),
            )
        )


def routes_of(app: Flask) -> list[str]:
    """Everything that the carrier may ask."""
    rules = (rule.rule for rule in app.url_map.iter_rules())
    return sorted(rule for rule in rules if rule.startswith(("/voice/", "/sms/")))


def tokens(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The tokens of some rows."""
    return [str(row["token"]) for row in rows]
