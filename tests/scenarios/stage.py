"""A hotline with a practice carrier, told by the names of the people in it."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from hotline.calls.states import Outcome, Part
from hotline.config.settings import Desk, Language, Line, Secrets, Settings, Title
from hotline.config.tables.phones import Phones
from hotline.parts import Parts
from hotline.ports import CallSid
from hotline.practice import (
    ACCEPTS,
    NO_FAULTS,
    Answer,
    Behaviour,
    Caller,
    CallRecord,
    Faults,
    LegRecord,
    Phone,
    StoppedClock,
    Trouble,
    double_booked,
    phones_ringing_for_nobody,
    transcript,
)
from hotline.practice.parties.phones import Behaving
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.calling.endings import (
    HEARS_US_OUT,
)
from hotline.store.calling.moves import outcomes_by_sid
from scheduling.problem import Span
from tests import make
from tests.make import Hired
from tests.scenarios.rows import column, named
from webhooks.played.stage import PUBLIC_URL, stage_in_process

NIGHT = Span(make.local("2026-11-24 22:00"), make.local("2026-11-25 08:00"))
TEN_PAST_ELEVEN = make.local("2026-11-24 23:10")
SILENCE = timedelta(seconds=4)  # never so long
SOMETHING = timedelta(seconds=8)  # happens after each key
LEAVES = "the webhook answered 410"  # as it means to: the only way out of a room (ADR 4)
# While REST fails: the carrier offers nothing to be heard between pick-up and bridge.
LONGEST_WHISPER = timedelta(seconds=12)
SECRETS = Secrets(
    secret_key="a key for hashes",
    data_key=new_data_key(),
    account_sid="AC" + "0" * 32,
    auth_token="a token",
    public_url=PUBLIC_URL,
)
NANJING = replace(
    make.line("96111-nanjing", numbers=("96111", "sip:96111@nanjing.example")),
    title=Title("南京心理援助热线", "the Nanjing helpline"),
)
STAFF = "+862512345679"  # dialled by volunteers
SITE = replace(make.settings(desks=(make.desk("day"),), lines=(NANJING,)), phones=Phones((STAFF,)))


def site(
    lines: Iterable[Line] = (NANJING,),
    desks: Iterable[Desk] = SITE.desks,
    calls_per_second: float = 1.0,
    **bounds: int,
) -> Settings:
    """The site with these lines and desks, and these bounds of answering."""
    return replace(
        SITE,
        lines=tuple(lines),
        desks=tuple(desks),
        carrier=replace(SITE.carrier, calls_per_second=calls_per_second),
        answering=replace(SITE.answering, **bounds),
    )


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
        self._rosters = 0

    def on_duty(
        self,
        *names: str,
        desk: str = "day",
        span: Span = NIGHT,
        phone: Behaviour | Behaving = ACCEPTS,
        languages: str = "zh",
        gender: str = "",
        dialects: str = "",
        certificates: Iterable[str] = (),
    ) -> Self:
        """Publish a roster of one desk with these people."""
        for name in names:
            if name not in self.people:
                self.people[name] = make.hire(
                    self.store,
                    name,
                    desks=desk,
                    languages=languages,
                    gender=gender,
                    dialects=dialects,
                    certificates=dict.fromkeys(certificates, make.LONG_AFTER),
                )
            self.phone(name, phone)
        posts = [(self.people[name], span) for name in names]
        self._rosters += 1
        make.store_roster(self.store, *posts, desk=desk, week=f"story-{self._rosters}")
        return self

    def phone(self, name: str, behaviour: Behaviour | Behaving) -> Self:
        """What this person's telephone does from now on."""
        self.carrier.phone(Phone(f"client:{name.lower()}", behaviour))
        return self

    def with_faults(self, **faults: object) -> Self:
        """What goes wrong at the carrier from now on."""
        self.carrier.faults = Faults(**faults)  # type: ignore[arg-type]  # names of its fields
        return self

    def without_worker(self) -> Self:
        """Nobody sends orders or looks after calls but the callers' own wait loops."""
        self.stage.sender = None
        return self

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
        hangs_up_on: str | None = None,
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
                hangs_up_on=hangs_up_on,
            )
        )

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.stage.driver.run_for(timedelta(seconds=seconds))

    def until_quiet(self) -> Self:
        """Until nothing more happens."""
        self.stage.driver.run_to_end(timedelta(minutes=10))
        return self

    def telephone_dies(self, name: str) -> None:
        """This person's leg is cut off, whatever they were doing."""
        (leg,) = (leg for leg in self.legs(name) if leg.ended_at is None)
        faults, self.carrier.faults = self.carrier.faults, NO_FAULTS
        account = SECRETS.account_sid
        basic = b64encode(f"{account}:{SECRETS.auth_token}".encode()).decode()
        path = f"/2010-04-01/Accounts/{account}/Calls/{leg.sid}.json"
        status, _ = self.carrier.handle("POST", path, [("Status", "completed")], f"Basic {basic}")
        assert status == 200
        self.carrier.faults = faults
        self.passes(0)

    def call(self, sid: CallSid) -> CallRecord:
        """What happened to a caller, as the carrier saw it."""
        return next(call for call in self.carrier.calls() if call.sid == sid)

    def talked_to(self, sid: CallSid) -> list[str]:
        """The names of the people a caller spoke with, in order."""
        return [_name(talk.address) for talk in self.call(sid).talks if talk.person]

    def waited(self, sid: CallSid) -> float:
        """Seconds from a caller's arrival to a person, or to the end without one."""
        waited = self.call(sid).waited
        assert waited is not None
        return waited.total_seconds()

    def rung(self) -> list[str]:
        """Whose telephones rang, in order."""
        legs = [(leg.rung_at, leg.address) for leg in self.carrier.phone_record() if leg.rung_at]
        return [_name(address) for _, address in sorted(legs)]

    def legs(self, name: str) -> list[LegRecord]:
        """Every leg to one person."""
        return [leg for leg in self.carrier.phone_record() if _name(leg.address) == name]

    def heard(self, sid: CallSid) -> str:
        """All that a caller heard and did."""
        return transcript(self.call(sid), self.settings.site.zone)

    def volunteer_heard(self, name: str) -> str:
        """All that one person heard and did at their telephone."""
        zone = self.settings.site.zone
        return "\n".join(transcript(leg, zone) for leg in self.legs(name))

    def outcomes(self) -> list[Outcome]:
        """How the calls ended, in order of arrival; a call that has not ended is left out."""
        with self.store.reading() as db:
            known = outcomes_by_sid(db)
        return [known[call.sid] for call in self.carrier.calls() if call.sid in known]

    def is_sound(self, hears_us_out: timedelta = HEARS_US_OUT) -> None:
        """What must hold after every scenario, whatever happened in it.

        hears_us_out: how long a telephone may be held for a caller who is gone.
        """
        calls = self.carrier.calls()
        legs = self.carrier.phone_record()
        assert not [call for call in calls if call.stranded or _wrong(call)]
        assert not [call for call in calls if call.ended_at is None]
        callers = [call for call in calls if call.line != STAFF]
        assert not [call for call in callers if call.longest_silence >= SILENCE]
        assert not [call for call in callers if _longest_after_a_key(call) > SOMETHING]
        assert not [call for call in calls if call.longest_whisper > LONGEST_WHISPER]
        assert len(self.outcomes()) == len(callers)
        assert not double_booked(legs)
        assert not [leg for leg in legs if leg.rung_while_busy or _wrong(leg)]
        others = self._rung_for_no_caller()
        mine = [leg for leg in legs if leg.sid not in others]
        unanswered = [leg for leg in mine if leg.answered_at is None]
        assert not phones_ringing_for_nobody(calls, unanswered)
        assert not phones_ringing_for_nobody(calls, mine, hears_us_out)
        assert not [trouble for trouble in self.carrier.troubles() if trouble.sentence != LEAVES]

    def _rung_for_no_caller(self) -> set[object]:
        """Legs of questions, and of those who were rung into a conversation."""
        into_talks = [leg["sid"] for leg in named(self.store, "leg") if leg["part"] != Part.ANSWER]
        partners = {each.address for each in self.settings.partners or ()}
        rung = [leg.sid for leg in self.carrier.phone_record() if leg.address in partners]
        return {*column(self.store, "errand", "sid"), *into_talks, *rung}


def speaking(language: Language, settings: Settings = SITE) -> Settings:
    """The same site with another language on every line."""
    lines = tuple(replace(line, languages=(language,)) for line in settings.lines)
    return replace(settings, lines=lines)


def _longest_after_a_key(call: CallRecord) -> timedelta:
    """From a key that the hotline heard to the next thing that the caller hears."""
    heard = [*call.transcript[1:], None]
    waits = [
        (later.at if later else call.ended_at or said.at) - said.at
        for said, later in zip(call.transcript, heard, strict=True)
        if said.text.startswith("(presses ") and "unheard" not in said.text
    ]
    return max(waits, default=timedelta(0))


def _wrong(record: CallRecord | LegRecord) -> list[Trouble]:
    return [trouble for trouble in record.errors if trouble.sentence != LEAVES]


def _name(address: str) -> str:
    return address.removeprefix("client:").title()
