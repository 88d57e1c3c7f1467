"""What a people CSV says, or every row that is wrong with its line number."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.people.cells import COLUMNS, unguarded
from hotline.people.person import Listed, PeopleError, PeopleFile
from hotline.sheets import Row, by_line, bytes_of, miscounted, sheet


def people_from(path: Path, settings: Settings) -> PeopleFile:
    """The people of a file; raises PeopleError, also where it cannot be read."""
    return read_people(bytes_of(path), settings)


def read_people(content: bytes, settings: Settings) -> PeopleFile:
    """The people of a CSV file's bytes. Raises PeopleError naming every bad row at once."""
    optional = [name for name, column in COLUMNS.items() if column.optional]
    file = sheet(content, tuple(COLUMNS), optional)
    problems = list(file.broken)
    people = [(row.line, _person(row, file.names, settings, problems)) for row in file.rows]
    problems += _duplicates(file.rows, file.names)
    if not file.rows and not file.broken:
        problems.append("The file has a first line and nobody below it.")
    if problems:
        raise PeopleError(tuple(sorted(problems, key=by_line)))
    listed = tuple(person for _, person in people if person is not None)
    return PeopleFile(
        listed, {person.code: line for line, person in people if person}, settings.site.zone
    )


def _person(
    row: Row, names: Sequence[str], settings: Settings, problems: list[str]
) -> Listed | None:
    """The person of one row; None if something is wrong, which is added to `problems`."""
    if said := miscounted(row, names):
        problems.append(said)
        return None
    values: dict[str, Any] = {}
    before = len(problems)
    for name, cell in zip(names, row.cells, strict=True):
        try:
            values[COLUMNS[name].field or name] = COLUMNS[name].read(unguarded(cell), settings)
        except HotlineError as error:
            problems.append(f"line {row.line}: {name} {str(error).rstrip('.')}.")
    return Listed(**values) if len(problems) == before else None


def _duplicates(rows: Iterable[Row], names: Sequence[str]) -> Iterator[str]:
    """Compared as written, so that a row with another fault is still found out."""
    for column in ("code", "address"):
        place = names.index(column)
        seen: dict[str, int] = {}
        for row in rows:
            value = unguarded(row.cells[place]) if place < len(row.cells) else ""
            first = seen.setdefault(value.casefold(), row.line)
            if value and first != row.line:
                yield f"line {row.line}: {column} {value!r} stands already on line {first}."
