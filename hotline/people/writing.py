"""The people CSV and workbook, in the same columns as they are read."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from hotline.people.cells import COLUMNS, guarded
from hotline.people.person import Listed
from hotline.written.workbooks import workbook


def written(people: Iterable[Listed]) -> str:
    """A CSV that `read_people` reads back, encoded as UTF-8, to the same people."""
    text = StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_rows(people))
    return text.getvalue()


def workbook_of(people: Iterable[Listed]) -> bytes:
    """An XLSX file that `read_people` reads back to the same people."""
    return workbook(tuple(COLUMNS), _rows(people), "people")


def _rows(people: Iterable[Listed]) -> Iterator[list[str]]:
    for person in people:
        yield [guarded(column.write(person)) for column in COLUMNS.values()]
