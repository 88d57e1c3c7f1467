"""The room of the weeks: its door, and what an address of it says."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, abort, request

from hotline.accounts.permits import Act as Permitted
from hotline.config.settings import Desk, DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import viewer
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l
from hotline.rosters.by_hand.editing import Act, Change
from hotline.rosters.week import Week, WeekError, week_written

ALL: Final = "all"
VIEWS: Final = ("both", "people", "days", "hours")

rosters = Blueprint("rosters", __name__, template_folder="templates")
DOOR: Final = Door(_l("Rosters"), "rosters.show_weeks", Permitted.SEE_ROSTERS)


@dataclass(frozen=True)
class Place:
    """What of a week is looked at, and how. desk: a desk's name, or ALL of the viewer's."""

    week: Week
    desk: str
    view: str = VIEWS[0]
    page: int = 1

    def at(self, **other: object) -> dict[str, Any]:
        """The arguments of its address, some of them changed."""
        mine: dict[str, Any] = {
            "week": str(self.week),
            "desk": self.desk,
            "view": self.view,
            "page": self.page,
        }
        usual = {"view": VIEWS[0], "page": 1}
        whole: dict[str, Any] = {"week": str(self.week), **mine, **other}
        return {key: value for key, value in whole.items() if usual.get(key) != value}


def place_of(written: str) -> Place:
    """What the request asks for; what is not the viewer's, or no week, is not there: 404."""
    try:
        week = week_written(written)
    except WeekError:
        abort(404)
    said = request.values
    desk = said.get("desk") or _usual_desk()
    if desk != ALL and desk not in {each.name for each in my_desks()}:
        abort(404)
    view = said.get("view", VIEWS[0])
    page = said.get("page", default=1, type=int)
    return Place(week, desk, view if view in VIEWS else VIEWS[0], max(1, page))


def my_desks() -> tuple[Desk, ...]:
    """Those of the viewer that have a roster of their own."""
    return tuple(desk for desk in viewer().desks(parts().settings) if desk.shifts or desk.cover)


def desks_at(place: Place) -> tuple[Desk, ...]:
    """Those that are looked at."""
    return tuple(desk for desk in my_desks() if place.desk in (ALL, desk.name))


def my_desk_names() -> tuple[DeskName, ...]:
    """By name; they are what somebody may change."""
    return tuple(desk.name for desk in my_desks())


def change_written(text: str) -> Change:
    """The change that a button stands for; one that nobody wrote is 404."""
    said = dict(parse_qsl(text))
    try:
        act = Act(said["act"])
        to = (said["to"], said["at"]) if act is Act.MOVE else None
        return Change(act, said["person"], said["shift"], to)
    except (KeyError, ValueError):
        abort(404)


def written(change: Change) -> str:
    """The same, as a button holds it."""
    said = {"act": change.act.value, "person": change.person, "shift": change.shift}
    if change.to is not None:
        said |= {"to": change.to[0], "at": change.to[1]}
    return urlencode(said)


def _usual_desk() -> str:
    mine = my_desks()
    return mine[0].name if mine else ALL
