"""Asking, agreeing and taking, on the volunteers' pages."""

from datetime import timedelta

from hotline.duty import on_duty
from hotline.store import Store
from hotline.store.duty.rosters import rota_at
from hotline.store.duty.swaps import swaps_open
from tests.hotline.console.ground import Watch
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor
from tests.statements import statements

TUESDAY, THURSDAY = week.span_of(1, "night"), week.span_of(3, "night")
MINE, THEIRS = week.address(1, "night"), week.address(3, "night")
SWAP = {"partner": "bo", "takes": THEIRS}


def rung(store: Store, day: int, shift: str) -> list[str]:
    """Whom the telephone would ring half an hour after the shift begins."""
    site = week.settings()
    at = week.span_of(day, shift).start.replace(minute=30)
    with store.reading() as db:
        answer = on_duty(rota_at(db, at), site.lines[0], site, at)
    return [seat.volunteer.code for seat in answer.rung]


def test_two_taps_ask_somebody_and_their_page_tells_them(ada: Visitor, bo: Visitor) -> None:
    offered = ada.text(f"/me/shifts/{MINE}/swap?lang=en")
    assert f'value="{THEIRS}"' in offered
    assert "For one of theirs" in offered

    assert ada.post(f"/me/shifts/{MINE}/swap", SWAP).location == "/me"

    assert "王芳 is asked" in ada.text("/me?lang=en")
    assert "陈静 would like to swap" in bo.text("/me?lang=en")


def test_a_swap_is_agreed_on_the_phone_and_approved_by_the_coordinator(
    ada: Visitor, bo: Visitor, dee: Visitor, store: Store
) -> None:
    ada.post(f"/me/shifts/{MINE}/swap", SWAP)
    bo.post("/me/swaps/1", {"said": "yes"})
    assert "You agreed; waits for a coordinator" in bo.text("/me?lang=en")
    assert rung(store, 1, "night") == ["ada"]

    dee.post("/requests/swaps/1", {"said": "approve"})

    assert (rung(store, 1, "night"), rung(store, 3, "night")) == (["bo"], ["ada"])


def test_who_asked_may_withdraw_and_who_is_asked_may_refuse(
    ada: Visitor, bo: Visitor, store: Store
) -> None:
    ada.post(f"/me/shifts/{MINE}/swap", SWAP)
    ada.post(f"/me/shifts/{MINE}/swap", {"partner": "bo"})

    assert bo.post("/me/swaps/1", {"said": "no"}).status_code == 303
    assert ada.post("/me/swaps/2", {"said": "back"}).status_code == 303

    with store.reading() as db:
        assert swaps_open(db) == ()


def test_nobody_answers_for_another(ada: Visitor, bo: Visitor) -> None:
    ada.post(f"/me/shifts/{MINE}/swap", SWAP)

    assert ada.post("/me/swaps/1", {"said": "yes"}).status_code == 404
    assert bo.post("/me/swaps/1", {"said": "back"}).status_code == 404
    assert bo.post("/me/swaps/1", {"said": "hm"}).status_code == 400
    assert bo.post("/me/swaps/77", {"said": "yes"}).status_code == 404


def test_what_was_possible_a_moment_ago_is_told_and_the_offers_are_fresh(
    ada: Visitor, bo: Visitor
) -> None:
    ada.post(f"/me/shifts/{MINE}/swap", SWAP)

    again = ada.post(f"/me/shifts/{MINE}/swap?lang=en", SWAP)
    illegal = ada.post(f"/me/shifts/{MINE}/swap?lang=en", {"partner": "gus"})
    nobody = ada.post(f"/me/shifts/{MINE}/swap?lang=en", {"partner": "zoe"})

    assert (again.status_code, illegal.status_code, nobody.status_code) == (409, 409, 409)
    assert "That person is asked already." in again.text
    assert "The rules of the roster no longer allow that." in illegal.text
    assert "takes no shifts at this desk any more" in nobody.text


def test_a_double_tap_asks_once(ada: Visitor, store: Store) -> None:
    for _ in range(2):
        answer = ada.post(f"/me/shifts/{MINE}/swap", SWAP, once="the same form")
        assert answer.location == "/me"

    with store.reading() as db:
        assert len(swaps_open(db)) == 1


def test_somebody_elses_shift_is_not_mine_to_swap(ada: Visitor) -> None:
    assert ada.get(f"/me/shifts/{THEIRS}/swap").status_code == 404


def test_two_hours_before_it_is_too_late(ada: Visitor, watch: Watch) -> None:
    watch.at = TUESDAY.start.replace(hour=12, minute=30)

    assert "It is too late to swap this shift" in ada.text(f"/me/shifts/{MINE}/swap?lang=en")
    assert ada.post(f"/me/shifts/{MINE}/swap", SWAP).status_code == 409


def test_an_open_shift_is_taken_in_two_taps_and_once(ada: Visitor, store: Store) -> None:
    sunday = week.address(6, "evening")
    assert f"/me/open/{sunday}" in ada.text("/me/open")
    assert rung(store, 6, "evening") == ["bo"]

    assert ada.post(f"/me/open/{sunday}").location == "/me"

    assert sorted(rung(store, 6, "evening")) == ["ada", "bo"]
    again = ada.post(f"/me/open/{sunday}?lang=en")
    assert again.status_code == 409
    assert "That shift is not open to you any more" in again.text


def test_the_offers_cost_few_statements(ada: Visitor, store: Store) -> None:
    with statements(store) as said:
        ada.text(f"/me/shifts/{MINE}/swap")
    with statements(store) as opened:
        ada.text("/me/open")

    assert len(said) < 14
    assert len(opened) < 14


def test_a_shift_taken_by_mistake_is_given_back_within_two_minutes(
    ada: Visitor, bo: Visitor, store: Store, watch: Watch
) -> None:
    sunday = week.address(6, "evening")
    ada.post(f"/me/open/{sunday}")
    assert "Give it back" in ada.text("/me?lang=en")
    assert bo.post("/me/taken/1").status_code == 409

    assert ada.post("/me/taken/1").location == "/me"

    assert rung(store, 6, "evening") == ["bo"]
    ada.post(f"/me/open/{sunday}")
    watch.at += timedelta(minutes=2)
    assert "Give it back" not in ada.text("/me?lang=en")
    assert ada.post("/me/taken/2").status_code == 409
    assert ada.post("/me/taken/77").status_code == 409
