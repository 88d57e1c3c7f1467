"""What goes wrong at the carrier today?"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto


class Rest(Enum):
    """How REST requests fare."""

    WELL = auto()
    FAILS = auto()  # 500, and nothing was done
    BUSY = auto()  # 429, and nothing was done
    LOSES_ANSWERS = auto()  # done, but the answer is a 502
    TIMES_OUT = auto()  # nothing was done, and no answer comes
    ANSWERS_TOO_LATE = auto()  # done, but no answer comes while anybody listens


class Callbacks(Enum):
    """How status callbacks fare."""

    WELL = auto()
    LOST = auto()
    DOUBLED = auto()
    REORDERED = auto()  # each pair of one call arrives second first


class Webhooks(Enum):
    """How often a webhook is asked."""

    ONCE = auto()
    TWICE = auto()  # the second answer must equal the first; the first one counts


@dataclass(frozen=True)
class Faults:
    """All that is wrong at one time; replace the whole value to change it.

    rest_latency: a REST request takes effect so much later (virtual time).
    callbacks_late: each status callback is sent so much later.
    """

    rest: Rest = Rest.WELL
    callbacks: Callbacks = Callbacks.WELL
    webhooks: Webhooks = Webhooks.ONCE
    rest_latency: timedelta = timedelta(0)
    callbacks_late: timedelta = timedelta(0)


NO_FAULTS = Faults()
