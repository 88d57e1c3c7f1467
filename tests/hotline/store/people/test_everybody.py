"""Are those people listed who are wanted, and are they listed page by page?"""

from datetime import timedelta

import pytest

from hotline.config.settings import DeskName
from hotline.store import Store
from hotline.store.people.everybody import hold_person, person_of, set_active
from hotline.store.people.listed import Wanted, count_wanted, people_wanted
from tests import make
from tests.statements import statements

NOW = make.utc("2026-11-24 12:00")
SOON, LATER = NOW + timedelta(days=30), NOW + timedelta(days=300)
EVERYBODY = Wanted(None)


def wanted(store: Store, asked: Wanted) -> list[str]:
    with store.reading() as db:
        return [person.code for person in people_wanted(db, asked, NOW, 0, 50)]


@pytest.fixture(autouse=True)
def _people(store: Store) -> None:
    make.hire(store, "Ada", desks="day night", certificates={"crisis": SOON})
    make.hire(store, "Bo", desks="night", certificates={"crisis": LATER, "child": LATER})
    make.hire(store, "Cem_x", desks="day_care", certificates={"crisis": NOW})
    make.hire(store, "Eve", active=False)


def test_everybody_who_volunteers_is_listed_by_code(store: Store) -> None:
    assert wanted(store, EVERYBODY) == ["ada", "bo", "cem_x"]
    assert wanted(store, Wanted(None, active=False)) == ["eve"]


@pytest.mark.parametrize(
    ("desks", "codes"),
    [(["day"], ["ada"]), (["night"], ["ada", "bo"]), (["day_care"], ["cem_x"]), ([], [])],
)
def test_people_of_some_desks_by_their_whole_names(
    store: Store, desks: list[str], codes: list[str]
) -> None:
    assert wanted(store, Wanted(frozenset(DeskName(desk) for desk in desks))) == codes


@pytest.mark.parametrize(
    ("words", "codes"), [("A", ["ada"]), ("e b", []), ("bO", ["bo"]), ("_", ["cem_x"]), ("%", [])]
)
def test_words_are_looked_for_in_names_and_codes(
    store: Store, words: str, codes: list[str]
) -> None:
    assert wanted(store, Wanted(None, words)) == codes


def test_who_holds_a_certificate_now_and_whose_runs_out_soon(store: Store) -> None:
    assert wanted(store, Wanted(None, certificate="crisis")) == ["ada", "bo"]
    assert wanted(store, Wanted(None, expiring=NOW + timedelta(days=60))) == ["ada"]


def test_a_page_and_the_count_of_all_are_three_queries(store: Store) -> None:
    with statements(store) as said, store.reading() as db:
        count = count_wanted(db, EVERYBODY, NOW)
        page = people_wanted(db, EVERYBODY, NOW, 1, 1)
    assert ([person.code for person in page], count) == (["bo"], 3)
    assert page[0].last_days.keys() == {"child", "crisis"}
    assert len(said) == 3


def test_somebody_is_let_go_once_and_comes_back(store: Store) -> None:
    with store.writing() as db:
        ada = hold_person(db, "ada")
        assert ada is not None
        assert set_active(db, ada.id, NOW, active=False)
        assert not set_active(db, ada.id, NOW, active=False)
    assert wanted(store, EVERYBODY) == ["bo", "cem_x"]
    with store.writing() as db:
        assert set_active(db, ada.id, NOW, active=True)
        assert person_of(db, "ada") == ada
        assert person_of(db, "nobody") is None
        assert hold_person(db, "nobody") is None
