"""The coverage to come: fourteen days of a line, and what the weeks before promised and kept."""

from hashlib import sha256
from typing import Final

from flask import Response, abort, render_template, request, url_for

from hotline.accounts.permits import Act, may
from hotline.config.settings import Line
from hotline.console.coverage.picture import height, kinds, path, trend
from hotline.console.coverage.reading import read_ahead
from hotline.console.coverage.room import ahead
from hotline.console.frame.access import console, parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.paging import Page
from hotline.console.frame.showing import frame_values, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.wording import Words
from hotline.console.planning.wording import PlanWords
from hotline.planning.kept import Together, in_time, past_weeks, target, together
from hotline.store import Session
from hotline.store.counting.line_weeks import LineWeek, weeks_kept
from hotline.store.duty.rota_kept import rota_token

A_PAGE: Final = 6  # lines; each is looked at half hour by half hour


@ahead.get("/coverage", provide_automatic_options=False)
@allows(Act.SEE_COVERAGE)
def show_coverage() -> Response:
    """Required against rostered, confirmed and present, hour by hour; every gap is a link."""
    settings = parts().settings
    lines = viewer().lines(settings) or abort(404)
    chosen = _chosen(lines)
    page = _page(lines, chosen)
    shown = lines[(page.number - 1) * A_PAGE : page.number * A_PAGE]
    with parts().store.reading() as db:
        block = _block(db, shown, chosen, page)
        past = [str(week) for week in past_weeks(settings, now())]
        weeks = [each for each in weeks_kept(db, past) if each.line in {x.name for x in lines}]
    return show(
        "coverage/coverage.html",
        block=block,
        chosen=chosen,
        mine=together(each for each in weeks if each.line == chosen.name),
        whole=_whole(weeks, lines),
        target=target(settings),
        seconds=in_time(settings).total_seconds(),
        kinds=kinds,
        trend=trend,
        path=path,
        height=height,
    )


def _chosen(lines: tuple[Line, ...]) -> Line:
    name = request.args.get("line")
    if name is None:
        return lines[(_number(lines) - 1) * A_PAGE]
    return next((line for line in lines if line.name == name), None) or abort(404)


def _number(lines: tuple[Line, ...]) -> int:
    return min(max(request.args.get("page", default=1, type=int), 1), _last(lines))


def _last(lines: tuple[Line, ...]) -> int:
    return -(-len(lines) // A_PAGE)


def _page(lines: tuple[Line, ...], chosen: Line) -> Page:
    return Page(lines.index(chosen) // A_PAGE + 1, _last(lines))


def _whole(weeks: list[LineWeek], lines: tuple[Line, ...]) -> tuple[Together, ...]:
    return together(weeks) if len(lines) > 1 else ()


def _block(db: Session, shown: tuple[Line, ...], chosen: Line, page: Page) -> str:
    """What follows from rosters and from what people said; kept until either changes."""
    at = now()
    half_hour = at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)
    names = " ".join(line.name for line in shown)
    fills = may(viewer().account.roles, Act.FILL_GAPS)
    marks = (console().build, page_language(), rota_token(db), half_hour, names, chosen.name, fills)
    key = sha256("|".join(map(str, ("ahead", *marks, page.last))).encode()).hexdigest()
    return console().kept.of(key, lambda: _rendered(db, shown, chosen, page))


def _rendered(db: Session, shown: tuple[Line, ...], chosen: Line, page: Page) -> str:
    settings = parts().settings
    found = read_ahead(db, settings, shown, chosen, now())
    told = PlanWords(Words(settings, page_language(), now()))
    return render_template(
        "coverage/ahead.html",
        **frame_values(),
        found=found,
        told=told,
        page=page,
        page_address=lambda number: url_for("ahead.show_coverage", page=number),
    )
