"""What can somebody do with the telephone in their hand?"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Timer(Protocol):
    """Something planned."""

    def cancel(self) -> None:
        """It will not be done."""


class Handset(Protocol):
    """The keys, the hook and the watch."""

    def now(self) -> datetime:
        """The instant it is."""

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Plan `action`; nothing happens if the leg is over by then."""

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""

    def hang_up(self) -> None:
        """Put it down."""

    def says(self, text: str) -> None:
        """Leave a remark in the transcript."""
