"""What a notice tells of: kept as facts, and worded when it is sent, for whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.config.settings import DeskName, LineName


@dataclass(frozen=True)
class At:
    """An instant."""

    instant: datetime


@dataclass(frozen=True)
class AtDesk:
    """A desk."""

    desk: DeskName


@dataclass(frozen=True)
class OnLine:
    """A line."""

    line: LineName


@dataclass(frozen=True)
class Phrases:
    """Phrases by their keys, one after another."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Duties:
    """When somebody is on duty, and where."""

    each: tuple[tuple[At, AtDesk], ...]


Fact = str | int | At | AtDesk | OnLine | Phrases | Duties
Facts = Mapping[str, Fact]


def fact_written(fact: Fact) -> Any:
    """As JSON has it."""
    match fact:
        case At(instant):
            return {"at": instant.isoformat()}
        case AtDesk(desk):
            return {"desk": desk}
        case OnLine(line):
            return {"line": line}
        case Phrases(keys):
            return {"phrases": list(keys)}
        case Duties(each):
            return {"duties": [[at.instant.isoformat(), where.desk] for at, where in each]}
    return fact


def fact_read(written: Any) -> Fact:
    """The same back. What was posted before there were facts is text."""
    match written:
        case {"at": at}:
            return At(datetime.fromisoformat(at))
        case {"desk": desk}:
            return AtDesk(DeskName(desk))
        case {"line": line}:
            return OnLine(LineName(line))
        case {"phrases": keys}:
            return Phrases(tuple(keys))
        case {"duties": each}:
            return Duties(tuple(_duty(*duty) for duty in each))
    assert isinstance(written, str | int)
    return written


def _duty(at: str, desk: str) -> tuple[At, AtDesk]:
    return At(datetime.fromisoformat(at)), AtDesk(DeskName(desk))
