"""What a people CSV says, or every row that is wrong with its line number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.people.cells import COLUMNS, unguarded
from hotline.people.faults import Fault, FaultKind, PeopleError
from hotline.people.in_chinese import COLUMN_OF, cell_in_english
from hotline.people.person import Listed, PeopleFile
from hotline.written.flaws import Flaw, FlawKind
from hotline.written.sheets import Row, Sheet, SheetError, bytes_of, miscounted, sheet


def people_from(path: Path, settings: Settings) -> PeopleFile:
    """The people of a file; raises PeopleError, also where it cannot be read."""
    try:
        content = bytes_of(path)
    except SheetError as error:
        raise PeopleError(map(_whole, error.flaws)) from None
    return read_people(content, settings)


def read_people(content: bytes, settings: Settings) -> PeopleFile:
    """The people of the bytes of a CSV or XLSX file. Raises PeopleError naming every bad row."""
    file = _sheet(content)
    faults = list(map(_whole, file.broken))
    people = [(row.line, _person(row, file.names, settings, faults)) for row in file.rows]
    faults += _duplicates(file.rows, file.names)
    if not file.rows and not file.broken:
        said = "The file has a first line and nobody below it."
        faults.append(_whole(Flaw(FlawKind.HEADER_ALONE, said)))
    if faults:
        raise PeopleError(faults)
    listed = tuple(person for _, person in people if person is not None)
    return PeopleFile(
        listed, {person.code: line for line, person in people if person}, settings.site.zone
    )


def person_read(cells: Mapping[str, str], settings: Settings, line: int = 0) -> Listed:
    """The person whom cells by column describe. Raises PeopleError naming every bad column."""
    return Listed(**fields_read(cells, settings, line))


def fields_read(cells: Mapping[str, str], settings: Settings, line: int = 0) -> dict[str, Any]:
    """What some cells by column say of a person. Raises PeopleError naming every bad one."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, cell in cells.items():
        try:
            values[COLUMNS[name].field or name] = COLUMNS[name].read(unguarded(cell), settings)
        except HotlineError as error:
            said = f"{name} {str(error).rstrip('.')}."
            faults.append(Fault(FaultKind.CELL, said, line, name, unguarded(cell)))
    if faults:
        raise PeopleError(faults)
    return values


def _sheet(content: bytes) -> Sheet:
    optional = [name for name, column in COLUMNS.items() if column.optional]
    try:
        return sheet(content, tuple(COLUMNS), optional, COLUMN_OF)
    except SheetError as error:
        raise PeopleError(map(_whole, error.flaws)) from None


def _whole(flaw: Flaw) -> Fault:
    return Fault(FaultKind.FILE, flaw.said, flaw.line, flaw=flaw)


def _person(
    row: Row, names: Sequence[str], settings: Settings, faults: list[Fault]
) -> Listed | None:
    """The person of one row; None if something is wrong, which is added to `faults`."""
    if said := miscounted(row, names):
        faults.append(Fault(FaultKind.COUNT, said, row.line))
        return None
    cells = dict(zip(names, row.cells, strict=True))
    plain = {name: cell_in_english(name, cell) for name, cell in cells.items()}
    try:
        return person_read(plain, settings, row.line)
    except PeopleError as error:
        faults += error.faults
        return None


def _duplicates(rows: Iterable[Row], names: Sequence[str]) -> Iterator[Fault]:
    """Compared as written, so that a row with another fault is still found out."""
    for column in ("code", "address"):
        place = names.index(column)
        seen: dict[str, int] = {}
        for row in rows:
            value = unguarded(row.cells[place]) if place < len(row.cells) else ""
            first = seen.setdefault(value.casefold(), row.line)
            if value and first != row.line:
                said = f"{column} {value!r} stands already on line {first}."
                yield Fault(FaultKind.TWICE, said, row.line, column, value)
