"""What an operator may set: config.toml as frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NewType
from zoneinfo import ZoneInfo

from hotline.config.tables.accounts import Accounts
from hotline.config.tables.carrier import CarrierKind as CarrierKind
from hotline.config.tables.carrier import CarrierSettings as CarrierSettings
from hotline.config.tables.carrier import Sms as Sms
from hotline.config.tables.demand import Demand, Targets
from hotline.config.tables.drills import Drills
from hotline.config.tables.fallback import FallbackSettings
from hotline.config.tables.handshake import Handshake
from hotline.config.tables.help import Help
from hotline.config.tables.lines import Asks, Audience, Partner
from hotline.config.tables.phones import Phones
from hotline.config.tables.promises import USUAL, Promises
from hotline.config.tables.repeaters import Repeaters
from hotline.config.tables.retention import Backups, Retention
from hotline.config.tables.ringing import Lead, LineCertificate, Ringing, Strategy
from hotline.config.tables.scheduling import RestHours as RestHours
from hotline.config.tables.scheduling import Scheduling as Scheduling
from hotline.config.tables.scheduling import TeamSettings as TeamSettings
from hotline.config.tables.serving import Server as Server
from hotline.config.tables.serving import Serving as Serving
from hotline.config.tables.shifts import Cover as Cover
from hotline.config.tables.shifts import ShiftTemplate as ShiftTemplate
from hotline.config.tables.swaps import Swaps
from hotline.config.tables.talking import NO_TALKING, Talking
from hotline.config.titles import Language as Language
from hotline.config.titles import Title as Title
from hotline.config.titles import Weekday as Weekday

LineName = NewType("LineName", str)
DeskName = NewType("DeskName", str)


@dataclass(frozen=True)
class Site:
    """The whole hotline. `zone` rules its calendar; `emergency` numbers are spoken as digits."""

    title: Title
    zone: ZoneInfo
    language: Language
    emergency: tuple[str, ...]
    made_up: bool  # sample data: pages and commands say so


@dataclass(frozen=True)
class Answering:
    """The bounds of every wait, in seconds."""

    longest_wait: int  # from arrival to a person or the honest exit
    visit: int  # between two visits of the wait loop, at most 8
    ring: int  # one telephone, before it counts as unanswered
    whisper: int  # from pick-up to pressing 1
    wave: int  # people rung together for one caller, at most
    urgent_wave: int  # the same for a caller who pressed the emergency key
    ring_again: int  # before somebody who did not take a call is rung for it again
    wrap_up: int  # after a call, not rung
    longest_talk: (
        int  # the carrier ends a conversation after it; frees people if all callbacks are lost
    )
    message: int  # the longest voicemail
    callback_due: int  # a callback is promised within


@dataclass(frozen=True)
class Desk:
    """The seats that answer one or more lines."""

    name: DeskName
    title: Title
    certificates: tuple[str, ...]  # everyone at this desk must hold all of them
    shifts: tuple[ShiftTemplate, ...]
    cover: tuple[Cover, ...]
    targets: Targets | None = None  # None: by cover
    strategy: Strategy | None = None  # None: as ringing.strategy


@dataclass(frozen=True)
class Line:
    """A published number. `desks` in order of overflow, its own first."""

    name: LineName
    title: Title
    city: Title
    numbers: tuple[str, ...]  # short codes, E.164 or sip:, each of one line only
    languages: tuple[Language, ...]  # the first is spoken
    desks: tuple[DeskName, ...]
    partner: str | None = None  # tel: or sip: to offer at the exit
    partner_title: Title | None = None
    calls_a_day: float | None = None  # until its own calls say; None: as many as any line
    longest_wait: int | None = None  # seconds; None: as long as at any line
    asks: Asks | None = None  # None: it asks nothing
    onward: tuple[str, ...] | None = None  # lines and partners to offer at the exit, in order
    caller_id: str | None = None  # what callers see who are rung back; None: carrier.caller_id
    check_in: bool | None = None  # True: only who has checked in for their duty is rung
    certificates: tuple[LineCertificate, ...] | None = None  # asked for beside the desk's
    strategy: Strategy | None = None  # None: as its desks do
    fallback: str | None = None  # tel: or sip: of the site's own, rung when nothing of ours runs
    for_whom: tuple[Audience, ...] | None = None  # whom the help page shows it to first; None: all


AS_USUAL: Final = Ringing()
NO_LEAD: Final = Lead()
NO_REPEATERS: Final = Repeaters()
UNASKED: Final = Handshake()
AS_ALWAYS: Final = Accounts()
USUAL_SWAPS: Final = Swaps()
USUAL_HELP: Final = Help()
KEPT_AS_USUAL: Final = Retention()


@dataclass(frozen=True)
class Settings:
    """config.toml, whole. Lines and desks keep their order in the file."""

    site: Site
    carrier: CarrierSettings
    answering: Answering
    scheduling: Scheduling
    serving: Serving
    certificates: Mapping[str, Title] = field(default_factory=dict)
    desks: tuple[Desk, ...] = ()
    lines: tuple[Line, ...] = ()
    demand: Demand | None = None
    dialects: Mapping[str, Title] | None = None
    partners: tuple[Partner, ...] | None = None
    promises: Promises | None = None  # None: as usual
    ringing: Ringing | None = None  # likewise
    fallback: FallbackSettings | None = None
    phones: Phones | None = None  # None: nobody dials in
    talking: Talking | None = None
    repeaters: Repeaters | None = None  # likewise
    handshake: Handshake | None = None  # None: nobody is asked to confirm
    drills: Drills | None = None  # None: only when somebody asks
    accounts: Accounts | None = None  # None: as usual
    swaps: Swaps | None = None  # None: as usual
    help: Help | None = None  # None: as usual
    retention: Retention | None = None  # None: as usual
    backups: Backups | None = None  # None: nobody asks when the last one was

    @property
    def signing(self) -> Accounts:
        """How people sign in at the pages."""
        return self.accounts or AS_ALWAYS

    @property
    def promised(self) -> Promises:
        """How promises to callers are kept."""
        return self.promises or USUAL

    @property
    def repeats(self) -> Repeaters:
        """How people are treated who call again and again."""
        return self.repeaters or NO_REPEATERS

    @property
    def rings(self) -> Ringing:
        """How people are rung, whether or not the file says so."""
        return self.ringing or AS_USUAL

    @property
    def lead(self) -> Lead:
        """Who the duty lead is; nobody, where the file does not say."""
        return self.rings.lead or NO_LEAD

    @property
    def shake(self) -> Handshake:
        """How duties are confirmed and replaced, whether or not the file says so."""
        return self.handshake or UNASKED

    @property
    def swapping(self) -> Swaps:
        """How duties change hands, whether or not the file says so."""
        return self.swaps or USUAL_SWAPS

    @property
    def helps(self) -> Help:
        """How the help page protects callers and volunteers, whether or not the file says so."""
        return self.help or USUAL_HELP

    @property
    def keeps(self) -> Retention:
        """How long people's data are kept, whether or not the file says so."""
        return self.retention or KEPT_AS_USUAL

    def line(self, name: str) -> Line | None:
        """The line of that name, if there is one."""
        return next((line for line in self.lines if line.name == name), None)

    def desk(self, name: str) -> Desk | None:
        """The desk of that name, if there is one."""
        return next((desk for desk in self.desks if desk.name == name), None)

    def partner(self, name: str) -> Partner | None:
        """The partner of that name, if there is one."""
        return next((each for each in self.partners or () if each.name == name), None)

    @property
    def talks(self) -> Talking:
        """What can be done in a conversation; the usual, where the file does not say."""
        return self.talking or NO_TALKING

    def longest_wait(self, line: Line) -> int:
        """Seconds after which a wait on `line` ends in the exit."""
        return line.longest_wait or self.answering.longest_wait


def seconds(count: float) -> timedelta:
    """A setting given in seconds, as a duration."""
    return timedelta(seconds=count)


@dataclass(frozen=True)
class Secrets:
    """What comes from the environment only. Repr shows none of it."""

    secret_key: str = field(repr=False)  # HOTLINE_SECRET_KEY: keyed hashes
    data_key: str = field(repr=False)  # HOTLINE_DATA_KEY: encryption at rest
    account_sid: str = ""  # TWILIO_ACCOUNT_SID
    auth_token: str = field(default="", repr=False)  # TWILIO_AUTH_TOKEN: signs what we send
    second_token: str = field(default="", repr=False)  # TWILIO_AUTH_TOKEN_SECOND, while rotating
    api_base: str = ""  # TWILIO_API_BASE; empty: Twilio itself
    database_url: str = ""  # HOTLINE_DATABASE_URL
    public_url: str = ""  # HOTLINE_PUBLIC_URL: what the carrier reaches us by, no trailing slash

    @property
    def auth_tokens(self) -> tuple[str, ...]:
        """The tokens that the carrier may sign with."""
        return tuple(token for token in (self.auth_token, self.second_token) if token)
