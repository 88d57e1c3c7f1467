"""What a volunteer tells about themselves: hours, ways, calendar; and what they worked."""

import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from sqlalchemy import text

from hotline.store import Store
from hotline.store.people.contacts import has_stopped
from hotline.store.people.everybody import person_of
from tests.hotline.console.me import week
from tests.hotline.console.visitors import Visitor


def cells(*days: int, hours: range = range(18, 22)) -> list[str]:
    return [f"{day}-{hour}" for day in days for hour in hours]


def availability(store: Store) -> str:
    with store.reading() as db:
        person = person_of(db, "ada")
    assert person is not None
    return person.availability.text


def test_hours_are_ticked_and_kept(ada: Visitor, store: Store) -> None:
    assert ada.text("/me/availability").count(" checked") == 7 * 24

    answer = ada.post("/me/availability", {"was": "always", "cell": cells(0, 1, 5)})

    assert answer.location == "/me"
    assert availability(store) == "Mon,Tue,Sat 18:00-22:00"
    assert ada.text("/me/availability").count(" checked") == 12


def test_hours_that_somebody_changed_meanwhile_are_told_and_nothing_is_lost(
    ada: Visitor, store: Store
) -> None:
    ada.post("/me/availability", {"was": "always", "cell": cells(0)})

    second = ada.post("/me/availability?lang=en", {"was": "always", "cell": cells(5)})

    assert second.status_code == 409
    assert "Somebody changed your hours meanwhile: Mon 18:00-22:00" in second.text
    assert second.text.count(" checked") == 4
    assert 'name="was" value="Mon 18:00-22:00"' in second.text
    assert availability(store) == "Mon 18:00-22:00"


def test_nonsense_is_refused(ada: Visitor, store: Store) -> None:
    assert ada.post("/me/availability", {"was": "whenever"}).status_code == 400
    assert ada.post("/me/notices", {"ways": "by pigeon"}).status_code == 400
    assert ada.post("/me/notices/texts", {"said": "maybe"}).status_code == 400
    assert availability(store) == "always"


def test_the_ways_of_notices_are_kept_in_order(ada: Visitor, store: Store) -> None:
    assert ada.post("/me/notices", {"ways": "sms;apprise"}).location == "/me/notices"

    with store.reading() as db:
        person = person_of(db, "ada")
    assert person is not None
    assert [way.value for way in person.notices] == ["sms", "apprise"]
    ada.post("/me/notices", {"ways": "none"})
    chosen = re.findall(r"<input[^>]* checked[^>]* name=.ways.[^>]*>", ada.text("/me/notices"))
    assert [re.findall(r'value="(\w+)"', each) for each in chosen] == [["none"]]


def test_texts_are_stopped_and_sent_again(ada: Visitor, store: Store) -> None:
    for said, stopped in (("stop", True), ("start", False)):
        ada.post("/me/notices/texts", {"said": said})
        with store.reading() as db:
            person = person_of(db, "ada")
            assert person is not None
            assert has_stopped(db, person.id) is stopped


def test_hours_and_nights_stand_beside_the_fair_share(ada: Visitor) -> None:
    page = ada.text("/me/hours?lang=en")

    assert "November 2026" in page
    assert '<th scope="row">Hours</th><td class="number">14</td>' in page
    assert '<th scope="row">Nights</th><td class="number">1</td>' in page


def address_of(page: str) -> str:
    return page.partition('id="address">')[2].partition("<")[0]


def test_the_calendar_is_behind_an_address_that_is_shown_once(ada: Visitor) -> None:
    address = address_of(ada.post("/me/calendar").text)
    path = address.partition("127.0.0.1:8000")[2]
    assert path.startswith("/calendar/")
    assert path not in ada.text("/me/calendar")

    answer = ada.get(path)

    assert answer.content_type == "text/calendar; charset=utf-8"
    starts = [event.start for event in Calendar.from_ical(answer.data).events]
    assert starts == [week.span_of(1, "night").start, week.span_of(5, "evening").start]
    tag = answer.headers["ETag"]
    assert ada.get(path, {"If-None-Match": tag}).status_code == 304


def test_a_new_address_ends_the_old_one_and_ending_ends_it(ada: Visitor) -> None:
    first, second = (
        address_of(ada.post("/me/calendar").text).partition("127.0.0.1:8000")[2] for _ in range(2)
    )
    assert ada.get(first).status_code == 404
    assert ada.get(second).status_code == 200

    ada.post("/me/calendar/end")

    assert ada.get(second).status_code == 404


def test_a_guessed_address_is_not_there(ada: Visitor) -> None:
    assert ada.get("/calendar/guess.ics").status_code == 404


def test_what_cannot_be_kept_for_another_reason_is_said_and_nothing_is_lost(
    ada: Visitor, store: Store
) -> None:
    with store.writing() as db:
        shared = "update person set shares_address = true, address = 'tel:+8613800000000'"
        db.connection().execute(text(shared))

    hours = ada.post("/me/availability?lang=en", {"was": "always", "cell": cells(0)})
    ways = ada.post("/me/notices?lang=en", {"ways": "sms"})

    for answer in (hours, ways):
        assert answer.status_code == 409
        assert "something else about you is out of date" in answer.text
    assert hours.text.count(" checked") == 4
    assert availability(store) == "always"


def languages_ticked(page: str) -> list[str]:
    return re.findall(r'<input checked[^>]*name="language"[^>]*value="(\w*)"', page)


def test_ada_chooses_her_language_and_pages_and_calendar_follow(ada: Visitor) -> None:
    # given: her browser asks for English, and her calendar's address was made there
    english = {"Accept-Language": "en"}
    address = address_of(ada.post("/me/calendar?lang=en").text).partition("127.0.0.1:8000")[2]
    assert "SUMMARY:On duty: Nanjing desk" in ada.text(address)
    # when
    answer = ada.post("/me/notices/language?lang=en", {"language": "zh"})
    # then
    assert answer.location == "/me/notices"
    page = ada.get("/me/notices", english).text
    assert '<html lang="zh-CN"' in page
    assert languages_ticked(page) == ["zh"]
    assert "SUMMARY:值班：南京席位" in ada.text(address)
    # when: this visit shall be in English all the same
    ada.get("/me/notices?lang=en")
    # then
    assert '<html lang="en"' in ada.get("/me/notices").text
    # when: no language is hers any more
    ada.post("/me/notices/language", {"language": ""})
    # then
    assert '<html lang="en"' in ada.get("/me/notices", english).text
    assert "SUMMARY:On duty: Nanjing desk" in ada.text(address)


@pytest.mark.parametrize("path", ["/me/notices/language", "/account/language"])
@pytest.mark.parametrize("wanted", [{"language": "tlh"}, {}])
def test_a_language_that_there_is_not_is_refused_at_its_field(
    ada: Visitor, path: str, wanted: dict[str, str]
) -> None:
    ada.post(path, {"language": "zh"})

    answer = ada.post(f"{path}?lang=en", wanted)

    assert answer.status_code == 400
    assert 'id="language-wrong"' in answer.text
    assert languages_ticked(ada.text("/account")) == ["zh"]


def test_eve_has_an_account_to_choose_for_and_no_notices(
    signed_in: Callable[[str], Visitor],
) -> None:
    eve = signed_in("eve")
    assert eve.post("/me/notices/language", {"language": "zh"}).status_code == 403
    assert eve.post("/account/language", {"language": "zh"}).location == "/account"
    assert '<html lang="zh-CN"' in eve.get("/account", {"Accept-Language": "en"}).text
