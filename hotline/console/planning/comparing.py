"""What a draft changes against what is published, or a build against another: desk by desk."""

from dataclasses import dataclass
from typing import Final

from flask import Response, abort, request, url_for

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows
from hotline.console.frame.paging import A_PAGE, Page, page_of, row_number
from hotline.console.planning.room import my_desk_names, planning, show_plan, week_asked
from hotline.rosters.reasons.by_desk import AtDesk, by_desk, changed_for
from hotline.rosters.reasons.comparing import (
    ComparedWeek,
    CompareError,
    compared_builds,
    compared_drafts,
)
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.planning.builds import listed_builds
from hotline.store.planning.drafts import BuildNumber, newest_rosters
from scheduling.problem import Shift
from scheduling.telling.costs import Shortfall
from scheduling.telling.difference import ShorterRest

COMPARE: Final = "planning.show_comparison"


@dataclass(frozen=True)
class Moved:
    """What one person gains and loses at the viewer's desks, in order of time."""

    person: str
    gained: tuple[Shift, ...]
    lost: tuple[Shift, ...]


@dataclass(frozen=True)
class Details:
    """One desk, and those of its people who are on the page asked for."""

    at: AtDesk
    page: Page
    people: tuple[Moved, ...]
    rests: tuple[ShorterRest, ...]


@planning.get("/rosters/<week>/compare", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def show_comparison(week: str) -> Response:
    """Draft against what is published, or one build against another; one desk in detail."""
    asked = week_asked(week)
    one, other = (request.args.get(name, type=row_number) for name in ("one", "other"))
    mine = my_desk_names()
    with parts().store.reading() as db:
        builds = tuple(each for each in listed_builds(db, str(asked)) if each.desks & set(mine))
        found = _compared(db, asked, one, other, {build.number for build in builds})
    desks = [each for whole in found.compared for each in by_desk(whole, mine)] if found else []
    details = _details(_chosen(desks), mine) if desks else None

    def address(desk: DeskName, page: int | None = None) -> str:
        return url_for(COMPARE, week=asked, one=one, other=other, desk=desk, page=page)

    return show_plan(
        "compare.html", asked, names=found.names if found else {}, builds=builds, desks=desks,
        missing=_missing(desks), details=details, one=one, other=other, address=address,
        page_address=lambda page: address(details.at.desk, page) if details else "",
    )  # fmt: skip


def _compared(
    db: Session, week: Week, one: int | None, other: int | None, known: set[BuildNumber]
) -> ComparedWeek | None:
    if one is not None and other is not None:
        if not {one, other} <= known:
            abort(404)
        return compared_builds(db, week, one, other)
    rosters = newest_rosters(db, str(week))
    drafts = [
        desk
        for desk in my_desk_names()
        if desk in rosters and rosters[desk].state is RosterState.DRAFT
    ]
    if not drafts:
        return None
    try:
        return compared_drafts(db, parts().settings, week, drafts)
    except CompareError:
        return None


def _chosen(desks: list[AtDesk]) -> AtDesk:
    """The desk asked for; where none is, the first at which anything changes."""
    asked = request.args.get("desk")
    if asked is None:
        return next((each for each in desks if each.changes), desks[0])
    return next((each for each in desks if each.desk == asked), None) or abort(404)


def _details(at: AtDesk, mine: tuple[DeskName, ...]) -> Details:
    page = page_of(len(at.people))
    people = at.people[page.offset : page.offset + A_PAGE]
    changed = changed_for(at.whole, people)
    shifts = sorted(at.whole.shifts, key=lambda shift: (shift.span, shift.id))
    seen = [shift for shift in shifts if shift.desk in mine]
    gained, lost = (
        {(given.person, given.shift) for given in some} for some in (changed.gained, changed.lost)
    )
    moved = (
        Moved(
            who,
            tuple(shift for shift in seen if (who, shift.id) in gained),
            tuple(shift for shift in seen if (who, shift.id) in lost),
        )
        for who in people
    )
    return Details(at, page, tuple(moved), changed.shorter_rests)


def _missing(desks: list[AtDesk]) -> tuple[Shortfall, Shortfall]:
    """Of all of them together, before and after."""
    was, becomes = (
        Shortfall(
            sum(each.missing[place].floor for each in desks),
            sum(each.missing[place].target for each in desks),
        )
        for place in (0, 1)
    )
    return was, becomes
