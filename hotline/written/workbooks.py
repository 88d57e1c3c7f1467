"""What stands in an XLSX workbook that a person brings, and how one is written.

A workbook is a zip of XML made by somebody else: what it may unpack to is bounded before it is
opened, formulas are not run, and a cell that would be one is written as a text.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from hotline.errors import HotlineError
from hotline.written.flaws import Flaw, FlawKind

SIGNATURE: Final = b"PK\x03\x04"
LARGEST: Final = 4 * 1024 * 1024  # bytes of the file
LARGEST_UNPACKED: Final = 24 * 1024 * 1024  # 10 000 people take 4 MB
MOST_PARTS: Final = 200
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
NO_WORKBOOK: Final = Flaw(FlawKind.NO_WORKBOOK, "The file is no workbook that can be read.")


class WorkbookError(HotlineError):
    """The workbook cannot be read, or is too large to be one of ours."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a zip, as every XLSX file is."""
    return content.startswith(SIGNATURE)


def rows_of_workbook(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """Number and cells of each row of the first sheet that is not blank; all as long as the first.

    Raises WorkbookError.
    """
    _refuse_large(content)
    try:
        rows = list(_rows(content))
    except _BROKEN:
        raise WorkbookError(NO_WORKBOOK) from None
    width = len(rows[0][1]) if rows else 0
    return [(line, cells + ("",) * (width - len(cells))) for line, cells in rows]


def workbook(names: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """An XLSX file with one sheet whose first line stays in view. No cell of it is a formula."""
    from openpyxl import Workbook  # 60 ms that only whoever asks for a workbook pays

    made = Workbook(write_only=True)
    sheet = made.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in (names, *rows):
        sheet.append([_as_text(sheet, cell) for cell in row])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _as_text(sheet: Any, text: str) -> Any:
    """A cell that is a text: openpyxl takes what begins with = for a formula, and nothing else."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.cell.cell import WriteOnlyCell as Cell

    plain = text if text.isprintable() else ILLEGAL_CHARACTERS_RE.sub("", text)
    if not plain.startswith("="):
        return plain
    cell = Cell(sheet, plain)
    cell.data_type = "s"
    return cell


# What openpyxl and zipfile raise for what they do not understand; tried with torn files.
_BROKEN: Final = (
    BadZipFile, zlib.error, ParseError, OSError, EOFError, NotImplementedError, RuntimeError,
    LookupError, ValueError, TypeError, AttributeError,
)  # fmt: skip


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST:
        most = f"{LARGEST // 1024 // 1024} MB"
        raise WorkbookError(Flaw(FlawKind.LARGE, f"The file is larger than {most}.", about=most))
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise WorkbookError(NO_WORKBOOK) from None
    # zipfile unpacks no more of a part than this says, so it cannot lie downwards
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        said = "The file unpacks to far more than a list of people."
        raise WorkbookError(Flaw(FlawKind.UNPACKS, said))


def _rows(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook

    opened = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = opened.worksheets[0]
        sheet.reset_dimensions()  # what the file says of them may be wrong
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        for line, values in enumerate(rows, 1):
            if line > MOST_ROWS:
                said = f"The sheet has more than {MOST_ROWS} rows."
                raise WorkbookError(Flaw(FlawKind.LONG, said, about=str(MOST_ROWS)))
            cells = _trimmed([_text(value) for value in values])
            if any(cells):
                yield line, cells
    finally:
        opened.close()


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _text(value: object) -> str:
    """As a person would have typed it."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
