"""A week as a file for elsewhere: who works when, as CSV, as a workbook, as a calendar."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from io import StringIO
from typing import Final

from hotline.config.settings import Settings
from hotline.rosters.showing import ShownWeek
from hotline.written.workbooks import workbook
from scheduling.problem import Span

COLUMNS: Final = ("week", "desk", "shift", "kind", "starts", "ends", "code", "name", "state")


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


def exported(week: ShownWeek, settings: Settings, form: Format, now: datetime) -> bytes:
    """The week as a file. Times of CSV and workbook are the site's, those of a calendar UTC.

    A shift that nobody has stands in CSV and workbook with an empty code, and in no calendar.
    """
    if form is Format.ICS:
        return _calendar(week, settings, now)
    rows = tuple(_rows(week, settings.site.zone))
    if form is Format.XLSX:
        return workbook(COLUMNS, rows, str(week.week))
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((COLUMNS, *map(_plain, rows)))
    return out.getvalue().encode()


def _rows(week: ShownWeek, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    for desk in week.desks:
        for row in desk.shifts:
            told = (str(week.week), desk.desk, row.shift.id, row.shift.kind.value)
            state = desk.state.value if desk.state else ""
            if not row.promises:
                yield (*told, *_between(row.shift.span, zone), "", "", state)
            for promise in row.promises:
                when = _between(promise.span, zone)
                yield (*told, *when, promise.person, promise.name, state)


def _between(span: Span, zone: tzinfo) -> Iterator[str]:
    return (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (span.start, span.end))


def _plain(row: Sequence[str]) -> list[str]:
    """No cell is a formula where the file is opened: a name may begin with any sign."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row]


def _calendar(week: ShownWeek, settings: Settings, now: datetime) -> bytes:
    from icalendar import Calendar, Event  # tenths of a second that only who asks for it pays

    language = settings.site.language
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
