"""The people CSV as text, in the same columns as it is read."""

import csv
from collections.abc import Iterable
from io import StringIO

from hotline.people.cells import COLUMNS, guarded
from hotline.people.person import Listed


def written(people: Iterable[Listed]) -> str:
    """A CSV that `read_people` reads back, encoded as UTF-8, to the same people."""
    text = StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person in people:
        rows.writerow([guarded(column.write(person)) for column in COLUMNS.values()])
    return text.getvalue()
