"""The people CSV and workbook, in the same columns as they are read."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from hotline.config.titles import Language
from hotline.people.cells import COLUMNS, guarded
from hotline.people.in_chinese import HEADINGS, cell_in_chinese
from hotline.people.person import Listed
from hotline.written.workbooks import workbook


def written(people: Iterable[Listed], language: Language = Language.EN) -> str:
    """A CSV that `read_people` reads back, encoded as UTF-8, to the same people."""
    text = StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_headings(language))
    rows.writerows(_rows(people, language))
    return text.getvalue()


def workbook_of(people: Iterable[Listed], language: Language = Language.EN) -> bytes:
    """An XLSX file that `read_people` reads back to the same people."""
    title = "人员" if language is Language.ZH else "people"
    return workbook(_headings(language), _rows(people, language), title)


def _headings(language: Language) -> tuple[str, ...]:
    return tuple(HEADINGS[name] if language is Language.ZH else name for name in COLUMNS)


def _rows(people: Iterable[Listed], language: Language) -> Iterator[list[str]]:
    for person in people:
        cells = ((name, column.write(person)) for name, column in COLUMNS.items())
        if language is Language.ZH:
            cells = ((name, cell_in_chinese(name, cell)) for name, cell in cells)
        yield [guarded(cell) for _, cell in cells]
