"""A volunteer as the site knows one: as listed in the CSV, and as stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from hotline.config.settings import DeskName, Language
from hotline.duty import Gender, PersonId
from hotline.notices.ways import EVERY_WAY, Way
from hotline.people.agreement import NOTHING_MORE, Agreement
from hotline.written.availability import Grid
from scheduling.problem import Standing


class Role(StrEnum):
    """What a person may do by telephone and text. A supervisor is told of alarms."""

    VOLUNTEER = "volunteer"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Listed:
    """A row of the CSV. `last_days`: certificate -> last day it is valid, in the site's zone."""

    code: str
    name: str
    address: str
    languages: frozenset[Language]
    desks: frozenset[DeskName]
    availability: Grid
    preferred: Grid
    unwanted: Grid
    shifts_a_week: int
    hours_a_week: float
    nights_a_week: int
    nights_running: int
    supervised_turns: int
    last_days: Mapping[str, date]
    standing: Standing = Standing.FULL
    agreement: Agreement = NOTHING_MORE
    role: Role = Role.VOLUNTEER
    notices: tuple[Way, ...] = EVERY_WAY
    gender: Gender | None = None
    dialects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StoredPerson:
    """A volunteer. `certificates`: name -> first instant it is no longer valid, in UTC."""

    id: PersonId
    code: str
    name: str
    address: str
    languages: frozenset[Language]
    desks: frozenset[DeskName]
    availability: Grid
    preferred: Grid
    unwanted: Grid
    shifts_a_week: int
    hours_a_week: float
    nights_a_week: int
    nights_running: int
    supervised_turns: int
    last_days: Mapping[str, date]
    certificates: Mapping[str, datetime]
    active: bool
    standing: Standing = Standing.FULL
    agreement: Agreement = NOTHING_MORE
    role: Role = Role.VOLUNTEER
    notices: tuple[Way, ...] = EVERY_WAY
    gender: Gender | None = None
    dialects: frozenset[str] = frozenset()

    def listed(self) -> Listed:
        """The row of the CSV that describes this person."""
        return Listed(**{field.name: getattr(self, field.name) for field in fields(Listed)})


@dataclass(frozen=True)
class PeopleFile:
    """A whole CSV, read and found right. `lines`: code -> line of the file, for later complaints.

    zone: the site's, in which a certificate's last day ends.
    """

    people: tuple[Listed, ...]
    lines: Mapping[str, int]
    zone: ZoneInfo
