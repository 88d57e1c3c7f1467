"""One person: what is shown to whom; small changes, each recorded, never with a number."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from hotline.store import Store
from hotline.store.people.everybody import person_of
from hotline.store.people.staff import member_at
from tests import make
from tests.hotline.console.people.conftest import NUMBER
from tests.hotline.console.people.trails import entries
from tests.hotline.console.visitors import Visitor, visitor
from tests.scenarios.rows import column
from tests.statements import statements

CERTIFICATES = "/people/ada/certificates"
SOON = "2026-12-24"  # Ada's certificate for minors runs out then


def held(store: Store) -> dict[str, date]:
    with store.reading() as db:
        ada = person_of(db, "ada")
    assert ada is not None
    return dict(ada.last_days)


def test_a_coordinator_sees_somebody_of_their_desks_whole(dee: Visitor) -> None:
    page = dee.text("/people/ada?lang=en")
    assert NUMBER in page
    assert "until Dec 24, 2026" in page
    assert "Mon-Fri 18:00-22:00; Sat 18:30-20:00" in page
    assert "Tue, Nov 24 22:00 – Wed 08:00" in page


def test_a_supervisor_sees_no_telephone_number(app: Flask) -> None:
    page = visitor(app, "sam").text("/people/ada")
    assert NUMBER not in page
    assert 'action="/people/ada' not in page


def test_who_is_not_theirs_is_not_there(dee: Visitor) -> None:
    for path in (
        "/people/fay",
        "/people/nobody",
        "/people/fay/edit",
        "/people/fay/hours/preferred",
    ):
        assert dee.get(path).status_code == 404
    for path, form in (
        ("/people/fay/certificates", {"certificate": "crisis", "day": "2030-01-01"}),
        ("/people/fay/active", {"active": "no"}),
        ("/people/fay/pin", {"pin": "739158", "again": "739158"}),
        ("/people/fay/edit", {"was": "{}"}),
        ("/people/fay/hours/availability", {}),
        ("/absences", {"person": "fay", "first": "2026-12-01", "last": "2026-12-01"}),
    ):
        assert dee.post(path, form).status_code in (400, 404), path


def test_a_certificate_is_renewed_and_recorded(dee: Visitor, store: Store) -> None:
    form = {"certificate": "minors", "was": SOON, "day": "2028-06-30"}
    answer = dee.post(f"{CERTIFICATES}?lang=en", form)
    assert (answer.status_code, answer.location) == (303, "/people/ada")
    assert held(store)["minors"] == date(2028, 6, 30)
    [(act, subject, before, after)] = entries(store)
    assert (act, subject) == ("people.certificate", "person/ada")
    assert before == {"certificates": f"crisis:2027-12-29;minors:{SOON}"}
    assert after == {"certificates": "crisis:2027-12-29;minors:2028-06-30"}
    assert "valid until 2028-06-30" in dee.text("/people/ada?lang=en")


def test_a_double_click_renews_once(dee: Visitor, store: Store) -> None:
    form = {"certificate": "minors", "was": SOON, "day": "2028-06-30"}
    for _ in range(2):
        assert dee.post(CERTIFICATES, form, once="one-form").location == "/people/ada"
    assert len(entries(store)) == 1


def test_a_certificate_ends_with_yesterday(dee: Visitor, store: Store) -> None:
    dee.post(CERTIFICATES, {"certificate": "minors", "was": SOON, "end": "yes"})
    assert held(store)["minors"] == date(2026, 11, 23)


def test_of_two_who_renew_the_slower_is_told_and_nothing_is_kept(
    dee: Visitor, store: Store
) -> None:
    dee.post(CERTIFICATES, {"certificate": "minors", "was": SOON, "day": "2028-06-30"})
    answer = dee.post(
        f"{CERTIFICATES}?lang=en", {"certificate": "minors", "was": SOON, "day": "2029-01-01"}
    )
    assert answer.status_code == 409
    assert "You wanted 2029-01-01" in answer.text
    assert held(store)["minors"] == date(2028, 6, 30)


@pytest.mark.parametrize(
    "form",
    [
        {"certificate": "minors", "was": SOON, "day": ""},
        {"certificate": "minors", "was": SOON, "day": "2028-13-01"},
        {"certificate": "juggling", "was": "", "day": "2028-01-01"},
        {"certificate": "minors", "was": "soon", "day": "2028-01-01"},
    ],
)
def test_no_day_and_no_such_certificate_are_refused(
    dee: Visitor, store: Store, form: dict[str, str]
) -> None:
    assert dee.post(CERTIFICATES, form).status_code == 400
    assert entries(store) == []


def test_a_pin_is_set_and_never_written_down(dee: Visitor, store: Store) -> None:
    assert dee.post("/people/ada/pin", {"pin": "739158", "again": "739158"}).status_code == 303
    with store.reading() as db:
        ada = member_at(db, [NUMBER])
    assert ada is not None
    assert ada.pin is not None
    assert entries(store) == [("people.pin", "person/ada", None, {"pin": "changed"})]


@pytest.mark.parametrize(("pin", "again"), [("739158", "739159"), ("123456", "123456"), ("", "")])
def test_a_pin_that_will_not_do_is_refused_at_its_field(
    dee: Visitor, store: Store, pin: str, again: str
) -> None:
    answer = dee.post("/people/ada/pin", {"pin": pin, "again": again})
    assert answer.status_code == 400
    assert 'id="pin-wrong"' in answer.text
    assert entries(store) == []


def test_who_comes_back_after_their_telephone_was_forgotten_needs_another_one(
    dee: Visitor, store: Store
) -> None:
    dee.post("/people/ada/active", {"active": "no"})
    with store.writing() as db:
        db.connection().execute(text("update person set address = '' where code = 'ada'"))

    dee.post("/people/ada/active", {"active": "yes"})

    assert "请先为Ada填写电话" in dee.text("/people/ada")
    assert ">Ada</a>" not in dee.text("/people")


def test_somebody_leaves_and_comes_back(dee: Visitor, store: Store) -> None:
    dee.post("/people/ada/active", {"active": "no"})
    assert "no longer active" in dee.text("/people/ada?lang=en")
    assert ">Ada</a>" in dee.text("/people?gone=y")
    for _ in range(2):
        dee.post("/people/ada/active", {"active": "yes"})
    assert ">Ada</a>" in dee.text("/people")
    assert [after for *_, after in entries(store)] == [{"active": False}, {"active": True}]


def test_who_comes_back_and_whose_telephone_is_anothers_by_now_stays_away(
    dee: Visitor, store: Store
) -> None:
    dee.post("/people/ada/active", {"active": "no"})
    with store.writing() as db:
        taken = "update person set address = (select address from person where code = 'ada')"
        db.connection().exec_driver_sql(f"{taken} where code = 'cem'")

    answer = dee.post("/people/ada/active?lang=en", {"active": "yes"})

    assert answer.status_code == 409
    assert "Somebody else has their telephone address by now" in answer.text
    assert ">Ada</a>" not in dee.text("/people")


def test_eve_and_supervisors_change_nobody(app: Flask, eve: Visitor) -> None:
    for who in (eve, visitor(app, "sam"), visitor(app, "bo")):
        for path in ("certificates", "pin", "active", "edit", "hours/availability"):
            assert who.post(f"/people/ada/{path}", {}).status_code == 403, path
    assert eve.get("/people/ada").status_code == 403


def test_a_page_asks_as_much_among_three_people_as_among_sixty(app: Flask, store: Store) -> None:
    dee = visitor(app, "dee")
    with statements(store) as few:
        dee.text("/people/ada")
    for number in range(60):
        make.hire(store, f"P{number:02}", desks="nanjing")
    with statements(store) as many:
        dee.text("/people/ada")
    assert len(many) == len(few) <= 16


def test_a_telephone_is_tried_by_who_may_edit_people(
    dee: Visitor, app: Flask, store: Store
) -> None:
    assert visitor(app, "sam").post("/people/ada/ring").status_code == 403
    assert visitor(app, "eve").post("/people/ada/ring").status_code == 403
    assert column(store, "errand", "id") == []

    assert dee.post("/people/ada/ring").location == "/people/ada"
    assert column(store, "errand", "purpose") == ["test"]
    assert "rings soon, or rings now" in dee.text("/people/ada?lang=en")
    assert [act for act, *_ in entries(store)] == ["person.ring"]
