"""What Ann does with accounts, what everybody does with their own, and what the trail tells."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import text

from hotline.accounts.permits import MAY, Act
from hotline.accounts.roles import Role
from hotline.store import Store
from hotline.store.access.accounts import listed_account
from hotline.store.access.trail import latest_of_trail
from tests.hotline.console.accounts.conftest import with_rules
from tests.hotline.console.accounts.test_signing_in import (
    PASSWORD,
    enrolled,
    enrolment_of,
    is_in,
    tries,
    with_password,
)
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import CAST, HOST, Visitor, passer_by, visitor

FEN = {"login": "fen", "name": "冯雪", "roles": ["coordinator", "auditor"], "desks": ["nanjing"]}


def invited(ann: Visitor, **more: object) -> str:
    """The link that Ann is shown."""
    answer = ann.post("/accounts/new?lang=en", {**FEN, "person": "", **more})
    assert answer.status_code == 200, answer.text
    return str(re.findall(r"(/link/[\w-]+)", answer.text)[0])


def told(store: Store) -> list[str]:
    with store.reading() as db:
        return [entry.change.act for entry in latest_of_trail(db, 20)]


def test_ann_invites_fen_who_chooses_a_password_and_is_in(app: Flask, store: Store) -> None:
    ann, fen = visitor(app, "ann"), passer_by(app)
    link = invited(ann)

    assert "冯雪" in fen.text(f"{link}?lang=en")
    answer = fen.client.post(link, data={"password": PASSWORD}, headers=HOST)

    assert answer.status_code == 303
    page = fen.text("/account?lang=en")
    assert "coordinator · auditor" in page
    assert "Nanjing desk" in page
    assert told(store)[:3] == ["session.begin", "account.invitation", "account.made"]


def test_a_link_works_once(app: Flask) -> None:
    link = invited(visitor(app, "ann"))
    passer_by(app).client.post(link, data={"password": PASSWORD}, headers=HOST)

    assert passer_by(app).get(link).status_code == 404
    again = passer_by(app).client.post(link, data={"password": PASSWORD}, headers=HOST)
    assert again.status_code == 404


def test_a_link_works_for_a_week(app: Flask, watch: Watch) -> None:
    link = invited(visitor(app, "ann"))
    watch.at += timedelta(days=7) - timedelta(seconds=1)
    assert passer_by(app).get(link).status_code == 200
    watch.at += timedelta(seconds=1)
    assert passer_by(app).get(link).status_code == 404


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "10 characters or more"),
        ("", "This field is required"),
        ("my name is Fen", "does not hold the name"),
        ("password2026!", "guessed at once"),
        ("aaaaaaaaaaaa", "guessed at once"),
        ("1234567890123", "guessed at once"),
        ("x1" * 101, "at most 200"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_still_works(
    app: Flask, password: str, why: str
) -> None:
    link = invited(visitor(app, "ann"))

    answer = passer_by(app).client.post(
        f"{link}?lang=en", data={"password": password}, headers=HOST
    )

    assert answer.status_code == 400
    assert why in answer.text
    assert passer_by(app).get(link).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"login": "x"}, "login"),
        ({"login": "ann"}, "login"),  # taken
        ({"name": "  "}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles"),
        ({"desks": ["moon"]}, "desks"),
        ({"roles": ["volunteer"]}, "person"),
        ({"person": "999"}, "person"),
    ],
)
def test_what_is_wrong_with_an_account_stands_at_its_field_and_nothing_is_made(
    app: Flask, store: Store, wrong: dict[str, object], at: str
) -> None:
    answer = visitor(app, "ann").post("/accounts/new?lang=en", {**FEN, "person": "", **wrong})

    assert answer.status_code == 400
    assert f'id="{at}-wrong"' in answer.text
    assert "冯雪" in answer.text or at == "name"  # what was typed is still there
    with store.reading() as db:
        assert listed_account(db, "fen") is None


def test_ann_gives_fen_another_desk_and_the_trail_says_from_what_to_what(
    app: Flask, store: Store
) -> None:
    ann = visitor(app, "ann")
    invited(ann)

    ann.post(
        "/accounts/fen",
        {"name": "冯雪", "roles": ["coordinator"], "desks": ["youth"], "person": "", "active": "y"},
    )

    with store.reading() as db:
        entry = latest_of_trail(db, 1)[0]
    assert (entry.login, entry.change.subject) == ("ann", "account/fen")
    assert entry.change.before is not None
    assert entry.change.after is not None
    assert entry.change.before["desks"] == ["nanjing"]
    assert entry.change.after["desks"] == ["youth"]
    assert "youth" in visitor(app, "otto").text("/trail?subject=account/fen")


def test_a_volunteer_who_has_an_account_gets_no_second_one(app: Flask) -> None:
    ann = visitor(app, "ann")
    visitor(app, "ada", person=1)
    invited(ann)

    answer = ann.post(
        "/accounts/fen?lang=en", {"name": "冯雪", "roles": ["auditor"], "person": "1"}
    )

    assert answer.status_code == 400
    assert 'id="person-wrong"' in answer.text


def test_the_account_of_who_volunteers_no_more_can_be_closed(app: Flask, store: Store) -> None:
    ann = visitor(app, "ann")
    visitor(app, "ada", person=1)
    with store.writing() as db:
        leave = text("update person set active = false where id = 1")
        db.connection().execute(leave)
    assert '<option selected value="1">' in ann.text("/accounts/ada")

    answer = ann.post("/accounts/ada", {"name": "Ada", "roles": ["volunteer"], "person": "1"})

    assert answer.status_code == 303
    with store.reading() as db:
        ada = listed_account(db, "ada")
    assert ada is not None
    assert not ada.account.active


def test_who_was_limited_to_a_desk_that_is_gone_does_not_get_the_whole_site(
    app: Flask, store: Store
) -> None:
    ann = visitor(app, "ann")
    visitor(app, "dee", desks=("closed-last-year",))
    page = ann.text("/accounts/dee?lang=en")
    assert "closed-last-year (no desk any more)" in page

    kept = {"name": "Dee Lang", "roles": ["coordinator"], "person": "", "active": "y"}
    answer = ann.post("/accounts/dee", {**kept, "desks": ["closed-last-year"]})

    assert answer.status_code == 303
    with store.reading() as db:
        dee = listed_account(db, "dee")
    assert dee is not None
    assert (dee.account.name, *dee.account.desks) == ("Dee Lang", "closed-last-year")


def test_nobody_takes_away_the_last_who_may_make_accounts(app: Flask) -> None:
    ann = visitor(app, "ann")

    answer = ann.post("/accounts/ann?lang=en", {"name": "Ann", "roles": ["auditor"], "person": ""})

    assert answer.status_code == 400
    assert "somebody must remain" in answer.text
    assert ann.get("/accounts").status_code == 200


def test_a_reset_signs_out_everywhere(app: Flask) -> None:
    with_password(app)
    ann, dee, lost = visitor(app, "ann"), passer_by(app), passer_by(app)
    tries(lost)
    answer = ann.post("/accounts/dee/link")
    link = re.findall(r"(/link/[\w-]+)", answer.text)[0]

    dee.client.post(link, data={"password": "another good sentence"}, headers=HOST)

    assert is_in(dee)
    assert not is_in(lost)
    assert tries(passer_by(app)).status_code == 403


def test_a_link_alone_opens_no_account_that_has_a_second_factor(
    app: Flask, watch: Watch, store: Store
) -> None:
    with_password(app)
    secret = enrolled(app, passer_by(app), watch)
    ann, eve = visitor(app, "ann"), passer_by(app)
    link = re.findall(r"(/link/[\w-]+)", ann.post("/accounts/dee/link").text)[0]

    answer = eve.client.post(
        f"{link}?lang=en", data={"password": "another good sentence"}, headers=HOST
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "the code that your app shows" in eve.text("/sign-in?lang=en")
    assert not is_in(eve)
    assert told(store)[0] == "account.reset"
    watch.at += timedelta(minutes=2)
    code = pyotp.TOTP(secret).at(watch.at)
    assert tries(passer_by(app), "another good sentence", code=code).status_code == 303


def test_a_link_for_a_lost_telephone_takes_the_second_factor_away(app: Flask, watch: Watch) -> None:
    with_password(app)
    enrolled(app, passer_by(app), watch)
    ann, dee = visitor(app, "ann"), passer_by(app)
    answer = ann.post("/accounts/dee/link", {"rescue": "yes"})
    link = re.findall(r"(/link/[\w-]+)", answer.text)[0]

    dee.client.post(link, data={"password": "another good sentence"}, headers=HOST)

    assert is_in(dee)


def test_a_later_link_takes_the_earlier_ones_place(app: Flask) -> None:
    ann = visitor(app, "ann")
    first = invited(ann)
    second = re.findall(r"(/link/[\w-]+)", ann.post("/accounts/fen/link").text)[0]

    assert passer_by(app).get(first).status_code == 404
    assert passer_by(app).get(second).status_code == 200


def test_no_link_is_made_for_who_is_closed_or_unknown(app: Flask) -> None:
    ann = visitor(app, "ann")
    invited(ann)
    ann.post("/accounts/fen", {"name": "冯雪", "roles": ["auditor"], "person": ""})
    assert ann.post("/accounts/fen/link").status_code == 404
    assert ann.post("/accounts/nobody/link").status_code == 404
    assert ann.get("/accounts/nobody").status_code == 404


def test_dee_changes_her_password_and_is_signed_out_everywhere_else(app: Flask) -> None:
    with_password(app)
    here, there = passer_by(app), passer_by(app)
    tries(here)
    tries(there)
    page = here.text("/account?lang=en")
    here.csrf = page.partition('name="csrf" value="')[2].partition('"')[0]

    wrong = here.post("/account/password?lang=en", {"old": "no", "password": "another sentence"})
    assert (wrong.status_code, is_in(there)) == (400, True)
    assert "not your present password" in wrong.text
    weak = here.post("/account/password?lang=en", {"old": PASSWORD, "password": "short"})
    assert "10 characters" in weak.text
    done = here.post("/account/password", {"old": PASSWORD, "password": "another sentence"})

    assert done.status_code == 303
    assert is_in(here)
    assert not is_in(there)
    assert tries(passer_by(app), "another sentence").status_code == 303


def test_ada_signs_out_everywhere_but_here(app: Flask) -> None:
    ada, lost = visitor(app, "ada"), visitor(app, "ada")
    assert "Sign out everywhere else" in ada.text("/account?lang=en")
    ada.post("/account/sessions/end")
    assert is_in(ada)
    assert not is_in(lost)


def test_the_trail_pages_and_searches(app: Flask) -> None:
    otto = visitor(app, "otto")
    for _ in range(60):
        visitor(app, "ada")
    page = otto.text("/trail?lang=en")
    older = re.findall(r'href="(/trail\?before=\d+)', page)[0]
    assert page.count("<tr>") == 51
    assert "account/otto" in otto.text(f"{older}&lang=en")
    assert "No entry." in otto.text("/trail?login=nobody&lang=en")
    assert otto.text("/trail?login=otto").count("<tr>") == 2


def test_every_page_and_button_against_every_role(app: Flask) -> None:
    """Cell by cell: whoever may not gets 403 before anything else is looked at."""
    people = {Role.VOLUNTEER: 1}  # whoever has this role volunteers
    cast = {
        role: visitor(app, f"cell-{role}", roles=(role,), person=people.get(role)) for role in Role
    }
    stranger = passer_by(app)
    cells = 0
    for rule in app.url_map.iter_rules():
        permit = getattr(app.view_functions[rule.endpoint], "hotline_permit", None)
        if permit is None or permit.act is None or rule.endpoint == "accounts.sign_out":
            continue
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda m: "1" if m[1] == "int" else "x", rule.rule)
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        asked = stranger.get(path) if method == "GET" else stranger.post(path)
        assert asked.status_code == 303, f"nobody: {method} {path}"
        for role, who in cast.items():
            status = (who.get(path) if method == "GET" else who.post(path)).status_code
            allowed = role in MAY[permit.act]
            assert (status != 403) == allowed, f"{role}: {method} {path} {status}"
            assert status < 500, f"{role}: {method} {path} {status}"
            cells += 1
    assert cells >= len(Role) * 15


def test_every_role_may_something_and_every_act_has_somebody() -> None:
    assert all(MAY[act] for act in Act)
    assert {role for roles in MAY.values() for role in roles} == set(Role)
    assert set(MAY) == set(Act)


def test_eve_sees_her_own_account_and_nothing_else(app: Flask) -> None:
    eve = visitor(app, "eve")
    assert "eve" in CAST
    assert eve.get("/account").status_code == 200
    assert eve.get("/accounts").status_code == 403
    assert eve.get("/trail").status_code == 403
    assert eve.get("/").headers["Location"] == "/account"


def test_who_clicked_twice_and_saw_no_codes_makes_new_ones(app: Flask, watch: Watch) -> None:
    with_password(app)
    dee = passer_by(app)
    old = re.findall(r"<li>([\w-]+)</li>", enrolment_of(app, dee, watch)[1])
    again = dee.post("/account/second-factor/confirm?lang=en", {"code": "123456"})
    assert again.status_code == 303
    page = dee.text("/account?lang=en")
    assert "make new ones here" in page
    assert "8 of the codes on paper are left" in page
    assert all(f'<label for="{field}">' in page for field in ("old", "off-old", "codes-old"))

    wrong = dee.post("/account/second-factor/codes?lang=en", {"old": "no"})
    made = dee.post("/account/second-factor/codes", {"old": PASSWORD})

    assert 'id="codes-old-wrong"' in wrong.text
    new = re.findall(r"<li>([\w-]+)</li>", made.text)
    assert (wrong.status_code, len(new)) == (400, 8)
    assert tries(passer_by(app), code=old[0]).status_code == 403
    assert tries(passer_by(app), code=new[0]).status_code == 303
    assert "7 of the codes on paper are left" in dee.text("/account?lang=en")


def test_without_a_second_factor_there_are_no_codes(app: Flask) -> None:
    with_password(app)
    dee = passer_by(app)
    tries(dee)
    page = dee.text("/account")
    dee.csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    assert dee.post("/account/second-factor/codes", {"old": PASSWORD}).status_code == 404


def test_a_second_factor_is_taken_away_by_password_alone(app: Flask, watch: Watch) -> None:
    with_password(with_rules(app))
    dee = passer_by(app)
    enrolled(app, dee, watch)

    assert dee.post("/account/second-factor/off", {"old": "no"}).status_code == 400
    assert dee.post("/account/second-factor/off", {"old": PASSWORD}).status_code == 303
    assert tries(passer_by(app)).status_code == 303
