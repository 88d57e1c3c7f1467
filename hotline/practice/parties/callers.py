"""What does a caller do while waiting, when asked, and when talking?"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.practice.parties.answers import Answer, Answering
from hotline.practice.parties.handset import Handset, Timer

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Caller:
    """Somebody who dials a line.

    number: None if withheld. dials: "96111", "+86...", "sip:96111@...". patience: hangs up when not
    talking to a person for so long; None waits for ever. talk: hangs up after talking to people
    for so long in all. leaves_message: None stays silent after the tone. hangs_up_on: hangs up
    after hearing this (a regular expression).
    """

    number: str | None
    dials: str
    at: datetime
    patience: timedelta | None = None
    talk: timedelta = timedelta(minutes=10)
    answers: tuple[Answer, ...] = ()
    leaves_message: timedelta | None = None
    hangs_up_on: str | None = None


class CallerParty:
    """The caller's side of the call."""

    person = True

    def __init__(self, caller: Caller, handset: Handset) -> None:
        self.address = caller.number or "withheld"
        self._caller = caller
        self._handset = handset
        self._answering = Answering(caller.answers, handset)
        self._leaves: Timer | None = None
        self._has_spoken = False
        self._began: datetime | None = None  # the talk with a person
        self._talked = timedelta(0)  # before

    def arrives(self) -> None:
        """The patience begins with dialling."""
        self._be_patient()

    def hears(self, text: str, seconds: float) -> None:
        """Answer what is understood, when the words are over."""
        self._answering.hears(text, seconds)
        if self._caller.hangs_up_on and re.search(self._caller.hangs_up_on, text):
            self._handset.after(seconds + _MOMENT.total_seconds(), self._handset.hang_up)

    def is_asked(self) -> None:
        """A caller has answered while listening."""

    def speaks(self) -> float:
        """A message, once, takes its time; patience begins anew after it."""
        message = self._caller.leaves_message
        if message is None or self._has_spoken:
            return 0.0
        self._has_spoken = True
        self._be_patient(message)
        return message.total_seconds()

    def talks(self, with_person: bool) -> None:
        """A person answers: the talk begins. A mailbox changes nothing."""
        if with_person:
            self._began = self._began or self._handset.now()
            self._leave_after(self._caller.talk - self._talked)

    def is_alone(self) -> None:
        """The other side is gone: patience begins anew, and the talk goes on where it was."""
        if self._began is not None:
            self._talked += self._handset.now() - self._began
            self._began = None
        self._be_patient()

    def is_over(self) -> None:
        """The call has ended."""
        self._stay()

    def _be_patient(self, meanwhile: timedelta = timedelta(0)) -> None:
        self._stay()
        if self._caller.patience is not None:
            self._leave_after(self._caller.patience + meanwhile)

    def _leave_after(self, span: timedelta) -> None:
        self._stay()
        self._leaves = self._handset.after(span.total_seconds(), self._handset.hang_up)

    def _stay(self) -> None:
        if self._leaves is not None:
            self._leaves.cancel()
            self._leaves = None
