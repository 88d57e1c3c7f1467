"""Details of a person: kept as typed or refused at the field, and two editors lose nothing."""

import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.people import Listed
from hotline.store import Store
from hotline.store.people.everybody import person_of
from hotline.store.sending.alarms import open_alarms
from hotline.store.tables import PresenceRow
from tests.hotline.console.people.conftest import NOW, NUMBER
from tests.hotline.console.people.trails import entries
from tests.hotline.console.visitors import Visitor, visitor
from tests.scenarios.rows import column

EDIT = "/people/ada/edit"


def opened(who: Visitor, path: str = EDIT) -> dict[str, Any]:
    """The form as it stands on the page, ready to be changed and sent."""
    page = who.text(path)
    [was] = re.findall(r'name="was" value="([^"]*)"', page)
    cells: dict[str, Any] = json.loads(unescape(was))
    several = ("languages", "desks", "dialects")
    ticks = {name: cells[name].split(";") if cells[name] else [] for name in several}
    return {"was": unescape(was), **cells, **ticks}


def kept(store: Store, code: str = "ada") -> Listed:
    with store.reading() as db:
        person = person_of(db, code)
    assert person is not None
    return person.listed()


def test_nothing_changed_is_kept_as_it_was(dee: Visitor, store: Store) -> None:
    before = kept(store)
    assert dee.post(EDIT, opened(dee)).location == "/people/ada"
    assert kept(store) == before
    assert entries(store) == []


def test_what_was_changed_is_kept_and_recorded_without_the_number(
    dee: Visitor, store: Store
) -> None:
    form = opened(dee) | {"name": "Ada L.", "address": "tel:+8613800000009", "shifts_a_week": "1"}
    dee.post(EDIT, form)
    ada = kept(store)
    assert (ada.name, ada.address, ada.shifts_a_week) == ("Ada L.", "tel:+8613800000009", 1)
    [(act, _, before, after)] = entries(store)
    assert act == "people.edit"
    assert before == {"name": "", "address": "", "shifts_a_week": "7"}
    assert after == {"name": "changed", "address": "changed", "shifts_a_week": "1"}


def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(
    dee: Visitor, store: Store
) -> None:
    form = opened(dee) | {"address": "a telephone", "shifts_a_week": "15", "name": "Ada L."}
    answer = dee.post(f"{EDIT}?lang=en", form)
    assert answer.status_code == 400
    assert 'id="address-wrong"' in answer.text
    assert 'id="shifts_a_week-wrong"' in answer.text
    assert "A whole number from 0 to 14." in answer.text
    assert 'value="Ada L."' in answer.text
    assert entries(store) == []


def test_an_address_of_somebody_else_and_an_unknown_name_are_refused(dee: Visitor) -> None:
    form = opened(dee) | {"address": "client:bo", "agreement": "never with nobody"}
    answer = dee.post(f"{EDIT}?lang=en", form)
    assert answer.status_code == 400
    assert 'id="address-wrong"' in answer.text
    assert 'id="agreement-wrong"' in answer.text


def test_two_editors_of_one_field_are_shown_both_versions_and_nothing_is_lost(
    app: Flask, dee: Visitor, store: Store
) -> None:
    mine = opened(dee) | {"shifts_a_week": "1", "hours_a_week": "8"}
    visitor(app, "dora", roles=(), desks=())
    other = visitor(app, "ann")
    other.post(EDIT, opened(other) | {"shifts_a_week": "4", "name": "Ada L."})

    answer = dee.post(f"{EDIT}?lang=en", mine)

    assert answer.status_code == 409
    assert "nothing of yours is lost" in answer.text
    assert '<td data-of="As it is now">4</td><td data-of="As you want it">1</td>' in answer.text
    assert 'name="hours_a_week" type="text" value="8"' in answer.text
    assert kept(store).shifts_a_week == 4

    [was] = re.findall(r'name="was" value="([^"]*)"', answer.text)
    dee.post(EDIT, mine | {"name": "Ada L.", "was": unescape(was)})
    ada = kept(store)
    assert (ada.shifts_a_week, ada.hours_a_week, ada.name) == (1, 8, "Ada L.")


def test_desks_that_are_not_theirs_stay(dee: Visitor, store: Store) -> None:
    dee.post(EDIT, opened(dee) | {"name": "Ada L."})
    assert kept(store).desks == {"nanjing", "night"}
    form = opened(dee) | {"desks": []}
    assert dee.post(EDIT, form).location == "/people"
    assert kept(store).desks == {"night"}


def test_nobody_but_an_administrator_gives_the_powers_of_a_supervisor(
    app: Flask, dee: Visitor, store: Store
) -> None:
    dee.post(EDIT, opened(dee) | {"role": "supervisor"})
    assert kept(store).role == "volunteer"
    ann = visitor(app, "ann")
    ann.post(EDIT, opened(ann) | {"role": "supervisor"})
    assert kept(store).role == "supervisor"
    dee.post(EDIT, opened(dee) | {"name": "Ada L."})
    assert (kept(store).role, kept(store).name) == ("supervisor", "Ada L.")
    assert dee.post("/people/ada/pin", {"pin": "739158", "again": "739158"}).status_code == 403


NEW = {
    "code": "gil", "name": "Gil", "address": "client:gil", "languages": ["zh"],
    "desks": ["nanjing"], "standing": "newcomer", "shifts_a_week": "2", "hours_a_week": "16",
    "nights_a_week": "0", "nights_running": "0", "supervised_turns": "3",
}  # fmt: skip


def test_somebody_is_added(dee: Visitor, store: Store) -> None:
    assert 'value="16"' in dee.text("/people/new")
    assert dee.post("/people/new", NEW).location == "/people/gil"
    gil = kept(store, "gil")
    assert (gil.standing, gil.supervised_turns, gil.availability.text) == ("newcomer", 3, "")
    [(act, subject, _, after)] = entries(store)
    assert (act, subject, after) == ("people.add", "person/gil", {"desks": "nanjing"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "ada"}, "code"),
        ({"code": "gil x"}, "code"),
        ({"address": NUMBER}, "address"),
        ({"desks": []}, "desks"),
        ({"desks": ["changzhou"]}, "desks"),
        ({"languages": []}, "languages"),
    ],
)
def test_somebody_new_is_refused_at_the_field(
    dee: Visitor, store: Store, wrong: dict[str, object], field: str
) -> None:
    answer = dee.post("/people/new", NEW | wrong)
    assert answer.status_code == 400
    assert f'id="{field}-wrong"' in answer.text
    assert entries(store) == []


def test_a_form_that_is_none_is_refused(dee: Visitor) -> None:
    for was in ("", "[]", "{"):
        assert dee.post(EDIT, {"was": was}).status_code == 400


def test_a_new_number_is_rung_in_turn_whatever_the_old_one_missed(
    dee: Visitor, store: Store
) -> None:
    with store.writing() as db:
        ada = person_of(db, "ada")
        assert ada is not None
        db.add(PresenceRow(person_id=ada.id, free_at=NOW, missed=9, missed_at=NOW))
        alert(db, [Alarm(AlarmKind.UNREACHABLE, "ada")], NOW)

    dee.post(EDIT, opened(dee) | {"name": "Ada L."})
    assert column(store, "presence", "missed") == [9]

    dee.post(EDIT, opened(dee) | {"address": "tel:+8613800000009"})
    assert column(store, "presence", "missed") == [0]
    with store.reading() as db:
        assert open_alarms(db) == ()
