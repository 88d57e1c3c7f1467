"""What publishing a week changes, for whom, and the one button that does it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from flask import Response, abort, request
from wtforms import TextAreaField
from wtforms.validators import Length

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _, _l
from hotline.console.planning.room import my_desk_names, planning, show_plan, week_asked
from hotline.planning.telling import ToldPerson, publish_and_tell, would_be_told
from hotline.rosters.by_hand.stored import answer, question
from hotline.rosters.draft.accepting import LONGEST, AcceptError
from hotline.rosters.draft.publishing import PublishError, PublishOrder, Seen, SeenOtherwiseError
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.planning.drafts import (
    BuildNumber,
    StoredBuild,
    builds_of,
    newest_rosters,
)
from scheduling.roster import Gap
from scheduling.rules import Staffing

PUBLISH: Final = "planning.show_publishing"
SEEN: Final = re.compile(r"(\S+):(\d+)\.(\d+)")


class Publish(Form):
    """Why it is published even below the floor."""

    reason = TextAreaField(_l("Why it is published all the same"), [Length(max=LONGEST)])


@dataclass(frozen=True)
class DeskDraft:
    """A draft that can be published: half hours of a person wanted up to floor and target, kept.

    below: its gaps below the floor.
    """

    desk: DeskName
    state: RosterState
    assigned: int
    floor: tuple[int, int]  # kept, wanted
    target: tuple[int, int]
    below: tuple[Gap, ...]


@planning.get("/rosters/<week>/publish", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def show_publishing(week: str) -> Response:
    """How well the drafts are staffed, and who is told what."""
    return _page(week_asked(week))


@planning.post("/rosters/<week>/publish", provide_automatic_options=False)
@allows(Act.PUBLISH_ROSTERS)
def publish_week(week: str) -> Response:
    """The drafts of the viewer's desks are the routing table from now on, and people are told."""
    asked, form = week_asked(week), Publish(request.form)
    if not form.validate():
        return _page(asked, form, 400)
    try:
        seen = _seen_written(request.form.get("seen", ""))
        with changing() as made:
            reason = (form.reason.data or "").strip() or None
            order = PublishOrder(asked, tuple(seen), reason, seen)
            _done, told = publish_and_tell(made.db, parts().settings, order, made.now)
            after = {"desks": list(seen), "told": len(told), "reason": reason}
            made.record("roster.publish", f"{asked}", after=after)
    except AcceptError:
        form.reason.errors = [_("Gaps below the floor are published only with a reason.")]
        return _page(asked, form, 400)
    except SeenOtherwiseError:
        said = _("The drafts were changed since you looked. Nothing is published; look again.")
        return _page(asked, form, 409, said)
    except PublishError:
        said = _(
            "Nothing is published: there is no draft any more, or somebody would be in two places "
            "at once. Build again, or publish the other desk together with this one."
        )
        return _page(asked, form, 409, said)
    return back_to(PUBLISH, _("Published. %(count)d people are told.", count=len(told)), week=asked)


def _page(
    week: Week, form: Publish | None = None, status: int = 200, problem: str = ""
) -> Response:
    with parts().store.reading() as db:
        builds = _drafts(db, week)
        told = _told(db, week, tuple(builds))
        states = newest_rosters(db, str(week))
    staffing = cache(_staffing)  # one build may be of all desks
    desks = [_desk_draft(desk, build, staffing(build)) for desk, build in builds.items()]
    mine = my_desk_names()
    return show_plan(
        "publish.html",
        week,
        status,
        form=form or Publish(),
        desks=desks,
        below=sum(len(each.below) for each in desks),
        people=told,
        seen=_seen(builds),
        published=[d for d in mine if d in states and states[d].state is RosterState.PUBLISHED],
        problem=problem,
    )


def _drafts(db: Session, week: Week) -> Mapping[DeskName, StoredBuild]:
    """The builds behind the drafts of the viewer's desks; of what nobody built, none."""
    rosters = newest_rosters(db, str(week))
    drafts = [
        rosters[desk]
        for desk in my_desk_names()
        if desk in rosters and rosters[desk].state is RosterState.DRAFT
    ]
    found = {roster.desk: build for build in builds_of(db, drafts) for roster in build.rosters}
    return {desk: found[desk] for desk in my_desk_names() if desk in found}


def _told(db: Session, week: Week, desks: tuple[DeskName, ...]) -> tuple[ToldPerson, ...]:
    return would_be_told(db, parts().settings, week, desks) if desks else ()


def _seen(builds: Mapping[DeskName, StoredBuild]) -> str:
    """What the page showed: a draft that was changed since is not published unseen."""
    return " ".join(f"{desk}:{b.number}.{b.version}" for desk, b in builds.items())


def _seen_written(text: str) -> Mapping[DeskName, Seen]:
    """The same, as it comes back. Raises PublishError for none; a desk of others is 404."""
    found = {
        DeskName(desk): (BuildNumber(int(build)), int(version))
        for desk, build, version in SEEN.findall(text)
    }
    if not found:
        raise PublishError("There is no draft any more.")
    return found if found.keys() <= set(my_desk_names()) else abort(404)


def _staffing(build: StoredBuild) -> Staffing:
    return Staffing(question(build), answer(build).roster)


def _desk_draft(desk: DeskName, build: StoredBuild, staffing: Staffing) -> DeskDraft:
    result = answer(build)
    state = next(roster.state for roster in build.rosters if roster.desk == desk)
    shifts = {shift.id for shift in staffing.shifts_at.get(desk, ())}
    floor, target = _kept(staffing, desk)
    return DeskDraft(
        desk=desk,
        state=state,
        assigned=sum(given.shift in shifts for given in result.roster.assignments),
        floor=floor,
        target=target,
        below=tuple(gap for gap in result.gaps if gap.desk == desk and gap.below_floor),
    )


def _kept(staffing: Staffing, desk: DeskName) -> tuple[tuple[int, int], tuple[int, int]]:
    """Half hours of a person kept and wanted, up to the floor and up to the target."""
    floor = target = wanted_floor = wanted_target = 0
    for need in staffing.problem.needs:
        if need.desk == desk and need.certificate is None and not need.standby:
            for _span, heads in staffing.half_hours(need):
                floor += min(heads, need.floor)
                target += min(heads, need.target)
                wanted_floor += need.floor
                wanted_target += need.target
    return (floor, wanted_floor), (target, wanted_target)
