"""Who is away: by week, noted and taken back in one click, with what falls free."""

from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show, show_block
from hotline.console.frame.words.saying import _, _n
from hotline.console.people.absent import absences_shown
from hotline.console.people.awayforms import AwayForm
from hotline.console.people.room import ONE, about, held, people
from hotline.console.people.wording import away_span, week_title
from hotline.handshake.stand_ins.away import (
    Announced,
    Falling,
    TakenBack,
    announce,
    effect,
    seek_for,
    take_back,
)
from hotline.handshake.states import SearchState
from hotline.rosters.week import Week, WeekError, week_of, week_written
from hotline.store import Session
from hotline.store.duty.absences import absence_of
from hotline.store.people.listed import Wanted, names_of
from scheduling.problem import Span

AWAY: Final = "people.show_away"


@people.get("/absences", provide_automatic_options=False)
@allows(Act.SEE_PEOPLE)
def show_away() -> Response:
    """Everybody of the viewer's desks who is away in a week."""
    return _shown(_week(), None)


@people.post("/absences/effect", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS, changes=False)
def show_effect() -> Response:
    """What would fall free: the page, or for htmx that part of it. Nothing is kept."""
    with parts().store.reading() as db:
        form = AwayForm.sent(_choices(db))
        span = form.span()
        found = None if span is None else effect(db, form.person.data, span, now())
    if "HX-Request" in request.headers:
        return show_block("people/effect.html", falls=found)
    return _shown(_week_of(span), form, 200 if span else 400, found)


@people.post("/absences", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def note_absence() -> Response:
    """Somebody is noted as away; for what falls free a stand-in is looked for, if wanted."""
    with parts().store.reading() as db:
        form = AwayForm.sent(_choices(db))
    span = form.span()
    if span is None:
        return _shown(_week(), form, 400)
    code = form.person.data
    with changing() as made:
        held(made.db, code)
        done = announce(made.db, code, span, made.now, seeking=bool(form.seek.data))
        made.record("absence.add", about(code), None, _told(done))
    return _back(code, span, _announced(done))


@people.post("/absences/<int:number>/back", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def forget_absence(number: int) -> Response:
    """Somebody comes after all."""
    with changing() as made:
        absence = absence_of(made.db, number) or abort(404)
        held(made.db, absence.person)
        done = take_back(made.db, parts().settings, number, made.now)
        ended = [search.id for search in done.ended]
        made.record(
            "absence.take-back",
            about(absence.person),
            {"from": absence.span.start.isoformat(), "to": absence.span.end.isoformat()},
            {"searches_ended": ended},
        )
    return _back(absence.person, absence.span, _taken_back(done))


@people.post("/absences/<int:number>/search", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def look_for_stand_ins(number: int) -> Response:
    """Somebody is looked for after all."""
    with changing() as made:
        absence = absence_of(made.db, number) or abort(404)
        held(made.db, absence.person)
        begun = seek_for(made.db, number, made.now)
        made.record("absence.search", about(absence.person), None, {"searches": begun})
    said = (
        _("Stand-ins are being looked for now.")
        if begun
        else _("Somebody is being asked already, or everybody was.")
    )
    return _back(absence.person, absence.span, said)


def _shown(
    week: Week,
    form: AwayForm | None,
    status: int = 200,
    falls: tuple[Falling, ...] | None = None,
) -> Response:
    zone = parts().settings.site.zone
    with parts().store.reading() as db:
        choices = _choices(db)
        shown = absences_shown(db, week.horizon(zone))
    if form is None:
        form = AwayForm.fresh(day=max(week.monday, now().astimezone(zone).date()))
    form.person.choices = [("", _("choose")), *choices]
    return show(
        "people/away.html",
        status,
        week=week,
        title=week_title(week),
        this_week=week_of(now(), zone),
        shown=shown,
        form=form,
        falls=falls,
        states=SearchState,
        away_span=away_span,
        now=now(),
    )


def _choices(db: Session) -> list[tuple[str, str]]:
    wanted = Wanted(viewer().account.desks or None)
    return [(code, f"{name} ({code})") for code, name in names_of(db, wanted, now())]


def _announced(done: Announced) -> str:
    name, duties = done.absence.name, len(done.falls)
    if not duties:
        return _("Noted: %(name)s is away. No published duty falls free.", name=name)
    fallen = _n(
        "Noted: %(name)s is away, and one published duty falls free.",
        "Noted: %(name)s is away, and %(num)d published duties fall free.",
        duties,
        name=name,
    )
    sought = _("Stand-ins are being looked for now.")
    return f"{fallen} {sought if done.sought else _nobody_sought()}"


def _nobody_sought() -> str:
    return _("Nobody is being looked for.")


def _taken_back(done: TakenBack) -> str:
    said = [_("%(name)s comes after all; what is published counts again.", name=done.absence.name)]
    if done.ended:
        said.append(_("Nobody is looked for any more."))
    if done.filled:
        said.append(_("Whoever stands in already stays promised: undo that in the week."))
    return " ".join(said)


def _told(done: Announced) -> dict[str, object]:
    span = done.absence.span
    return {
        "from": span.start.isoformat(),
        "to": span.end.isoformat(),
        "falls_free": [fall.promise.shift for fall in done.falls],
        "searches": done.sought,
    }


def _back(code: str, span: Span, said: str) -> Response:
    if request.form.get("back") == "person":
        return back_to(ONE, said=said, code=code)
    return back_to(AWAY, said=said, week=str(_week_of(span)))


def _week_of(span: Span | None) -> Week:
    if span is None:
        return _week()
    return week_of(max(span.start, min(now(), span.end)), parts().settings.site.zone)


def _week() -> Week:
    asked = request.values.get("week", "")
    if not asked:
        return week_of(now(), parts().settings.site.zone)
    try:
        return week_written(asked)
    except WeekError:
        abort(404)
