"""The form after a conversation on a page, who reads its note, and the follow-ups that are due."""

from datetime import timedelta

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.duty import LegId
from hotline.store import Store
from hotline.store.calling.legs import leg_of_id
from hotline.store.talking.forms import note_form
from tests.hotline.console import evening, scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.supervision import ADA, acts
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.scenarios.rows import named
from tests.statements import statements

EMPTY, SOON, LATE, OTHER = 4, 5, 6, 7  # legs: without a form, due tomorrow, late, of the youth line
FORM = {"risk": "medium", "kind": "2", "note": "想退学", "follow_up": "day", "seen": "0"}


@pytest.fixture
def ada(app: Flask) -> Visitor:
    return visitor(app, "ada", person=ADA)


def form(store: Store, leg: int) -> dict[str, object]:
    [found] = [each for each in named(store, "call_form") if each["leg_id"] == leg]
    return found


def test_ada_sees_what_is_due_of_hers(ada: Visitor) -> None:
    page = ada.text("/care?lang=en")

    assert "Your follow-ups" in page
    assert "1 is late" in page
    for leg in (EMPTY, SOON, LATE):
        assert f'href="/care/{leg}"' in page
    assert f'href="/care/{OTHER}"' not in page
    assert evening.NOTE not in page


def test_sam_sees_what_is_due_on_the_lines(sam: Visitor, youth: Visitor) -> None:
    page = sam.text("/care?lang=en")
    assert "Follow-ups of your lines" in page
    assert ">22 min<" in page  # so long they talked; 22:00 would be taken for an hour
    for leg in (EMPTY, SOON, LATE, OTHER):
        assert f'href="/care/{leg}"' in sam.text("/care")
    assert f'href="/care/{OTHER}"' in youth.text("/care")
    assert f'href="/care/{LATE}"' not in youth.text("/care")


def test_ada_fills_in_the_form(ada: Visitor, store: Store) -> None:
    answer = ada.post(f"/care/{EMPTY}", FORM)

    assert answer.location.endswith("/care")
    row = form(store, EMPTY)
    assert (row["risk"], row["kind"], row["done"]) == ("medium", 2, scene.BUSY)
    assert row["follow_up"] == scene.BUSY + timedelta(days=1)
    assert evening.PRIVACY.opened(row["note_cipher"]) == "想退学"  # type: ignore[arg-type]
    assert acts(store)[0] == ("ada", "care.form", f"leg/{EMPTY}")
    assert "想退学" not in repr(named(store, "trail"))


def test_a_day_of_ones_choice_is_due_by_its_evening(ada: Visitor, store: Store) -> None:
    ada.post(f"/care/{EMPTY}", {**FORM, "follow_up": "on", "day": "2026-11-27"})

    assert form(store, EMPTY)["follow_up"] == scene.local(4, 20)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"risk": ""}, "This field is required"),
        ({"follow_up": ""}, "This field is required"),
        ({"follow_up": "on", "day": ""}, "Say on which day."),
        ({"follow_up": "on", "day": "2026-11-23"}, "That time has passed already."),
        ({"follow_up": "on", "day": "2029-11-23"}, "A follow-up is due within a year."),
        ({"note": "长" * 4001}, "The note is too long"),
        ({"kind": "9"}, "Not a valid choice"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(
    ada: Visitor, store: Store, wrong: dict[str, str], said: str
) -> None:
    answer = ada.post(f"/care/{EMPTY}?lang=en", {**FORM, **wrong})

    assert answer.status_code == 400
    assert said in answer.text
    assert wrong.get("note", "想退学") in answer.text
    assert [each for each in named(store, "call_form") if each["leg_id"] == EMPTY] == []


def test_what_was_keyed_stands_in_the_form_and_is_completed(ada: Visitor, store: Store) -> None:
    with store.writing() as db:
        leg = leg_of_id(db, LegId(EMPTY))
        assert leg is not None
        note_form(db, leg, scene.BUSY, risk="high")

    page = ada.text(f"/care/{EMPTY}?lang=en")
    assert 'checked id="risk-2" name="risk" type="radio" value="high"' in page

    ada.post(f"/care/{EMPTY}", {**FORM, "risk": "high", "seen": "1"})
    assert form(store, EMPTY)["version"] == 2


def test_a_form_changed_meanwhile_is_shown_beside_what_was_typed(
    ada: Visitor, store: Store
) -> None:
    ada.post(f"/care/{EMPTY}", FORM)

    second = ada.post(f"/care/{EMPTY}?lang=en", {**FORM, "note": "second page"})

    assert second.status_code == 409
    assert "The form was changed meanwhile" in second.text
    for words in ("想退学", "second page", 'name="seen" type="hidden" value="1"'):
        assert words in second.text
    ada.post(f"/care/{EMPTY}", {**FORM, "note": "second page", "seen": "1"})
    sealed = form(store, EMPTY)["note_cipher"]
    assert evening.PRIVACY.opened(sealed) == "second page"  # type: ignore[arg-type]


def test_sam_reads_a_note_and_it_is_kept_that_he_did(sam: Visitor, store: Store) -> None:
    page = sam.text(f"/care/{LATE}?lang=en")
    assert evening.NOTE not in page
    assert "Read the note" in page

    answer = sam.post(f"/care/{LATE}/note")

    assert evening.NOTE in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert acts(store)[0] == ("sam", "care.read", f"leg/{LATE}")
    sam.post(f"/care/{LATE}/note")
    assert acts(store)[1] == ("sam", "care.read", f"leg/{LATE}")


def test_a_supervisor_fills_in_nothing(sam: Visitor, store: Store) -> None:
    assert sam.post(f"/care/{EMPTY}", FORM).status_code == 403


def test_who_is_supervisor_and_volunteer_fills_in_only_their_own(app: Flask) -> None:
    both = visitor(app, "eva", person=1, roles=(Role.SUPERVISOR, Role.VOLUNTEER))

    assert both.get(f"/care/{EMPTY}").status_code == 200
    assert both.post(f"/care/{EMPTY}", FORM).status_code == 404


def test_ada_notes_what_came_of_a_follow_up(ada: Visitor, store: Store) -> None:
    answer = ada.post(f"/care/{LATE}/follow-up", {"up-result": "reached"})

    assert answer.status_code == 303
    row = form(store, LATE)
    assert (row["result"], row["followed_up"], row["followed_up_by"]) == (
        "reached", scene.BUSY, ADA,
    )  # fmt: skip
    assert acts(store)[0] == ("ada", "care.follow-up", f"leg/{LATE}")
    assert "Followed up 23:10" in ada.text(f"/care/{LATE}?lang=en")
    again = ada.post(f"/care/{LATE}/follow-up", {"up-result": "unreached"})
    assert again.status_code == 303
    assert form(store, LATE)["result"] == "reached"


def test_a_follow_up_is_put_off_to_a_day_to_come(sam: Visitor, store: Store) -> None:
    path = f"/care/{LATE}/follow-up?lang=en"
    for day, said in (("", "Say on which day."), ("2026-11-01", "That time has passed already.")):
        answer = sam.post(path, {"up-result": "later", "up-day": day})
        assert (answer.status_code, said in answer.text) == (400, True)

    sam.post(path, {"up-result": "later", "up-day": "2026-11-26"})

    assert form(store, LATE)["follow_up"] == scene.local(3, 20)


def test_the_board_tells_of_late_follow_ups(sam: Visitor) -> None:
    assert "96111 Teacher Tao: 1 follow-up is late" in sam.text("/board?lang=en")


def test_who_has_no_part_in_it_finds_nothing(app: Flask, youth: Visitor) -> None:
    bo = visitor(app, "bo", person=2)
    for somebody in (bo, youth):
        assert somebody.get(f"/care/{LATE}").status_code == 404
        answer = somebody.post(f"/care/{LATE}/follow-up", {"up-result": "reached"})
        assert answer.status_code == 404
    assert bo.post(f"/care/{LATE}/note").status_code == 403
    assert youth.post(f"/care/{LATE}/note").status_code == 404
    assert bo.post(f"/care/{EMPTY}", FORM).status_code == 404
    assert bo.get("/care/999").status_code == 404
    assert bo.get("/care/1").status_code == 404  # a leg that still rings


@pytest.mark.parametrize("login", ["dee", "ann", "otto", "eve"])
def test_and_eve(app: Flask, login: str) -> None:
    somebody = visitor(app, login)
    for path in ("/care", f"/care/{LATE}"):
        assert somebody.get(path).status_code == 403
    for path in (f"/care/{LATE}", f"/care/{LATE}/note", f"/care/{LATE}/follow-up"):
        assert somebody.post(path, FORM).status_code == 403
    assert passer_by(app).get(f"/care/{LATE}").status_code == 303


def test_the_number_of_queries_does_not_grow(sam: Visitor, store: Store, watch: Watch) -> None:
    counts = []
    for _ in range(2):
        with statements(store) as said:
            sam.text("/care")
        counts.append(len(said))
        with store.writing() as db:
            evening.conversations(db)
    assert counts[0] == counts[1] <= 8
