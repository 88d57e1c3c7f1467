"""Callbacks are seen without numbers, settled, tried again, and given to somebody."""

from datetime import timedelta

from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.store import Store
from hotline.store.sending.alarms import open_alarms, raise_alarms
from tests.hotline.console import evening, scene
from tests.hotline.console.supervision import acts
from tests.hotline.console.visitors import Visitor
from tests.scenarios.rows import named

EXPIRED, UNREACHED, IN_HAND, OPEN = 5, 6, 7, 8


def state(store: Store, number: int) -> str:
    [found] = [each["state"] for each in named(store, "callback") if each["id"] == number]
    assert isinstance(found, str)
    return found


def test_each_callback_says_where_it_stands(sam: Visitor) -> None:
    page = sam.text("/callbacks?lang=en")

    for words in ("past its time", "tried as often as is allowed", "being kept now", "3 tries"):
        assert words in page
    assert "was due 22:10" in page
    assert "Given to 赵敏" in page
    assert page.index(f'id="callback-{EXPIRED}"') < page.index(f'id="callback-{UNREACHED}"')


def test_a_callback_that_ran_out_is_tried_again(sam: Visitor, store: Store) -> None:
    with store.writing() as db:
        raise_alarms(db, [Alarm(AlarmKind.UNKEPT, str(EXPIRED))], scene.BUSY)

    assert sam.post(f"/callbacks/{EXPIRED}/again").status_code == 303

    assert state(store, EXPIRED) == "open"
    [row] = [each for each in named(store, "callback") if each["id"] == EXPIRED]
    due = timedelta(seconds=scene.settings().answering.callback_due)
    assert row["due"] == scene.BUSY + due
    with store.reading() as db:
        assert AlarmKind.UNKEPT not in [each.alarm.kind for each in open_alarms(db)]
    assert acts(store)[0] == ("sam", "callback.again", f"callback/{EXPIRED}")


def test_a_callback_that_is_not_due_is_not_promised_anew(sam: Visitor, store: Store) -> None:
    answer = sam.post(f"/callbacks/{OPEN}/again?lang=en")

    assert answer.status_code == 303
    assert state(store, OPEN) == "open"
    assert "Nothing was changed" in sam.text("/callbacks?lang=en")


def test_a_callback_is_kept_by_other_means(sam: Visitor, store: Store) -> None:
    sam.post(f"/callbacks/{UNREACHED}/kept")

    assert state(store, UNREACHED) == "kept"
    assert f'id="callback-{UNREACHED}"' not in sam.text("/callbacks")
    assert acts(store)[0] == ("sam", "callback.kept", f"callback/{UNREACHED}")


def test_a_callback_that_is_in_hand_is_left_alone(sam: Visitor, store: Store) -> None:
    sam.post(f"/callbacks/{IN_HAND}/kept")

    assert state(store, IN_HAND) == "in-hand"


def test_a_callback_is_given_to_somebody_and_back(sam: Visitor, store: Store) -> None:
    assert "赵敏" in sam.text(f"/callbacks/{OPEN}/person")

    sam.post(f"/callbacks/{OPEN}/person", {"person": "v06"})
    assert "Given to 孙丽" in sam.text("/callbacks?lang=en")
    [row] = [each for each in named(store, "callback") if each["id"] == OPEN]
    assert row["person_id"] == 7

    sam.post(f"/callbacks/{OPEN}/person", {"person": ""})
    [row] = [each for each in named(store, "callback") if each["id"] == OPEN]
    assert row["person_id"] is None
    assert acts(store)[0] == ("sam", "callback.give", f"callback/{OPEN}")


def test_nobody_unknown_is_given_a_callback(sam: Visitor, store: Store) -> None:
    assert sam.post(f"/callbacks/{OPEN}/person", {"person": "nobody"}).status_code == 404
    [row] = [each for each in named(store, "callback") if each["id"] == OPEN]
    assert row["person_id"] == evening.ADA


def test_a_supervisor_of_another_line_finds_nothing(youth: Visitor) -> None:
    page = youth.text("/callbacks")
    assert f'id="callback-{EXPIRED}"' not in page
    assert f'id="callback-{OPEN}"' in page
    assert youth.get(f"/callbacks/{EXPIRED}/person").status_code == 404
    for act in ("kept", "again", "person"):
        assert youth.post(f"/callbacks/{EXPIRED}/{act}").status_code == 404


def test_a_double_click_settles_once_and_leads_to_the_same_place(sam: Visitor) -> None:
    first = sam.post(f"/callbacks/{UNREACHED}/kept", once="same")
    second = sam.post(f"/callbacks/{UNREACHED}/kept", once="same")

    assert first.location == second.location
