"""Who of the viewer's people is away in a week, and what became of each duty that falls free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hotline.console.frame.asking import now, viewer
from hotline.handshake.deciding import Reason
from hotline.handshake.stand_ins.away import Falling, falling
from hotline.handshake.states import QuestionState, SearchState
from hotline.store import Session
from hotline.store.duty.absences import Absence, absences_between
from hotline.store.duty.promises import promises_to
from hotline.store.duty.questions import questions_of
from hotline.store.duty.standins import Search, searches_between
from hotline.store.people.everybody import people_coded
from scheduling.problem import Span

UNFILLED = (SearchState.SEARCHING, SearchState.FAILED)
FILLED = (SearchState.FOUND, SearchState.SETTLED)


@dataclass(frozen=True)
class Sought:
    """A duty for which somebody is or was looked for. comes: who does, by name."""

    search: Search
    comes: str | None


@dataclass(frozen=True)
class Shown:
    """An absence as the page tells it. open: duties to come for which nobody is looked."""

    absence: Absence
    sought: tuple[Sought, ...]
    open: tuple[Falling, ...]


def absences_shown(db: Session, span: Span) -> list[Shown]:
    """What meets `span`, by start. Eight queries."""
    found = absences_between(db, span)
    seen = [p for p in people_coded(db, {a.person for a in found}) if viewer().sees_any(p.desks)]
    codes = {person.code for person in seen}
    promised = promises_to(db, span, codes)
    searches = [s for s in searches_between(db, span) if s.reason is Reason.CANNOT_COME]
    asked = questions_of(db, [search.id for search in searches])
    comes = {q.search: q.name for q in asked if q.state is QuestionState.AGREED}
    return [
        _shown(
            absence,
            tuple(falling(promised, absence.person, absence.span, now())),
            [s for s in searches if s.code == absence.person and s.span.meets(absence.span)],
            comes,
        )
        for absence in found
        if absence.person in codes
    ]


def _shown(
    absence: Absence,
    falls: tuple[Falling, ...],
    searches: Iterable[Search],
    comes: Mapping[int, str],
) -> Shown:
    """A stand-in whose override was undone comes no more: then the duty is theirs, and open."""
    live = [
        s for s in searches if s.state in UNFILLED or (s.state in FILLED and not _any(falls, s))
    ]
    unsought = (f for f in falls if not any(_same(f, s) for s in live))
    return Shown(absence, tuple(Sought(s, comes.get(s.id)) for s in live), tuple(unsought))


def _any(falls: Iterable[Falling], search: Search) -> bool:
    return any(_same(fall, search) for fall in falls)


def _same(fall: Falling, search: Search) -> bool:
    return fall.promise.desk == search.desk and fall.span.meets(search.span)
