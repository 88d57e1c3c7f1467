"""What an operator may set about drills: practice callers through the live configuration."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Drills:
    """How a drill is played. What stands here holds for a site that says nothing."""

    nightly: time | None = None  # site time; None: only when somebody asks
    callers: int = 2  # of each line, half a minute apart
    phones_off: int = 1  # people on duty whose telephone rings in vain
    volunteers: bool = False  # at night, also ring those on duty who agreed, on their telephones
