"""What can be done with what was picked: every place for it, with what that does, before it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hotline.console.frame.words.saying import _
from hotline.console.rosters.room import written
from hotline.console.rosters.table import Load, load_of
from hotline.console.rosters.wording import RosterWords, Told
from hotline.rosters.by_hand.changing import Draft
from hotline.rosters.by_hand.choices import others_for, people_for, places_for, shifts_for
from hotline.rosters.by_hand.editing import Act, Change, Choice, EditError, Sheet, tried
from hotline.rosters.by_hand.laid_out import LaidOut
from scheduling.roster import Assignment

MOST: Final = 40  # choices that are listed: whoever comes after them costs more


@dataclass(frozen=True)
class Option:
    """One thing to do. value: what its button sends; why_not: () means that it may be done.

    forbidding, details: the same in two, what a rule forbids and the numbers that go with it.
    person, day: of the cell of the week's table that it leads to.
    """

    act: str
    label: str
    value: str
    effect: tuple[Told, ...]
    why_not: tuple[str, ...]
    person: str
    day: str
    load: Load | None = None
    forbidding: tuple[str, ...] = ()
    details: str = ""


@dataclass(frozen=True)
class Group:
    """Things of one sort."""

    title: str
    allowed: tuple[Option, ...]
    refused: tuple[tuple[str, tuple[Option, ...]], ...]  # by what forbids them
    more: int = 0  # that may be done, too, and cost more


@dataclass(frozen=True)
class Panel:
    """What was picked. build, version: of the draft; at_once: what needs no other place."""

    title: str
    build: int
    version: int
    pinned: bool = False
    at_once: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether what was picked is not there any more."""
        return not self.build


GONE: Final = Panel("", 0, 0)


@dataclass(frozen=True)
class Panels:
    """What panels are made from."""

    laid: LaidOut
    words: RosterWords

    def asked(self, said: Mapping[str, str]) -> Panel | None:
        """The panel that an address asks for; None: nothing is picked."""
        if said.get("pick") and said.get("of"):
            return self.picked(said["pick"], said["of"])
        if said.get("fill"):
            return self.filling(said["fill"])
        if said.get("add"):
            return self.adding(said["add"], said.get("day", ""))
        return None

    def picked(self, person: str, shift_id: str) -> Panel:
        """Somebody in a shift: where they could go, and who could come instead."""
        draft = self._draft_with(shift_id)
        if draft is None or not _is_there(draft.sheet, person, shift_id):
            return GONE
        sheet = draft.sheet
        pinned = any((p.person, p.shift) == (person, shift_id) for p in sheet.problem.pins)
        acts = (Act.UNPIN if pinned else Act.PIN, Act.REMOVE)
        at_once = tuple(self._option(tried(sheet, Change(a, person, shift_id))) for a in acts)
        groups = (
            self._people(_("Give it to"), others_for(sheet, person, shift_id)),
            self._shifts(_("Move them to"), places_for(sheet, person, shift_id)),
        )
        return self._panel(draft, self.words.in_shift(person, shift_id), at_once, groups, pinned)

    def filling(self, shift_id: str) -> Panel:
        """A shift that somebody is wanted for."""
        draft = self._draft_with(shift_id)
        if draft is None:
            return GONE
        groups = (self._people(_("Who could come"), people_for(draft.sheet, shift_id)),)
        return self._panel(draft, self.words.shift(shift_id), (), groups)

    def adding(self, person: str, day: str) -> Panel:
        """Somebody who may take one more shift. day: an ISO date, or "" for the whole week."""
        drafts = (self.laid.draft_at(at) for at in self.laid.desks)
        mine = (d for d in drafts if d and person in d.sheet.asked.whole.people)
        draft = next(mine, None)
        if draft is None:
            return GONE
        choices = shifts_for(draft.sheet, person)
        on_day = [c for c in choices if not day or self.words.date(c.change.shift) == day]
        groups = (self._shifts(_("What they could take"), on_day),)
        return self._panel(draft, self.words.person(person), (), groups)

    def wanted(self, draft: Draft, change: Change) -> Option | str:
        """A change that somebody wanted, as it is now; or why there is no such thing any more."""
        try:
            return self._option(tried(draft.sheet, change))
        except EditError:
            return _("What you wanted fits no more.")

    def _draft_with(self, shift_id: str) -> Draft | None:
        drafts = (self.laid.draft_at(at) for at in self.laid.desks)
        return next((d for d in drafts if d and shift_id in d.sheet.shifts), None)

    def _panel(
        self,
        draft: Draft,
        title: str,
        at_once: tuple[Option, ...],
        groups: tuple[Group, ...],
        pinned: bool = False,
    ) -> Panel:
        build = draft.build
        return Panel(title, build.number, build.version, pinned, at_once, groups)

    def _people(self, title: str, choices: Sequence[Choice]) -> Group:
        return _group(
            title,
            choices,
            lambda c: self._option(c, self.words.person(_leads_to(c.change)[0])),
        )

    def _shifts(self, title: str, choices: Sequence[Choice]) -> Group:
        def option(choice: Choice) -> Option:
            name = self.words.shift_and_desk(_leads_to(choice.change)[1])
            return replace(self._option(choice, name), load=None)

        return _group(title, choices, option)

    def _option(self, choice: Choice, label: str = "") -> Option:
        change, broken = choice.change, choice.effect.breaches
        person, shift = _leads_to(change)
        return Option(
            act=change.act.value,
            label=label or self.words.in_shift(person, shift),
            value=written(change),
            effect=self.words.effect(choice),
            why_not=self.words.forbidden(broken, person),
            forbidding=self.words.forbidding(broken),
            details=self.words.details(broken),
            person=person,
            day=self.words.date(shift),
            load=load_of(self.laid, person),
        )


def _leads_to(change: Change) -> tuple[str, str]:
    """Who is where after a change."""
    return change.to or (change.person, change.shift)


def _group(title: str, choices: Sequence[Choice], option: Callable[[Choice], Option]) -> Group:
    """Only what is shown is put into words: of three hundred people, most cost more."""
    allowed = [choice for choice in choices if choice.allowed]
    refused: dict[str, list[Option]] = {}
    for forbidden in (option(choice) for choice in choices if not choice.allowed):
        refused.setdefault(_("; ").join(forbidden.forbidding), []).append(forbidden)
    by_reason = tuple((why, tuple(those)) for why, those in refused.items())
    shown = tuple(option(choice) for choice in allowed[:MOST])
    return Group(title, shown, by_reason, max(0, len(allowed) - MOST))


def _is_there(sheet: Sheet, person: str, shift: str) -> bool:
    return Assignment(shift, person) in sheet.result.roster.assignments
