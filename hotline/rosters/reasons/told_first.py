"""Which of the rules that keep a person out of a shift is told first, and of how many people?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scheduling.explain import WhyNot
from scheduling.rules import Refusal
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

HARDEST_FIRST: Final = (  # training takes months, a promise a question, the roster a new build
    OwnDesk.name,
    Exemptions.name,
    ValidCertificates.name,
    Availability.name,
    Absences.name,
    MostInPeriod.name,
    MostNights.name,
    MostHours.name,
    MostShifts.name,
    NightsRunning.name,
    DaysRunning.name,
    DaysOff.name,
    NeverTogether.name,
    AlwaysTogether.name,
    BesideMentor.name,
    FewNewcomers.name,
    RestBetweenShifts.name,
    OnePlaceAtATime.name,
    RoomInShift.name,
)


LIMITS: Final = frozenset({MostInPeriod.name, MostNights.name, MostHours.name, MostShifts.name})
AGREED: Final = "what they agreed to"  # how much they give in a week or longer, told as one reason


@dataclass(frozen=True)
class Reason:
    """What keeps several people out: the name of a rule, or AGREED for any of LIMITS.

    about: the certificate or the desk they lack; dated: each refusal names an instant.
    """

    rule: str
    about: str | None = None
    dated: bool = False


@dataclass(frozen=True)
class KeptOutGroup:
    """Everybody whom the same one or two reasons keep out; more: how many have others, too."""

    reasons: tuple[Reason, ...]
    people: tuple[WhyNot, ...]
    more: int


def hardest_first(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """The refusals with what takes longest to change first; rules unknown here come last."""
    return tuple(sorted(refusals, key=lambda refusal: _place(refusal.rule)))


def reason_of(refusal: Refusal) -> Reason:
    """The reason that a refusal is told under."""
    if refusal.rule in LIMITS:
        return Reason(AGREED)
    about = None if refusal.rule == RestBetweenShifts.name else refusal.about
    return Reason(refusal.rule, about, refusal.at is not None)


def reasons_of(each: WhyNot) -> tuple[Reason, ...]:
    """All that keeps a person out, hardest first; of another desk, nothing else matters."""
    ordered = hardest_first(each.refusals)
    if ordered[0].rule == OwnDesk.name:
        return (Reason(OwnDesk.name),)
    return tuple(dict.fromkeys(map(reason_of, ordered)))


def grouped(kept_out: Iterable[WhyNot]) -> tuple[KeptOutGroup, ...]:
    """People by the two reasons that are hardest to change; who is nearest comes first."""
    groups: dict[tuple[Reason, ...], list[WhyNot]] = {}
    for each in sorted(kept_out, key=lambda one: (len(reasons_of(one)), one.person)):
        groups.setdefault(reasons_of(each)[:2], []).append(each)
    return tuple(
        KeptOutGroup(reasons, tuple(people), sum(len(reasons_of(one)) > 2 for one in people))
        for reasons, people in sorted(groups.items(), key=lambda group: _nearness(group[0]))
    )


def _nearness(reasons: tuple[Reason, ...]) -> tuple[int, int, tuple[int, ...], str]:
    """Whom the roster alone keeps out before whom their promises do, and one reason before two."""
    places = tuple(_place(reason.rule) for reason in reasons)
    return -places[0], len(places), places[1:], reasons[0].about or ""


def _place(rule: str) -> int:
    """Where a rule stands in HARDEST_FIRST; one that is unknown here comes last."""
    known = MostInPeriod.name if rule == AGREED else rule
    return HARDEST_FIRST.index(known) if known in HARDEST_FIRST else len(HARDEST_FIRST)
