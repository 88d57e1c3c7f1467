"""Is the public text format read as written, and every mistake in it named with its line?"""

from pathlib import Path

import pytest

from scheduling.formats.instance import Cover, Employee, Request, ShiftType
from scheduling.formats.sections import FormatError
from scheduling.formats.shift_scheduling import read, read_file

WHOLE = """# a comment
SECTION_HORIZON
7   # days
SECTION_SHIFTS
E,480,
L,600,E|L
SECTION_STAFF
Ada,E=5|L=0,2400,960,5,2,1,1
Bo,,2400,0,5,1,1,0
SECTION_DAYS_OFF
Ada,0,3
Ada,4
SECTION_SHIFT_ON_REQUESTS
Bo,2,L,3
SECTION_SHIFT_OFF_REQUESTS
Bo,6,E,1
SECTION_COVER
0,E,2,100,1
"""


def test_every_section_is_read() -> None:
    # when
    instance = read(WHOLE)
    # then
    off = frozenset({0, 3, 4})
    assert instance.days == 7
    assert instance.shifts == (
        ShiftType("E", 480),
        ShiftType("L", 600, frozenset({"E", "L"})),
    )
    assert instance.staff == (
        Employee("Ada", {"E": 5, "L": 0}, 2400, 960, 5, 2, 1, 1, off),
        Employee("Bo", {}, 2400, 0, 5, 1, 1, 0),
    )
    assert instance.wanted == (Request("Bo", 2, "L", 3),)
    assert instance.unwanted == (Request("Bo", 6, "E", 1),)
    assert instance.cover == (Cover(0, "E", 2, 100, 1),)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("# a comment", "7", "line 1: stands before the first section"),
        ("SECTION_STAFF", "SECTION_STUFF", "line 7: SECTION_STUFF is unknown"),
        ("SECTION_DAYS_OFF", "SECTION_STAFF", "line 10: SECTION_STAFF stands twice"),
        ("SECTION_COVER\n0,E,2,100,1\n", "", "there is no SECTION_COVER"),
        ("7   #", "7\n8 #", "SECTION_HORIZON has 2 lines, and 1 is wanted"),
        ("7   #", "0 #", "line 3: the horizon is 0, and must be 1 or more"),
        ("7   #", "367 #", "line 3: a horizon of 367 days; at most 366"),
        ("7   #", "a week #", "line 3: the horizon is not a whole number: 'a week'"),
        ("E,480,", "E,0,", "line 5: the length is 0, and must be 1 or more"),
        ("E,480,", "E,2881,", "line 5: a shift of 2881 minutes; at most 2880"),
        ("E,480,", "E,480", "line 5: 2 fields, and 3 are wanted: id, minutes, shifts"),
        ("E|L\n", "E|N\n", "line 6: there is no shift 'N'"),
        ("L,600", "E,600", "line 6: 'E' stands twice"),
        ("Bo,,", "Ada,,", "line 9: 'Ada' stands twice"),
        ("E=5|L=0", "E5", "line 8: most shifts are written like D=14, not 'E5'"),
        ("E=5|L=0", "E=-5", "line 8: most shifts are written like D=14, not 'E=-5'"),
        ("E=5|L=0", "N=5", "line 8: there is no shift 'N'"),
        ("2400,0,5", "2400,-1,5", "line 9: least minutes is -1, and must be 0 or more"),
        ("2400,0,5", "2400,9999999,5", "line 9: least minutes is 9999999, and must be 1000000"),
        ("Ada,0,3", "Eve,0,3", "line 11: there is no person 'Eve'"),
        ("Ada,0,3", "Ada,0,7", "line 11: day 7 is beyond the horizon of 7 days"),
        ("Bo,2,L,3", "Bo,2,L", "line 14: 3 fields, and 4 are wanted"),
        ("0,E,2,100,1", "0,E,2,100,1\n0,E,1,1,1", "line 19: the cover of E on day 0 stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(right: str, wrong: str, said: str) -> None:
    assert right in WHOLE
    with pytest.raises(FormatError) as refused:
        read(WHOLE.replace(right, wrong, 1), "week.txt")
    assert str(refused.value).startswith("week.txt")
    assert said in str(refused.value)


def test_a_file_is_read_whatever_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    path.write_bytes(WHOLE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_file(path) == read(WHOLE)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError, match=r"week\.txt: can't be read as text"):
        read_file(path)
    with pytest.raises(FormatError, match=r"none\.txt: can't be read as text"):
        read_file(tmp_path / "none.txt")
