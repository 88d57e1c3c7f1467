"""Who is away: by week, noted and taken back in one click, with what falls free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.saying import _, _n
from hotline.console.frame.showing import back_to, show, show_block
from hotline.console.people.awayforms import AwayForm
from hotline.console.people.room import ONE, about, held, people
from hotline.console.people.wording import away_span, week_title
from hotline.handshake.away import (
    Announced,
    Falling,
    TakenBack,
    announce,
    effect,
    falling,
    take_back,
)
from hotline.handshake.deciding import Reason
from hotline.handshake.states import QuestionState, SearchState
from hotline.rosters.week import Week, WeekError, week_of, week_written
from hotline.store import Session
from hotline.store.absences import Absence, absence_of, absences_between
from hotline.store.people import people_coded
from hotline.store.people_listed import Wanted, names_of
from hotline.store.promises import promises_to
from hotline.store.questions import questions_of
from hotline.store.standins import Search, searches_between
from scheduling.problem import Span

AWAY: Final = "people.show_away"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sought:
    """A duty for which somebody is or was looked for. comes: who does, by name."""

    search: Search
    comes: str | None


@dataclass(frozen=True)
class Shown:
    """An absence as the page tells it. open: published duties that still are this person's."""

    absence: Absence
    sought: tuple[Sought, ...]
    open: tuple[Falling, ...]


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


def _shown(
    week: Week,
    form: AwayForm | None,
    status: int = 200,
    falls: tuple[Falling, ...] | None = None,
) -> Response:
    zone = parts().settings.site.zone
    with parts().store.reading() as db:
        choices = _choices(db)
        shown = _absences(db, week.horizon(zone))
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


def _absences(db: Session, span: Span) -> list[Shown]:
    """Five queries."""
    found = absences_between(db, span)
    seen = [p for p in people_coded(db, {a.person for a in found}) if viewer().sees_any(p.desks)]
    codes = {person.code for person in seen}
    promised = promises_to(db, span, codes)
    searches = [s for s in searches_between(db, span) if s.reason is Reason.CANNOT_COME]
    asked = questions_of(db, [search.id for search in searches])
    comes = {q.search: q.name for q in asked if q.state is QuestionState.AGREED}
    return [
        Shown(
            absence,
            tuple(_sought(absence, searches, comes)),
            tuple(falling(promised, absence.person, absence.span, EPOCH)),
        )
        for absence in found
        if absence.person in codes
    ]


def _sought(
    absence: Absence, searches: Iterable[Search], comes: dict[int, str]
) -> Iterable[Sought]:
    for search in searches:
        if search.code == absence.person and search.span.meets(absence.span):
            yield Sought(search, comes.get(search.id))


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
