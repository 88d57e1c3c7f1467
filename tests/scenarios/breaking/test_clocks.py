"""The clock of the machine is set by minutes while callers wait."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.agreed_clock import AgreedClock
from hotline.calls.states import Outcome
from hotline.practice import ACCEPTS, RINGS_OUT, at_first
from hotline.store import Store
from tests.scenarios.stage import Hotline
from webhooks.played.stage import stage_in_process


class ByAgreedClock(Hotline):
    """A hotline whose processes go by an agreed clock, as those that serve do."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        start = self.clock()
        self.wrong = timedelta(0)
        self.agreed = AgreedClock(
            lambda: self.clock() + self.wrong,
            self.clock,
            lambda: (self.clock() - start).total_seconds(),
        )
        self.parts = replace(self.parts, clock=self.agreed)
        self.stage = stage_in_process(self.parts, self.clock)
        self.carrier = self.stage.carrier

    def clock_is_set(self, minutes: float) -> None:
        """Somebody sets the clock."""
        self.wrong = timedelta(minutes=minutes)
        self.agreed.agree()


@pytest.mark.parametrize("minutes", [5, -5])
def test_a_clock_that_is_set_by_minutes_hangs_up_on_nobody(store: Store, minutes: int) -> None:
    hotline = ByAgreedClock(store)
    hotline.on_duty("Ada", "Bo")
    for name in ("Ada", "Bo"):
        hotline.phone(name, at_first(1, RINGS_OUT, ACCEPTS))
    hotline.without_worker()  # it plans by the stopped clock

    call = hotline.caller_rings(talk=60)
    hotline.passes(10)
    hotline.clock_is_set(minutes)
    later = hotline.caller_rings(talk=60)
    hotline.until_quiet()

    assert hotline.talked_to(call)
    assert hotline.talked_to(later)
    assert hotline.outcomes() == [Outcome.ANSWERED] * 2
    hotline.is_sound()
