"""Who is away: noted and taken back in one click, with what falls free and who is looked for."""

from datetime import timedelta

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.handshake.states import SearchState
from hotline.store import Store
from hotline.store.duty.absences import absences_of
from hotline.store.duty.standins import searches_open
from tests import make
from tests.hotline.console.people.conftest import NIGHT, NOW
from tests.hotline.console.people.trails import entries
from tests.hotline.console.visitors import Visitor, visitor
from tests.statements import statements

TOMORROW = {"person": "ada", "first": "2026-11-24", "last": "2026-11-25", "seek": "y"}


def searches(store: Store) -> list[SearchState]:
    with store.reading() as db:
        return [search.state for search in searches_open(db, NOW)]


def away(store: Store) -> list[int]:
    with store.reading() as db:
        return [absence.id for absence in absences_of(db, "ada", NOW)]


def test_the_effect_is_shown_first_and_nothing_is_kept(dee: Visitor, store: Store) -> None:
    block = dee.post("/absences/effect?lang=en", TOMORROW, {"HX-Request": "true"})
    assert "One published duty would fall free" in block.text
    assert "Tue, Nov 24 22:00 – Wed 08:00" in block.text
    assert "<html" not in block.text
    page = dee.post("/absences/effect?lang=en", TOMORROW)
    assert "One published duty would fall free" in page.text
    assert 'value="2026-11-25"' in page.text
    assert away(store) == []
    assert entries(store) == []


def test_noting_says_what_falls_free_and_starts_the_search(dee: Visitor, store: Store) -> None:
    answer = dee.post("/absences?lang=en", TOMORROW)
    assert answer.location == "/absences?week=2026-W48"
    page = dee.text("/absences?lang=en&week=2026-W48")
    assert "one published duty falls free. Stand-ins are being looked for now." in page
    assert "a stand-in is being looked for" in page
    assert searches(store) == [SearchState.SEARCHING]
    [(act, subject, _, after)] = entries(store)
    assert (act, subject) == ("absence.add", "person/ada")
    assert isinstance(after, dict)
    assert after["falls_free"] == ["nanjing/2026-11-24/night"]


def test_without_a_search_the_page_says_that_a_duty_is_open(dee: Visitor, store: Store) -> None:
    dee.post("/absences?lang=en", {k: v for k, v in TOMORROW.items() if k != "seek"})
    page = dee.text("/absences?lang=en&week=2026-W48")
    assert "Nobody is being looked for." in page
    assert "free, and nobody is looked for" in page
    assert searches(store) == []
    [number] = away(store)
    dee.post(f"/absences/{number}/search")
    assert searches(store) == [SearchState.SEARCHING]
    assert "a stand-in is being looked for" in dee.text("/absences?week=2026-W48")
    dee.post(f"/absences/{number}/search?lang=en")
    assert "Somebody is being asked already, or everybody was." in dee.text(
        "/absences?week=2026-W48"
    )
    assert [(act, after) for act, _, _, after in entries(store)][1:] == [
        ("absence.search", {"searches": 1}),
        ("absence.search", {"searches": 0}),
    ]
    assert dee.post("/absences/99/search").status_code == 404


def test_who_comes_after_all_is_looked_for_no_more(dee: Visitor, store: Store) -> None:
    dee.post("/absences", TOMORROW)
    [number] = away(store)
    answer = dee.post(f"/absences/{number}/back?lang=en", {"back": "person"})
    assert answer.location == "/people/ada"
    assert "Nobody is looked for any more." in dee.text("/people/ada")
    assert searches(store) == [SearchState.ENDED]
    assert away(store) == []
    assert dee.post(f"/absences/{number}/back").status_code == 404


def test_some_hours_alone_may_be_noted(dee: Visitor, store: Store) -> None:
    form = {**TOMORROW, "first_time": "23:00", "last": "2026-11-25", "last_time": "02:00"}
    dee.post("/absences", form)
    with store.reading() as db:
        [absence] = absences_of(db, "ada", NOW)
    assert absence.span.start == NIGHT.start + timedelta(hours=1)
    assert absence.span.length == timedelta(hours=3)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": "fay"}, "person"),
        ({"first": ""}, "first"),
        ({"first": "2026-02-30"}, "first"),
        ({"first_time": "25:00"}, "first_time"),
        ({"last": "2026-11-23"}, "last"),
        ({"first": "2026-11-20", "last": "2026-11-22"}, "last"),
        ({"last": "2028-01-01"}, "last"),
    ],
)
def test_times_that_are_none_are_refused_at_the_field(
    dee: Visitor, store: Store, wrong: dict[str, str], field: str
) -> None:
    answer = dee.post("/absences", TOMORROW | wrong)
    assert answer.status_code == 400
    assert f'id="{field}-wrong"' in answer.text
    assert away(store) == []


def test_a_city_sees_its_own_people_away(app: Flask, dee: Visitor, store: Store) -> None:
    everybody = visitor(app, "cora", roles=(Role.COORDINATOR,))
    everybody.post("/absences", {**TOMORROW, "person": "fay"})
    assert "/people/fay" in everybody.text("/absences")
    assert "/people/fay" not in dee.text("/absences")


def test_a_week_that_is_none_is_not_there(dee: Visitor) -> None:
    assert dee.get("/absences?week=2026-W60").status_code == 404
    assert dee.get("/absences?week=next").status_code == 404
    assert "Week 1 of 2027" in dee.text("/absences?lang=en&week=2027-W01")


def test_a_page_asks_as_much_for_one_absence_as_for_twenty(app: Flask, store: Store) -> None:
    dee = visitor(app, "dee")
    dee.post("/absences", TOMORROW)
    with statements(store) as few:
        dee.text("/absences")
    for number in range(20):
        make.hire(store, f"P{number:02}", desks="nanjing")
        dee.post("/absences", {**TOMORROW, "person": f"p{number:02}"})
    with statements(store) as many:
        dee.text("/absences")
    assert len(many) == len(few) <= 12


def test_eve_and_a_supervisor_note_nothing(app: Flask, eve: Visitor, store: Store) -> None:
    sam = visitor(app, "sam")
    for who in (eve, sam):
        assert who.post("/absences", TOMORROW).status_code == 403
        assert who.post("/absences/effect", TOMORROW).status_code == 403
        assert who.post("/absences/1/back").status_code == 403
        assert who.post("/absences/1/search").status_code == 403
    assert eve.get("/absences").status_code == 403
    assert sam.get("/absences").status_code == 200
