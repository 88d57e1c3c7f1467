"""What does a file of the Shift Scheduling Benchmark Data Sets say?

Source: T. Curtois and R. Qu, University of Nottingham (2014), the text format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from scheduling.formats.instance import Cover, Employee, Instance, Request, ShiftType
from scheduling.formats.sections import FormatError, Line, sections

SECTIONS: Final = (
    "HORIZON",
    "SHIFTS",
    "STAFF",
    "DAYS_OFF",
    "SHIFT_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "COVER",
)
MOST_DAYS: Final = 366
MOST_MINUTES: Final = 48 * 60
STAFF_FIELDS: Final = (
    "id",
    "most shifts",
    "most minutes",
    "least minutes",
    "longest run",
    "shortest run",
    "fewest days off",
    "weekends",
)


@dataclass(frozen=True)
class _Names:
    """What later lines may speak of."""

    days: int
    shifts: frozenset[str]
    staff: frozenset[str] = frozenset()

    def shift(self, line: Line, place: int) -> str:
        return _known(line, line.fields[place], self.shifts, "shift")

    def employee(self, line: Line) -> str:
        return _known(line, line.fields[0], self.staff, "person")

    def day(self, line: Line, place: int) -> int:
        day = line.whole(place, "the day")
        if day >= self.days:
            raise line.error(f"day {day} is beyond the horizon of {self.days} days.")
        return day


def read_file(path: Path) -> Instance:
    """The instance in one file; raises FormatError, with file and line, when it has none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise FormatError(f"{path.name}: can't be read as text: {trouble}.") from trouble
    return read(text, path.name)


def read(text: str, file: str = "the instance") -> Instance:
    """The instance in a text; raises FormatError, with the line, when something is wrong."""
    found = sections(text, file, SECTIONS)
    days = _days(found["HORIZON"], file)
    shifts = _shifts(found["SHIFTS"])
    names = _Names(days, frozenset(shift.id for shift in shifts))
    staff = _staff(found["STAFF"], names)
    names = replace(names, staff=frozenset(person.id for person in staff))
    off = _days_off(found["DAYS_OFF"], names)
    return Instance(
        days,
        shifts,
        tuple(replace(person, days_off=off.get(person.id, frozenset())) for person in staff),
        tuple(_request(line, names) for line in found["SHIFT_ON_REQUESTS"]),
        tuple(_request(line, names) for line in found["SHIFT_OFF_REQUESTS"]),
        _cover(found["COVER"], names),
    )


def _days(lines: Sequence[Line], file: str) -> int:
    if len(lines) != 1:
        raise FormatError(f"{file}: SECTION_HORIZON has {len(lines)} lines, and 1 is wanted.")
    days = lines[0].sized("days").whole(0, "the horizon", 1)
    if days > MOST_DAYS:
        raise lines[0].error(f"a horizon of {days} days; at most {MOST_DAYS} are planned.")
    return days


def _shifts(lines: Sequence[Line]) -> tuple[ShiftType, ...]:
    ids = [_new(line, [earlier.fields[0] for earlier in lines[:n]]) for n, line in enumerate(lines)]
    return tuple(_shift(line, frozenset(ids)) for line in lines)


def _shift(line: Line, ids: frozenset[str]) -> ShiftType:
    line.sized("id", "minutes", "shifts that may not follow")
    minutes = line.whole(1, "the length", 1)
    if minutes > MOST_MINUTES:
        raise line.error(f"a shift of {minutes} minutes; at most {MOST_MINUTES} are planned.")
    after = [name for name in line.fields[2].split("|") if name]
    never = frozenset(_known(line, name, ids, "shift") for name in after)
    return ShiftType(line.fields[0], minutes, never)


def _staff(lines: Sequence[Line], names: _Names) -> tuple[Employee, ...]:
    people = [_employee(line.sized(*STAFF_FIELDS), names) for line in lines]
    for n, line in enumerate(lines):
        _new(line, [earlier.id for earlier in people[:n]])
    return tuple(people)


def _employee(line: Line, names: _Names) -> Employee:
    most = dict(_most(line, text, names) for text in line.fields[1].split("|") if text)
    minutes, least, run, short, off, ends = (line.whole(n, STAFF_FIELDS[n]) for n in range(2, 8))
    return Employee(line.fields[0], most, minutes, least, run, short, off, ends)


def _most(line: Line, text: str, names: _Names) -> tuple[str, int]:
    shift, equals, count = text.partition("=")
    if not equals or not count.isdecimal():
        raise line.error(f"most shifts are written like D=14, not {text!r}.")
    return _known(line, shift, names.shifts, "shift"), int(count)


def _days_off(lines: Sequence[Line], names: _Names) -> Mapping[str, frozenset[int]]:
    off: dict[str, frozenset[int]] = {}
    for line in lines:
        person = names.employee(line)
        days = frozenset(names.day(line, place) for place in range(1, len(line.fields)))
        off[person] = off.get(person, frozenset()) | days
    return off


def _request(line: Line, names: _Names) -> Request:
    line.sized("person", "day", "shift", "weight")
    weight = line.whole(3, "the weight")
    return Request(names.employee(line), names.day(line, 1), names.shift(line, 2), weight)


def _cover(lines: Sequence[Line], names: _Names) -> tuple[Cover, ...]:
    seen: set[tuple[int, str]] = set()
    rows = []
    for line in lines:
        line.sized("day", "shift", "requirement", "weight under", "weight over")
        day, shift = names.day(line, 0), names.shift(line, 1)
        if (day, shift) in seen:
            raise line.error(f"the cover of {shift} on day {day} stands twice.")
        seen.add((day, shift))
        numbers = [line.whole(place, "the cover") for place in (2, 3, 4)]
        rows.append(Cover(day, shift, *numbers))
    return tuple(rows)


def _known(line: Line, name: str, known: frozenset[str], what: str) -> str:
    if name not in known:
        raise line.error(f"there is no {what} {name!r}.")
    return name


def _new(line: Line, earlier: Sequence[str]) -> str:
    if line.fields[0] in earlier:
        raise line.error(f"{line.fields[0]!r} stands twice.")
    return line.fields[0]
