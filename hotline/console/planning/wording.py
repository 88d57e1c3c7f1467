"""What is said of jobs, gaps, reasons and repairs, in the language of the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Language
from hotline.console.frame.words.ruling import RuleWords, in_period
from hotline.console.frame.words.saying import _, _n
from hotline.console.frame.words.wording import Words
from hotline.planning.found import Eased, FoundRepair, KeptOut, gap_key
from hotline.planning.working import CRASHED, DIED
from hotline.rosters.reasons.told_first import AGREED, Reason
from hotline.rosters.week import Week, week_of
from scheduling.problem import Shift, Span, Unit
from scheduling.repairing.changes import ChangeKind
from scheduling.roster import Gap
from scheduling.rules.personal.absences import Absences
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.caps import MostInPeriod
from scheduling.rules.personal.certificates import OwnDesk, ValidCertificates
from scheduling.rules.personal.days_off import DaysOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.exemptions import Exemptions
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.one_place import OnePlaceAtATime
from scheduling.rules.personal.rest import RestBetweenShifts
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts
from scheduling.rules.team.newcomers import BesideMentor, FewNewcomers
from scheduling.rules.team.pairs import AlwaysTogether, NeverTogether
from scheduling.rules.team.room import RoomInShift

REASONS: Final[Mapping[str, Callable[[], str]]] = {
    OwnDesk.name: lambda: _("at other desks only"),
    Availability.name: lambda: _("not offered for all of it"),
    Absences.name: lambda: _("away"),
    AGREED: lambda: _("would give more than agreed"),
    MostShifts.name: lambda: _("would give more than agreed"),
    MostHours.name: lambda: _("would give more than agreed"),
    MostNights.name: lambda: _("would give more than agreed"),
    MostInPeriod.name: lambda: _("would give more than agreed"),
    NightsRunning.name: lambda: _("too many nights running"),
    DaysRunning.name: lambda: _("too many days running"),
    DaysOff.name: lambda: _("would lose the days off in that week"),
    RestBetweenShifts.name: lambda: _("has to rest"),
    OnePlaceAtATime.name: lambda: _("in another shift"),
    RoomInShift.name: lambda: _("the shift is full"),
    Exemptions.name: lambda: _("exempt from it"),
    FewNewcomers.name: lambda: _("too many newcomers there already"),
    BesideMentor.name: lambda: _("no mentor beside them"),
    NeverTogether.name: lambda: _("never sits together with somebody there"),
    AlwaysTogether.name: lambda: _("comes only together with somebody who is not there"),
}
UNITS: Final[Mapping[str, Callable[[Mapping[str, str]], str]]] = {
    MostShifts.name: lambda limits: _("%(becomes)s instead of %(was)s shifts", **limits),
    MostHours.name: lambda limits: _("%(becomes)s instead of %(was)s h", **limits),
    MostNights.name: lambda limits: _("%(becomes)s instead of %(was)s nights", **limits),
    NightsRunning.name: lambda limits: _("%(becomes)s instead of %(was)s nights running", **limits),
    DaysRunning.name: lambda limits: _("%(becomes)s instead of %(was)s days running", **limits),
    DaysOff.name: lambda limits: _("%(becomes)s instead of %(was)s days off in a row", **limits),
    RestBetweenShifts.name: lambda limits: _("%(becomes)s instead of %(was)s h of rest", **limits),
}
CAPS: Final[Mapping[Unit, Callable[[Mapping[str, str]], str]]] = {  # what an agreement counts
    Unit.SHIFTS: UNITS[MostShifts.name],
    Unit.HALF_HOURS: UNITS[MostHours.name],
    Unit.NIGHTS: UNITS[MostNights.name],
    Unit.FULL_DAYS: lambda limits: _("%(becomes)s instead of %(was)s 24-hour duties", **limits),
    Unit.WEEKENDS: lambda limits: _("%(becomes)s instead of %(was)s weekends", **limits),
}
TOGETHER: Final[Mapping[str, Callable[[str], str]]] = {  # of the other of two people
    NeverTogether.name: lambda who: _("never sits together with %(who)s, who is there", who=who),
    AlwaysTogether.name: lambda who: _(
        "comes only together with %(who)s, who is not there", who=who
    ),
}
FAILURES: Final[Mapping[str, Callable[[], str]]] = {
    DIED: lambda: _("Every process that tried it died. Is memory short on the server?"),
    CRASHED: lambda: _("A fault of the program ended it. It is in the log."),
    "AskError": lambda: _("A desk has no shifts, or nobody may sit at it yet."),
    "PinClashError": lambda: _(
        "The pins cannot all be kept. Let one go in the week, and try again."
    ),
    "ReopenError": lambda: _(
        "Meanwhile somebody began a draft of this week, or published it. Look at it as it is now."
    ),
    "OutOfReachError": lambda: _("The machines that build rosters cannot be reached."),
    "ExplainError": lambda: _("There is no roster that was built here."),
    "RehearsalRefusedError": lambda: _("There is no roster to rehearse."),
    "ForecastError": lambda: _("Nothing says yet how many calls to expect."),
}


def failure_said(said: str | None) -> str:
    """Why a job came to nothing. said: as it is kept."""
    kind = (said or "").partition(":")[0]
    return FAILURES.get(kind, lambda: _("It came to nothing."))()


@dataclass(frozen=True)
class PlanWords:
    """The words of one page. names: of people, by code."""

    words: Words
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, codes: Iterable[str]) -> str:
        """People by name; a code that is nobody's any more stands for itself."""
        comma = "、" if self.words.language is Language.ZH else ", "
        return comma.join(self.names.get(code, code) for code in codes)

    def desk(self, name: str) -> str:
        """A desk by its title."""
        desk = self.words.settings.desk(name)
        return self.words.title(desk.title) if desk else name

    def shift(self, shift: Shift) -> str:
        """When, and at which desk."""
        return f"{self.span(shift.span)} {self.desk(shift.desk)}"

    def span(self, span: Span) -> str:
        """From when to when."""
        return self.words.span(span.start, span.end)

    def week_of(self, at: datetime) -> Week:
        """The week whose roster is meant by an instant."""
        return week_of(at, self.words.zone)

    def gap_key(self, gap: Gap) -> str:
        """Where a gap stands on the page of gaps."""
        return gap_key(gap)

    def missing(self, gap: Gap) -> str:
        """How many, and with what."""
        if gap.certificate == "standby":
            return _n("%(num)d person on standby", "%(num)d people on standby", gap.missing)
        if gap.certificate:
            return _n(
                "%(num)d person with %(certificate)s",
                "%(num)d people with %(certificate)s",
                gap.missing,
                certificate=self.words.certificate(gap.certificate),
            )
        return _n("%(num)d person", "%(num)d people", gap.missing)

    def reasons(self, group: KeptOut) -> str:
        """What keeps these people out."""
        return " · ".join(map(self._reason, group.reasons))

    def kept_out(self, group: KeptOut, most: int) -> str:
        """Who they are, the first `most` of them, each with the time or number that matters."""
        rules = RuleWords(self.words, self.names)
        details = group.details or ((),) * len(group.people)
        said = []
        for code, refusals in zip(group.people[:most], details, strict=False):
            why = _("; ").join(filter(None, map(rules.detail, refusals)))
            name = self.called([code])
            said.append(_("%(name)s (%(why)s)", name=name, why=why) if why else name)
        comma = "、" if self.words.language is Language.ZH else ", "
        return comma.join(said)

    def change(self, repair: FoundRepair) -> str:
        """What to ask of whom."""
        people = self.called(repair.people)
        when = self.shift(repair.takes) if repair.takes else ""
        left = self.shift(repair.leaves) if repair.leaves else ""
        match repair.kind:
            case ChangeKind.ASK if not repair.eased:
                return _("%(people)s is free: %(when)s", people=people, when=when)
            case ChangeKind.ASK:
                return _("Ask %(people)s to come at a time not offered: %(when)s",
                         people=people, when=when)  # fmt: skip
            case ChangeKind.MOVE:
                return _("Move %(people)s from %(left)s to %(when)s",
                         people=people, left=left, when=when)  # fmt: skip
            case ChangeKind.EXTEND:
                return _("Ask %(people)s for a longer shift: %(when)s",
                         people=people, when=when)  # fmt: skip
            case ChangeKind.RELAX:
                return _("Ask %(people)s for more than agreed (%(eased)s): %(when)s",
                         people=people, eased=self._all(repair), when=when)  # fmt: skip
            case _:
                return _("Train %(people)s: %(eased)s",
                         people=people, eased=self._all(repair))  # fmt: skip

    def hours(self, halves: int) -> str:
        """So many half hours of a person, as hours."""
        return f"{halves / 2:g}"

    def length(self, length: timedelta) -> str:
        """In hours."""
        return f"{length / timedelta(hours=1):g}"

    def failure(self, said: str | None) -> str:
        """Why a job came to nothing."""
        return failure_said(said)

    def _reason(self, reason: Reason) -> str:
        if reason.rule == ValidCertificates.name:
            name = self.words.certificate(reason.about)
            if reason.dated:
                return _("%(certificate)s, but not for all of it", certificate=name)
            return _("lacks %(certificate)s", certificate=name)
        if reason.about and reason.rule in TOGETHER:
            return TOGETHER[reason.rule](self.called([reason.about]))
        known = REASONS.get(reason.rule)
        return known() if known else _("a rule forbids it")

    def _all(self, repair: FoundRepair) -> str:
        """How far rules yield; where two people are asked, to whom."""
        if len(repair.people) == 1:
            return _("; ").join(map(self._eased, repair.eased))
        mine = {who: [e for e in repair.eased if e.person == who] for who in repair.people}
        return _("; ").join(
            _("%(who)s: %(what)s", who=self.called([who]), what=_(", ").join(map(self._eased, its)))
            for who, its in mine.items()
        )

    def _eased(self, eased: Eased) -> str:
        if eased.about is not None:
            return _("holds %(certificate)s", certificate=self.words.certificate(eased.about))
        limits = {"becomes": f"{eased.becomes or 0:g}", "was": f"{eased.was or 0:g}"}
        if eased.cap is None:
            return UNITS[eased.rule](limits)
        return f"{in_period(eased.cap)}{CAPS[eased.cap.unit](limits)}"
