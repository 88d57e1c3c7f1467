"""The policy on one page: what must hold, and what is priced. The order does not matter."""

from typing import Final

from scheduling.rules.faces import (
    PersonalRule,
    PersonalWish,
    Refusal,
    Rule,
    TeamRule,
    TeamWish,
    Wish,
)
from scheduling.rules.personal.absences import Absences
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.caps import BelowCommitment, MostInPeriod
from scheduling.rules.personal.certificates import OwnDesk, ValidCertificates
from scheduling.rules.personal.days_off import DaysOff, HalfWeekend, SingleDayOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.exemptions import Exemptions
from scheduling.rules.personal.load import FairLoad
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.one_place import OnePlaceAtATime
from scheduling.rules.personal.rest import RestBetweenShifts
from scheduling.rules.personal.short_runs import ShortRunsOfDays, ShortRunsOfNights
from scheduling.rules.personal.times import PreferredTimes, UnwantedTimes
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts
from scheduling.rules.reading.staffing import Staffing
from scheduling.rules.team.cover import AboveTarget, BelowCertifiedFloor, BelowFloor, BelowTarget
from scheduling.rules.team.fairness import FairFullDays, FairNights, FairWeekends
from scheduling.rules.team.newcomers import BesideMentor, FewNewcomers
from scheduling.rules.team.pairs import AlwaysTogether, NeverTogether
from scheduling.rules.team.pins import Pins
from scheduling.rules.team.promises import PromisesKept
from scheduling.rules.team.room import RoomInShift

PERSONAL_RULES: Final[tuple[PersonalRule, ...]] = (
    OwnDesk(),
    ValidCertificates(),
    Availability(),
    Exemptions(),
    Absences(),
    OnePlaceAtATime(),
    RestBetweenShifts(),
    MostShifts(),
    MostHours(),
    MostNights(),
    NightsRunning(),
    MostInPeriod(),
    DaysRunning(),
    DaysOff(),
)
TEAM_RULES: Final[tuple[TeamRule, ...]] = (
    RoomInShift(),
    FewNewcomers(),
    BesideMentor(),
    NeverTogether(),
    AlwaysTogether(),
)
RULES: Final[tuple[Rule, ...]] = (*PERSONAL_RULES, *TEAM_RULES, Pins())

PERSONAL_WISHES: Final[tuple[PersonalWish, ...]] = (
    UnwantedTimes(),
    PreferredTimes(),
    FairNights(),
    FairFullDays(),
    FairWeekends(),
    FairLoad(),
    PromisesKept(),
    BelowCommitment(),
    ShortRunsOfDays(),
    ShortRunsOfNights(),
    SingleDayOff(),
    HalfWeekend(),
)
TEAM_WISHES: Final[tuple[TeamWish, ...]] = (
    BelowFloor(),
    BelowTarget(),
    AboveTarget(),
    BelowCertifiedFloor(),
)
WISHES: Final[tuple[Wish, ...]] = (*TEAM_WISHES, *PERSONAL_WISHES)

__all__ = [
    "PERSONAL_RULES",
    "PERSONAL_WISHES",
    "RULES",
    "TEAM_RULES",
    "TEAM_WISHES",
    "WISHES",
    "PersonalRule",
    "PersonalWish",
    "Refusal",
    "Rule",
    "Staffing",
    "TeamRule",
    "TeamWish",
    "Wish",
]
