"""What keeps people out of a shift, in a coordinator's words and on the site's clocks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.cli.printing import day_and_time
from hotline.config.settings import Settings
from hotline.people import StoredPerson
from hotline.rosters.reasons.told_first import AGREED, LIMITS, KeptOutGroup, Reason, reason_of
from scheduling.explain import WhyNot
from scheduling.legal.idle import Obstacle
from scheduling.problem import Problem, Rota
from scheduling.roster import Roster
from scheduling.rules import Refusal
from scheduling.rules.personal.absences import Absences
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.certificates import OwnDesk, ValidCertificates
from scheduling.rules.personal.days_off import DaysOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.exemptions import Exemptions
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.one_place import OnePlaceAtATime
from scheduling.rules.personal.rest import RestBetweenShifts
from scheduling.rules.team.newcomers import BesideMentor, FewNewcomers
from scheduling.rules.team.pairs import AlwaysTogether, NeverTogether
from scheduling.rules.team.room import RoomInShift

PHRASES: Final[Mapping[str, tuple[str, str]]] = {  # of one person, of several
    OwnDesk.name: ("sits at other desks only", "sit at other desks only"),
    Availability.name: ("cannot come for all of it", "cannot come for all of it"),
    Absences.name: ("is away", "are away"),
    AGREED: ("would give more than they agreed to",) * 2,
    NightsRunning.name: ("would work too many nights running",) * 2,
    DaysRunning.name: ("would work too many days running",) * 2,
    DaysOff.name: ("would lose the days off in that week",) * 2,
    RestBetweenShifts.name: ("has to rest", "have to rest"),
    OnePlaceAtATime.name: ("is in another shift", "are in another shift"),
    RoomInShift.name: ("finds the shift full", "find the shift full"),
    FewNewcomers.name: ("would be too many newcomers there",) * 2,
    BesideMentor.name: ("would learn there without a mentor",) * 2,
}
ABOUT: Final[Mapping[str, tuple[str, str]]] = {  # the same, of what or whom a reason is about
    Exemptions.name: ("is exempt from {}", "are exempt from {}"),
    NeverTogether.name: ("never sits together with {}", "never sit together with {}"),
    AlwaysTogether.name: ("comes only together with {}", "come only together with {}"),
}
HARD: Final = frozenset(  # the roster cannot help
    {Exemptions.name, ValidCertificates.name, Availability.name, Absences.name}
)
NEAR: Final = timedelta(days=60)


def obstacles_told(obstacles: Iterable[Obstacle]) -> str:
    """What keeps one person out of all shifts, each with the number of shifts, most first."""
    shifts: Counter[str] = Counter()
    for each in obstacles:
        shifts[_obstacle(each)] += each.shifts
    return ", ".join(f"{said} ({count})" for said, count in shifts.most_common())


def _obstacle(obstacle: Obstacle) -> str:
    rule, about = obstacle.rule, obstacle.about
    if rule == ValidCertificates.name:
        return f"holds no valid {about}"
    one, _ = ABOUT.get(rule) or PHRASES[AGREED if rule in LIMITS else rule]
    return one.format(_named(about))


def _named(about: str | None) -> str:
    return "24-hour duty" if about == Rota.FULL_DAYS else str(about)


@dataclass(frozen=True)
class Wording:
    """How the people of one build are spoken of. names: by code."""

    settings: Settings
    names: Mapping[str, str]
    problem: Problem
    roster: Roster

    def name(self, each: WhyNot) -> str:
        """As stored; a code that is nobody's any more stands for itself."""
        return self.names.get(each.person, each.person)

    def sentence(self, refusal: Refusal) -> str:
        """The sentence of a rule, on the site's clocks."""
        return refusal.sentence_by(self._clocks)

    def priced(self, each: WhyNot) -> str:
        """Somebody who could come, and what the whole roster would cost more with them."""
        assert each.points is not None
        more = "more" if each.points >= 0 else "less"
        return f"{self._called(each)} for {abs(each.points)} points {more}"

    def heading(self, group: KeptOutGroup) -> str:
        """How many people the same one or two reasons keep out, and whether others do, too."""
        people = len(group.people)
        said = f"{people} {' and '.join(self._phrase(each, people) for each in group.reasons)}"
        if group.more:
            some = f"{group.more} of them " if group.more < people else ""
            return f"{said}, {some}with more reasons"
        alone = len(group.reasons) == 1 and group.reasons[0].rule != OwnDesk.name
        return f"{said}; nothing else stands in the way" if alone else said

    def people(self, group: KeptOutGroup) -> tuple[str, ...]:
        """A line for each person, or one for all where there is nothing to add to their names.

        Of other desks nobody: they are many, and the heading counts them.
        """
        if group.reasons[0].rule == OwnDesk.name:
            return ()
        told = group.reasons[:1] if group.reasons[0].rule in HARD else group.reasons
        lines = [(self._called(each), self._details(each, told)) for each in group.people]
        if any(details for _, details in lines):
            return tuple(f"{called} {details}".rstrip() for called, details in lines)
        return (", ".join(called for called, _ in lines),)

    def not_asked(self, people: Sequence[StoredPerson]) -> Iterator[str]:
        """Who was not thought of in the build: those who still learn, and those who came since."""
        least = self.settings.scheduling.supervised_turns
        learning = [each for each in people if each.supervised_turns < least]
        since = [each for each in people if each.supervised_turns >= least]
        if learning:
            names = (f"{each.name} ({each.code}) {each.supervised_turns}" for each in learning)
            yield f"{len(learning)} with fewer than {least} supervised turns: {', '.join(names)}"
        if since:
            names = (f"{each.name} ({each.code})" for each in since)
            yield f"{len(since)} not known yet when this was built: {', '.join(names)}"

    def _phrase(self, reason: Reason, people: int) -> str:
        """What a reason says of so many people; of a rule without a phrase here, its name."""
        if reason.rule == ValidCertificates.name:
            return self._lacking(reason, people)
        nameless = PHRASES.get(reason.rule, (f"kept out by {reason.rule}",) * 2)
        one, several = ABOUT.get(reason.rule, nameless)
        return (one if people == 1 else several).format(self._about(reason))

    def _about(self, reason: Reason) -> str:
        """The rota, or the other of two people."""
        about = _named(reason.about)
        return f"{self.names[about]} ({about})" if about in self.names else about

    def _lacking(self, reason: Reason, people: int) -> str:
        name = str(reason.about)
        title = self.settings.certificates.get(name)
        called = f"{name} {title.in_language(self.settings.site.language)}" if title else name
        one, several = ("holds", "hold") if reason.dated else ("lacks", "lack")
        verb = one if people == 1 else several
        return f"{verb} {called}, but not for all of it" if reason.dated else f"{verb} {called}"

    def _details(self, each: WhyNot, told: tuple[Reason, ...]) -> str:
        """What only this person can be told: instants, and how much they give already."""
        mine = [refusal for refusal in each.refusals if reason_of(refusal) in told]
        details = [self._detail(refusal) for refusal in mine]
        return ", ".join(filter(None, details))

    def _detail(self, refusal: Refusal) -> str:
        if refusal.rule in LIMITS:
            return str(refusal.about)
        return self.sentence(refusal) if refusal.at else ""

    def _clocks(self, at: datetime) -> str:
        """The day and time; with its year where that is not obvious."""
        zone = self.settings.site.zone
        if abs(at - self.problem.horizon.start) < NEAR:
            return day_and_time(at, zone)
        return f"{at.astimezone(zone):%d %b %Y %H:%M}"

    def _called(self, each: WhyNot) -> str:
        return f"{self.name(each)} ({each.person})"
