"""What waits for a coordinator: swaps, absences and searches for stand-ins, with their effect."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Settings
from hotline.handshake.stand_ins.away import Falling, falling
from hotline.handshake.states import SearchState
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.facts import AskError
from hotline.store import Session
from hotline.store.duty.absences import Absence, absences_between
from hotline.store.duty.promises import promises, promises_to
from hotline.store.duty.questions import Question, questions_of
from hotline.store.duty.standins import Search, searches_open
from hotline.store.duty.swaps import swaps_open
from hotline.swaps.judging import Effect, Move, effect
from hotline.swaps.offering import effect_of
from hotline.swaps.reading import Weeks, weeks_around
from hotline.swaps.resting import Turned, turned
from hotline.swaps.settling import still_held
from hotline.swaps.states import SwapState
from hotline.swaps.swap import Swap
from scheduling.problem import Span

AHEAD: Final = timedelta(days=35)
NEWLY: Final = timedelta(days=3)  # an absence noted longer ago is no news
UNDER_WAY: Final = (SearchState.SEARCHING, SearchState.FAILED, SearchState.FOUND)


@dataclass(frozen=True)
class SwapAsked:
    """A swap with what it does; effect: None where that cannot be told any more.

    mine: the desks for which the reader is to approve; others: those of somebody else.
    """

    swap: Swap
    effect: Effect | None
    people: tuple[Turned, ...]
    mine: frozenset[DeskName]

    @property
    def others(self) -> frozenset[DeskName]:
        """The desks for which somebody else has to approve."""
        return self.swap.unapproved - self.mine

    @property
    def agreed(self) -> bool:
        """Whether both people want it; else the partner has not answered."""
        return self.swap.state is SwapState.AGREED

    @property
    def waits(self) -> bool:
        """Whether the reader decides it now."""
        return self.agreed and bool(self.mine)


@dataclass(frozen=True)
class DutyFree:
    """A duty that falls free by an absence. effect: of nobody coming; search: for a stand-in."""

    falling: Falling
    effect: Effect | None
    search: Search | None


@dataclass(frozen=True)
class AbsenceTold:
    """An absence that was reported lately and meets published duties."""

    absence: Absence
    free: tuple[DutyFree, ...]

    @property
    def unsought(self) -> bool:
        """Whether for one of them nobody is looked for."""
        return any(each.search is None for each in self.free)


@dataclass(frozen=True)
class SearchGoing:
    """A search, and everybody who was asked in it."""

    search: Search
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Inbox:
    """All of it; what waits for a decision comes first."""

    swaps: tuple[SwapAsked, ...]
    absences: tuple[AbsenceTold, ...]
    searches: tuple[SearchGoing, ...]

    @property
    def count(self) -> int:
        """How many things want a decision."""
        return sum(each.waits for each in self.swaps) + sum(a.unsought for a in self.absences)


def inbox(db: Session, settings: Settings, desks: Collection[DeskName], now: datetime) -> Inbox:
    """What concerns one of `desks` in the next five weeks. At most fourteen queries."""
    ahead = Span(now, now + AHEAD)
    swaps = tuple(s for s in swaps_open(db) if any(x.desk in desks for x in s.terms.shifts))
    searches = tuple(s for s in searches_open(db, now) if s.desk in desks)
    held = promises(db, ahead)
    told = tuple(
        (each, mine)
        for each in absences_between(db, ahead)
        if each.noted_at > now - NEWLY
        and (mine := tuple(f for f in _falls(held, each, now) if f.promise.desk in desks))
    )
    weeks = _weeks(db, settings, swaps, (f for _, falls in told for f in falls))
    going = [s for s in searches if s.state in UNDER_WAY]
    asked = questions_of(db, [s.id for s in going]) if going else ()
    return Inbox(
        tuple(sorted((_swap(weeks, each, desks) for each in swaps), key=_waiting_first)),
        tuple(_absence(weeks, each, falls, searches) for each, falls in told),
        tuple(SearchGoing(s, tuple(q for q in asked if q.search == s.id)) for s in going),
    )


def waiting(db: Session, desks: Collection[DeskName], span: Span, now: datetime) -> int:
    """How many swaps and absences within a stretch want a decision. Two queries, or five."""
    swaps = sum(
        swap.state is SwapState.AGREED
        and not swap.unapproved.isdisjoint(desks)
        and any(shift.desk in desks and shift.span.meets(span) for shift in swap.terms.shifts)
        for swap in swaps_open(db)
    )
    news = [each for each in absences_between(db, span) if each.noted_at > now - NEWLY]
    if not news:
        return swaps
    held = promises_to(db, span, {each.person for each in news})
    searches = searches_open(db, now)
    return swaps + sum(_is_unsought(held, each, desks, searches, now) for each in news)


def _is_unsought(
    held: Iterable[Promise],
    absence: Absence,
    desks: Collection[DeskName],
    searches: Sequence[Search],
    now: datetime,
) -> bool:
    falls = (fall for fall in _falls(held, absence, now) if fall.promise.desk in desks)
    return any(_search_for(fall.promise, searches) is None for fall in falls)


def _waiting_first(each: SwapAsked) -> tuple[bool, datetime]:
    return not each.waits, each.swap.until


def _falls(held: Iterable[Promise], absence: Absence, now: datetime) -> Iterator[Falling]:
    return falling(held, absence.person, absence.span, now)


def _weeks(
    db: Session, settings: Settings, swaps: Sequence[Swap], falls: Iterable[Falling]
) -> Weeks | None:
    """All that their effects are told from, read once; None: there is nothing to tell."""
    places = [(fall.promise.desk, fall.promise.span) for fall in falls]
    places += [(shift.desk, shift.span) for swap in swaps for shift in swap.terms.shifts]
    if not places:
        return None
    desks = {desk for desk, _ in places}
    around = Span(min(s.start for _, s in places), max(s.end for _, s in places))
    try:
        return weeks_around(db, settings, desks, around)
    except AskError:
        return None


def _swap(weeks: Weeks | None, swap: Swap, desks: Collection[DeskName]) -> SwapAsked:
    terms, mine = swap.terms, swap.unapproved.intersection(desks)
    known = weeks is not None and {terms.asker.code, terms.partner.code} <= weeks.asked.keys()
    if weeks is None or not known or not still_held(terms, weeks.published):
        return SwapAsked(swap, None, (), mine)
    return SwapAsked(swap, effect_of(weeks, terms), turned(weeks, terms), mine)


def _absence(
    weeks: Weeks | None, absence: Absence, falls: Iterable[Falling], searches: Sequence[Search]
) -> AbsenceTold:
    return AbsenceTold(absence, tuple(_free(weeks, each, searches) for each in falls))


def _free(weeks: Weeks | None, fall: Falling, searches: Iterable[Search]) -> DutyFree:
    p = fall.promise
    return DutyFree(fall, _without(weeks, p), _search_for(p, searches))


def _search_for(p: Promise, searches: Iterable[Search]) -> Search | None:
    """The last one for a stand-in there."""
    mine = [s for s in searches if (s.code, s.desk) == (p.person, p.desk) and s.span.meets(p.span)]
    return mine[-1] if mine else None


def _without(weeks: Weeks | None, promise: Promise) -> Effect | None:
    """What it does if nobody comes."""
    if weeks is None or promise not in weeks.whole:
        return None
    return effect(weeks.problem, weeks.held, [Move(promise.shift, None, promise.person)])
