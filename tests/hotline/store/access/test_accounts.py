"""Accounts, sessions, forms and the trail, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from hotline.accounts.keeping import unmade
from hotline.accounts.roles import AccountId, Role
from hotline.accounts.trail import Change, broken_links
from hotline.duty import PersonId
from hotline.store import Store
from hotline.store.access.accounts import (
    keep_recovery_codes,
    new_account,
    use_recovery_code,
    use_step,
)
from hotline.store.access.links import make_link, open_link, use_link
from hotline.store.access.page_sessions import (
    begin_session,
    claim_form,
    count_wrong,
    end_sessions,
    forget_page_leftovers,
    forgive_one,
    keep_where_it_led,
    locked_until,
    session_of,
    where_it_led,
)
from hotline.store.access.trail import append_to_trail, end_of_trail, latest_of_trail, trail
from tests import make

NOW = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)
PAUSE = timedelta(minutes=15)
HOUR = timedelta(hours=1)


def dee(store: Store) -> AccountId:
    account = replace(unmade("dee", "Dee"), roles=frozenset({Role.COORDINATOR}))
    with store.writing() as db:
        made = new_account(db, account, NOW)
    assert made is not None
    return made


def test_a_name_is_taken_once_and_two_without_a_volunteer_are_two(store: Store) -> None:
    dee(store)
    with store.writing() as db:
        assert new_account(db, unmade("dee", "Another"), NOW) is None
        assert new_account(db, unmade("sam", "Sam"), NOW) is not None


def test_wrong_tries_are_counted_in_a_row_and_forgotten_after_a_pause(store: Store) -> None:
    with store.writing() as db:
        assert [count_wrong(db, "here", 3, PAUSE, NOW) for _ in range(2)] == [None, None]
        forgive_one(db, "here", 3)
        assert count_wrong(db, "here", 3, PAUSE, NOW) is None
        assert count_wrong(db, "here", 3, PAUSE, NOW) == NOW + PAUSE
        assert locked_until(db, "here", NOW + PAUSE - timedelta(seconds=1)) == NOW + PAUSE
        assert locked_until(db, "here", NOW + PAUSE) is None
        assert locked_until(db, "there", NOW) is None
        assert count_wrong(db, "here", 2, PAUSE, NOW + 2 * PAUSE) is None


def test_a_right_one_that_would_have_been_the_last_wrong_one_begins_no_pause(store: Store) -> None:
    with store.writing() as db:
        for _ in range(3):
            count_wrong(db, "here", 3, PAUSE, NOW)
        forgive_one(db, "here", 3)
        assert locked_until(db, "here", NOW) is None
        assert count_wrong(db, "here", 3, PAUSE, NOW) == NOW + PAUSE


def test_a_form_is_claimed_by_one_of_many(store: Store) -> None:
    def claim(_: int) -> bool:
        with store.writing() as db:
            return claim_form(db, "one", NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(claim, range(8)))[-2:] == [False, True]
    with store.writing() as db:
        assert where_it_led(db, "one") is None
        keep_where_it_led(db, "one", "/there")
        assert where_it_led(db, "one") == "/there"


def test_leftovers_are_forgotten(store: Store) -> None:
    with store.writing() as db:
        claim_form(db, "one", NOW)
        forget_page_leftovers(db, NOW + 2 * HOUR)
        assert claim_form(db, "one", NOW)


def test_a_session_is_whose_it_is_while_it_lasts(store: Store) -> None:
    account = dee(store)
    with store.writing() as db:
        begin_session(db, account, "hash", NOW, NOW + 9 * HOUR)
        found = session_of(db, "hash", NOW + HOUR / 2, HOUR)
        assert found is not None
        assert found.account.login == "dee"
        assert session_of(db, "hash", NOW + HOUR, HOUR) is None  # nobody touched it
        assert session_of(db, "other", NOW, HOUR) is None
        end_sessions(db, account, NOW, but=found.id)
        assert session_of(db, "hash", NOW, HOUR) is not None
        end_sessions(db, account, NOW)
        assert session_of(db, "hash", NOW, HOUR) is None


def test_codes_and_links_are_used_once_by_one_of_many(store: Store) -> None:
    account = dee(store)
    with store.writing() as db:
        keep_recovery_codes(db, account, ["a", "b"])
        make_link(db, account, "link", "reset", NOW, NOW + HOUR)
        link = open_link(db, "link", NOW)
    assert link is not None

    def use(_: int) -> tuple[bool, bool, bool]:
        with store.writing() as db:
            return (
                use_step(db, account, 59),
                use_recovery_code(db, account, "a", NOW),
                use_link(db, link.id, NOW),
            )

    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(use, range(8)))
    assert [sum(column) for column in zip(*used, strict=True)] == [1, 1, 1]
    with store.writing() as db:
        assert not use_step(db, account, 58)
        assert not use_recovery_code(db, account, "c", NOW)


def test_many_who_write_at_once_make_one_chain(store: Store) -> None:
    def write(number: int) -> None:
        with store.writing() as db:
            change = Change("roster.pin", f"slot/{number}", {"who": "艾达"}, {"who": None})
            append_to_trail(db, "dee", change, NOW + timedelta(microseconds=number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))

    with store.reading() as db:
        entries, end = tuple(trail(db)), end_of_trail(db)
        assert [entry.number for entry in entries] == list(range(1, 41))
        assert list(broken_links(entries, end)) == []
        assert [entry.number for entry in latest_of_trail(db, 2)] == [40, 39]
        assert len(latest_of_trail(db, 50, subject="slot/1")) == 11
        assert latest_of_trail(db, 50, login="sam") == ()


def test_whoever_rewrites_the_trail_is_found(store: Store) -> None:
    with store.writing() as db:
        for number in range(4):
            append_to_trail(db, "dee", Change("x", f"slot/{number}"), NOW)

    def broken(statement: str) -> list[str]:
        with store.writing() as db:
            db.connection().execute(text(statement))
            return list(broken_links(trail(db), end_of_trail(db)))

    assert broken("update trail set login = 'eve' where id = 2") == [
        "Entry 2 is not as it was written."
    ]
    assert broken("delete from trail where id = 4") == [
        "Entry 2 is not as it was written.",
        "The trail ends with entry 3, and entry 4 should be its last.",
    ]
    assert "Entry 2 is missing." in broken("delete from trail where id = 2")


def test_a_volunteer_has_one_account(store: Store) -> None:
    hired = make.hire(store, "Ada")
    ada = replace(unmade("ada", "Ada"), person=PersonId(hired.id))
    with store.writing() as db:
        assert new_account(db, ada, NOW) is not None
        assert new_account(db, replace(ada, login="ada2"), NOW) is None
