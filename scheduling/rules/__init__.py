"""The policy on one page: what must hold, and what is priced. The order does not matter."""

from typing import Final

from scheduling.rules.absences import Absences
from scheduling.rules.availability import Availability
from scheduling.rules.caps import BelowCommitment, MostInPeriod
from scheduling.rules.certificates import OwnDesk, ValidCertificates
from scheduling.rules.cover import AboveTarget, BelowCertifiedFloor, BelowFloor, BelowTarget
from scheduling.rules.days_off import DaysOff, HalfWeekend, SingleDayOff
from scheduling.rules.days_running import DaysRunning
from scheduling.rules.exemptions import Exemptions
from scheduling.rules.faces import (
    PersonalRule,
    PersonalWish,
    Refusal,
    Rule,
    TeamRule,
    TeamWish,
    Wish,
)
from scheduling.rules.fairness import FairFullDays, FairNights, FairWeekends
from scheduling.rules.load import FairLoad
from scheduling.rules.newcomers import BesideMentor, FewNewcomers
from scheduling.rules.nights_running import NightsRunning
from scheduling.rules.one_place import OnePlaceAtATime
from scheduling.rules.pairs import AlwaysTogether, NeverTogether
from scheduling.rules.pins import Pins
from scheduling.rules.promises import PromisesKept
from scheduling.rules.rest import RestBetweenShifts
from scheduling.rules.room import RoomInShift
from scheduling.rules.short_runs import ShortRunsOfDays, ShortRunsOfNights
from scheduling.rules.staffing import Staffing
from scheduling.rules.times import PreferredTimes, UnwantedTimes
from scheduling.rules.week_limits import MostHours, MostNights, MostShifts

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
