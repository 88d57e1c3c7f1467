"""Gaps first: each with what keeps everybody out, and what closes it as a button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response, abort, request, url_for

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.paging import A_PAGE, page_of, row_number
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _
from hotline.console.planning.building import GAPS
from hotline.console.planning.room import (
    my_desk_names,
    my_job,
    planning,
    show_plan,
    week_asked,
)
from hotline.planning.applying import (
    NotByClickError,
    Order,
    StaleRepairError,
    apply_repair,
    touched_desks,
)
from hotline.planning.asking import ask, newest_of, repairs_found
from hotline.planning.found import FoundGap, FoundRepair, in_order
from hotline.planning.jobs import Job, JobId, JobKind, JobOrder
from hotline.rosters.by_hand.changing import StaleError
from hotline.rosters.by_hand.editing import BreachError, EditError
from hotline.rosters.by_hand.stored import answer
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.people.everybody import names_by_code
from hotline.store.planning.drafts import StoredBuild, builds_of, newest_rosters
from hotline.store.planning.roster_jobs import job_of
from scheduling.repairing.changes import ChangeKind
from scheduling.roster import Result

AT_ONCE: Final = frozenset({ChangeKind.ASK, ChangeKind.MOVE})  # within all rules


@dataclass(frozen=True)
class Offer:
    """A repair, with where it stands in what its job found. at_once: nobody has to agree first.

    clickable: whether a click can do it, and it touches nobody else's desk.
    """

    number: int
    repair: FoundRepair
    at_once: bool
    clickable: bool


@dataclass(frozen=True)
class Mended:
    """A gap, and what could be done. place: in what its job found; None: no job has seen it."""

    gap: FoundGap
    place: int | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Standing:
    """The newest rosters of the viewer's desks. fresh: the job's finds are of them, as they are."""

    builds: tuple[StoredBuild, ...]
    states: dict[DeskName, RosterState]
    results: tuple[Result, ...]
    job: Job | None
    gaps: tuple[Mended, ...]
    fresh: bool
    names: Mapping[str, str]

    @property
    def below(self) -> int:
        """How many gaps are below the floor."""
        return sum(each.gap.gap.below_floor for each in self.gaps)


@planning.get("/rosters/<week>/gaps", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def show_gaps(week: str) -> Response:
    """Every gap of the newest rosters, those below the floor first."""
    return _page(week_asked(week), "gaps.html")


@planning.get("/rosters/<week>/gaps/list", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS, polled=True)
def show_gap_list(week: str) -> Response:
    """The same list alone, fetched anew while a worker looks for repairs."""
    return _page(week_asked(week), "gap_list.html")


@planning.post("/rosters/<week>/gaps/look", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def look_for_repairs(week: str) -> Response:
    """Have a worker look at the rosters as they are now."""
    asked = week_asked(week)
    with changing() as made:
        order = JobOrder(JobKind.REPAIR, asked, _with_roster(made.db, asked))
        if not order.desks:
            abort(404)
        begun = ask(made.db, order, made.viewer.account.name, made.now)
        made.record("roster.look", f"{asked}", after={"job": begun.id})
    return back_to(GAPS, week=asked)


@planning.post("/rosters/<week>/gaps/repair", provide_automatic_options=False)
@allows(Act.EDIT_ROSTERS)
def repair_gap(week: str) -> Response:
    """Change the draft as one of the repairs says."""
    asked = week_asked(week)
    by = viewer().account.name
    try:
        gap, repair = _chosen(asked)
        with changing() as made:
            done = apply_repair(made.db, parts().settings, Order(asked, gap, repair, by), made.now)
            search = JobOrder(JobKind.REPAIR, asked, _with_roster(made.db, asked))
            ask(made.db, search, by, made.now)
            after = {"build": done.build, "kind": repair.kind, "people": list(repair.people)}
            made.record("roster.repair", f"{asked}/{gap.gap.desk}", {"build": gap.build}, after)
    except (StaleRepairError, StaleError, EditError):
        said = _("The draft was changed meanwhile, and nothing was done. Here it is as it is now.")
        return _page(asked, "gaps.html", 409, said)
    except (BreachError, NotByClickError):
        said = _("A rule forbids that by now, and nothing was done.")
        return _page(asked, "gaps.html", 409, said)
    return back_to(GAPS, _("Done: the draft is changed. Nobody is told before it is published."),
                   week=asked)  # fmt: skip


def standing_of(db: Session, week: Week, desks: Iterable[DeskName]) -> Standing:
    """What there is to mend at some desks of a week."""
    mine = set(desks)
    rosters = {d: r for d, r in newest_rosters(db, str(week)).items() if d in mine}
    builds = builds_of(db, rosters.values())
    results = tuple(answer(build) for build in builds)
    job = newest_of(db, week, JobKind.REPAIR, mine)
    found = repairs_found(db, job) if job else None
    versions = {(build.number, build.version) for build in builds}
    known = found.gaps if found else ()
    current = [
        (place, gap) for place, gap in enumerate(known) if (gap.build, gap.version) in versions
    ]
    seen = {gap.build for _, gap in current}
    mended = [_mended(place, gap, mine) for place, gap in current if gap.gap.desk in mine]
    unseen = [pair for pair in zip(builds, results, strict=True) if pair[0].number not in seen]
    plain = [
        Mended(FoundGap(build.number, build.version, gap, ()), None, ())
        for build, result in unseen
        for gap in result.gaps
        if gap.desk in {roster.desk for roster in build.rosters}
    ]
    gaps = tuple(mended) or _sorted(plain)
    names = names_by_code(db)
    states = {desk: roster.state for desk, roster in rosters.items()}
    return Standing(builds, states, results, job, gaps, not plain, names)


def _sorted(plain: Iterable[Mended]) -> tuple[Mended, ...]:
    ordered = in_order(each.gap for each in plain)
    return tuple(Mended(gap, None, ()) for gap in ordered.gaps)


def _mended(place: int, gap: FoundGap, mine: set[DeskName]) -> Mended:
    offers = (
        Offer(
            number,
            repair,
            repair.kind in AT_ONCE and not repair.eased,
            repair.kind is not ChangeKind.TRAIN and touched_desks(repair) <= mine,
        )
        for number, repair in enumerate(gap.repairs or ())
    )
    return Mended(gap, place, tuple(offers))


def _chosen(week: Week) -> tuple[FoundGap, FoundRepair]:
    """The repair that the form names, as its job found it."""
    job_id, place, number = (
        request.form.get(name, default=-1, type=row_number) for name in ("job", "gap", "repair")
    )
    with parts().store.reading() as db:
        job = my_job(job_of(db, JobId(job_id)))
        found = repairs_found(db, job)
    gaps = found.gaps if found else ()
    if job.order.week != week or not 0 <= place < len(gaps):
        raise StaleRepairError("There is no such gap any more.")
    offered = gaps[place].repairs or ()
    if not 0 <= number < len(offered):
        abort(404)
    if not touched_desks(offered[number]) <= set(my_desk_names()):
        abort(404)
    return gaps[place], offered[number]


def _with_roster(db: Session, week: Week) -> tuple[DeskName, ...]:
    known = newest_rosters(db, str(week))
    return tuple(desk for desk in my_desk_names() if desk in known)


def _page(week: Week, template: str, status: int = 200, problem: str = "") -> Response:
    with parts().store.reading() as db:
        found = standing_of(db, week, my_desk_names())
    page = page_of(len(found.gaps))
    job = found.job.at(now()) if found.job else None
    return show_plan(
        template,
        week,
        status,
        names=found.names,
        standing=found,
        job=job,
        gaps=found.gaps[page.offset : page.offset + A_PAGE],
        page=page,
        page_address=lambda number: url_for(GAPS, week=week, page=number),
        problem=problem,
    )
