"""A callback asked for on the help page: kept like one that was promised by telephone."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hotline.config.settings import Settings
from hotline.config.tables.help import Help
from hotline.practice import ACCEPTS, RINGS_OUT, Phone
from hotline.privacy import Privacy
from hotline.promises.states import Safe
from hotline.seeking.asking import Asked, Promised, Question, Reception, ask_for_callback
from hotline.store import Store
from tests import make
from tests.scenarios.promised import AFTERNOON, DAY, NUMBER, PromisingHotline
from tests.scenarios.rows import every_word, named
from tests.scenarios.stage import SECRETS, SITE

TALKS = replace(ACCEPTS, drops_after=timedelta(minutes=4))
ADDRESS = "203.0.113.7"
AGREED = Question("consent", "We ring you within 24 hours.", "yes")


def asks(
    store: Store,
    settings: Settings = SITE,
    number: str = NUMBER,
    *,
    at: datetime = AFTERNOON,
    address: str | None = ADDRESS,
    safe: Safe = Safe.ANY,
) -> Promised | None:
    asked = Asked(settings.lines[0], number, safe, False, (AGREED,), address)
    with store.writing() as db:
        return ask_for_callback(Reception(db, settings, Privacy(SECRETS), at), asked)


def promises(store: Store) -> list[dict[str, Any]]:
    return named(store, "callback")


def test_who_asked_by_form_is_rung_back_and_talks(store: Store) -> None:
    hotline = PromisingHotline(store)
    hotline.on_duty("Ada", span=DAY)
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", TALKS))

    promised = asks(store)
    hotline.passes(1500)

    assert promised is not None
    assert promised.due == AFTERNOON + timedelta(days=1)
    assert hotline.callback()["state"] == "kept"
    assert hotline.tries() == ["talked"]
    assert len(hotline.rung_back()) == 1
    hotline.keeps_its_word()


def test_what_was_asked_and_answered_is_kept_with_the_promise(store: Store) -> None:
    asks(store, safe=Safe.EVENING)

    (promise,) = promises(store)
    assert (promise["state"], promise["safe"], promise["leave_word"]) == ("open", "evening", False)
    assert Privacy(SECRETS).opened(promise["number_cipher"]) == NUMBER
    (consent,) = named(store, "consent")
    assert (consent["callback_id"], consent["call_id"]) == (promise["id"], None)
    assert (consent["words"], consent["answer"]) == (AGREED.words, "yes")


def test_neither_number_nor_address_can_be_read_in_the_database(store: Store) -> None:
    asks(store)

    assert not any(secret in every_word(store) for secret in (NUMBER[3:], ADDRESS))


def test_who_asks_twice_is_rung_once(store: Store) -> None:
    first = asks(store)
    again = asks(store, at=AFTERNOON + timedelta(minutes=5))

    assert first is not None
    assert again is not None
    assert again.due == first.due + timedelta(minutes=5)
    assert [row["state"] for row in promises(store)] == ["replaced", "open"]


def test_who_asks_anew_while_being_rung_back_is_not_rung_by_two_people(store: Store) -> None:
    hotline = PromisingHotline(store)
    hotline.on_duty("Ada", "Bo", span=DAY)
    long = replace(TALKS, drops_after=timedelta(minutes=20))
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", long))
    asks(store)
    hotline.passes(330)
    assert len(hotline.rung_back()) == 1

    asks(store, at=hotline.clock())
    hotline.passes(900)
    assert len(hotline.rung_back()) == 1, "they talk, and Bo is free"
    hotline.passes(3000)

    assert hotline.tries() == ["talked", "talked"]
    assert [row["state"] for row in promises(store)] == ["replaced", "kept"]
    hotline.keeps_its_word()


def test_who_asks_anew_before_they_talk_is_not_rung_once_more_for_it(store: Store) -> None:
    hotline = PromisingHotline(store)
    hotline.on_duty("Ada", "Bo", span=DAY)
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", TALKS))
    asks(store)
    while not hotline.legs("Ada") and not hotline.legs("Bo"):
        hotline.passes(1)  # until a volunteer is asked to ring them

    asks(store, at=hotline.clock())
    hotline.passes(1500)

    assert hotline.tries() == ["talked"]
    assert len(hotline.rung_back()) == 1
    assert [row["state"] for row in promises(store)] == ["replaced", "kept"]
    hotline.keeps_its_word()


def test_who_asks_anew_and_is_not_reached_by_the_first_call_is_rung_for_the_second(
    store: Store,
) -> None:
    hotline = PromisingHotline(store)
    hotline.on_duty("Ada", span=DAY)
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", RINGS_OUT))
    asks(store)
    while not hotline.legs("Ada"):
        hotline.passes(1)

    asks(store, at=hotline.clock())
    hotline.passes(120)
    hotline.carrier.phone(Phone(f"tel:{NUMBER}", TALKS))
    hotline.passes(1500)

    assert hotline.tries() == ["no-answer", "talked"]
    assert [row["state"] for row in promises(store)] == ["replaced", "kept"]
    hotline.keeps_its_word()


def test_a_promise_made_by_telephone_replaces_one_made_by_form(store: Store) -> None:
    asks(store)
    hotline = PromisingHotline(store)

    hotline.promises()

    assert sorted(row["state"] for row in promises(store)) == ["open", "replaced"]


def test_a_flood_from_one_address_is_refused_and_stops_nobody_else(store: Store) -> None:
    site = replace(SITE, help=Help(asks_an_hour=2, asks_an_hour_in_all=3))
    numbers = [f"+8613900000{place:03}" for place in range(9)]

    mine = [asks(store, site, number) for number in numbers[:4]]
    others = [asks(store, site, number, address="198.51.100.9") for number in numbers[4:6]]

    assert [answer is not None for answer in mine] == [True, True, False, False]
    assert [answer is not None for answer in others] == [True, False]  # three in all
    assert len(promises(store)) == 3


def test_the_next_hour_begins_anew_and_the_last_ones_counts_are_gone(store: Store) -> None:
    site = replace(SITE, help=Help(asks_an_hour=1, asks_an_hour_in_all=1))
    assert asks(store, site) is not None
    assert asks(store, site) is None

    assert asks(store, site, at=AFTERNOON + timedelta(hours=1), address=None) is not None
    assert {row["ends"] for row in named(store, "form_count")} == {make.local("2026-11-24 17:00")}
