"""What an operator may set about conversations: help in them, supervision, notes, the form."""

from dataclasses import dataclass
from typing import Final

from hotline.config.titles import Title


@dataclass(frozen=True)
class Form:
    """The short form after a conversation, by keys. What is left out is not asked."""

    kinds: tuple[Title, ...] | None = None  # what a call was about: key 1, 2, ...; at most 9
    ends_wrap_up: bool | None = None  # who has filled it in may be rung again at once


@dataclass(frozen=True)
class Talking:
    """What a volunteer can do in a conversation beside talking. Minutes, but longest_hold."""

    longest_hold: int | None = None  # seconds; None: 180
    notes: tuple[int, ...] | None = None  # the volunteer is told of the time; None: 20 and 50
    alarm: int | None = None  # supervisors are told; None: 90
    announced: bool | None = None  # a supervisor who listens is announced; None: yes
    experts: str | None = None  # the desk that experts sit at; None: none can be brought in
    transfers: tuple[str, ...] | None = None  # desks to hand over to; None: none
    form: Form | None = None  # None: nothing is asked after a conversation


NO_TALKING: Final = Talking()
LONGEST_HOLD: Final = 180
NOTES: Final = (20, 50)
ALARM: Final = 90
