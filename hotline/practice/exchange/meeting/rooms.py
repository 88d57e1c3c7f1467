"""Who waits in which queue, and who is in which conference?"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline.practice.exchange.legs import Leg


@dataclass(eq=False)
class Member:
    """A leg in a queue since an instant."""

    leg: "Leg"
    since: datetime
    taken: bool = False  # by a call that dials the queue


@dataclass(eq=False)
class Queue:
    """Legs that wait, in order of arrival."""

    sid: str
    name: str
    size: int
    members: list[Member] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds, of members that have left
    dialled_by: list["Leg"] = field(default_factory=list)  # legs that wait for a member

    def place(self, member: Member) -> int:
        """The member's place, 1 is next."""
        return self.members.index(member) + 1

    def first(self) -> Member | None:
        """The next member that nobody has taken."""
        return next((member for member in self.members if not member.taken), None)

    def average_wait(self) -> int:
        """Mean seconds of the last waits."""
        recent = self.waits[-20:]
        return round(sum(recent) / len(recent)) if recent else 0


@dataclass(eq=False)
class Participant:
    """A leg in a conference."""

    leg: "Leg"
    starts: bool
    ends: bool
    label: str
    muted: bool = False
    coaches: str = ""  # the only leg that hears this one, by its id

    def hears(self, other: "Participant") -> bool:
        """Whether `other` speaks to this one."""
        return not other.muted and other.coaches in ("", self.leg.sid)


@dataclass(eq=False)
class Conference:
    """Legs that talk together once it has started."""

    sid: str
    name: str
    participants: list[Participant] = field(default_factory=list)
    started: bool = False
    over: bool = False
    events_url: str | None = None  # the first participant's
    events: frozenset[str] = frozenset()
    sequence: int = 0


@dataclass
class Rooms:
    """Queues and conferences by name."""

    queues: dict[str, Queue] = field(default_factory=dict)
    conferences: dict[str, Conference] = field(default_factory=dict)
