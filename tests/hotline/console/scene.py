"""A made-up hotline with two weeks of rosters and a busy or an empty moment, for pages to show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import Flask
from sqlmodel import Session

from hotline.calls.states import CallState, LegState, Outcome
from hotline.config.settings import (
    Cover,
    Desk,
    DeskName,
    Language,
    Line,
    LineName,
    Secrets,
    Settings,
    Title,
    Weekday,
)
from hotline.config.tables.lines import Audience
from hotline.config.tables.talking import Form, Talking
from hotline.console.rooms import init_console
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.parts import Parts
from hotline.ports import Clock
from hotline.store import Store
from hotline.store.sending.alarms import raise_alarms
from hotline.store.tables import (
    AssignmentRow,
    CallbackRow,
    CallEventRow,
    CallRow,
    CertificateRow,
    LegRow,
    MessageRow,
    PersonRow,
    PresenceRow,
    RosterRow,
)
from tests import make

ZONE: Final = ZoneInfo("Asia/Shanghai")
MONDAY: Final = date(2026, 11, 23)
DAYS: Final = tuple(Weekday)
NUMBER: Final = "+8613800000000"  # of a caller: must be seen nowhere
HASH: Final = "5ca1ab1e" * 8
KINDS: Final = (Title("情绪", "Mood"), Title("学业", "School"), Title("关系", "Relationships"))
DATA_KEY: Final = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="  # of no real site


def local(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of the scene's week, by the clocks of the site; day 0 is Monday."""
    at = datetime.combine(MONDAY + timedelta(days=day), time(hour, minute, second), ZONE)
    return at.astimezone(UTC)


def _cover(floor: int, target: int, start: int, end: int, certificate: str | None = None) -> Cover:
    return Cover(DAYS, time(start), time(end), floor, target, certificate)


def _desk(name: str, zh: str, en: str, *cover: Cover) -> Desk:
    return Desk(DeskName(name), Title(zh, en), ("minors",), (), cover)


def _line(name: str, title: Title, city: Title, *desks: str) -> Line:
    both = (Language.ZH, Language.EN)
    line = Line(LineName(name), title, city, NUMBERS[name], both, tuple(map(DeskName, desks)))
    return replace(line, for_whom=FOR_WHOM.get(name))


NUMBERS: Final = {
    "96111-nanjing": ("96111", "+862500096111", "sip:96111@nanjing.example.org"),
    "96111-changzhou": ("+8651900096111",),
    "12355": ("12355", "+862500012355"),
    "12345-psy": ("sip:psy@gov.example.org", "+862500012345"),
    "campus": ("+862500058000",),
    "parents": ("+862500096222",),
}
FOR_WHOM: Final = {
    "12355": (Audience.PUPIL, Audience.STUDENT),
    "campus": (Audience.STUDENT,),
    "parents": (Audience.PARENT,),
}
NANJING: Final = Title("南京", "Nanjing")
CHANGZHOU: Final = Title("常州", "Changzhou")
CHANGZHOU_LINE: Final = Title("96111 心理援助热线", "96111 Support line")
JIANGSU: Final = Title("江苏省", "Jiangsu")
DESKS: Final = (
    _desk(
        "nanjing",
        "南京席位",
        "Nanjing desk",
        _cover(2, 2, 8, 18),
        _cover(2, 3, 18, 22),
        _cover(2, 2, 22, 8),
        _cover(1, 1, 22, 8, "crisis"),
    ),
    _desk("changzhou", "常州席位", "Changzhou desk", _cover(2, 2, 8, 22)),
    _desk("night", "区域夜间席位", "Regional night desk", _cover(2, 2, 22, 8)),
    _desk("youth", "青少年席位", "Youth desk", _cover(2, 2, 9, 21)),
    _desk("campus", "校园值班", "Campus duty", _cover(1, 1, 8, 8)),
)
LINES: Final = (
    _line("96111-nanjing", Title("96111 陶老师热线", "96111 Teacher Tao"), NANJING, "nanjing"),
    _line("96111-changzhou", CHANGZHOU_LINE, CHANGZHOU, "changzhou", "night"),
    _line("12355", Title("12355 青少年热线", "12355 Youth line"), JIANGSU, "youth", "night"),
    _line("12345-psy", Title("12345 转心理席", "12345 psychology"), NANJING, "nanjing", "night"),
    _line("campus", Title("校园 24 小时热线", "Campus 24-hour line"), NANJING, "campus"),
    _line("parents", Title("家长热线", "Parents' line"), NANJING, "nanjing"),
)


def settings() -> Settings:
    """The made-up site."""
    plain = make.settings(desks=DESKS, lines=LINES, zone=ZONE)
    return replace(
        plain,
        site=replace(plain.site, title=Title("江苏校园心理热线", "Jiangsu student support lines")),
        certificates={
            "minors": Title("儿少模块", "child and adolescent module"),
            "crisis": Title("危机模块", "crisis module"),
        },
        talking=Talking(form=Form(kinds=KINDS)),
    )


def app(store: Store, clock: Clock) -> Flask:
    """The pages alone, on their own."""
    made = Flask("pages")
    made.extensions["hotline"] = Parts(settings(), Secrets("key", DATA_KEY), store, clock)
    init_console(made)
    return made


NAMES: Final = (
    "陈静", "王芳", "李婷", "张伟", "刘洋", "赵敏", "孙丽", "周杰", "吴倩", "郑凯",
    "冯雪", "褚明", "卫华", "蒋怡", "沈悦", "韩梅", "杨帆", "朱琳", "秦岚", "许诺",
)  # fmt: skip
CRISIS: Final = frozenset(NAMES[::2])
EXPIRED: Final = "郑凯"


@dataclass(frozen=True)
class Turn:
    """Who sits where on each day of a week, from which hour, how long."""

    desk: str
    start: int
    hours: int
    names: tuple[str, ...]
    but_not: tuple[int, ...] = ()  # days without it


TURNS: Final = (
    Turn("nanjing", 8, 10, ("陈静", "王芳")),
    Turn("nanjing", 18, 4, ("李婷", "张伟", "刘洋"), (2, 5)),
    Turn("nanjing", 18, 4, ("李婷", "张伟"), (0, 1, 3, 4, 6)),
    Turn("nanjing", 22, 10, ("赵敏", "孙丽"), (4, 6)),
    Turn("nanjing", 22, 10, ("周杰", "王芳"), (0, 1, 2, 3, 5, 6)),
    Turn("changzhou", 8, 14, ("周杰", "吴倩"), (3,)),
    Turn("changzhou", 8, 14, ("郑凯", "吴倩"), (0, 1, 2, 4, 5, 6)),
    Turn("night", 22, 10, ("冯雪", "褚明", "郑凯"), (2, 6)),
    Turn("night", 22, 10, ("褚明",), (0, 1, 3, 4, 5, 6)),
    Turn("youth", 9, 12, ("卫华", "蒋怡"), (5,)),
    Turn("campus", 8, 24, ("沈悦",), (2, 6)),
)


def fill(db: Session) -> None:
    """People, their training, and rosters published for this week."""
    ids = {name: _person(db, number, name) for number, name in enumerate(NAMES)}
    for desk in DESKS:
        row = RosterRow(
            desk=desk.name,
            week="2026-W48",
            state="published",
            created_at=local(-3, 9),
            published_at=local(-3, 9, 30),
        )
        db.add(row)
        db.flush()
        assert row.id is not None
        db.add_all(_assignments(row.id, desk, ids))


def _person(db: Session, number: int, name: str) -> int:
    row = PersonRow(
        code=f"v{number:02}",
        name=name,
        address=f"sip:v{number:02}@example.invalid",
        languages="zh en",
        desks=" ".join(desk.name for desk in DESKS),
        shifts_a_week=5,
        hours_a_week=40,
        nights_a_week=3,
        nights_running=2,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    for certificate in ("minors", "crisis") if name in CRISIS else ("minors",):
        last = date(2026, 11, 22) if name == EXPIRED else date(2027, 6, 30)
        ends = datetime.combine(last + timedelta(days=1), time(), ZONE).astimezone(UTC)
        db.add(CertificateRow(person_id=row.id, name=certificate, last_day=last, until=ends))
    return row.id


def _assignments(roster: int, desk: Desk, ids: dict[str, int]) -> Iterator[AssignmentRow]:
    for turn in TURNS:
        for day in range(7):
            if turn.desk == desk.name and day not in turn.but_not:
                start = local(day, turn.start)
                for name in turn.names:
                    yield AssignmentRow(
                        roster_id=roster,
                        person_id=ids[name],
                        shift=f"{desk.name}/{day}/{turn.start}",
                        kind="day",
                        starts=start,
                        ends=start + timedelta(hours=turn.hours),
                    )


def call(
    db: Session, line: str, state: CallState, since: datetime, outcome: Outcome | None = None
) -> CallRow:
    """A call of a caller whose number is known to the database."""
    count = next(_count)
    row = CallRow(
        token=f"token{count}",
        sid=f"CA{count:032}",
        line=line,
        state=state.value,
        caller_cipher=NUMBER.encode(),
        caller_hash=HASH,
        arrived=since,
        since=since,
        expected=since + timedelta(seconds=20),
        ended=since + timedelta(minutes=9) if outcome else None,
        outcome=outcome.value if outcome else None,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    db.add(CallEventRow(call_id=row.id, at=since, kind="arrived"))
    return row


_count = iter(range(1, 10**6))


def rings(db: Session, row: CallRow, name: str, at: datetime) -> LegRow:
    """A volunteer's telephone rings for a call."""
    person = 1 + NAMES.index(name)
    assert row.id is not None
    leg = LegRow(
        token=f"leg{next(_count)}",
        call_id=row.id,
        person_id=person,
        desk="nanjing",
        state=LegState.DIALLED.value,
        planned=at,
        until=at + timedelta(minutes=1),
    )
    db.add(leg)
    db.flush()
    db.add(PresenceRow(person_id=person, leg_id=leg.id, until=leg.until, free_at=local(-7, 0)))
    return leg


def talks(db: Session, line: str, name: str, since: datetime) -> CallRow:
    """A conversation with a volunteer."""
    row = call(db, line, CallState.TALKING, since)
    person = 1 + NAMES.index(name)
    assert row.id is not None
    leg = LegRow(
        token=f"leg{next(_count)}",
        call_id=row.id,
        person_id=person,
        desk="nanjing",
        state=LegState.ACCEPTED.value,
        planned=since,
        until=since + timedelta(hours=2),
    )
    db.add(leg)
    db.flush()
    row.leg_id, row.joined, row.accepted = leg.id, since, since
    db.add(row)
    free = local(-7, 0)
    db.add(
        PresenceRow(person_id=person, leg_id=leg.id, until=leg.until, talking=True, free_at=free)
    )
    return row


BUSY: Final = local(1, 23, 10, 42)  # Tuesday night
EMPTY: Final = local(2, 23, 40, 5)  # Wednesday night: campus has nobody, the night desk one
ALONE: Final = local(6, 2, 15)


def busy(db: Session) -> None:
    """Tuesday, 23:10: callers wait, people talk, one is in wrap-up."""
    fill(db)
    first = call(db, "96111-nanjing", CallState.RINGING, BUSY - timedelta(seconds=102))
    rings(db, first, "孙丽", BUSY - timedelta(seconds=9))
    urgent = call(db, "12355", CallState.WAITING, BUSY - timedelta(seconds=34))
    urgent.urgent = True
    db.add(urgent)
    call(db, "12355", CallState.WAITING, BUSY - timedelta(seconds=8))
    call(db, "parents", CallState.EXITING, BUSY - timedelta(seconds=21))
    talks(db, "96111-nanjing", "赵敏", BUSY - timedelta(minutes=12, seconds=31))
    talks(db, "96111-changzhou", "冯雪", BUSY - timedelta(hours=1, minutes=2, seconds=5))
    wrapping = 1 + NAMES.index("褚明")
    db.add(PresenceRow(person_id=wrapping, free_at=BUSY + timedelta(minutes=3)))
    unreachable = Alarm(AlarmKind.UNREACHABLE, "v08", "rung 4 times in vain")
    raise_alarms(db, [unreachable, Alarm(AlarmKind.UNTOLD, "v04")], BUSY - timedelta(minutes=55))
    _earlier_today(db, BUSY)


def empty(db: Session) -> None:
    """Wednesday, 23:40: gaps, one person at night, nobody on the campus line."""
    fill(db)
    call(db, "campus", CallState.EXITING, EMPTY - timedelta(seconds=15))
    _earlier_today(db, EMPTY)


def _earlier_today(db: Session, now: datetime) -> None:
    kinds = [Outcome.ANSWERED] * 7 + [Outcome.LEFT, Outcome.CALLBACK, Outcome.MESSAGE]
    for number in range(47):
        at = now - timedelta(minutes=20 + 25 * number)
        outcome = kinds[number % len(kinds)]
        row = call(db, LINES[number % 5].name, CallState.CLOSED, at, outcome)
        assert row.id is not None
        if outcome is Outcome.CALLBACK:
            due = at + timedelta(hours=6)
            done = None if number < 20 else due
            state = "open" if done is None else "kept"
            db.add(
                CallbackRow(
                    call_id=row.id,
                    line=row.line,
                    asked=at,
                    due=due,
                    done=done,
                    state=state,
                    safe="any",
                    next_at=at,
                )
            )
        if outcome is Outcome.MESSAGE and number < 20:
            sid = f"RE{number:032}"
            db.add(
                MessageRow(
                    call_id=row.id,
                    line=row.line,
                    at=at,
                    recording_sid=sid,
                    seconds=41,
                    due=at + timedelta(hours=24),
                    next_at=at,
                )
            )
