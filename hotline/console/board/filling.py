"""A gap of a desk: who could come to it, the least burdened first, and who is put on duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Response, abort, request
from wtforms import BooleanField, SelectField

from hotline.accounts.permits import Act
from hotline.board import SOON
from hotline.calls.turn import Turn
from hotline.config.settings import DeskName
from hotline.console.board.room import board
from hotline.console.board.scope import seen_settings, turn_of
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.console.frame.words.wording import Words
from hotline.console.planning.wording import PlanWords
from hotline.corrections.overrides import OverrideError
from hotline.duty import PersonId, Volunteer
from hotline.handshake.reading import duties_ahead
from hotline.handshake.stand_ins.candidates import Considered
from hotline.handshake.stand_ins.vacancies import (
    Filling,
    Vacancy,
    everybody_for,
    fill,
    instead_of,
    vacancies,
)
from hotline.handshake.standing import Reach, reach
from hotline.handshake.states import SearchState
from hotline.rosters.week import week_of
from hotline.store import Session
from hotline.store.duty.rosters import rota_between
from hotline.store.duty.standins import Search, searches_open
from hotline.store.sending.errands import answered_since
from scheduling.problem import Span

MOST_SHOWN: Final = 20  # the fairest; nobody reads further at 23:00
LATER: Final = timedelta(days=15)  # as far as the coverage is shown
WHOLE: Final = "end"
HOURS: Final = (1, 2, 4)
WHY: Final = "filled at the board"


class Comes(Form):
    """For how long somebody comes."""

    until = SelectField(_l("For how long"), default=WHOLE)
    here = BooleanField(_l("They told me that they are there: rung at once, without a check-in"))


@dataclass(frozen=True)
class Open:
    """The gaps of a desk, and the one that is looked at; None: there is none any more."""

    vacancies: tuple[Vacancy, ...]
    chosen: Vacancy | None


@board.get("/board/gaps/<desk>", provide_automatic_options=False)
@allows(Act.FILL_GAPS)
def show_filling(desk: str) -> Response:
    """Who could come to a gap of the desk; without a choice, to the first one."""
    return _page(seen_desk(desk))


@board.post("/board/gaps/<desk>", provide_automatic_options=False)
@allows(Act.FILL_GAPS)
def fill_gap(desk: str) -> Response:
    """Somebody comes: telephone, roster and everybody concerned follow at once."""
    name = seen_desk(desk)
    with parts().store.reading() as db:
        chosen = opened(db, name).chosen
        could = everybody_for(_turn(db), chosen).could if chosen else ()
    who = next((each.person for each in could if each.person.code == _asked_for()), None)
    if chosen is None or who is None:
        return _page(name, 409, _("Nothing was changed: that is not so any more. See below."))
    form = _form(chosen)
    if not form.validate():
        return _page(name, 400)
    until = _until(chosen, form.until.data)
    here = "here" in form and bool(form.here.data)
    filling = Filling(chosen, who.id, who.code, until, WHY, here)
    try:
        with changing() as change:
            fill(turn_of(change), filling)
            after = {"person": who.code, "until": filling.span.end.isoformat()}
            before = {"person": chosen.code} if chosen.code else None
            change.record("gap.fill", f"{name}/{chosen.shift}", before, after)
    except OverrideError:
        return _page(name, 409, _("Nothing was changed: that is not so any more. See below."))
    return back_to("board.show_board", said=_said(filling, who.name))


def _page(desk: DeskName, status: int = 200, wrong: str = "") -> Response:
    with parts().store.reading() as db:
        found = opened(db, desk)
        chosen = found.chosen
        known = everybody_for(_turn(db), chosen) if chosen else Considered()
        searches = [s for s in searches_open(db, now()) if chosen and _is_for(s, chosen)]
        people = rota_between(db, chosen.span).volunteers if chosen else ()
        gone = _out_of_reach(db, people)
    names = {each.code: each.name for each in people}
    return show(
        "board/filling.html",
        status,
        desk=parts().settings.desk(desk),
        gaps=found.vacancies,
        chosen=chosen,
        known=known,
        most=MOST_SHOWN,
        searches=searches,
        gone=gone,
        form=_form(chosen) if chosen else None,
        lines=[line for line in seen_settings().lines if desk in line.desks],
        told=PlanWords(Words(parts().settings, page_language(), now()), names),
        week=week_of(chosen.span.start, parts().settings.site.zone) if chosen else None,
        wrong=wrong,
        now=now(),
    )


def _is_for(search: Search, chosen: Vacancy) -> bool:
    """Whether it is under way for the same place, or its yes may still be taken back."""
    about = (search.desk, search.shift, search.code) == (chosen.desk, chosen.shift, chosen.code)
    return about and search.state not in (SearchState.SETTLED, SearchState.ENDED)


def opened(db: Session, desk: DeskName) -> Open:
    """The gaps of a desk, and the one that the address names."""
    turn, instead = _turn(db), request.args.get("instead", type=int)
    if instead is not None:
        mine = _duty_of(turn, PersonId(instead), desk)
        return Open((), mine)
    found = tuple(each for each in vacancies(turn, {desk}) if not each.standby)
    wanted = (request.args.get("shift"), request.args.get("certificate") or None)
    if wanted[0] is None:
        return Open(found, next(iter(found), None))
    chosen = _named(found, wanted) or _named(vacancies(turn, {desk}, LATER), wanted)
    return Open(found, chosen)


def _named(found: Iterable[Vacancy], wanted: tuple[str | None, str | None]) -> Vacancy | None:
    open_ones = (each for each in found if not each.standby)
    return next((v for v in open_ones if (v.shift, v.certificate) == wanted), None)


def _duty_of(turn: Turn, person: PersonId, desk: DeskName) -> Vacancy | None:
    """A duty of the next two hours whose person somebody is to come instead of."""
    ahead = duties_ahead(turn.db, turn.settings, Span(turn.now, turn.now + SOON), turn.now)
    mine = (d for d in ahead if (d.volunteer.id, d.desk) == (person, desk) and d.on_paper)
    found = next(mine, None)
    return None if found is None else instead_of(turn, found)


def _out_of_reach(db: Session, people: Iterable[Volunteer]) -> set[str]:
    """Whose telephone was rung in vain lately."""
    settings, at = parts().settings, now()
    answered = answered_since(db, at - timedelta(hours=settings.shake.reachable_hours))
    found = ((who.code, reach(who, settings, answered.get(who.id), at)) for who in people)
    return {code for code, known in found if known is Reach.NO}


def _form(chosen: Vacancy) -> Comes:
    form = Comes(request.form if request.method == "POST" else None)
    words = Words(parts().settings, page_language(), now())
    whole = _("the whole shift, to %(time)s", time=words.clock(chosen.span.end))
    lengths = [hours for hours in HOURS if _until(chosen, str(hours)) < chosen.span.end]
    shorter = [(str(hours), _("%(count)d h", count=hours)) for hours in lengths]
    form.until.choices = [(WHOLE, whole), *shorter]
    if not _checks_in(chosen):
        del form.here
    return form


def _checks_in(chosen: Vacancy) -> bool:
    """Whether somebody who came would not be rung before they check in."""
    lines = (line for line in parts().settings.lines if chosen.desk in line.desks)
    return chosen.span.start <= now() and any(line.check_in for line in lines)


def _until(chosen: Vacancy, length: Any) -> datetime:
    if length == WHOLE:
        return chosen.span.end
    return chosen.span.start + timedelta(hours=int(length))


def _said(filling: Filling, name: str) -> str:
    words = Words(parts().settings, page_language(), now())
    about = {"name": name, "desk": words.desk(filling.vacancy.desk)}
    if filling.vacancy.span.start > now():
        when = words.span(filling.span.start, filling.span.end)
        return _("%(name)s comes to %(desk)s, %(when)s, and is told.", when=when, **about)
    until = words.clock(filling.span.end)
    if _checks_in(filling.vacancy) and not filling.here:
        return _(
            "%(name)s comes to %(desk)s until %(time)s, is told, and is rung once checked in.",
            time=until,
            **about,
        )
    return _("%(name)s is on duty at %(desk)s until %(time)s, and is told.", time=until, **about)


def _asked_for() -> str:
    return request.form.get("person", "")


def seen_desk(name: str) -> DeskName:
    """The desk of that name, if a line of the reader's is answered there."""
    if not any(name in line.desks for line in seen_settings().lines):
        abort(404)
    return DeskName(name)


def _turn(db: Session) -> Turn:
    return Turn(db, parts().settings, privacy(), now())
