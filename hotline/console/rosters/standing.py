"""How does the week stand: what is drafted, what is missing, and what a rule forbids by now?"""

from collections.abc import Iterator
from dataclasses import dataclass

from hotline.config.settings import Desk
from hotline.rosters.by_hand.changing import Draft
from hotline.rosters.by_hand.laid_out import LaidDesk, LaidOut
from hotline.rosters.states import RosterState
from scheduling.problem import Shift
from scheduling.roster import Breach, Gap


@dataclass(frozen=True)
class OpenGap:
    """A gap, and the shifts that somebody could come to; the one that fills most of it first.

    editable: whether it is of a draft.
    """

    gap: Gap
    shifts: tuple[Shift, ...]
    editable: bool


@dataclass(frozen=True)
class Broken:
    """What breaks a rule by what was learned since, and the shifts of the person that it names."""

    breach: Breach
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class DraftStands:
    """One build's drafts, and what breaks a rule in them by now."""

    draft: Draft
    desks: tuple[Desk, ...]
    broken: tuple[Broken, ...]

    @property
    def below_floor(self) -> float:
        """Hours of people who are missing below the floor, holders of certificates included."""
        prices = self.draft.sheet.problem.prices
        return self._hours(("below floor", "below certified floor"), prices.below_floor)

    @property
    def below_target(self) -> float:
        """The same between floor and target."""
        return self._hours(("below target",), self.draft.sheet.problem.prices.below_target)

    def _hours(self, wishes: tuple[str, ...], price: int) -> float:
        points = sum(self.draft.sheet.result.price_by_wish.get(name, 0) for name in wishes)
        return points / price / 2 if price else 0.0


@dataclass(frozen=True)
class Summary:
    """The desks that are shown, by how far their roster is."""

    drafts: tuple[DraftStands, ...]
    published: tuple[Desk, ...]
    without: tuple[Desk, ...]

    @property
    def to_begin(self) -> tuple[Desk, ...]:
        """Where there is no draft to change."""
        return (*self.published, *self.without)


def summary_of(laid: LaidOut) -> Summary:
    """How far each desk is."""
    by_state = {
        state: tuple(at.desk for at in laid.desks if at.state is state)
        for state in (RosterState.PUBLISHED, None)
    }
    return Summary(tuple(_drafts(laid)), by_state[RosterState.PUBLISHED], by_state[None])


def gaps_of(laid: LaidOut) -> tuple[OpenGap, ...]:
    """What is missing: below the floor first, then by time."""
    found = [_open(at, gap) for at in laid.desks for gap in at.gaps]
    found.sort(key=lambda each: (not each.gap.below_floor, each.gap.span, each.gap.desk))
    return tuple(found)


def _drafts(laid: LaidOut) -> Iterator[DraftStands]:
    for number, draft in laid.drafts.items():
        desks = tuple(
            at.desk for at in laid.desks if at.build == number and at.state is RosterState.DRAFT
        )
        if desks:
            broken = tuple(_broken(draft, breach) for breach in draft.sheet.broken)
            yield DraftStands(draft, desks, broken)


def _broken(draft: Draft, breach: Breach) -> Broken:
    theirs = draft.sheet.known.whole.weeks.get(breach.person or "", ())
    named = (draft.sheet.shifts[each] for each in theirs if each in breach.shifts)
    return Broken(breach, tuple(sorted(named, key=lambda shift: shift.span)))


def _open(at: LaidDesk, gap: Gap) -> OpenGap:
    meeting = [shift for shift in at.shifts if shift.span.meets(gap.span)]
    meeting.sort(key=lambda shift: (-_shared(shift, gap), shift.span))
    return OpenGap(gap, tuple(meeting[:2]), at.state is RosterState.DRAFT)


def _shared(shift: Shift, gap: Gap) -> float:
    start, end = max(shift.span.start, gap.span.start), min(shift.span.end, gap.span.end)
    return (end - start).total_seconds()
