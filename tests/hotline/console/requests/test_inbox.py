"""What waits for a coordinator is told with its effect, and decided in one click."""

from collections.abc import Callable

import pytest
from flask import Flask

from hotline.duty import PersonId
from hotline.store import Store
from hotline.store.duty.absences import absences_between, note_absence
from hotline.store.duty.overrides import every_override
from hotline.store.duty.standins import searches_open
from hotline.store.duty.swaps import swap_of
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.statements import statements

TUESDAY, WEDNESDAY = week.span_of(1, "night"), week.span_of(2, "evening")


def state(store: Store, number: int) -> str:
    with store.reading() as db:
        swap = swap_of(db, number)
    assert swap is not None
    return swap.state.value


def test_a_swap_is_told_with_rules_coverage_hours_nights_and_rest(app: Flask, dee: Visitor) -> None:
    week.agreed(app)

    page = dee.text("/requests?lang=en")

    assert "1 waits for you" in page
    assert "王芳 and 陈静 swap" in page
    assert "breaks no rule" in page
    assert "covered as now" in page
    assert "18 → 18" in page
    assert "106 h" in page
    assert "王芳 has not answered yet" in page


def test_an_approval_is_one_click_and_done_once(app: Flask, dee: Visitor, store: Store) -> None:
    week.agreed(app)
    dee.text("/requests?lang=en")

    assert dee.post("/requests/swaps/2", {"said": "approve"}).location == "/requests"
    assert "Approved." in dee.text("/requests?lang=en")
    dee.post("/requests/swaps/2", {"said": "approve"})

    assert "decided, withdrawn or expired before" in dee.text("/requests?lang=en")
    assert state(store, 2) == "approved"
    with store.reading() as db:
        assert len(every_override(db, TUESDAY)) == 1


def test_a_refusal_leaves_the_roster_alone(app: Flask, dee: Visitor, store: Store) -> None:
    week.agreed(app)

    dee.post("/requests/swaps/2", {"said": "refuse"})

    assert state(store, 2) == "refused"
    with store.reading() as db:
        assert every_override(db, TUESDAY) == ()


def test_what_the_partner_has_not_answered_is_not_approved(app: Flask, dee: Visitor) -> None:
    week.busy(app)

    answer = dee.post("/requests/swaps/1?lang=en", {"said": "approve"})

    assert answer.status_code == 409
    assert "it is not answered yet" in answer.text


def test_an_absence_is_told_with_what_is_missing_and_taken_back(
    app: Flask, dee: Visitor, store: Store
) -> None:
    week.busy(app)
    page = dee.text("/requests?lang=en")
    assert "李婷" in page
    assert "4 h of one person more below the floor" in page
    assert "somebody is being looked for" in page

    dee.post("/requests/absences/1", {"said": "comes"})

    with store.reading() as db:
        assert absences_between(db, WEDNESDAY) == ()
        assert [each.state.value for each in searches_open(db, week.NOW)] == ["ended"]
    dee.post("/requests/absences/1", {"said": "comes"})
    assert dee.post("/requests/absences/1", {"said": "comes"}).status_code == 404


def test_somebody_is_looked_for_in_one_click(
    dee: Visitor, store: Store, people: dict[str, int]
) -> None:
    with store.writing() as db:
        note_absence(db, PersonId(people["cem"]), WEDNESDAY, week.NOW)
    assert "nobody is looked for" in dee.text("/requests?lang=en")

    dee.post("/requests/absences/1", {"said": "seek"})

    with store.reading() as db:
        assert [each.code for each in searches_open(db, week.NOW)] == ["cem"]


def test_what_somebody_says_on_the_telephone_is_noted(
    app: Flask, dee: Visitor, store: Store
) -> None:
    week.asked_to_stand_in(app, "fay")
    assert "张伟 · is asked" in dee.text("/requests?lang=en")

    dee.post("/requests/questions/1", {"said": "yes"})

    with store.reading() as db:
        (made,) = every_override(db, WEDNESDAY)
    assert made.comes is not None
    assert made.comes.code == "fay"


@pytest.mark.parametrize("path", ["swaps/2", "absences/1", "questions/1"])
def test_the_coordinator_of_another_city_sees_and_decides_nothing(
    app: Flask, store: Store, path: str
) -> None:
    week.agreed(app)
    other = visitor(app, "dee", desks=("changzhou",))

    assert "陈静" not in other.text("/requests")
    said = {"swaps/2": "approve", "absences/1": "comes", "questions/1": "yes"}[path]
    assert other.post(f"/requests/{path}", {"said": said}).status_code == 404
    assert state(store, 2) == "agreed"


@pytest.mark.parametrize("path", ["swaps/9", "absences/9", "questions/9"])
def test_what_is_not_there_and_what_means_nothing(dee: Visitor, path: str) -> None:
    said = {"swaps/9": "approve", "absences/9": "comes", "questions/9": "yes"}[path]
    assert dee.post(f"/requests/{path}", {"said": said}).status_code == 404
    assert dee.post(f"/requests/{path}", {"said": "hm"}).status_code == 400


@pytest.mark.parametrize("login", ["eve", "ada", "sam", "otto"])
def test_nobody_but_coordinators_decides(
    app: Flask, signed_in: Callable[[str], Visitor], store: Store, login: str
) -> None:
    week.agreed(app)
    other = signed_in(login)

    assert other.get("/requests").status_code == 403
    assert other.post("/requests/swaps/2", {"said": "approve"}).status_code == 403
    assert other.post("/requests/absences/1", {"said": "comes"}).status_code == 403
    assert other.post("/requests/questions/1", {"said": "yes"}).status_code == 403
    assert passer_by(app).get("/requests").status_code == 303
    assert state(store, 2) == "agreed"


def test_it_costs_the_same_however_much_waits(app: Flask, dee: Visitor, store: Store) -> None:
    week.busy(app)
    dee.text("/requests")
    with statements(store) as few:
        dee.text("/requests")
    week.asked_to_stand_in(app, "fay")
    with statements(store) as more:
        dee.text("/requests")

    assert len(more) <= len(few) < 18
