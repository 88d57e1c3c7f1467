"""`hotline report`: a month or some weeks in figures, for people, programs and spreadsheets."""

from datetime import date, timedelta
from pathlib import Path

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, percent, plain_table, print_json
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.reports.figures import Counts
from hotline.reports.making import count_day
from hotline.reports.periods import Period, month_of, month_written, weeks_written
from hotline.reports.report import Part, Report, report_of
from hotline.reports.tables import Reader, as_csv, as_workbook, documents


@click.command()
@click.option("--month", metavar="MONTH", help="Like 2026-11; else this month.")
@click.option("--from-week", "first", metavar="WEEK", help="Like 2026-W45, instead of a month.")
@click.option("--to-week", "last", metavar="WEEK", help="The last week; else the same.")
@click.option("--again", is_flag=True, help="Count every day of it anew first.")
@click.option("--format", "form", type=click.Choice(["csv"]), help="Print a table as CSV.")
@click.option(
    "--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="Write a workbook to a file."
)
@json_option
@pass_surroundings
def report(
    surroundings: Surroundings,
    month: str | None,
    first: str | None,
    last: str | None,
    again: bool,
    form: str | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """Say how calls went by line, city and altogether, who was trained, and how even nights were.

    From counts by day, which the worker keeps; today is counted now.
    """
    with surroundings.parts() as parts:
        period = _period(parts, month, first, last)
        _count(parts, period, again=again)
        with parts.store.reading() as db:
            found = report_of(db, parts.settings, parts.settings.lines, period, parts.clock())
        reader = Reader(parts.settings.site.language)
        if xlsx is not None:
            _write(xlsx, as_workbook(found, reader))
        elif form is not None:
            click.echo(as_csv(found, reader), nl=False)
        elif as_json:
            print_json(documents(found))
        else:
            _show(found, parts)


def _period(parts: Parts, month: str | None, first: str | None, last: str | None) -> Period:
    if month is not None and (first or last):
        raise HotlineError("A report is about --month or about --from-week, not both.")
    if first is not None:
        return weeks_written(first, last or first)
    if last is not None:
        raise HotlineError("--to-week needs --from-week.")
    return month_written(month) if month is not None else month_of(_today(parts))


def _today(parts: Parts) -> date:
    return parts.clock().astimezone(parts.settings.site.zone).date()


def _count(parts: Parts, period: Period, *, again: bool) -> None:
    today, now = _today(parts), parts.clock()
    for day in period.days if again else (today,):
        if period.first <= day <= min(period.last, today):
            count_day(parts.store, parts.settings, day, now)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HotlineError(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {path}.")


def _show(found: Report, parts: Parts) -> None:
    out = console()
    out.print(f"{found.period.name}: {found.period.first} to {found.period.last}")
    if not found.days:
        out.print("No day of it is counted; the worker counts days, or --again does.")
    table = plain_table(
        *("", ">calls", ">answered", ">in time", ">left", ">longest", ">mean", ">busy", ">kept")
    )  # the rest is in the other forms: 80 columns hold no more
    language = parts.settings.site.language
    for part in (*found.lines, *found.cities, found.whole):
        table.add_row(part.title.in_language(language), *_cells(part))
    out.print(table)


def _cells(part: Part) -> tuple[str, ...]:
    counts: Counts = part.counts
    return (
        str(counts.calls),
        percent(counts.answer_share),
        percent(counts.service_level),
        percent(counts.left_share),
        _minutes(counts.longest),
        _minutes(counts.mean_talk),
        percent(part.desks.occupancy),
        percent(counts.kept_share),
    )


def _minutes(length: timedelta | None) -> str:
    if length is None:
        return "-"
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"
