"""Who is let in, who is not, and whom nobody can lock out."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from hotline.accounts.keeping import invite, unmade
from hotline.accounts.links import follow_link
from hotline.accounts.roles import Role
from hotline.accounts.tokens import token_hash
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.access.links import open_link
from tests.hotline.console.accounts.conftest import with_rules
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import HOST, Visitor, passer_by, visitor

PASSWORD = "a calm voice at night"


def with_password(app: Flask, login: str = "dee", role: Role = Role.COORDINATOR) -> None:
    """Somebody was invited and has chosen a password."""
    found: Parts = app.extensions["hotline"]
    account = replace(unmade(login, login.capitalize()), roles=frozenset({role}))
    with found.store.writing() as db:
        token = invite(db, account, found.settings, "ann", found.clock())
        link = open_link(db, token_hash(token), found.clock())
        assert link is not None
        assert follow_link(db, link, PASSWORD, found.clock())


def tries(
    who: Visitor, password: str = PASSWORD, login: str = "dee", code: str = "", address: str = ""
) -> TestResponse:
    """Somebody fills in the form. address: the network they ask from."""
    return who.client.post(
        "/sign-in?lang=en",
        data={"login": login, "password": password, "code": code},
        headers=HOST,
        environ_overrides={"REMOTE_ADDR": address or "192.0.2.7"},
    )


def is_in(who: Visitor) -> bool:
    return who.get("/account").status_code == 200


def test_dee_signs_in_and_out(app: Flask) -> None:
    with_password(app)
    dee = passer_by(app)

    answer = tries(dee)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = dee.text("/account?lang=en")
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    assert dee.post("/sign-out", {"csrf": csrf}).status_code == 303
    assert not is_in(dee)


def test_the_name_may_be_typed_in_any_case(app: Flask) -> None:
    with_password(app)
    dee = passer_by(app)
    tries(dee, login=" DEE ")
    assert is_in(dee)


def test_she_comes_where_she_wanted_to_go(app: Flask) -> None:
    with_password(app)
    dee = passer_by(app)
    wanted = dee.get("/board?lang=en").headers["Location"]
    page = dee.text(wanted)
    assert 'name="next" value="/board?lang=en"' in page

    answer = dee.client.post(
        "/sign-in", data={"login": "dee", "password": PASSWORD, "next": "/board"}, headers=HOST
    )
    assert answer.headers["Location"] == "/board"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "board"]
)
def test_nobody_is_led_elsewhere(app: Flask, elsewhere: str) -> None:
    with_password(app)
    form = {"login": "dee", "password": PASSWORD, "next": elsewhere}
    answer = passer_by(app).client.post("/sign-in", data=form, headers=HOST)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("login", "password"), [("dee", "wrong password"), ("nobody", PASSWORD), ("eve", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_read_alike(
    app: Flask, login: str, password: str
) -> None:
    with_password(app)
    visitor(app, "eve")  # invited, and has no password yet
    answer = tries(passer_by(app), password, login)
    assert answer.status_code == 403
    assert "Name or password is wrong." in answer.text
    assert password not in answer.text


@pytest.mark.parametrize("missing", ["login", "password"])
def test_what_is_left_out_is_said_at_its_field(app: Flask, missing: str) -> None:
    form = {"login": "dee", "password": PASSWORD, missing: ""}
    answer = passer_by(app).client.post("/sign-in?lang=en", data=form, headers=HOST)
    assert answer.status_code == 400
    assert f'id="{missing}-wrong"' in answer.text
    assert 'value="dee"' in answer.text or missing == "login"


def test_after_five_wrong_ones_nothing_is_looked_at_from_there(app: Flask, watch: Watch) -> None:
    with_password(app)
    eve = passer_by(app)
    for _ in range(4):
        assert "wrong" in tries(eve, "guess").text
    assert "Too many wrong tries" in tries(eve, "guess").text

    assert "Try again in 15 minutes" in tries(eve).text  # the right one
    watch.at += timedelta(minutes=15)
    assert tries(eve).status_code == 303


def test_eve_locks_out_nobody_but_herself(app: Flask) -> None:
    with_password(app)
    eve, dee = passer_by(app), passer_by(app)
    for _ in range(6):
        tries(eve, "guess")

    assert tries(dee, address="198.51.100.9").status_code == 303


def test_who_shares_a_network_with_eve_comes_in_by_a_browser_that_is_known(app: Flask) -> None:
    with_password(app)
    dee, eve = passer_by(app), passer_by(app)
    tries(dee)
    for _ in range(6):
        tries(eve, "guess")
    dee.client.delete_cookie("hotline_session", domain="127.0.0.1")

    assert tries(dee).status_code == 303
    assert tries(passer_by(app)).status_code == 403


def test_a_known_browser_is_known_for_its_own_people_alone(app: Flask) -> None:
    with_password(app)
    with_password(app, "sam", Role.SUPERVISOR)
    eve = passer_by(app)
    tries(eve, login="sam")  # Eve may sign in as Sam
    for _ in range(5):
        tries(eve, "guess")

    assert "Too many" in tries(eve, "guess").text
    assert "Too many" in tries(passer_by(app)).text  # counted by the network, as for anybody


def test_one_password_for_everybody_is_stopped_too(app: Flask) -> None:
    with_password(app)
    eve = passer_by(app)
    for number in range(50):
        tries(eve, "spring2026", f"v{number:02}")
    assert "Too many wrong tries" in tries(eve, "spring2026", "v99").text


def test_neighbours_by_ipv6_are_one_network(app: Flask) -> None:
    with_password(app)
    for last in range(5):
        tries(passer_by(app), "guess", address=f"2001:db8:1:2::{last}")
    assert "Too many" in tries(passer_by(app), address="2001:db8:1:2::99").text
    assert tries(passer_by(app), address="2001:db8:1:3::1").status_code == 303


def test_the_address_is_what_our_own_proxy_saw(app: Flask) -> None:
    with_password(with_rules(app, proxies=1))

    def from_behind(seen: str, password: str = "guess") -> str:
        return passer_by(app).client.post(
            "/sign-in?lang=en",
            data={"login": "dee", "password": password},
            headers={**HOST, "X-Forwarded-For": f"10.9.9.9, {seen}"},
        ).text  # fmt: skip

    for _ in range(5):
        from_behind("192.0.2.7")
    assert "Too many" in from_behind("192.0.2.7")
    assert "Too many" not in from_behind("192.0.2.8")


def test_the_second_factor_is_asked_for_and_each_code_holds_once(app: Flask, watch: Watch) -> None:
    with_password(app)
    secret = enrolled(app, passer_by(app), watch)
    eve, watch.at = passer_by(app), watch.at + timedelta(minutes=2)

    assert "the code that your app shows now" in tries(eve).text
    assert "This code does not hold" in tries(eve, code="000000").text
    assert "This code does not hold" in tries(eve, code="not a code").text
    code = pyotp.TOTP(secret).at(watch.at)
    assert tries(passer_by(app), code=f"{code[:3]} {code[3:]}").status_code == 303
    assert "This code does not hold" in tries(passer_by(app), code=code).text
    assert not is_in(eve)


def test_who_knows_the_password_guesses_no_more_codes_than_anybody(
    app: Flask, watch: Watch
) -> None:
    with_password(app)
    enrolled(app, passer_by(app), watch)
    eve = passer_by(app)

    for _ in range(4):
        tries(eve, code="000000")
        assert "the code that your app shows now" in tries(eve).text  # no way to a fresh count

    assert "Too many wrong tries" in tries(eve, code="000000").text


def test_the_right_password_after_four_wrong_ones_is_asked_for_the_code(
    app: Flask, watch: Watch
) -> None:
    with_password(app)
    secret = enrolled(app, passer_by(app), watch)
    dee, watch.at = passer_by(app), watch.at + timedelta(minutes=2)
    for _ in range(4):
        tries(dee, "guess")

    assert "the code that your app shows now" in tries(dee).text
    assert tries(dee, code=pyotp.TOTP(secret).at(watch.at)).status_code == 303


def test_a_code_on_paper_lets_in_once(app: Flask, watch: Watch) -> None:
    with_password(app)
    dee = passer_by(app)
    page = enrolment_of(app, dee, watch)[1]
    paper = page.partition("<li>")[2].partition("</li>")[0]
    page_codes = page.count("<li>")

    assert page_codes >= 8
    assert tries(passer_by(app), code=paper.upper().replace("-", " ")).status_code == 303
    assert tries(passer_by(app), code=paper).status_code == 403


def test_a_role_that_must_have_one_reaches_nothing_else_before(app: Flask, watch: Watch) -> None:
    with_password(with_rules(app, second_factor=(Role.COORDINATOR,)))
    dee = passer_by(app)
    tries(dee)
    assert dee.get("/board").headers["Location"] == "/account"

    enrolled(app, dee, watch, signed_in=True)

    assert dee.get("/board").status_code == 200


def test_a_session_ends_after_a_night(app: Flask, watch: Watch) -> None:
    with_password(app)
    dee = passer_by(app)
    tries(dee)
    for _ in range(11):
        watch.at += timedelta(minutes=65)
        assert is_in(dee)
    watch.at += timedelta(minutes=10)
    assert not is_in(dee)


def test_a_session_that_nobody_touches_ends_though_a_page_is_fetched_by_itself(
    app: Flask, watch: Watch
) -> None:
    with_password(app)
    dee = passer_by(app)
    tries(dee)
    for _ in range(12):
        watch.at += timedelta(minutes=10)
        dee.get("/board/live")
    answer = dee.get("/board/live", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_who_is_closed_is_out_at_once(app: Flask, store: Store) -> None:
    dee = visitor(app, "dee")
    ann = visitor(app, "ann")
    assert dee.get("/board").status_code == 200

    kept = {"name": "Dee", "roles": ["coordinator"], "person": ""}
    assert ann.post("/accounts/dee", kept).status_code == 303

    assert dee.get("/board").status_code == 303


def test_a_secure_site_has_secure_cookies(app: Flask) -> None:
    with_password(app)
    found: Parts = app.extensions["hotline"]
    secrets = replace(found.secrets, public_url="https://hotline.example.org/line")
    app.extensions["hotline"] = replace(found, secrets=secrets)

    cookies = tries(passer_by(app)).headers.getlist("Set-Cookie")

    assert len(cookies) == 2
    for cookie in cookies:
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "Path=/line" in cookie
        assert "SameSite" in cookie


def enrolled(app: Flask, dee: Visitor, watch: Watch, *, signed_in: bool = False) -> str:
    """Dee has a second factor now; its secret."""
    return enrolment_of(app, dee, watch, signed_in=signed_in)[0]


def enrolment_of(
    app: Flask, dee: Visitor, watch: Watch, *, signed_in: bool = False
) -> tuple[str, str]:
    if not signed_in:
        tries(dee)
    page = dee.text("/account?lang=en")
    dee.csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    assert dee.post("/account/second-factor").status_code == 303
    secret = dee.text("/account/second-factor").partition('class="secret">')[2].partition("<")[0]
    wrong = dee.post("/account/second-factor/confirm", {"code": "000000"})
    assert wrong.status_code == 400
    code = pyotp.TOTP(secret).at(watch.at)
    answer = dee.post("/account/second-factor/confirm", {"code": code})
    assert answer.status_code == 200
    return secret, answer.text.partition('<ul class="secret">')[2]


def test_pages_are_in_her_language_once_dee_is_signed_in(app: Flask) -> None:
    # given: Dee's own language is Chinese, and whoever used this browser before chose English
    with_password(app)
    first = passer_by(app)
    tries(first)
    page = first.text("/account")
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    first.post("/account/language", {"csrf": csrf, "language": "zh"})
    dee = passer_by(app)
    dee.get("/sign-in?lang=en")
    # when
    form = {"login": "dee", "password": PASSWORD}
    dee.client.post("/sign-in", data=form, headers=HOST)
    # then
    assert '<html lang="zh-CN"' in dee.get("/account", {"Accept-Language": "en"}).text


def test_who_has_chosen_no_language_keeps_that_of_the_browser(app: Flask) -> None:
    with_password(app)
    dee = passer_by(app)
    dee.get("/sign-in?lang=en")

    dee.client.post("/sign-in", data={"login": "dee", "password": PASSWORD}, headers=HOST)

    assert '<html lang="en"' in dee.get("/account", {"Accept-Language": "zh"}).text
