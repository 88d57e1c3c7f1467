"""Does an exported CSV say the same when it is read again, and run in no spreadsheet?"""

import csv
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.config.settings import DeskName, Language
from hotline.people import Listed, read_people, written
from hotline.people.person import Role
from hotline.people.writing import workbook_of
from hotline.written.availability import grid_written
from tests import make

SITE = make.settings(desks=(make.desk("day"), make.desk("night")))
ADA = Listed(
    code="ada",
    name="Ada",
    address="sip:ada@example.org",
    languages=frozenset({Language.EN, Language.ZH}),
    desks=frozenset({DeskName("night"), DeskName("day")}),
    availability=grid_written("Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00"),
    preferred=grid_written("always"),
    unwanted=grid_written(""),
    shifts_a_week=3,
    hours_a_week=18.5,
    nights_a_week=1,
    nights_running=1,
    supervised_turns=12,
    last_days={"crisis": date(2027, 3, 31), "child": date(2027, 6, 30)},
    role=Role.SUPERVISOR,
    notices=(),
)
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120)


@given(name=NAMES, hours=st.integers(0, 16800), days=st.dictionaries(
    st.sampled_from(["child", "crisis"]), st.dates(date(2000, 1, 1), date(2099, 12, 31))
))  # fmt: skip
def test_what_is_exported_is_read_back(name: str, hours: int, days: dict[str, date]) -> None:
    person = replace(ADA, name=name, hours_a_week=hours / 100, last_days=days)
    assert read_people(written([person]).encode(), SITE).people == (person,)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''@x"])
def test_no_cell_is_run_by_a_spreadsheet(name: str) -> None:
    text = written([replace(ADA, name=name)])
    [_, cells] = csv.reader(text.splitlines())
    assert cells[1] == f"'{name}"
    assert read_people(text.encode(), SITE).people[0].name == name


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    text = written([replace(ADA, name="'Ada'")])
    assert ",'Ada'," in "," + text.splitlines()[1]
    assert read_people(text.encode(), SITE).people[0].name == "'Ada'"


def test_an_apostrophe_set_by_a_spreadsheet_is_taken_off() -> None:
    text = written([ADA]).replace("Ada", "'=Ada")
    assert read_people(text.encode(), SITE).people[0].name == "=Ada"


@given(name=NAMES)
def test_a_workbook_is_read_back_to_the_same_people(name: str) -> None:
    person = replace(ADA, name=name)
    assert read_people(workbook_of([person]), SITE).people == (person,)


def test_a_name_that_would_be_a_formula_is_a_text_in_a_workbook() -> None:
    person = replace(ADA, name="=1+1")
    assert read_people(workbook_of([person]), SITE).people == (person,)
