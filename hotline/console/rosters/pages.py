"""The weeks and one week, as coordinators look at them. Only GET."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from hotline.accounts.permits import Act as Permitted
from hotline.accounts.permits import may
from hotline.config.settings import Desk
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.showing import show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.wording import Words
from hotline.console.rosters.beginning import beginning_at
from hotline.console.rosters.panel import Panel, Panels
from hotline.console.rosters.picture import Hours, hours_of, needs_of
from hotline.console.rosters.room import ALL, Place, desks_at, my_desks, place_of, rosters
from hotline.console.rosters.standing import gaps_of, summary_of
from hotline.console.rosters.table import days_list, people_page
from hotline.console.rosters.wording import LEVELS, RosterWords
from hotline.rosters.by_hand.laid_out import LaidDesk, LaidOut, laid_out
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week, instant, week_of
from hotline.store.planning.drafts import rosters_of
from hotline.swaps.inbox import waiting
from scheduling.problem import Span

WEEKS: Final = range(-4, 9)  # of the list, counted from this one
MANY: Final = 3  # desks; more are shown a day at a time


@dataclass(frozen=True)
class ListedWeek:
    """A week of the list: how many of the viewer's desks are how far."""

    week: Week
    now: bool
    published: int
    drafts: int
    without: int


@dataclass(frozen=True)
class DeskHours:
    """A desk's week as seven pictures."""

    desk: Desk
    days: tuple[Hours, ...]


@rosters.get("/rosters", provide_automatic_options=False)
@allows(Permitted.SEE_ROSTERS)
def show_weeks() -> Response:
    """The weeks around now, and how far each is."""
    this = week_of(now(), parts().settings.site.zone)
    weeks = [this.shifted(n) for n in WEEKS]
    with parts().store.reading() as db:
        found = rosters_of(db, [str(week) for week in weeks])
    mine = {desk.name for desk in my_desks()}
    listed = []
    for week in weeks:
        newest = {r.desk: r.state for r in found.get(str(week), ()) if r.desk in mine}
        published = {
            r.desk
            for r in found.get(str(week), ())
            if r.desk in mine and r.state is RosterState.PUBLISHED
        }
        drafts = sum(state is RosterState.DRAFT for state in newest.values())
        listed.append(
            ListedWeek(week, week == this, len(published), drafts, len(mine) - len(newest))
        )
    return show("rosters/weeks.html", weeks=listed, desks=len(mine))


@rosters.get("/rosters/<week>", provide_automatic_options=False)
@allows(Permitted.SEE_ROSTERS)
def show_week(week: str) -> Response:
    """One week: what is missing, who works when, and what can be done with what was picked."""
    place = place_of(week)
    laid = lay_out(place)
    if request.headers.get("HX-Target") == "panel":
        return show("rosters/panel.html", **_common(place, laid), panel=_picked(laid))
    return show_laid(place, laid)


def lay_out(place: Place) -> LaidOut:
    """What is looked at, read from the database."""
    with parts().store.reading() as db:
        return laid_out(db, parts().settings, place.week, desks_at(place))


def show_laid(place: Place, laid: LaidOut, status: int = 200, **more: Any) -> Response:
    """The page of a week. more: what a change that was refused has to say."""
    values = {"panel": _picked(laid), **_common(place, laid), **_tables(place, laid), **more}
    return show("rosters/week.html", status, **values)


def panels_of(laid: LaidOut) -> Panels:
    """What panels of a week are made from."""
    return Panels(laid, RosterWords(Words(parts().settings, page_language(), now()), laid))


def _picked(laid: LaidOut) -> Panel | None:
    return panels_of(laid).asked(request.args) if _may_edit() else None


def _may_edit() -> bool:
    return may(viewer().account.roles, Permitted.EDIT_ROSTERS)


def _common(place: Place, laid: LaidOut) -> dict[str, Any]:
    return {
        "place": place,
        "beginning": beginning_at(place),
        "laid": laid,
        "told": RosterWords(Words(parts().settings, page_language(), now()), laid),
        "levels": LEVELS,
        "edits": _may_edit(),
        "waiting": _waiting(place),
        "all": ALL,
        "here": "rosters.show_week",
        "editable": {at.desk.name: at.state is RosterState.DRAFT for at in laid.desks},
    }


def _waiting(place: Place) -> int:
    """How many requests of the week the viewer could decide."""
    if not may(viewer().account.roles, Permitted.DECIDE_REQUESTS):
        return 0
    desks = {desk.name for desk in desks_at(place)}
    with parts().store.reading() as db:
        return waiting(db, desks, place.week.horizon(parts().settings.site.zone), now())


def _tables(place: Place, laid: LaidOut) -> dict[str, Any]:
    zone = parts().settings.site.zone
    shown: dict[str, Any] = {
        "desks": my_desks(),
        "summary": summary_of(laid),
        "gaps": gaps_of(laid),
        "people": None,
        "days": None,
        "hours": None,
    }
    if place.view in ("both", "people"):
        shown["page"], shown["people"] = people_page(laid, zone)
        shown["page_address"] = lambda n: url_for("rosters.show_week", **place.at(page=n))
    if place.view in ("both", "days"):
        shown["days"] = days_list(laid, _days(place, laid))
        shown["one_day"] = _one_day(laid)
    if place.view == "hours":
        spans = [_day(day, zone) for day in _days(place, laid)]
        shown["hours"] = tuple(_hours(at, laid, zone, spans) for at in laid.desks)
        shown["hour_days"], shown["one_day"] = _days(place, laid), _one_day(laid)
    return shown


def _one_day(laid: LaidOut) -> bool:
    """Whether there is so much that one day is shown at a time."""
    return len(laid.desks) > MANY


def _days(place: Place, laid: LaidOut) -> tuple[date, ...]:
    days = place.week.days
    if not _one_day(laid):
        return days
    asked = request.args.get("day", "")
    today = now().astimezone(parts().settings.site.zone).date()
    return (
        next((d for d in days if d.isoformat() == asked or (not asked and d == today)), days[0]),
    )


def _hours(at: LaidDesk, laid: LaidOut, zone: ZoneInfo, spans: Sequence[Span]) -> DeskHours:
    draft = laid.drafts.get(at.build) if at.build is not None else None
    needs = needs_of(at, draft, laid.week, zone)
    days = tuple(hours_of(at, draft, needs, span) for span in spans)
    return DeskHours(at.desk, days)


def _day(day: date, zone: ZoneInfo) -> Span:
    return Span(instant(day, time(), zone), instant(day + timedelta(days=1), time(), zone))
