"""Is a workbook read as a person typed it, and bounded whatever it claims to be?"""

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hotline.written.workbooks import (
    LARGEST,
    MOST_ROWS,
    WorkbookError,
    is_workbook,
    rows_of_workbook,
    workbook,
)


def saved(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def test_what_is_written_is_read_back_with_its_line_numbers() -> None:
    made = workbook(("code", "name"), [("ada", "艾达"), ("bo", "")], "people")
    assert is_workbook(made)
    assert rows_of_workbook(made) == [(1, ("code", "name")), (2, ("ada", "艾达")), (3, ("bo", ""))]


def test_blank_rows_are_passed_over_and_numbers_and_dates_read_as_typed() -> None:
    made = saved(
        ("a", "b", "c"),
        (),
        (1, 2.5, 3.0),
        (date(2027, 6, 30), datetime.fromisoformat("2027-06-30T08:00")),
    )
    assert rows_of_workbook(made) == [
        (1, ("a", "b", "c")),
        (3, ("1", "2.5", "3")),
        (4, ("2027-06-30", "2027-06-30T08:00:00", "")),
    ]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.invalid")', "+1", "@x", "\x02a"])
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    sheet = load_workbook(BytesIO(workbook(("a",), [(text,)], "people"))).worksheets[0]
    cell = sheet["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text.replace("\x02", "")


def test_a_formula_of_theirs_is_not_run() -> None:
    assert rows_of_workbook(saved(("code",), ("=1+1",), ("ada",))) == [
        (1, ("code",)),
        (3, ("ada",)),
    ]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened() -> None:
    bomb = zipped(**{"xl/worksheets/sheet1.xml": bytes(40 * 1024 * 1024)})
    assert len(bomb) < 100_000
    with pytest.raises(WorkbookError, match="far more than a list of people"):
        rows_of_workbook(bomb)


def test_a_file_that_is_too_large_has_too_many_rows_or_is_none_is_refused() -> None:
    with pytest.raises(WorkbookError, match="larger than 4 MB"):
        rows_of_workbook(b"PK\x03\x04" + bytes(LARGEST))
    with pytest.raises(WorkbookError, match="more than 10000 rows"):
        rows_of_workbook(saved(*((n,) for n in range(MOST_ROWS + 1))))
    with pytest.raises(WorkbookError, match="no workbook"):
        rows_of_workbook(b"PK\x03\x04 and nothing more")
    with pytest.raises(WorkbookError, match="no workbook"):
        rows_of_workbook(zipped(hello=b"world"))


@given(at=st.integers(0, 4000), with_=st.binary(min_size=1, max_size=8))
def test_a_torn_file_is_read_or_refused_and_never_crashes(at: int, with_: bytes) -> None:
    made = workbook(("code", "name"), [("ada", "Ada")], "people")
    at %= len(made)
    torn = made[:at] + with_ + made[at + len(with_) :]
    with suppress(WorkbookError):
        rows_of_workbook(torn)
