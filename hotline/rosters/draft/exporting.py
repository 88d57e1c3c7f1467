"""A week as a file for elsewhere: who works when, as CSV, as a workbook, as a calendar."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from io import StringIO
from typing import Final

from hotline.config.settings import DeskName, Language, Settings
from hotline.rosters.showing import ShownWeek
from hotline.rosters.states import RosterState
from hotline.written.sheets import BOM
from hotline.written.workbooks import workbook
from scheduling.problem import ShiftKind, Span

COLUMNS: Final[Mapping[str, str]] = {  # and how they are headed in Chinese
    "week": "周",
    "desk": "席位",
    "shift": "班次",
    "kind": "类型",
    "starts": "开始",
    "ends": "结束",
    "code": "编号",
    "name": "姓名",
    "state": "状态",
}
KINDS: Final = {
    ShiftKind.DAY: "白班",
    ShiftKind.EVENING: "晚班",
    ShiftKind.NIGHT: "夜班",
    ShiftKind.FULL_DAY: "24小时值班",
    ShiftKind.STANDBY: "备班",
}
STATES: Final = {
    RosterState.DRAFT: "草稿",
    RosterState.PUBLISHED: "已发布",
    RosterState.ARCHIVED: "已归档",
}


class Format(StrEnum):
    """As what a week is written."""

    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


TYPES: Final = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ICS: "text/calendar; charset=utf-8",
}


@dataclass(frozen=True)
class Wanted:
    """As what somebody wants a week, in which language; a command's is for programs: None."""

    form: Format
    language: Language | None = None


def exported(week: ShownWeek, settings: Settings, asked: Wanted, now: datetime) -> bytes:
    """The week as a file. Times of CSV and workbook are the site's, those of a calendar UTC.

    A shift that nobody has stands in CSV and workbook with an empty code, and in no calendar.
    """
    if asked.form is Format.ICS:
        return _calendar(week, settings, asked.language or settings.site.language, now)
    heads = tuple(COLUMNS.values() if asked.language is Language.ZH else COLUMNS)
    rows = tuple(_rows(week, settings, asked.language))
    if asked.form is Format.XLSX:
        return workbook(heads, rows, str(week.week))
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((heads, *map(_plain, rows)))
    mark = "" if asked.language is None else BOM
    return (mark + out.getvalue()).encode()


def _rows(
    week: ShownWeek, settings: Settings, language: Language | None
) -> Iterator[tuple[str, ...]]:
    zone = settings.site.zone
    for desk in week.desks:
        where, known = desk.desk, settings.desk(desk.desk)
        if language is not None and known is not None:
            where = DeskName(known.title.in_language(language))
        for row in desk.shifts:
            kind, state = _in_words(row.shift.kind, desk.state, language)
            told = (str(week.week), where, row.shift.id, kind)
            if not row.promises:
                yield (*told, *_between(row.shift.span, zone), "", "", state)
            for promise in row.promises:
                when = _between(promise.span, zone)
                yield (*told, *when, promise.person, promise.name, state)


def _in_words(
    kind: ShiftKind, state: RosterState | None, language: Language | None
) -> tuple[str, str]:
    if language is Language.ZH:
        return KINDS[kind], STATES[state] if state else ""
    return kind.value, state.value if state else ""


def _between(span: Span, zone: tzinfo) -> Iterator[str]:
    return (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (span.start, span.end))


def _plain(row: Sequence[str]) -> list[str]:
    """No cell is a formula where the file is opened: a name may begin with any sign."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row]


def _calendar(week: ShownWeek, settings: Settings, language: Language, now: datetime) -> bytes:
    from icalendar import Calendar, Event  # tenths of a second that only who asks for it pays

    made = Calendar()
    made.add("prodid", "-//hotline//roster//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{settings.site.title.in_language(language)} {week.week}")
    for desk in week.desks:
        known = settings.desk(desk.desk)
        where = known.title.in_language(language) if known else desk.desk
        for promise in (promise for row in desk.shifts for promise in row.promises):
            event = Event()
            event.add("uid", f"{promise.shift}/{promise.person}@hotline")
            event.add("dtstamp", now)
            event.add("dtstart", promise.span.start)
            event.add("dtend", promise.span.end)
            event.add("summary", f"{promise.name} · {where}")
            event.add("location", where)
            made.add_component(event)
    return bytes(made.to_ical())
