"""Transactions: what of them stays, and the connections that go from one to the next."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from hotline.store import Session, Store
from hotline.store.prepared import Prepared, new_row
from hotline.store.sessions import WrittenBeforeError
from hotline.store.tables import TABLES, PaceRow
from tests import make

NOW = make.utc("2026-11-24 15:10")
LAST = Prepared(new_row(TABLES["pace"], "name", "next"))


def kept(store: Store) -> list[str]:
    with store.reading() as db:
        return [row.name for row in db.connection().execute(text("select name from pace"))]


def keep(db: Session, name: str) -> None:
    db.add(PaceRow(name=name, next=NOW))


WRITES: dict[str, Callable[[Session], object]] = {
    "orm": lambda db: db.bulk_save_objects([PaceRow(name="orm", next=NOW)]),
    "core": lambda db: db.connection().execute(
        text("insert into pace (name, next) select 'core', '2026-01-01'")
    ),
    "driver": lambda db: db.driver.wrote(
        "insert into pace (name, next) select 'driver', '2026-01-01'", ()
    ),
}


def lent(store: Store) -> int:
    """How many connections the engine's pool has handed out."""
    return store.engine.pool.checkedout()  # type: ignore[attr-defined,no-any-return]


def test_all_of_a_transaction_stays_whoever_made_its_statements(store: Store) -> None:
    with store.writing() as db:
        for write in WRITES.values():
            write(db)

    assert sorted(kept(store)) == ["core", "driver", "orm"]


@pytest.mark.parametrize("who", WRITES)
def test_nothing_stays_of_one_that_failed_and_the_next_one_begins_anew(
    store: Store, who: str
) -> None:
    with suppress(KeyError), store.writing() as db:
        WRITES[who](db)
        raise KeyError

    assert kept(store) == []
    with store.writing() as db:
        keep(db, "next")
    assert kept(store) == ["next"]
    assert lent(store) == 1


def fails(store: Store, work: Callable[[Session], object]) -> None:
    with pytest.raises((psycopg.Error, sqlite3.Error, SQLAlchemyError)):
        store.settled(work)


def test_a_statement_that_is_refused_spoils_no_connection(store: Store) -> None:
    fails(store, lambda db: db.connection().execute(text("select it from nowhere")))
    fails(store, lambda db: db.driver.rows("select it from nowhere", ()))

    assert kept(store) == []
    assert lent(store) == 1


def test_of_a_transaction_whose_last_statement_comes_too_late_nothing_stays(store: Store) -> None:
    def once(name: str) -> None:
        with store.writing() as db:
            keep(db, name)
            LAST.run_last(db, name="last", next=NOW)

    once("first")
    with pytest.raises(WrittenBeforeError):
        once("second")

    assert sorted(kept(store)) == ["first", "last"]
    assert lent(store) == 1


def test_what_is_only_read_is_never_written(store: Store) -> None:
    with store.reading() as db:
        keep(db, "read")
        db.flush()

    assert kept(store) == []


def test_one_connection_serves_one_transaction_after_the_other(store: Store) -> None:
    for _ in range(3):
        kept(store)
    assert lent(store) == 1

    with store.reading() as one, store.reading() as other:
        assert one.connection().connection is not other.connection().connection
    assert lent(store) == 2
    store.let_go()
    assert lent(store) == 0


def test_the_orm_is_there_for_whoever_asks(store: Store) -> None:
    with store.writing() as db:
        keep(db, "asked")
        assert db.exec(select(PaceRow)).one().name == "asked"
        assert not hasattr(db, "no_such_thing")


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_was_restarted_costs_no_transaction(store: Store) -> None:
    """However many connections were idle: the first that fails has the others looked at."""
    with store.reading() as one, store.reading() as two, store.reading() as three:
        for db in (one, two, three):
            db.connection().execute(text("select 1"))
    elsewhere = Store(store.url)
    with elsewhere.writing() as db:
        cut = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
        db.connection().execute(text(f"{cut} and datname = current_database()"))
    elsewhere.close()

    store.settled(lambda db: keep(db, "settled"))

    assert kept(store) == ["settled"]


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_cut_under_way_is_not_lent_again(store: Store) -> None:
    def cut(db: Session) -> None:
        held: Any = db.connection().connection.dbapi_connection
        held.close()
        db.connection().execute(text("select 1"))

    fails(store, cut)

    assert kept(store) == []
