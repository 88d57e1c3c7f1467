"""A hotline with a practice carrier, told by the names of the people in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.calls.states import Outcome
from hotline.config.settings import Language, Secrets, Settings
from hotline.parts import Parts
from hotline.ports import CallSid
from hotline.practice import (
    ACCEPTS,
    Answer,
    Behaviour,
    Caller,
    CallRecord,
    LegRecord,
    Phone,
    StoppedClock,
    double_booked,
    phones_ringing_for_nobody,
    transcript,
)
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.calls import outcomes_since
from scheduling.problem import Span
from tests import make
from tests.make import Hired
from webhooks.stage import PUBLIC_URL, stage_in_process

NIGHT = Span(make.local("2026-11-24 22:00"), make.local("2026-11-25 08:00"))
TEN_PAST_ELEVEN = make.local("2026-11-24 23:10")
SECRETS = Secrets(
    secret_key="a key for hashes",
    data_key=new_data_key(),
    account_sid="AC" + "0" * 32,
    auth_token="a token",
    public_url=PUBLIC_URL,
)
NANJING = make.line("96111-nanjing", desks=("day",), numbers=("96111", "sip:96111@nanjing.example"))
SITE = make.settings(desks=(make.desk("day"),), lines=(NANJING,))


class Hotline:
    """One site at night, 23:10 in Nanjing unless said otherwise."""

    def __init__(
        self, store: Store, settings: Settings = SITE, now: datetime = TEN_PAST_ELEVEN
    ) -> None:
        self.clock = StoppedClock(now)
        self.store = store
        self.settings = settings
        self.parts = Parts(settings, SECRETS, store, self.clock)
        self.stage = stage_in_process(self.parts, self.clock)
        self.carrier = self.stage.carrier
        self.people: dict[str, Hired] = {}
        self._numbers = 0

    def on_duty(
        self,
        *names: str,
        desk: str = "day",
        span: Span = NIGHT,
        phone: Behaviour = ACCEPTS,
        languages: str = "zh",
    ) -> "Hotline":
        """Publish a roster of one desk with these people."""
        for name in names:
            if name not in self.people:
                self.people[name] = make.hire(self.store, name, desks=desk, languages=languages)
            self.phone(name, phone)
        posts = [(self.people[name], span) for name in names]
        week = f"{span.start:%G}-W{span.start:%V}"
        make.store_roster(self.store, *posts, desk=desk, week=week)
        return self

    def phone(self, name: str, *behaviours: Behaviour) -> None:
        """What this person's telephone does from now on."""
        (behaviour,) = behaviours
        self.carrier.phone(Phone(f"client:{name.lower()}", behaviour))

    def caller_rings(
        self,
        dials: str = "96111",
        *,
        number: str | None = "",
        after: float = 0,
        patience: float | None = None,
        talk: float = 600,
        answers: Sequence[Answer] = (),
        leaves_message: float | None = None,
    ) -> CallSid:
        """Somebody dials, so many seconds from now. number "": each call from another."""
        self._numbers += 1
        given = f"+861380000{self._numbers:04d}" if number == "" else number
        return self.carrier.dial(
            Caller(
                number=given,
                dials=dials,
                at=self.clock() + timedelta(seconds=after),
                patience=None if patience is None else timedelta(seconds=patience),
                talk=timedelta(seconds=talk),
                answers=tuple(answers),
                leaves_message=(
                    None if leaves_message is None else timedelta(seconds=leaves_message)
                ),
            )
        )

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.stage.driver.run_for(timedelta(seconds=seconds))

    def until_quiet(self) -> None:
        """Until nothing more happens."""
        self.stage.driver.run_to_end(timedelta(minutes=10))

    def call(self, sid: CallSid) -> CallRecord:
        """What happened to a caller, as the carrier saw it."""
        return next(call for call in self.carrier.calls() if call.sid == sid)

    def talked_to(self, sid: CallSid) -> str | None:
        """The name of the person a caller spoke with."""
        talk = self.call(sid).talk
        return talk.address.removeprefix("client:").title() if talk else None

    def rung(self) -> list[str]:
        """Whose telephones rang, in order."""
        legs = sorted(
            (leg for leg in self.carrier.phone_record() if leg.rung_at), key=lambda leg: leg.rung_at
        )
        return [leg.address.removeprefix("client:").title() for leg in legs]

    def legs(self, name: str) -> list[LegRecord]:
        """Every leg to one person."""
        return [leg for leg in self.carrier.phone_record() if leg.address == f"client:{name.lower()}"]

    def heard(self, sid: CallSid) -> str:
        """All that a caller heard and did."""
        return transcript(self.call(sid), self.settings.site.zone)

    def outcomes(self) -> dict[Outcome, int]:
        """How the calls ended."""
        with self.store.reading() as db:
            return dict(outcomes_since(db, self.clock() - timedelta(days=7)))

    def is_sound(self) -> None:
        """What must hold after every scenario, whatever happened in it."""
        calls = self.carrier.calls()
        legs = self.carrier.phone_record()
        assert not [call for call in calls if call.stranded or call.errors]
        assert not [call for call in calls if call.ended_at is None]
        assert sum(self.outcomes().values()) == len(calls)
        assert not double_booked(legs)
        assert not [leg for leg in legs if leg.rung_while_busy or leg.errors]
        assert not phones_ringing_for_nobody(calls, legs)

    def speaks(self, language: Language) -> "Hotline":
        """The same with another language on every line."""
        lines = tuple(replace(line, languages=(language,)) for line in self.settings.lines)
        return Hotline(self.store, replace(self.settings, lines=lines), self.clock())
