"""What an operator may set about promises to callers: config.toml, table [promises]."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Promises:
    """How callbacks and messages are kept. Times of day are the site's."""

    day_from: time  # "only by day" begins
    day_to: time
    evening_from: time  # "only in the evening" begins
    evening_to: time
    ring: int  # seconds that a caller's telephone rings
    attempts: int  # times it is rung for one promise, at most
    spacing: int  # seconds between two of them
    country_code: str  # digits, of numbers without one and of those that are keyed in
    message_due: int  # seconds within which a message is to be answered
    erase: bool  # a recording is deleted at the carrier once we have it


USUAL = Promises(
    day_from=time(9),
    day_to=time(18),
    evening_from=time(18),
    evening_to=time(21, 30),
    ring=30,
    attempts=3,
    spacing=3600,
    country_code="86",
    message_due=86400,
    erase=True,
)
