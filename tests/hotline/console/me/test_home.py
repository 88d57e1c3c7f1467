"""A volunteer's first page: what it tells, and what can be said on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from hotline.calls.states import CallState, LegResult, LegState, Outcome
from hotline.store import Store
from hotline.store.access.trail import trail
from hotline.store.duty.absences import absences_between
from hotline.store.duty.standins import searches_open
from hotline.store.tables import LegRow
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.statements import statements

NIGHT, EVENING = week.address(1, "night"), week.address(5, "evening")
TUESDAY = week.span_of(1, "night")


def test_my_next_shifts_are_told_with_company_line_and_the_day_they_end(ada: Visitor) -> None:
    page = ada.text("/me?lang=en")

    assert "22:00 – Wed 08:00" in page
    assert "Nanjing desk" in page
    assert "96111 Teacher Tao" in page
    assert "With 李婷" in page
    assert page.index("Tue, Nov 24") < page.index("Sat, Nov 28")


def test_a_confirmation_is_kept_and_shown(ada: Visitor, store: Store) -> None:
    ada.text("/me?lang=en")

    answer = ada.post(f"/me/shifts/{NIGHT}/confirm")

    assert (answer.status_code, answer.location) == (303, "/me")
    page = ada.text("/me?lang=en")
    assert "Thank you. You are expected." in page
    assert page.count("You said you come") == 1


def test_who_cannot_come_is_stood_in_for_after_a_second_tap(ada: Visitor, store: Store) -> None:
    assert "You cannot come?" in ada.text(f"/me/shifts/{NIGHT}/cannot?lang=en")

    assert ada.post(f"/me/shifts/{NIGHT}/cannot").status_code == 303

    with store.reading() as db:
        assert [each.person for each in absences_between(db, TUESDAY)] == ["ada"]
        assert [each.code for each in searches_open(db, week.NOW)] == ["ada"]
    assert "You cannot come; somebody is looked for" in ada.text("/me?lang=en")


def test_the_buttons_of_an_evening_check_in_rest_and_leave(ada: Visitor, watch: Watch) -> None:
    assert "I am here" not in ada.text("/me?lang=en")
    watch.at = TUESDAY.start - timedelta(minutes=30)
    assert "Your shift begins at 22:00" in ada.text("/me?lang=en")

    for said, shown in (
        ("checked-in", "checked in at 21:40"),
        ("break-began", "on a break until 22:20"),
        ("break-ended", "Short break"),
        ("checked-out", "gone since 22:10"),
    ):
        watch.at += timedelta(minutes=10)
        assert ada.post("/me/attendance", {"said": said}).status_code == 303
        assert shown in ada.text("/me?lang=en")


def test_it_is_too_early_to_check_in_a_day_before(ada: Visitor) -> None:
    answer = ada.post("/me/attendance?lang=en", {"said": "checked-in"})

    assert answer.status_code == 409
    assert "It is too early to check in." in answer.text


def test_who_is_asked_to_stand_in_answers_here_and_may_take_it_back(
    app: Flask, ada: Visitor, store: Store
) -> None:
    week.asked_to_stand_in(app)
    assert "Can you stand in?" in ada.text("/me?lang=en")

    assert ada.post("/me/questions/1", {"said": "yes"}).status_code == 303
    assert "You stand in" in ada.text("/me?lang=en")
    ada.post("/me/questions/1", {"said": "back"})
    assert "Can you stand in?" not in ada.text("/me?lang=en")


def test_a_question_to_somebody_else_is_not_there(
    app: Flask, ada: Visitor, signed_in: Callable[[str], Visitor]
) -> None:
    week.asked_to_stand_in(app, "fay")

    assert ada.post("/me/questions/1", {"said": "yes"}).status_code == 404
    assert ada.post("/me/questions/1", {"said": "perhaps"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        f"/me/shifts/{week.address(3, 'night')}/cannot",  # Bo's
        "/me/shifts/nanjing/yesterday/cannot",
        "/me/shifts/atlantis/20261124T1400/cannot",
    ],
)
def test_what_is_not_mine_is_not_there(ada: Visitor, path: str) -> None:
    assert ada.get(path).status_code == 404
    assert ada.post(path).status_code == 404
    assert ada.post(path.replace("cannot", "confirm")).status_code == 404


def test_an_account_that_is_nobody_is_told_what_to_do(app: Flask) -> None:
    page = visitor(app, "bo").get("/me?lang=en")

    assert page.status_code == 403
    assert "No volunteer belongs to this account" in page.text


PAGES = (
    "",
    "/open",
    "/availability",
    "/notices",
    "/hours",
    "/calendar",
    "/telephone",
    f"/shifts/{NIGHT}/swap",
)
POSTS = (
    f"/shifts/{NIGHT}/confirm",
    f"/shifts/{NIGHT}/cannot",
    f"/shifts/{NIGHT}/swap",
    f"/open/{NIGHT}",
    "/swaps/1",
    "/taken/1",
    "/questions/1",
    "/attendance",
    "/availability",
    "/notices",
    "/notices/texts",
    "/calendar",
    "/calendar/end",
    "/telephone/ring",
    "/telephone/drills",
)


@pytest.mark.parametrize("login", ["eve", "dee", "sam"])
def test_nobody_but_volunteers_has_these_pages(
    signed_in: Callable[[str], Visitor], login: str
) -> None:
    other = signed_in(login)

    assert {other.get(f"/me{path}").status_code for path in PAGES} == {403}
    assert {other.post(f"/me{path}").status_code for path in POSTS} == {403}


def test_who_is_not_signed_in_is_sent_there(app: Flask) -> None:
    assert {passer_by(app).get(f"/me{path}").status_code for path in PAGES} == {303}


def test_each_change_leaves_a_trace(ada: Visitor, store: Store) -> None:
    ada.post(f"/me/shifts/{NIGHT}/confirm")

    with store.reading() as db:
        entry = list(trail(db))[-1]
    assert (entry.login, entry.change.act, entry.change.subject) == ("ada", "duty.confirm", NIGHT)


def test_the_page_asks_the_database_the_same_however_much_there_is(
    ada: Visitor, app: Flask, store: Store
) -> None:
    ada.text("/me")
    with statements(store) as plain:
        ada.text("/me")
    week.busy(app)
    week.asked_to_stand_in(app)
    with statements(store) as full:
        ada.text("/me")

    assert len(full) <= len(plain) + 1  # of the question's search
    assert len(plain) < 16


def test_the_forms_of_my_calls_are_due_here(
    ada: Visitor, store: Store, people: dict[str, int]
) -> None:
    ended = week.NOW - timedelta(hours=8)
    with store.writing() as db:
        call = scene.call(
            db, "96111-nanjing", CallState.CLOSED, ended - timedelta(hours=1), Outcome.ANSWERED
        )
        leg = LegRow(
            token="a leg",
            call_id=call.id or 0,
            person_id=people["ada"],
            desk="nanjing",
            state=LegState.ENDED,
            result=LegResult.TALKED,
            planned=ended,
            until=ended,
            ended=ended,
        )
        db.add(leg)
        db.flush()
        call.leg_id, call.joined = leg.id, ended - timedelta(minutes=40)
        number = leg.id

    page = ada.text("/me?lang=en")

    assert "1 call still wants its short form" in page
    assert f'href="/care/{number}"' in page
