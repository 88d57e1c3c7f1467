"""What every machine of events stands on: a site, its worker, and a carrier of many moods."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from hypothesis.stateful import RuleBasedStateMachine

from hotline.calls.ringing.sending import Sender
from hotline.config.tables.lines import Asks
from hotline.config.tables.promises import USUAL
from hotline.config.tables.ringing import Ringing
from hotline.phones.pins import hashed
from hotline.ports import AnswerLostError, CallSid, Dialled, LegOrder, PortError, Recorded
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.people.staff import keep_pin
from tests import make
from tests.scenarios.asking import Asker
from tests.scenarios.asking import paths as addresses_in
from tests.scenarios.duties import ASKS
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING, SECRETS, Hotline, site

CALLERS = ("CA1", "CA2")
ON_DUTY = ("Ada", "Bo", "Cem")
PIN = "824193"
KEPT = hashed(PIN)
ASKING = replace(
    make.line("asking", numbers=("12355",)),
    asks=Asks(gender=True),
    onward=(NANJING.name,),
    partner="tel:+862500000001",
    partner_title=make.title("partner"),
)
LINES = (NANJING, ASKING)
LOOKED_AT = ("call", "leg", "person", "presence", "callback", "errand", "question", "search")


class Whimsical:
    """A carrier that does, refuses or forgets what it is asked."""

    def __init__(self) -> None:
        self.mood = "well"
        self._sids = count(100)

    def ring(self, order: LegOrder) -> CallSid:
        """A leg, perhaps."""
        self._or_not()
        return CallSid(f"CA{next(self._sids)}")

    def move(self, sid: CallSid, path: str) -> None:
        """Perhaps."""
        self._or_not()

    def release(self, sid: CallSid) -> None:
        """Perhaps."""
        self._or_not()

    def hang_up(self, sid: CallSid) -> None:
        """Perhaps."""
        self._or_not()

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Perhaps."""
        self._or_not()

    def recording(self, sid: str) -> bytes:
        """Perhaps."""
        self._or_not()
        return b"RIFF"

    def erase_recording(self, sid: str) -> None:
        """Perhaps."""
        self._or_not()

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """Perhaps."""
        self._or_not()
        return ()

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """Perhaps."""
        self._or_not()
        return ()

    def _or_not(self) -> None:
        match self.mood:
            case "down":
                raise PortError("down", permanent=False)
            case "refuses":
                raise PortError("no", permanent=True)
            case "silent":
                raise AnswerLostError("silence")


class Ground(RuleBasedStateMachine):
    """Three volunteers on duty, two who may stand in, and whoever calls."""

    fresh: ClassVar[Any]  # opens a store of its own
    reached: ClassVar[Counter[str]]  # what all examples came to

    def __init__(self) -> None:
        super().__init__()
        self._open: AbstractContextManager[Store] = self.fresh()
        self.store: Store = self._open.__enter__()
        made = site(LINES, wave=2, wrap_up=30, longest_talk=600)
        promises = replace(USUAL, spacing=60)
        made = replace(made, ringing=Ringing(misses=1), handshake=ASKS, promises=promises)
        self.hotline = Hotline(self.store, made)
        self.hotline.on_duty("Ada", "Bo", gender="woman").on_duty("Cem", gender="man")
        for name in ("Dee", "Eve"):
            self.hotline.people[name] = make.hire(self.store, name)
        with self.store.writing() as db:
            for name in ON_DUTY:
                keep_pin(db, self.hotline.people[name].id, KEPT)
        self.asker = Asker(self.hotline.parts)
        self.carrier = Whimsical()
        parts, privacy = self.hotline.parts, Privacy(SECRETS)
        self.sender = Sender(self.store, parts.settings, privacy, parts.clock, self.carrier)
        self.addresses: dict[str, list[str]] = {sid: [] for sid in CALLERS}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.look()

    def look(self) -> None:
        """Read all that is looked at after each event, once: to know what may be asked next."""
        self.rows = {table: named(self.store, table) for table in LOOKED_AT}

    def ask(self, sid: str, path: str, **form: str) -> list[str]:
        """The addresses in the answer to a request; whatever it is, it is answered well."""
        answer = self.asker.post(path, form, CallSid=sid)
        assert answer.status_code in {200, 204, 410}, path
        assert "/voice/fallback" not in answer.text
        assert "again=1" not in answer.text, "something failed"
        found = addresses_in(answer)
        if sid in self.addresses:
            self.addresses[sid] += found
        return found

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.hotline.clock.set(self.hotline.clock() + timedelta(seconds=seconds))
