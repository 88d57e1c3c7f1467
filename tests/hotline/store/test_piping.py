"""Statements that share a trip to PostgreSQL: what stays of them, and what a bad trip leaves."""

from typing import cast

import psycopg
import pytest
from sqlalchemy import text

from hotline.store import Session, Store
from hotline.store.piping import PipedConnection
from tests.statements import statements

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]

KEEP = "insert into pace (name, next) values ($1::varchar, '2026-01-01')"
NAMES = "select name from pace order by name"


def pipe(db: Session) -> PipedConnection:
    return cast(PipedConnection, db.driver)


def names(store: Store) -> list[str]:
    with store.reading() as db:
        return [name for (name,) in db.driver.rows(NAMES, ())]


def test_what_is_prepared_outlives_a_rollback(store: Store) -> None:
    for _ in range(3):  # each reading ends in a rollback
        assert names(store) == []

    with store.reading() as db:
        (count,) = db.driver.rows("select count(*) from pg_prepared_statements", ())
    assert count == (2,)  # it counts itself


def test_one_statement_for_several_rows_takes_one_trip(store: Store) -> None:
    with statements(store) as said, store.writing() as db:
        db.driver.write_each(KEEP, [("a",), ("b",), ("c",)])

    assert len(said) == 1
    assert names(store) == ["a", "b", "c"]


def test_of_several_rows_of_which_one_is_refused_none_stays(store: Store) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation), store.writing() as db:
        db.driver.write_each(KEEP, [("a",), ("b",), ("a",)])

    assert names(store) == []


def test_the_commit_comes_with_the_last_statement(store: Store) -> None:
    with store.writing() as db:
        db.driver.wrote(KEEP, ("a",))
        db.driver.finish([(KEEP, ("b",))])
        assert pipe(db).info.transaction_status == psycopg.pq.TransactionStatus.IDLE

    assert names(store) == ["a", "b"]


def test_with_a_last_statement_that_is_refused_nothing_stays(store: Store) -> None:
    def twice(db: Session) -> None:
        db.driver.wrote(KEEP, ("a",))
        db.driver.finish([(KEEP, ("a",))])

    with pytest.raises(psycopg.errors.UniqueViolation):
        store.settled(twice)

    assert names(store) == []


def test_what_need_not_agree_with_anything_begins_no_transaction(store: Store) -> None:
    with store.reading() as db:
        assert db.driver.rows_alone(NAMES, ()) == []
        assert pipe(db).info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_within_a_transaction_it_is_read_as_the_transaction_left_it(store: Store) -> None:
    with store.writing() as db:
        db.driver.wrote(KEEP, ("a",))
        assert db.driver.rows_alone(NAMES, ()) == [("a",)]


def test_after_a_lone_statement_that_is_refused_the_next_is_answered(store: Store) -> None:
    with store.reading() as db:
        with pytest.raises(psycopg.errors.DivisionByZero):
            db.driver.rows_alone("select 1 / 0", ())
        assert db.driver.rows_alone("select 1", ()) == [(1,)]


def test_what_is_true_comes_back_as_true(store: Store) -> None:
    with store.reading() as db:
        assert db.driver.rows("select $1, not $2, $3::integer", (True, True, 70_000)) == [
            (True, False, 70_000)
        ]


def test_a_long_value_goes_over_in_pieces(store: Store) -> None:
    much = "你" * 3_000_000  # more than a socket holds

    with store.reading() as db:
        assert db.driver.rows("select $1::varchar, length($1::varchar)", (much,)) == [
            (much, len(much))
        ]


@pytest.mark.parametrize("hostile", ["a\x00b", "\ud800"])
def test_a_text_that_cannot_be_kept_is_refused_before_the_trip(store: Store, hostile: str) -> None:
    with store.writing() as db:
        with pytest.raises((psycopg.DataError, UnicodeEncodeError)):
            db.driver.wrote(KEEP, (hostile,))
        db.driver.wrote(KEEP, ("a",))

    assert names(store) == ["a"]


def test_a_connection_cut_between_two_trips_fails_as_one_that_may_pass(store: Store) -> None:
    tried: list[int] = []

    def work(db: Session) -> None:
        db.driver.wrote(KEEP, ("a",))
        tried.append(pipe(db).info.backend_pid)
        if len(tried) == 1:
            _cut(store, tried[0])
        db.driver.wrote(KEEP, ("b",))

    store.settled(work)

    assert len(set(tried)) == 2
    assert names(store) == ["a", "b"]


def _cut(store: Store, process: int) -> None:
    elsewhere = Store(store.url)
    with elsewhere.writing() as db:
        db.connection().execute(text("select pg_terminate_backend(:it)"), {"it": process})
    elsewhere.close()


def test_a_connection_left_in_the_middle_of_a_trip_is_not_lent_again(store: Store) -> None:
    def interrupted(db: Session) -> None:
        pipe(db).pgconn.enter_pipeline_mode()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.settled(interrupted)

    assert names(store) == []
