"""What an operator may set about a line's questions, and about services of others."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from hotline.config.titles import Title, Weekday


@dataclass(frozen=True)
class Asks:
    """What a line asks its callers before they wait. What is left out is not asked."""

    language: bool | None = None  # which of the line's languages
    minors: str | None = None  # whether under 18; the certificate of whoever then answers
    gender: bool | None = None  # whether a woman or a man shall answer
    dialects: tuple[str, ...] | None = None  # names of dialects to choose from


@dataclass(frozen=True)
class OpenHours:
    """A stretch in which a partner answers, site time."""

    days: tuple[Weekday, ...]  # it starts on
    start: time
    end: time  # equal to start: 24 hours; earlier: the next day


class Audience(StrEnum):
    """Whom a line is made for."""

    PUPIL = "pupil"
    PARENT = "parent"
    STUDENT = "student"


class PartnerKind(StrEnum):
    """What a partner does, for those that a conversation can be handed over to."""

    GOVERNMENT = "government"  # such as 12345, with a work-order number
    POLICE = "police"
    AMBULANCE = "ambulance"
    HOSPITAL = "hospital"  # a green channel


@dataclass(frozen=True)
class Partner:
    """A service of others that callers can be put through to. hours None: day and night.

    kind: None, and volunteers hand no conversation over to it.
    """

    name: str
    title: Title
    address: str  # tel: or sip:
    hours: tuple[OpenHours, ...] | None = None
    kind: PartnerKind | None = None
