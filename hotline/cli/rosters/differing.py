"""How two rosters differ: who gains, who loses, whose rest shrinks, which gaps open or close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hotline.cli.printing import day_and_time, from_to
from scheduling.problem import Shift
from scheduling.roster import Assignment
from scheduling.telling.costs import ByWish, added, by_level
from scheduling.telling.difference import CoverChange, Difference, ShorterRest
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class Telling:
    """Whom and what is spoken of. names: of people, by code; shifts: by id, longer ones too."""

    zone: ZoneInfo
    names: Mapping[str, str]
    shifts: Mapping[str, Shift]

    def called(self, person: str) -> str:
        """Name and code; a code that is nobody's any more stands for itself."""
        name = self.names.get(person)
        return f"{name} ({person})" if name else person

    def when(self, shift: str) -> str:
        """A shift by desk and name, and its time; only its id where nobody knows it any more."""
        known = self.shifts.get(shift)
        return f"{shift}, {from_to(known.span, self.zone)}" if known else shift


def show_difference(out: Console, told: Difference, telling: Telling, indent: int = 2) -> None:
    """A line for each person and each stretch of cover, and the price by level."""
    for line in (*_people(told, telling), *_cover(told, telling), *_prices(told)):
        out.print(Padding(Text(line), (0, 0, 0, indent), expand=False))


def difference_document(told: Difference, telling: Telling) -> dict[str, object]:
    """The same as it stands in JSON; before and after stand in this order."""
    return {
        "gained": [_assignment(given, telling) for given in told.gained],
        "lost": [_assignment(given, telling) for given in told.lost],
        "shorter_rests": [_rest_document(rest, telling) for rest in told.shorter_rests],
        "cover": [cover_document(change) for change in told.cover],
        "missing": [{"floor": each.floor, "target": each.target} for each in told.missing],
        "price_by_wish": [dict(points) for points in told.points],
        "price_by_level": [levels_document(points) for points in told.points],
    }


def cover_document(change: CoverChange) -> dict[str, object]:
    """A stretch with other heads than before, as it stands in JSON."""
    return {
        "desk": change.desk,
        "from": change.span.start.isoformat(),
        "to": change.span.end.isoformat(),
        "certificate": change.certificate,
        "floor": change.floor,
        "target": change.target,
        "was": change.was,
        "becomes": change.becomes,
    }


def levels_document(points: ByWish) -> dict[str, int]:
    """The points of each level, by its name."""
    return {level.title: many for level, many in zip(Level, by_level(points), strict=True)}


def cover_told(change: CoverChange, zone: ZoneInfo) -> str:
    """Like "suzhou Sat 28 Nov 18:00-22:00: 2 instead of 1, floor 2, target 2"."""
    held = f" with {change.certificate}" if change.certificate else ""
    return (
        f"{change.desk} {from_to(change.span, zone)}: {change.becomes}{held} instead of "
        f"{change.was}, floor {change.floor}, target {change.target}"
    )


def _people(told: Difference, telling: Telling) -> Iterator[str]:
    for sign, given in (("+", told.gained), ("-", told.lost)):
        for each in given:
            yield f"{sign} {telling.called(each.person)} {telling.when(each.shift)}"
    for rest in told.shorter_rests:
        was = f"instead of {_hours(rest.was)} h" if rest.was else "where there was no other shift"
        yield (
            f"{telling.called(rest.person)} rests {_hours(rest.becomes)} h before "
            f"{day_and_time(rest.before.span.start, telling.zone)}, {was}"
        )


def _cover(told: Difference, telling: Telling) -> Iterator[str]:
    for change in sorted(told.cover, key=lambda each: each.opens):
        yield f"{_verb(change)} {cover_told(change, telling.zone)}"


def _verb(change: CoverChange) -> str:
    if change.opens:
        return "opens" if change.was >= change.target else "widens"
    return "closes" if change.becomes >= change.target else "narrows"


def _prices(told: Difference) -> Iterator[str]:
    more = added(*told.points)
    before, after = (by_level(points) for points in told.points)
    for level, was, becomes in zip(Level, before, after, strict=True):
        if was != becomes:
            yield f"{level.title} {was} -> {becomes} points"
    if more:
        yield ", ".join(f"{name} {points:+}" for name, points in more.items())


def _assignment(given: Assignment, telling: Telling) -> dict[str, object]:
    shift = telling.shifts.get(given.shift)
    return {
        "person": given.person,
        "name": telling.names.get(given.person, given.person),
        "shift": given.shift,
        "from": shift.span.start.isoformat() if shift else None,
        "to": shift.span.end.isoformat() if shift else None,
    }


def _rest_document(rest: ShorterRest, telling: Telling) -> dict[str, object]:
    return {
        "person": rest.person,
        "name": telling.names.get(rest.person, rest.person),
        "before": rest.before.id,
        "hours_were": rest.was / timedelta(hours=1) if rest.was is not None else None,
        "hours_become": rest.becomes / timedelta(hours=1),
    }


def _hours(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):g}"
