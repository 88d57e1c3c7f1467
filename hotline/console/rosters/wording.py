"""What a rule forbids and what a change does, in the words of a coordinator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.config.settings import Title
from hotline.console.frame.words.ruling import RuleWords
from hotline.console.frame.words.saying import _, _l
from hotline.console.frame.words.wording import Words
from hotline.rosters.by_hand.editing import Choice
from hotline.rosters.by_hand.laid_out import LaidOut
from hotline.rosters.by_hand.steps import EditKind, LoggedEdit
from scheduling.problem import Shift
from scheduling.roster import Breach
from scheduling.telling.difference import CoverChange
from scheduling.telling.levels import Level

HOUR: Final = timedelta(hours=1)
LEVELS: Final[Mapping[Level, LazyString]] = {
    Level.FLOORS: _l("Floor"),
    Level.TARGETS: _l("Target and promises"),
    Level.FAIRNESS: _l("Fairness"),
    Level.WISHES: _l("Wishes"),
}


@dataclass(frozen=True)
class Told:
    """One thing that a change does. good, bad: neither is a plain fact."""

    words: str
    good: bool = False
    bad: bool = False


class RosterWords:
    """Names of people, shifts and desks, and what changes do to them."""

    def __init__(self, words: Words, laid: LaidOut) -> None:
        """laid: the week that is spoken of."""
        self.words = words
        self.names = laid.names
        self.rules = RuleWords(words, laid.names)
        self.desks: Mapping[str, Title] = {d.name: d.title for d in words.settings.desks}
        asked = [s for draft in laid.drafts.values() for s in draft.sheet.problem.shifts]
        shown = [shift for at in laid.desks for shift in at.shifts]
        self.shifts = {shift.id: shift for shift in (*asked, *shown)}

    def person(self, code: str) -> str:
        """What somebody is called; the code of whom nobody knows any more."""
        return self.names.get(code, code)

    def desk(self, name: str) -> str:
        """What a desk is called."""
        title = self.desks.get(name)
        return self.words.title(title) if title else name

    def time(self, shift: Shift) -> str:
        """Like `22:00–08:00`; with the weekday where it lasts longer than to the next day."""
        start, end = (at.astimezone(self.words.zone) for at in (shift.span.start, shift.span.end))
        return f"{start:%H:%M}–{end:%H:%M}"

    def shift(self, shift: Shift | str) -> str:
        """A shift by its day and time; the id of one that nobody knows any more."""
        known = self.shifts.get(shift) if isinstance(shift, str) else shift
        return self.words.span(known.span.start, known.span.end) if known else str(shift)

    def shift_and_desk(self, shift_id: str) -> str:
        """The same, and at which desk."""
        known = self.shifts.get(shift_id)
        return _(", ").join((self.shift(shift_id), self.desk(known.desk))) if known else shift_id

    def in_shift(self, person: str, shift_id: str) -> str:
        """Somebody in a shift."""
        return f"{self.person(person)} · {self.shift(shift_id)}"

    def date(self, shift_id: str) -> str:
        """The date that a shift belongs to, in ISO."""
        known = self.shifts.get(shift_id)
        return date.fromordinal(known.on).isoformat() if known else ""

    def forbidden(self, breaches: Iterable[Breach], about: str = "") -> tuple[str, ...]:
        """Why a change cannot be made: each reason once. about: who is named beside it already."""
        return tuple(dict.fromkeys(self.rules.sentence(each, about) for each in breaches))

    def forbidding(self, breaches: Iterable[Breach]) -> tuple[str, ...]:
        """The same without who and how much, so that whom the same keeps out stand together."""
        return tuple(dict.fromkeys(self.rules.forbids(each.rule) for each in breaches))

    def details(self, breaches: Iterable[Breach]) -> str:
        """The numbers that go with it."""
        return _("; ").join(dict.fromkeys(filter(None, map(self.rules.detail, breaches))))

    def effect(self, choice: Choice) -> tuple[Told, ...]:
        """What a change does to cover and price, what weighs most first."""
        return (*self._cover(choice.effect.cover), *self._price(choice))

    def step(self, step: LoggedEdit) -> str:
        """What somebody did, and when."""
        edit = step.edit.undone if step.kind is EditKind.UNDO else step.edit
        done = [
            _("%(who)s into %(shift)s", who=self.person(a.person), shift=self.shift(a.shift))
            for a in edit.given
        ]
        done += [
            _("%(who)s out of %(shift)s", who=self.person(a.person), shift=self.shift(a.shift))
            for a in edit.taken
        ]
        done += [
            _("%(who)s pinned to %(shift)s", who=self.person(a.person), shift=self.shift(a.shift))
            for a in edit.pinned
        ]
        done += [
            _(
                "pin of %(who)s in %(shift)s gone",
                who=self.person(a.person),
                shift=self.shift(a.shift),
            )
            for a in edit.unpinned
        ]
        what = _(", ").join(done)
        return _("Taken back: %(what)s", what=what) if step.kind is EditKind.UNDO else what

    def _cover(self, changes: Iterable[CoverChange]) -> Iterator[Told]:
        below: dict[tuple[bool, str | None], float] = {}
        for change in changes:
            hours = change.span.length / HOUR
            floor = max(0, change.floor - change.becomes) - max(0, change.floor - change.was)
            whole = max(0, change.target - change.becomes) - max(0, change.target - change.was)
            for is_floor, heads in ((True, floor), (False, whole - floor)):
                key = (is_floor, change.certificate)
                below[key] = below.get(key, 0) + heads * hours
        for (is_floor, certificate), hours in sorted(
            below.items(), key=lambda each: (not each[0][0], each[0][1] or "")
        ):
            if hours:
                yield self._hours(hours, certificate, is_floor=is_floor)

    def _hours(self, hours: float, certificate: str | None, *, is_floor: bool) -> Told:
        many, opens = f"{abs(hours):g}", hours > 0
        if certificate:
            held = self.words.certificate(certificate)
            words = (
                _("%(hours)s h more without %(held)s", hours=many, held=held)
                if opens
                else _("%(hours)s h more with %(held)s", hours=many, held=held)
            )
        elif is_floor:
            words = (
                _("%(hours)s h more below the floor", hours=many)
                if opens
                else _("%(hours)s h less below the floor", hours=many)
            )
        else:
            words = (
                _("%(hours)s h more below the target", hours=many)
                if opens
                else _("%(hours)s h less below the target", hours=many)
            )
        return Told(words, good=not opens, bad=opens)

    def _price(self, choice: Choice) -> Iterator[Told]:
        points = choice.effect.points
        if points.get("promises kept", 0) > 0:
            yield Told(_("changes what was promised"), bad=True)
        if points.get("above target", 0) > 0:
            yield Told(_("more people than wanted"))
        for level in (Level.FAIRNESS, Level.WISHES):
            many = choice.levels[level]
            if many:
                yield Told(f"{LEVELS[level]} {many:+d}", good=many < 0)
