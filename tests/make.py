"""Small settings, people and rosters for tests; whatever a test does not name is out of its way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.config.settings import (
    Answering,
    CarrierKind,
    CarrierSettings,
    Cover,
    Desk,
    DeskName,
    Language,
    Line,
    LineName,
    RestHours,
    Scheduling,
    Serving,
    Settings,
    ShiftTemplate,
    Site,
    Title,
    Weekday,
)
from hotline.config.tables.demand import Demand, SeasonDays, Targets
from hotline.duty import Duty, Gender, PersonId, Presence, Rota, Volunteer
from hotline.rosters.draft.publishing import PublishOrder, publish
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.tables import AssignmentRow, CallRow, CertificateRow, PersonRow, RosterRow
from scheduling.problem import Prices, ShiftKind, Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST = 600.0  # seconds to solve: a limit that nobody meets, however busy the machine is
LONDON = ZoneInfo("Europe/London")
EVERY_DAY = tuple(Weekday)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
ALWAYS = "always"


def utc(text: str) -> datetime:
    """The instant that "2026-11-24 15:10" is in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(start: str, end: str) -> Span:
    """From one UTC time to another."""
    return Span(utc(start), utc(end))


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """The instant at which clocks in `zone` show "2026-11-24 23:10"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def halves(whole: Span, first: int, count: int) -> Span:
    """So many half hours from the half hour `first` of `whole`, counted from 0."""
    start = whole.start + first * timedelta(minutes=30)
    return Span(start, start + count * timedelta(minutes=30))


def title(name: str) -> Title:
    """The same in both languages."""
    return Title(name, name)


def template(
    name: str = "night",
    kind: ShiftKind = ShiftKind.NIGHT,
    *,
    start: str = "22:00",
    hours: float = 10,
    days: Iterable[Weekday] = EVERY_DAY,
    most: int | None = None,
) -> ShiftTemplate:
    """A shift that recurs; 22:00-08:00 every day unless said otherwise."""
    return ShiftTemplate(name, kind, time.fromisoformat(start), hours, tuple(days), most)


def cover(
    hours: str = "22:00-08:00",
    floor: int = 1,
    target: int | None = None,
    *,
    certificate: str | None = None,
    days: Iterable[Weekday] = EVERY_DAY,
) -> Cover:
    """What a desk wants from "22:00" to "08:00"; "00:00-00:00" is the whole day."""
    start, end = (time.fromisoformat(text) for text in hours.split("-"))
    wanted = floor if target is None else target
    return Cover(tuple(days), start, end, floor, wanted, certificate)


def desk(
    name: str = "day",
    *,
    shifts: Iterable[ShiftTemplate] = (),
    wants: Iterable[Cover] = (),
    certificates: Iterable[str] = (),
    targets: Targets | None = None,
) -> Desk:
    """A desk of that name."""
    named = DeskName(name)
    return Desk(named, title(name), tuple(certificates), tuple(shifts), tuple(wants), targets)


def line(
    name: str = "help",
    *,
    desks: Iterable[str] = ("day",),
    languages: Iterable[Language] = (Language.ZH,),
    numbers: Iterable[str] = ("96111",),
    calls_a_day: float | None = None,
) -> Line:
    """A line that Chinese speakers answer at the desks named."""
    chain = tuple(DeskName(each) for each in desks)
    named = title(name)
    return Line(
        LineName(name),
        named,
        named,
        tuple(numbers),
        tuple(languages),
        chain,
        calls_a_day=calls_a_day,
    )


def demand(
    *, calls_a_day: float = 24.0, seasons: Iterable[SeasonDays] = (), overrides: str | None = None
) -> Demand:
    """Half-hour calls, of which 90 % are to be answered in 15 s; China's holidays."""
    return Demand(
        talk_minutes=30.0,
        patience_minutes=3.0,
        share=0.9,
        within_seconds=15,
        busy=0.0,
        calls_a_day=calls_a_day,
        country="CN",
        seasons=tuple(seasons),
        overrides=overrides,
    )


def settings(
    *,
    desks: Iterable[Desk] = (),
    lines: Iterable[Line] = (),
    zone: ZoneInfo = SHANGHAI,
    look_back_weeks: int = 4,
    supervised_turns: int = 0,
    expecting: Demand | None = None,
) -> Settings:
    """A complete site with these desks and lines."""
    return Settings(
        site=Site(title("Test site"), zone, Language.ZH, ("110", "120"), made_up=True),
        carrier=CarrierSettings(CarrierKind.PRACTICE, "+862512345678", 1.0, 5.0),
        answering=ANSWERING,
        scheduling=Scheduling(
            LONGEST, 1, look_back_weeks, RestHours(11, 24, 48), Prices(), supervised_turns
        ),
        serving=Serving("127.0.0.1", 8000, 4),
        certificates={name: title(name) for name in ("child", "crisis")},
        desks=tuple(desks),
        lines=tuple(lines),
        demand=expecting,
    )


ANSWERING = Answering(
    longest_wait=180,
    visit=8,
    ring=20,
    whisper=10,
    wave=3,
    urgent_wave=5,
    ring_again=60,
    wrap_up=120,
    longest_talk=5400,
    message=180,
    callback_due=86400,
)


def volunteer(
    name: str,
    *,
    desks: Iterable[str] = ("day",),
    certificates: Mapping[str, datetime] | None = None,
    languages: Iterable[Language] = (Language.ZH,),
    presence: Presence | None = None,
    gender: Gender | None = None,
    dialects: Iterable[str] = (),
) -> Volunteer:
    """A person as the telephone sees one; the same name is always the same person."""
    return Volunteer(
        id=PersonId(sum(ord(letter) * 31**place for place, letter in enumerate(name))),
        code=name.lower(),
        name=name,
        address=f"client:{name.lower()}",
        languages=frozenset(languages),
        desks=frozenset(DeskName(each) for each in desks),
        certificates=certificates or {},
        presence=presence or Presence(),
        gender=gender,
        dialects=frozenset(dialects),
    )


def rota(*posts: tuple[Volunteer, str, Span]) -> Rota:
    """Who is published at which desk and when."""
    people = {who.id: who for who, _, _ in posts}
    duties = tuple(Duty(who.id, DeskName(desk), when) for who, desk, when in posts)
    return Rota(tuple(people.values()), duties)


@dataclass(frozen=True)
class Hired:
    """A person as stored."""

    id: PersonId
    code: str


def hire(
    store: Store,
    name: str,
    *,
    desks: str = "day",
    certificates: Mapping[str, datetime] | None = None,
    availability: str = ALWAYS,
    languages: str = "zh",
    active: bool = True,
    supervised_turns: int = 20,
    shifts_a_week: int = 7,
    role: str = "volunteer",
    address: str = "",
    notices: str = "",
    gender: str = "",
    dialects: str = "",
    called: str = "",
) -> Hired:
    """Store a volunteer who agreed to a great deal. called: as pages name them; else as here."""
    person = PersonRow(
        code=name.lower(),
        name=called or name,
        address=address or f"client:{name.lower()}",
        languages=languages,
        desks=desks,
        availability=availability,
        supervised_turns=supervised_turns,
        shifts_a_week=shifts_a_week,
        hours_a_week=100,
        nights_a_week=7,
        nights_running=7,
        active=active,
        role=role,
        notices=notices,
        gender=gender,
        dialects=dialects,
    )
    with store.writing() as db:
        db.add(person)
        db.flush()
        assert person.id is not None
        for held, until in (certificates or {}).items():
            db.add(_certificate(person.id, held, until))
    return Hired(PersonId(person.id), person.code)


def store_roster(
    store: Store,
    *posts: tuple[Hired, Span],
    desk: str = "day",
    week: str = "2026-W48",
    state: RosterState = RosterState.PUBLISHED,
    kind: ShiftKind = ShiftKind.NIGHT,
) -> int:
    """Store a roster with these people in shifts of these spans; its id."""
    made = utc("2026-11-01 00:00")
    published = made if state is RosterState.PUBLISHED else None
    roster = RosterRow(
        desk=desk, week=week, state=state.value, created_at=made, published_at=published
    )
    with store.writing() as db:
        db.add(roster)
        db.flush()
        assert roster.id is not None
        for person, when in posts:
            db.add(_assignment(roster, person, when, kind))
    return roster.id


def store_calls(store: Store, *arrivals: datetime, line: str = "help") -> None:
    """Store a call of the line, long over, for each instant."""
    with store.writing() as db:
        for number, at in enumerate(arrivals):
            key = f"{line}-{at:%Y%m%d%H%M%S}-{number}"[-32:]
            call = CallRow(
                token=key, sid=key, line=line, state="closed", arrived=at, since=at, expected=at
            )
            db.add(call)


def publish_all(store: Store, site: Settings, week: Week) -> None:
    """Publish every draft of a week, whatever it lacks."""
    order = PublishOrder(week, accept_gaps="a test")
    publish(store, site, order, lambda: utc("2026-11-20 09:00"))


def _certificate(person_id: int, name: str, until: datetime) -> CertificateRow:
    day = date(until.year, until.month, until.day)
    return CertificateRow(person_id=person_id, name=name, last_day=day, until=until)


def _assignment(roster: RosterRow, person: Hired, when: Span, kind: ShiftKind) -> AssignmentRow:
    assert roster.id is not None
    return AssignmentRow(
        roster_id=roster.id,
        person_id=person.id,
        shift=f"{roster.desk}/{when.start:%Y-%m-%d}/{kind.value}",
        kind=kind.value,
        starts=when.start,
        ends=when.end,
    )
