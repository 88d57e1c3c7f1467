"""What does the carrier hold together: its customer, its legs, its rooms, its telephones?"""

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import datetime

from hotline.ports import CallSid
from hotline.practice.account import Account, Addresses
from hotline.practice.exchange.legs import Leg
from hotline.practice.exchange.meeting.rooms import Rooms
from hotline.practice.exchange.timeline import Action, Timeline
from hotline.practice.faults import NO_FAULTS, Faults
from hotline.practice.parties.phones import Phone
from hotline.practice.record import Said, TextRecord, Trouble
from hotline.practice.wire import Transport


@dataclass(frozen=True)
class Recording:
    """A message as the carrier keeps it; its sound is there only from `ready` on."""

    seconds: float
    ready: datetime
    call: CallSid
    at: datetime


@dataclass
class Exchange:
    """The whole state of the carrier, guarded by `line.lock`."""

    line: Timeline
    transport: Transport
    account: Account
    addresses: Addresses
    seed: str
    faults: Faults = NO_FAULTS
    legs: dict[CallSid, Leg] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    busy: dict[str, Leg] = field(default_factory=dict)  # by a phone's address
    rooms: Rooms = field(default_factory=Rooms)
    texts: list[TextRecord] = field(default_factory=list)
    recordings: dict[str, Recording] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)  # numbers that sent STOP
    troubles: list[Trouble] = field(default_factory=list)
    webhooks_asked: int = 0
    held: dict[CallSid, Action] = field(default_factory=dict)  # callbacks that wait for the next
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def new_sid(self, prefix: str) -> str:
        """An id as Twilio's look: two letters and 32 hexadecimal digits."""
        text = f"{self.seed}:{next(self.numbers)}"
        return prefix + hashlib.sha256(text.encode()).hexdigest()[:32]

    def new_call_sid(self) -> CallSid:
        """The id of a new leg."""
        return CallSid(self.new_sid("CA"))

    def trouble(self, leg: Leg | None, code: int, sentence: str) -> None:
        """Remember what Twilio would complain of."""
        trouble = Trouble(self.line.now(), leg.sid if leg else None, code, sentence)
        self.troubles.append(trouble)
        if leg is not None:
            leg.story.troubles.append(trouble)

    def said(self, leg: Leg, who: str, text: str) -> None:
        """Remember what was heard or done on a leg."""
        leg.story.said.append(Said(self.line.now(), who, text))
