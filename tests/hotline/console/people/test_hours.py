"""The grid of hours: what is ticked is kept, half hours are not lost, and neither are editors."""

import re

from hotline.store import Store
from hotline.store.people.everybody import person_of
from tests.hotline.console.people.trails import entries
from tests.hotline.console.visitors import Visitor

HOURS = "/people/ada/hours/availability"
BEFORE = "Mon-Fri 18:00-22:00; Sat 18:30-20:00"


def text(store: Store) -> str:
    with store.reading() as db:
        ada = person_of(db, "ada")
    assert ada is not None
    return ada.availability.text


def ticked(page: str) -> list[str]:
    return [box[0] for box in re.findall(r'value="(\d-\d+)"[^>]*?( checked)>', page)]


def form(page: str, *but: str, **more: object) -> dict[str, object]:
    [was] = re.findall(r'name="was" value="([^"]*)"', page)
    [words] = re.findall(r'name="text" value="([^"]*)"', page)
    [start] = re.findall(r'name="start" value="([^"]*)"', page)
    return {
        "was": was,
        "start": start,
        "text": words,
        "cell": [c for c in ticked(page) if c not in but],
        **more,
    }


def test_the_grid_shows_whole_hours_and_halves(dee: Visitor) -> None:
    page = dee.text(f"{HOURS}?lang=en")
    assert len(ticked(page)) == 22
    assert 'aria-label="Sat 18–19, in part"' in page
    assert page.count('type="checkbox"') == 168


def test_narrowing_one_evening_keeps_the_half_hour(dee: Visitor, store: Store) -> None:
    answer = dee.post(HOURS, form(dee.text(HOURS), "4-20", "4-21"))
    assert answer.location == "/people/ada"
    assert text(store) == "Mon-Thu 18:00-22:00; Fri 18:00-20:00; Sat 18:30-20:00"
    [(act, _, before, _)] = entries(store)
    assert (act, before) == ("people.hours", {"availability": BEFORE})


def test_words_are_taken_as_they_are_written(dee: Visitor, store: Store) -> None:
    dee.post(HOURS, form(dee.text(HOURS), text="Sat  22:00-08:30"))
    assert text(store) == "Sat 22:00-08:30"
    dee.post(HOURS, form(dee.text(HOURS), text=""))
    assert text(store) == ""


def test_ticks_and_words_that_differ_are_refused_and_both_stay(dee: Visitor, store: Store) -> None:
    answer = dee.post(f"{HOURS}?lang=en", form(dee.text(HOURS), "4-21", text="always"))
    assert answer.status_code == 400
    assert "change one of the two only" in answer.text
    assert 'value="always"' in answer.text
    assert len(ticked(answer.text)) == 21
    assert text(store) == BEFORE


def test_words_that_are_no_hours_are_refused_and_stay(dee: Visitor, store: Store) -> None:
    answer = dee.post(HOURS, form(dee.text(HOURS), text="evenings"))
    assert answer.status_code == 400
    assert 'value="evenings"' in answer.text
    assert entries(store) == []


def test_of_two_who_tick_the_slower_sees_both_and_may_keep_theirs(
    dee: Visitor, store: Store
) -> None:
    page = dee.text(HOURS)
    dee.post(HOURS, form(page, text="Sun 08:00-10:00"))

    answer = dee.post(f"{HOURS}?lang=en", form(page, "0-18"))

    assert answer.status_code == 409
    assert "nothing of yours is lost" in answer.text
    assert "<dd>Sun 08:00-10:00</dd>" in answer.text
    assert text(store) == "Sun 08:00-10:00"
    assert len(ticked(answer.text)) == 21
    assert dee.post(HOURS, form(answer.text)).status_code == 303
    assert text(store) == "Mon 19:00-22:00; Tue-Fri 18:00-22:00; Sat 18:30-20:00"


def test_of_two_who_write_the_slower_sees_both_and_may_keep_theirs(
    dee: Visitor, store: Store
) -> None:
    page = dee.text(HOURS)
    dee.post(HOURS, form(page, text="Sun 08:00-10:00"))

    answer = dee.post(HOURS, form(page, text="Sat 08:30-10:00"))

    assert answer.status_code == 409
    assert dee.post(HOURS, form(answer.text)).status_code == 303
    assert text(store) == "Sat 08:30-10:00"


def test_a_grid_that_is_none_is_not_there(dee: Visitor) -> None:
    assert dee.get("/people/ada/hours/moods").status_code == 404
    assert dee.post("/people/ada/hours/moods", {}).status_code == 404
    for field in ("start", "was"):
        assert dee.post(HOURS, {field: "soon", "text": "soon"}).status_code == 400
