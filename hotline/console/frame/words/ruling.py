"""What a rule forbids and by how much, in the words of a coordinator and the page's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.console.frame.words.saying import _, _l
from hotline.console.frame.words.wording import Words
from scheduling.problem import Cap, Period, Unit
from scheduling.roster import Amount, Breach
from scheduling.rules import Refusal
from scheduling.rules.personal.rest import RESTED

FORBIDS: Final[Mapping[str, LazyString]] = {  # by the name of the rule
    "own desk": _l("does not belong to this desk"),
    "valid certificates": _l("lacks a certificate that the shift asks for"),
    "availability": _l("has not offered this time"),
    "exemptions": _l("is exempt from this kind of duty"),
    "absences": _l("is noted as away then"),
    "one place at a time": _l("is in another shift then"),
    "rest between shifts": _l("would rest too little before or after another shift"),
    "most shifts a week": _l("has given all the shifts agreed for the week"),
    "most hours a week": _l("has given all the hours agreed for the week"),
    "most nights a week": _l("has given all the nights agreed for the week"),
    "nights running": _l("would have too many nights in a row"),
    "most in a period": _l("has given all that was agreed for the period"),
    "days running": _l("would work too many days in a row"),
    "days off in a row": _l("would have too few days off in a row"),
    "room in the shift": _l("the shift has no chair left"),
    "few newcomers": _l("there would be too many newcomers in the shift"),
    "beside a mentor": _l("a newcomer would sit there without a mentor"),
    "never together": _l("two who must never sit together would meet"),
    "always together": _l("one of two who come only together would be alone"),
    "pins": _l("is pinned there; let the pin go first"),
}
UNITS: Final[Mapping[str, Unit]] = {  # what a rule's amounts count
    "most shifts a week": Unit.SHIFTS,
    "most hours a week": Unit.HALF_HOURS,
    "most nights a week": Unit.NIGHTS,
    "nights running": Unit.NIGHTS,
}
Counted = Callable[[str, str], str]
WOULD_BE: Final[Mapping[Unit | None, Counted]] = {
    Unit.SHIFTS: lambda many, most: _("%(many)s shifts, at most %(most)s", many=many, most=most),
    Unit.HALF_HOURS: lambda many, most: _("%(many)s h, at most %(most)s", many=many, most=most),
    Unit.NIGHTS: lambda many, most: _("%(many)s nights, at most %(most)s", many=many, most=most),
    Unit.FULL_DAYS: lambda many, most: _(
        "%(many)s 24-hour duties, at most %(most)s", many=many, most=most
    ),
    Unit.WEEKENDS: lambda many, most: _(
        "%(many)s weekends, at most %(most)s", many=many, most=most
    ),
    None: lambda many, most: _("%(many)s, at most %(most)s", many=many, most=most),
}
HELD: Final[Mapping[Unit | None, Counted]] = {
    Unit.SHIFTS: lambda many, most: _("at %(many)s of %(most)s shifts", many=many, most=most),
    Unit.HALF_HOURS: lambda many, most: _("at %(many)s of %(most)s h", many=many, most=most),
    Unit.NIGHTS: lambda many, most: _("at %(many)s of %(most)s nights", many=many, most=most),
    Unit.FULL_DAYS: lambda many, most: _(
        "at %(many)s of %(most)s 24-hour duties", many=many, most=most
    ),
    Unit.WEEKENDS: lambda many, most: _("at %(many)s of %(most)s weekends", many=many, most=most),
}
LIMITED: Final = frozenset({*UNITS, "most in a period"} - {"nights running"})


@dataclass(frozen=True)
class RuleWords:
    """Rules as one page words them. names: of people, by code."""

    words: Words
    names: Mapping[str, str] = field(default_factory=dict)

    def forbids(self, rule: str) -> str:
        """What a rule forbids, of anybody."""
        return str(FORBIDS.get(rule) or _("a rule forbids it"))

    def sentence(self, breach: Breach, about: str | None = None) -> str:
        """What is forbidden to whom, with its numbers. about: who is named beside it already."""
        what, detail = self.forbids(breach.rule), self.detail(breach)
        said = _("%(what)s (%(detail)s)", what=what, detail=detail) if detail else what
        if breach.person is None or breach.person == about:
            return said
        return _("%(who)s: %(what)s", who=self.person(breach.person), what=said)

    def detail(self, found: Breach | Refusal) -> str:
        """The numbers, the time or the name that a rule goes by; "" where there is none."""
        if found.about and found.rule in self._names:
            return self._names[found.rule](found.about, found.at)
        said = (self._until(found), self._amount(found))
        return _(", ").join(filter(None, said))

    def person(self, code: str) -> str:
        """What somebody is called; the code of whom nobody knows any more."""
        return self.names.get(code, code)

    def _until(self, found: Breach | Refusal) -> str:
        if found.at is None:
            return ""
        at = self.words.moment(found.at)
        match found.rule:
            case "rest between shifts" if found.about == RESTED:
                return _("has to be rested at %(at)s", at=at)
            case "rest between shifts":
                return _("rests until %(at)s", at=at)
            case "absences":
                return _("away until %(at)s", at=at)
        return _("in another shift until %(at)s", at=at)

    def _amount(self, found: Breach | Refusal) -> str:
        amount = found.amount
        if amount is None:
            return ""
        many, most = f"{amount.given:g}", f"{amount.limit:g}"
        match found.rule:
            case "rest between shifts":
                return _("%(many)s h between the two, at least %(least)s", many=many, least=most)
            case "days running":
                return _("%(many)s days, at most %(most)s", many=many, most=most)
            case "days off in a row":
                return _("at least %(least)s days", least=most)
            case "beside a mentor":
                return _("at most %(most)s for each mentor", most=most)
            case "room in the shift" | "few newcomers":
                return _("at most %(most)s", most=most)
        return self._limited(found, amount, (many, most))

    def _limited(self, found: Breach | Refusal, amount: Amount, said: tuple[str, str]) -> str:
        unit = amount.cap.unit if amount.cap else UNITS.get(found.rule)
        held = isinstance(found, Refusal) and found.rule in LIMITED
        counted = (HELD if held else WOULD_BE)[unit](*said)
        return f"{in_period(amount.cap)}{counted}" if amount.cap else counted

    @property
    def _names(self) -> Mapping[str, Callable[[str, datetime | None], str]]:
        """What is said of the one thing a rule is about."""
        return {
            "valid certificates": self._certificate,
            "exemptions": lambda rota, _at: _rota(rota),
            "never together": lambda pair, _at: _(" and ").join(map(self.person, pair.split())),
            "always together": lambda code, _at: _(
                "comes only with %(who)s", who=self.person(code)
            ),
            "own desk": lambda desk, _at: self.words.desk(desk),
        }

    def _certificate(self, name: str, until: datetime | None) -> str:
        called = self.words.certificate(name)
        if until is None:
            return called
        return _("%(certificate)s until %(at)s", certificate=called, at=self.words.moment(until))


def _rota(rota: str) -> str:
    return _("nights") if rota == "nights" else _("24-hour duty")


def in_period(cap: Cap) -> str:
    """Over which stretch a cap counts, before what it counts."""
    if cap.period is Period.WEEK:
        return _("in the week: ")
    if cap.period is Period.MONTH:
        return _("in the month: ")
    return _("in %(days)d days: ", days=cap.days)
