"""How do a far end's keys and hook reach the exchange?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg
from hotline.practice.exchange.reaching.endings import hung_up_by_its_owner
from hotline.practice.exchange.scripts import deliver
from hotline.practice.exchange.timeline import Moment

BETWEEN_KEYS = 0.3


@dataclass(frozen=True)
class Key:
    """A key that was pressed where keys are awaited."""

    digit: str


class LegHandset:
    """The far end's hands on one leg. `leg` is set as soon as there is one."""

    leg: Leg

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def now(self) -> datetime:
        """The instant it is."""
        return self._exchange.line.now()

    def after(self, seconds: float, action: Callable[[], None]) -> Moment:
        """Plan `action`; nothing happens if the leg is over by then."""
        return self._exchange.line.after(seconds, lambda: None if self.leg.over else action())

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        for place, digit in enumerate(keys):
            self.after(place * BETWEEN_KEYS, partial(self._press, digit))

    def hang_up(self) -> None:
        """Put it down."""
        hung_up_by_its_owner(self._exchange, self.leg)

    def says(self, text: str) -> None:
        """Leave a remark in the transcript."""
        self._exchange.said(self.leg, self._who(), text)

    def _press(self, digit: str) -> None:
        self.leg.story.keys += digit
        if self.leg.gathering:
            self._exchange.said(self.leg, self._who(), f"(presses {digit})")
            deliver(self._exchange.line, self.leg, Key(digit))
        else:
            self._exchange.said(self.leg, self._who(), f"(presses {digit}, unheard)")

    def _who(self) -> str:
        return "caller" if self.leg.direction is Direction.INBOUND else "phone"
