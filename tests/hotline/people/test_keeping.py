"""Does one person change by one hand at a time, and nobody lose what they typed?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from hotline.people import Listed, PeopleError
from hotline.people.differing import Change, Clash, cells_of
from hotline.people.keeping import (
    ChangedMeanwhileError,
    Edit,
    NobodyError,
    add,
    certify,
    edit,
)
from hotline.store import Store
from hotline.store.people.everybody import all_people, save_people
from tests import make
from tests.hotline.people.test_writing import ADA
from tests.make import SHANGHAI

SITE = replace(
    make.settings(desks=(make.desk("day"), make.desk("night"))),
    certificates={"crisis": make.title("crisis"), "child": make.title("child")},
)
BO = {**cells_of(ADA), "code": "bo", "name": "Bo", "address": "client:bo"}


@pytest.fixture(autouse=True)
def ada(store: Store) -> None:
    with store.writing() as db:
        save_people(db, [ADA], SHANGHAI)


def edited(store: Store, was: dict[str, str], mine: dict[str, str]) -> tuple[Change, ...]:
    with store.writing() as db:
        return edit(db, SITE, Edit("ada", was, mine))


def kept(store: Store, code: str = "ada") -> Listed:
    with store.reading() as db:
        return next(p.listed() for p in all_people(db) if p.code == code)


def test_some_columns_change_and_the_others_stay(store: Store) -> None:
    was = {"name": "Ada", "shifts_a_week": "3"}
    changed = edited(store, was, {"name": "Ada L.", "shifts_a_week": "3"})
    assert changed == (Change("name", "Ada", "Ada L."),)
    assert kept(store) == replace(ADA, name="Ada L.")
    assert edited(store, {"name": "Ada L."}, {"name": "Ada L."}) == ()


def test_the_slower_of_two_is_told_what_the_faster_did_and_nothing_is_kept(store: Store) -> None:
    was = {"name": "Ada", "shifts_a_week": "3"}
    edited(store, was, {"name": "Ada L.", "shifts_a_week": "3"})

    with pytest.raises(ChangedMeanwhileError) as caught:
        edited(store, was, {"name": "Ada", "shifts_a_week": "1"})

    assert caught.value.clashes == (Clash("name", "Ada", "Ada L.", "Ada"),)
    assert caught.value.merged == {"name": "Ada L.", "shifts_a_week": "1"}
    assert kept(store).shifts_a_week == 3


def test_of_many_at_the_same_moment_one_is_kept_and_the_others_are_told(store: Store) -> None:
    def tries(number: int) -> bool:
        try:
            return bool(edited(store, {"name": "Ada"}, {"name": f"Ada {number}"}))
        except ChangedMeanwhileError:
            return False

    with ThreadPoolExecutor(4) as together:
        kept_by = list(together.map(tries, range(4)))

    assert kept_by.count(True) == 1
    assert kept(store).name == f"Ada {kept_by.index(True)}"


def test_two_who_change_different_columns_do_not_meet(store: Store) -> None:
    edited(store, {"name": "Ada"}, {"name": "Ada L."})
    edited(store, {"shifts_a_week": "3"}, {"shifts_a_week": "1"})
    assert kept(store) == replace(ADA, name="Ada L.", shifts_a_week=1)


def test_a_bad_cell_is_named_by_its_column_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(PeopleError) as caught:
        edited(store, {"name": "Ada", "desks": "day;night"}, {"name": "", "desks": "attic"})
    assert [fault.column for fault in caught.value.faults] == ["name", "desks"]
    assert kept(store) == ADA


def test_somebody_new_is_added_once(store: Store) -> None:
    with store.writing() as db:
        add(db, SITE, BO)
    assert kept(store, "bo").name == "Bo"
    with store.writing() as db, pytest.raises(PeopleError, match="somebody's already"):
        add(db, SITE, BO)
    with (
        store.writing() as db,
        pytest.raises(PeopleError, match=r"of Bo \(bo\) already"),
    ):
        add(db, SITE, {**BO, "code": "cem"})


def test_a_certificate_is_renewed_given_and_ended_beside_the_others(store: Store) -> None:
    old, new = date(2027, 3, 31), date(2029, 3, 31)
    with store.writing() as db:
        certify(db, SITE, "ada", "crisis", (old, new))
    assert kept(store).last_days == {**ADA.last_days, "crisis": new}
    with store.writing() as db:
        certify(db, SITE, "ada", "crisis", (new, None))
        certify(db, SITE, "ada", "crisis", (None, old))
    assert kept(store).last_days == ADA.last_days
    with store.writing() as db, pytest.raises(ChangedMeanwhileError):
        certify(db, SITE, "ada", "crisis", (new, None))


def test_who_is_unknown_cannot_be_changed(store: Store) -> None:
    with store.writing() as db, pytest.raises(NobodyError, match="nobody with the code 'eve'"):
        edit(db, SITE, Edit("eve", {}, {}))


def test_a_desk_that_left_the_configuration_stands_in_no_ones_way(store: Store) -> None:
    with store.writing() as db:
        edit(db, make.settings(desks=[make.desk("night")]), Edit("ada", {}, {}))
        changed = edit(db, SITE, Edit("ada", {"name": "Ada"}, {"name": "A."}))
    assert [change.column for change in changed] == ["name"]
