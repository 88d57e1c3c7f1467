"""A hotline that keeps its promises: callers who were promised a callback, and their telephones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from hotline.config.settings import Settings
from hotline.config.tables.promises import USUAL
from hotline.practice import (
    ACCEPTS,
    Answer,
    Behaviour,
    LegRecord,
    Phone,
    double_booked,
    transcript,
)
from hotline.practice.parties.phones import Behaving
from hotline.store import Store
from tests import make
from tests.scenarios.rows import named
from tests.scenarios.stage import SITE, Hotline

NUMBER = "+8613912345678"
AFTERNOON = make.local("2026-11-24 15:00")
DAY = make.span("2026-11-24 07:05", "2026-11-24 14:00")  # 15:05 to 22:00 there
SPACING = 300
LEAVES_THE_ROOM = "the webhook answered 410"  # ADR 4
CALLBACK = Answer("预约回电请按1", "1")
AGREES = Answer("同意请按1", "1")
RIGHT = Answer("正确请按1", "1")
ANY_TIME = Answer("任何时间请按1", "1")
EVENING = Answer("只在晚上请按3", "3")
LEAVE_WORD = Answer("可以请按1", "1")


SOON = replace(USUAL, spacing=SPACING)


class PromisingHotline(Hotline):
    """The same hotline, whose worker looks after promises, too."""

    def __init__(self, store: Store, settings: Settings = SITE, now: datetime = AFTERNOON) -> None:
        super().__init__(store, replace(settings, promises=SOON), now)
        self.stage.keep_promises()

    def promises(
        self,
        number: str = NUMBER,
        *,
        phone: Behaviour | Behaving = ACCEPTS,
        answers: Sequence[Answer] = (ANY_TIME,),
    ) -> Self:
        """A caller finds nobody on duty, is promised a callback, and has such a telephone."""
        self.carrier.phone(Phone(f"tel:{number}", phone))
        self.caller_rings(number=number, answers=[CALLBACK, AGREES, *answers])
        self.passes(90)
        return self

    def callback(self) -> dict[str, Any]:
        """The only promise, as it is stored."""
        (row,) = named(self.store, "callback")
        return row

    def tries(self) -> list[str | None]:
        """What came of each try, in order."""
        return [row["result"] for row in named(self.store, "attempt")]

    def rung_back(self, number: str = NUMBER) -> list[LegRecord]:
        """Every leg to a caller's telephone."""
        return [leg for leg in self.carrier.phone_record() if leg.address == f"tel:{number}"]

    def callers_phone_heard(self, number: str = NUMBER) -> str:
        """All that was heard and done at a caller's telephone."""
        zone = self.settings.site.zone
        return "\n".join(transcript(leg, zone) for leg in self.rung_back(number))

    def keeps_its_word(self) -> None:
        """What must hold of every callback, whatever happened."""
        legs = self.carrier.phone_record()
        assert not double_booked(legs)
        assert not [leg for leg in legs if leg.rung_while_busy]
        assert not [leg for leg in legs if leg.ended_at is None]
        troubles = [*self.carrier.troubles(), *(t for leg in legs for t in leg.errors)]
        assert not [t for t in troubles if t.sentence != LEAVES_THE_ROOM]
        for call in named(self.store, "call"):
            assert (call["state"], call["outcome"] is not None) == ("closed", True)
        for person in named(self.store, "presence"):
            assert person["leg_id"] is None
        assert not [row for row in named(self.store, "callback") if row["state"] == "in-hand"]
