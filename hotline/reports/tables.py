"""A report as rows for spreadsheets and programs: one a line, one a city, one for the whole."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from io import StringIO
from typing import Final

from hotline.config.settings import Language, Title
from hotline.reports.fairness import Spread
from hotline.reports.figures import Counts, DeskCounts
from hotline.reports.in_chinese import OF, heading
from hotline.reports.report import Part, Report, Staff
from hotline.written.sheets import BOM
from hotline.written.workbooks import workbook

SHARES: Final = (
    *("answer_share", "left_share", "service_level", "repeat_share", "high_risk_share"),
    *("kept_share", "follow_share"),
)
KINDS: Final = ("nights", "full_days")


def documents(report: Report) -> dict[str, object]:
    """The report as `--json` prints it. Shares are between 0 and 1, lengths seconds."""
    return {
        "period": report.period.name,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "made": report.made.isoformat() if report.made else None,
        "lines": [_document(part) for part in report.lines],
        "cities": [_document(part) for part in report.cities],
        "whole": _document(report.whole),
        "days": [
            {"day": day.isoformat(), **_figures(counts)} for day, counts in report.days.items()
        ],
    }


def _document(part: Part) -> dict[str, object]:
    return {
        "line": part.line,
        "title": asdict(part.title),
        **_figures(part.counts),
        **asdict(part.desks),
        "occupancy": part.desks.occupancy,
        "people": part.staff.people,
        "trained": {each.certificate: each.share for each in part.staff.trained},
        "nights": _spread(part.staff.nights),
        "full_days": _spread(part.staff.full_days),
    }


def _figures(counts: Counts) -> dict[str, object]:
    lengths = {"mean_wait": counts.mean_wait, "mean_talk": counts.mean_talk}
    return {
        **asdict(counts),
        "offered": counts.offered,
        **{name: getattr(counts, name) for name in SHARES},
        **{name: length and length.total_seconds() for name, length in lengths.items()},
    }


def _spread(spread: Spread | None) -> dict[str, object] | None:
    return asdict(spread) if spread else None


@dataclass(frozen=True)
class Reader:
    """Who reads the table. certificates: as the site calls them; None: a program, by names."""

    language: Language
    certificates: Mapping[str, Title] | None = None

    @property
    def in_chinese(self) -> bool:
        """Whether headings are words; programs, and who reads English, get the names."""
        return self.certificates is not None and self.language is Language.ZH


def headings(report: Report, reader: Reader) -> tuple[str, ...]:
    """The first line of the table as it is read."""
    names = columns(report)
    if not reader.in_chinese:
        return names
    return tuple(heading(name, reader.certificates or {}) for name in names)


def columns(report: Report) -> tuple[str, ...]:
    """The columns by name; docs/reports.md says what each means."""
    return (
        *("of", "name", *(each.name for each in fields(Counts)), "offered", *SHARES),
        *("mean_wait_seconds", "mean_talk_seconds"),
        *(each.name for each in fields(DeskCounts)),
        *("occupancy", "people"),
        *(f"trained_{each.certificate}" for each in report.whole.staff.trained),
        *(f"{kind}_{name}" for kind in KINDS for name in ("sharers", "least", "most", "gini")),
    )


def rows(report: Report, reader: Reader) -> Iterator[tuple[str, ...]]:
    """A row for each line, each city and the whole, in the order of `columns`."""
    for of, parts in (("line", report.lines), ("city", report.cities), ("all", (report.whole,))):
        for part in parts:
            said = OF[of] if reader.in_chinese else of
            yield (said, part.title.in_language(reader.language), *map(_cell, _values(part)))


def _values(part: Part) -> Iterator[float | None]:
    counts, desks = part.counts, part.desks
    yield from (*asdict(counts).values(), counts.offered)
    yield from (getattr(counts, name) for name in SHARES)
    for length in (counts.mean_wait, counts.mean_talk):
        yield length.total_seconds() if length else None
    yield from (*asdict(desks).values(), desks.occupancy)
    yield from _staff(part.staff)


def _staff(staff: Staff) -> Iterator[float | None]:
    yield staff.people
    yield from (each.share for each in staff.trained)
    for spread in (staff.nights, staff.full_days):
        if spread is None:
            yield from (None,) * 4
        else:
            yield from (spread.sharers, spread.least, spread.most, spread.gini)


def _cell(value: float | None) -> str:
    """Empty: there is nothing to make a share of."""
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def as_csv(report: Report, reader: Reader) -> str:
    """The table as CSV in UTF-8, so marked."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings(report, reader))
    writer.writerows(_harmless(row) for row in rows(report, reader))
    return BOM + out.getvalue()


def _harmless(row: Sequence[str]) -> Sequence[str]:
    """A name that a spreadsheet would take for a formula is written as a text."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in row]


def as_workbook(report: Report, reader: Reader) -> bytes:
    """The table as XLSX."""
    return workbook(headings(report, reader), rows(report, reader), report.period.name)
