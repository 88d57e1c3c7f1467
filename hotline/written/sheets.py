"""What stands in a CSV or XLSX file, row by row, and what is wrong with the file itself?"""

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hotline.errors import HotlineError
from hotline.written.flaws import Flaw, FlawKind
from hotline.written.workbooks import WorkbookError, is_workbook, rows_of_workbook

BOM: Final = "\ufeff"  # without it spreadsheets take Chinese for something else
SEPARATORS: Final = {";": "semicolons", "\t": "tabs"}


class SheetError(HotlineError):
    """The file cannot be imported, and nothing of it was. `problems`: one sentence each.

    flaws: those that are about the file itself.
    """

    def __init__(self, problems: tuple[str, ...], flaws: tuple[Flaw, ...] = ()) -> None:
        super().__init__("\n".join(("Nothing was imported:", *problems)))
        self.problems = problems
        self.flaws = flaws


@dataclass(frozen=True)
class Row:
    """A record of the file and the line it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file with a first line. names: of its columns; broken: why it could not be read on."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Flaw, ...]


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises SheetError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        said = f"{path} cannot be read: {error.strerror}."
        raise _refusal([Flaw(FlawKind.UNREADABLE, said, about=str(path))]) from None


def sheet(
    content: bytes,
    columns: Sequence[str],
    optional: Collection[str] = (),
    called: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """The rows of a CSV or XLSX file that are not blank.

    Raises SheetError if its first line is not `columns`. Other columns than these are refused;
    `optional` ones may be missing. called: columns by what else they may be headed.
    """
    rows, broken = _rows(content)
    if not rows and not broken:
        said = f"The file is empty; its first line is {','.join(columns)}."
        raise _refusal([Flaw(FlawKind.EMPTY, said, about=",".join(columns))])
    if not rows:
        raise _refusal(broken)
    header, *records = rows
    headed = (cell.strip().lower() for cell in header.cells)
    names = tuple(called.get(name, name) for name in headed)
    if flaws := tuple(_about_header(names, columns, optional)):
        raise _refusal(flaws)
    return Sheet(names, tuple(records), tuple(broken))


def miscounted(row: Row, names: Sequence[str]) -> str | None:
    """The sentence for a row that has more or fewer cells than the first line."""
    if len(row.cells) == len(names):
        return None
    return (
        f"{len(row.cells)} cells instead of {len(names)}; "
        "a cell with a comma in it stands in double quotes."
    )


def by_line(problem: str) -> int:
    """Sorts by line; whatever is about the whole file comes first."""
    number = problem.removeprefix("line ").partition(":")[0]
    return int(number) if number.isdecimal() else 0


def _refusal(flaws: Sequence[Flaw]) -> SheetError:
    return SheetError(tuple(map(str, flaws)), tuple(flaws))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        said = "not written in UTF-8; in a spreadsheet save it as CSV UTF-8."
        raise _refusal([Flaw(FlawKind.NOT_UTF8, said, line)]) from None


def _rows(content: bytes) -> tuple[list[Row], list[Flaw]]:
    if not is_workbook(content):
        return _rows_of_text(_decoded(content))
    try:
        rows = rows_of_workbook(content)
    except WorkbookError as error:
        raise _refusal([error.flaw]) from None
    return [Row(line, cells) for line, cells in rows], []


def _rows_of_text(text: str) -> tuple[list[Row], list[Flaw]]:
    """The rows that are not blank, up to the first that is no CSV, and what is wrong with it."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        return rows, [Flaw(FlawKind.NO_CSV, f"no CSV from here on: {error}.", line)]
    return rows, []


def _about_header(
    names: Sequence[str], columns: Sequence[str], optional: Collection[str]
) -> Iterator[Flaw]:
    for mark, word in SEPARATORS.items():
        if len(names) == 1 and mark in names[0]:
            said = f"columns are separated by {word}; save the file with commas."
            yield Flaw(FlawKind.SEPARATED, said, 1)
            return
    for name in columns:
        if name not in names and name not in optional:
            yield Flaw(FlawKind.MISSING, f"the column {name} is missing.", 1, name)
    yield from _about_columns(names, columns)


def _about_columns(names: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    for name, times in Counter(names).items():
        if name not in columns:
            said = f"the column {name!r} is unknown; known: {', '.join(columns)}."
            yield Flaw(FlawKind.UNKNOWN, said, 1, name)
        elif times > 1:
            yield Flaw(FlawKind.TWICE, f"the column {name} stands there {times} times.", 1, name)
