"""Who is listed to whom, what a search finds, and how few questions a page asks."""

from datetime import timedelta

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.store import Store
from hotline.store.people.everybody import person_coded
from hotline.store.tables import PersonRow
from tests import make
from tests.hotline.console.people.conftest import NOW, NUMBER
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.statements import statements


def named(page: str) -> list[str]:
    return [name for name in ("Ada", "Bo", "Cem", "Fay") if f">{name}</a>" in page]


def test_a_coordinator_sees_the_people_of_their_desks(dee: Visitor) -> None:
    page = dee.text("/people?lang=en")
    assert named(page) == ["Ada", "Bo", "Cem"]
    assert NUMBER not in page


def test_two_who_have_one_telephone_are_told_of_to_who_sees_both(
    app: Flask, dee: Visitor, store: Store
) -> None:
    said = "Bo (bo) and Ada (ada) have one telephone address"
    assert said not in dee.text("/people?lang=en")
    with store.writing() as db:
        bo = db.get_one(PersonRow, person_coded(db, "bo"))
        bo.shares_address, bo.address = True, NUMBER
        db.add(bo)

    page = dee.text("/people?lang=en")
    assert said in page
    assert NUMBER not in page
    assert said not in visitor(app, "di", desks=("changzhou",), roles=(Role.COORDINATOR,)).text(
        "/people?lang=en"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=AD", ["Ada"]),
        ("desk=night", ["Ada"]),
        ("desk=changzhou", ["Fay"]),
        ("certificate=crisis", ["Ada", "Bo", "Cem"]),
        ("expiring=y", ["Ada", "Bo", "Cem"]),
        ("gone=y", []),
        ("page=99", ["Ada", "Bo", "Cem", "Fay"]),
        ("page=x&q=%25", []),
    ],
)
def test_a_search_finds_whom_it_is_for(app: Flask, asked: str, found: list[str]) -> None:
    assert named(visitor(app, "dee").text(f"/people?lang=en&{asked}")) == found


def test_a_desk_that_is_not_theirs_opens_nobody(dee: Visitor) -> None:
    assert named(dee.text("/people?desk=changzhou")) == ["Ada", "Bo", "Cem"]


def test_load_stands_beside_the_fair_share(dee: Visitor) -> None:
    page = dee.text("/people?lang=en&q=ada")
    assert '10 <span class="quiet">/ 2.5</span>' in page


def test_a_long_list_pages(app: Flask, store: Store) -> None:
    for number in range(60):
        make.hire(store, f"P{number:02}", desks="nanjing")
    dee = visitor(app, "dee")
    assert "Page 1 of 2" in dee.text("/people?lang=en")
    second = dee.text("/people?lang=en&page=2&q=p")
    assert ">P59<" in second
    assert ">P00<" not in second
    assert "page=1" in second
    assert "q=p" in second


def test_a_page_asks_as_much_for_three_people_as_for_sixty(app: Flask, store: Store) -> None:
    dee = visitor(app, "dee")
    with statements(store) as few:
        dee.text("/people")
    for number in range(60):
        make.hire(store, f"P{number:02}", desks="nanjing", certificates={"crisis": NOW})
    with statements(store) as many:
        dee.text("/people")
    assert len(many) == len(few) <= 12


def test_who_may_see_nobody(app: Flask, eve: Visitor) -> None:
    assert eve.get("/people").status_code == 403
    assert visitor(app, "ada").get("/people").status_code == 403
    assert visitor(app, "otto").get("/people").status_code == 403
    assert passer_by(app).get("/people").status_code == 303
    assert visitor(app, "sam").get("/people").status_code == 200


def test_somebody_new_in_chinese(app: Flask) -> None:
    page = visitor(app, "dee").text("/people?lang=zh")
    assert "60 天内有证书到期" in page
    assert "至 2026年12月24日" in page
    assert NOW + timedelta(days=30) > NOW
