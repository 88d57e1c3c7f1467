"""What a people CSV says, or every row that is wrong with its line number."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.people.cells import COLUMNS, unguarded
from hotline.people.person import Listed, PeopleError, PeopleFile

SEPARATORS: Final = {";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True)
class _Row:
    """A record of the file and the line it begins on."""

    line: int
    cells: tuple[str, ...]


def people_from(path: Path, settings: Settings) -> PeopleFile:
    """The people of a file; raises PeopleError, also where it cannot be read."""
    try:
        return read_people(path.read_bytes(), settings)
    except OSError as error:
        raise PeopleError((f"{path} cannot be read: {error.strerror}.",)) from None


def read_people(content: bytes, settings: Settings) -> PeopleFile:
    """The people of a CSV file's bytes. Raises PeopleError naming every bad row at once."""
    rows, broken = _rows(_decoded(content))
    if not rows and not broken:
        raise PeopleError((f"The file is empty; its first line is {','.join(COLUMNS)}.",))
    if not rows:
        raise PeopleError(tuple(broken))
    header, *records = rows
    names = [cell.strip().lower() for cell in header.cells]
    if problems := list(_about_header(names)):
        raise PeopleError(tuple(problems))
    problems = list(broken)
    people = [(row.line, _person(row, names, settings, problems)) for row in records]
    problems += _duplicates(records, names)
    if not records and not broken:
        problems.append("The file has a first line and nobody below it.")
    if problems:
        raise PeopleError(tuple(sorted(problems, key=_by_line)))
    listed = tuple(person for _, person in people if person is not None)
    return PeopleFile(
        listed, {person.code: line for line, person in people if person}, settings.site.zone
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PeopleError(
            (f"line {line}: not written in UTF-8; in a spreadsheet save it as CSV UTF-8.",)
        ) from None


def _rows(text: str) -> tuple[list[_Row], list[str]]:
    """The rows that are not blank, up to the first that is no CSV, and what is wrong with it."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        return rows, [f"line {line}: no CSV from here on: {error}."]
    return rows, []


def _about_header(names: Sequence[str]) -> Iterator[str]:
    for mark, word in SEPARATORS.items():
        if len(names) == 1 and mark in names[0]:
            yield f"line 1: columns are separated by {word}; save the file with commas."
            return
    needed = (name for name, column in COLUMNS.items() if not column.optional)
    yield from (f"line 1: the column {name} is missing." for name in needed if name not in names)
    yield from _about_columns(names)


def _about_columns(names: Sequence[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if name not in COLUMNS:
            yield f"line 1: the column {name!r} is unknown; known: {', '.join(COLUMNS)}."
        elif times > 1:
            yield f"line 1: the column {name} stands there {times} times."


def _person(
    row: _Row, names: Sequence[str], settings: Settings, problems: list[str]
) -> Listed | None:
    """The person of one row; None if something is wrong, which is added to `problems`."""
    if len(row.cells) != len(names):
        problems.append(
            f"line {row.line}: {len(row.cells)} cells instead of {len(names)}; "
            "a cell with a comma in it stands in double quotes."
        )
        return None
    values: dict[str, Any] = {}
    before = len(problems)
    for name, cell in zip(names, row.cells, strict=True):
        try:
            values[COLUMNS[name].field or name] = COLUMNS[name].read(unguarded(cell), settings)
        except HotlineError as error:
            problems.append(f"line {row.line}: {name} {str(error).rstrip('.')}.")
    return Listed(**values) if len(problems) == before else None


def _duplicates(rows: Iterable[_Row], names: Sequence[str]) -> Iterator[str]:
    """Compared as written, so that a row with another fault is still found out."""
    for column in ("code", "address"):
        place = names.index(column)
        seen: dict[str, int] = {}
        for row in rows:
            value = unguarded(row.cells[place]) if place < len(row.cells) else ""
            first = seen.setdefault(value.casefold(), row.line)
            if value and first != row.line:
                yield f"line {row.line}: {column} {value!r} stands already on line {first}."


def _by_line(problem: str) -> int:
    """Sorts by line; whatever is about the whole file comes first."""
    number = problem.removeprefix("line ").partition(":")[0]
    return int(number) if number.isdecimal() else 0
