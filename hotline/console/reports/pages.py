"""The report of a month or some weeks, of the lines that are the viewer's."""

from datetime import date
from typing import Final

from babel.dates import format_skeleton
from flask import Blueprint, Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.showing import Door, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.console.frame.words.wording import Words
from hotline.console.reports.picture import picture
from hotline.errors import HotlineError
from hotline.reports.making import rules_of
from hotline.reports.periods import Period, after, before, month_of, month_written, weeks_written
from hotline.reports.report import Report, report_of
from hotline.reports.tables import Reader, as_csv, as_workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

reports = Blueprint("reports", __name__, template_folder="templates")
DOOR: Final = Door(_l("Reports"), "reports.show_report", Act.SEE_REPORTS)


@reports.get("/reports", provide_automatic_options=False)
@allows(Act.SEE_REPORTS)
def show_report() -> Response:
    """Figures, pictures and what they mean; another period by the address or the form."""
    try:
        period, wrong = _period(), None
    except HotlineError:
        wrong = _("That names no month and no weeks: write 2026-11, or 2026-W45 and 2026-W48.")
        period = _this_month()
    found, settings = _report(period), parts().settings
    target = settings.demand
    return show(
        "reports/report.html",
        400 if wrong else 200,
        wrong=wrong,
        report=found,
        name=_name(period),
        earlier=_address(before(period)),
        later=_address(after(period)) if period.last < _today() else None,
        here=_address(period),
        asked=request.args,
        picture=picture(period.days, found.days),
        rules=rules_of(settings),
        target=target.share if target else None,
    )


@reports.get("/reports/table.csv", provide_automatic_options=False)
@allows(Act.SEE_REPORTS)
def show_csv() -> Response:
    """The figures for spreadsheets and programs."""
    found = _report(_period_or_404())
    return _file(as_csv(found, _reader()).encode(), "text/csv; charset=utf-8", found, "csv")


@reports.get("/reports/table.xlsx", provide_automatic_options=False)
@allows(Act.SEE_REPORTS)
def show_xlsx() -> Response:
    """The same as a workbook."""
    found = _report(_period_or_404())
    return _file(as_workbook(found, _reader()), XLSX, found, "xlsx")


def _reader() -> Reader:
    return Reader(page_language(), parts().settings.certificates)


def _report(period: Period) -> Report:
    found = parts()
    lines = viewer().lines(found.settings)
    with found.store.reading() as db:
        return report_of(db, found.settings, lines, period, now())


def _period() -> Period:
    """What the address asks for; this month where it asks for nothing. Raises HotlineError."""
    first, last = request.args.get("from", "").strip(), request.args.get("to", "").strip()
    if first or last:
        return weeks_written(first or last, last or first)
    month = request.args.get("month", "").strip()
    return month_written(month) if month else _this_month()


def _period_or_404() -> Period:
    try:
        return _period()
    except HotlineError:
        abort(404)


def _this_month() -> Period:
    return month_of(_today())


def _today() -> date:
    return now().astimezone(parts().settings.site.zone).date()


def _address(period: Period) -> dict[str, str]:
    """The arguments that ask for a period."""
    if period.is_month:
        return {"month": period.name}
    first, _, last = period.name.partition("_")
    return {"from": first, "to": last or first}


def _name(period: Period) -> str:
    """`November 2026`, `2026年11月`; weeks as they are written."""
    if not period.is_month:
        return period.name.replace("_", " – ")
    words = Words(parts().settings, page_language(), now())
    return str(format_skeleton("yMMMM", period.first, locale=words.locale))


def _file(body: bytes, kind: str, report: Report, ending: str) -> Response:
    response = Response(body, content_type=kind)
    name = f"report-{report.period.name}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
