"""The steps lead from nothing to today's tables and back, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import hotline.store.tables  # noqa: F401 - fills SQLModel.metadata
from hotline.store import Store
from hotline.store.migrate import current, downgrade, head, migrate, steps


def tables_of(url: str) -> set[str]:
    store = Store(url)
    try:
        return set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    finally:
        store.close()


def test_the_steps_lead_to_the_tables_we_write_to(database_url: str) -> None:
    store = Store(database_url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
    store.close()

    assert differences == []


def test_every_step_can_be_taken_back_and_again(database_url: str) -> None:
    migrate(database_url)
    before = tables_of(database_url)

    for step in reversed(steps()[:-1]):
        downgrade(database_url, step)
        assert current(database_url) == step
    downgrade(database_url, "base")
    assert current(database_url) is None
    assert tables_of(database_url) == set()

    for step in steps():
        migrate(database_url, step)
        assert current(database_url) == step
    assert current(database_url) == head()
    assert tables_of(database_url) == before


def test_what_was_written_outlives_a_step_down_that_does_not_concern_it(database_url: str) -> None:
    store = Store(database_url)
    with store.writing() as db:
        db.connection().execute(text("insert into pace (name, next) values ('legs', '2026-01-01')"))
        db.connection().execute(text(A_PERSON))

    downgrade(database_url, "0003")
    migrate(database_url)

    with store.reading() as db:
        assert db.connection().scalar(text("select code from person")) == "ada"
        assert db.connection().scalar(text("select count(*) from pace")) == 0
    store.close()


def test_two_who_share_a_telephone_already_are_marked_and_nobody_else_may(
    database_url: str,
) -> None:
    migrate(database_url)
    downgrade(database_url, "0035")
    store = Store(database_url)
    with store.writing() as db:
        db.connection().execute(text(A_PERSON))
        db.connection().execute(text(A_PERSON.replace("'ada'", "'bo'")))
        db.connection().execute(text(A_PERSON.replace("'ada'", "'cem'").replace(":ada", ":cem")))

    migrate(database_url)

    with store.reading() as db:
        marked = text("select code from person where shares_address")
        assert db.connection().scalars(marked).all() == ["bo"]
    with pytest.raises(IntegrityError), store.writing() as db:
        db.connection().execute(text(A_PERSON.replace("'ada'", "'dee'")))
    store.close()


def test_what_callers_said_outlives_the_step_to_several_messages_of_a_call_and_back(
    database_url: str,
) -> None:
    migrate(database_url)
    downgrade(database_url, "0042")
    store = Store(database_url)
    with store.writing() as db:
        for row in (A_CALL, A_MESSAGE.format(number=1, sid="RE1"), A_RECORDING.format(number=1)):
            db.connection().execute(text(row))

    migrate(database_url)
    with store.writing() as db:
        for row in (A_MESSAGE.format(number=2, sid="RE2"), A_RECORDING.format(number=2)):
            db.connection().execute(text(row))
    with pytest.raises(IntegrityError), store.writing() as db:
        db.connection().execute(text(A_MESSAGE.format(number=3, sid="RE2")))
    assert _kept(store) == [(1, "RE1"), (2, "RE2")]
    assert _partial(store, "message") == ["ix_message_open"]

    downgrade(database_url, "0042")
    assert _kept(store) == [(1, "RE1")]
    assert _partial(store, "message") == ["ix_message_open"]
    store.close()


def _kept(store: Store) -> list[tuple[int, str]]:
    sounds = text(
        "select id, recording_sid from message join recording on message_id = id order by id"
    )
    with store.reading() as db:
        return [(row.id, row.recording_sid) for row in db.connection().execute(sounds)]


def _partial(store: Store, table: str) -> list[str | None]:
    """The indexes that hold some of its rows."""
    found = inspect(store.engine).get_indexes(table)
    return [each["name"] for each in found if f"{store.engine.name}_where" in str(each)]


def test_two_rosters_of_one_desk_and_week_cannot_both_be_published(store: Store) -> None:
    with store.writing() as db:
        db.connection().execute(text(A_ROSTER.format(state="archived")))
        db.connection().execute(text(A_ROSTER.format(state="published")))
    with pytest.raises(IntegrityError), store.writing() as db:
        db.connection().execute(text(A_ROSTER.format(state="published")))


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hotline.db"
    migrate(url, "0002")
    store = Store(url)
    with store.engine.begin() as connection:
        connection.execute(text("create table job_run (job text)"))  # in the way of step 0004

    with pytest.raises(Exception, match="job_run"):
        migrate(url)

    assert current(url) == "0002"
    assert "call" not in tables_of(url)
    store.close()


def test_asking_for_the_step_of_a_missing_file_does_not_make_it(tmp_path: Path) -> None:
    file = tmp_path / "none.db"

    assert current(f"sqlite:///{file}") is None
    assert not file.exists()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/deep/hotline.db"

    migrate(url)

    assert current(url) == head()


A_PERSON = """
insert into person (code, name, address, languages, desks, availability, preferred, unwanted,
    supervised_turns, shifts_a_week, hours_a_week, nights_a_week, nights_running, active)
values ('ada', 'Ada', 'client:ada', 'zh', 'day', '', '', '', 0, 3, 24, 2, 2, true)
"""
A_CALL = """
insert into call (id, token, sid, line, state, arrived, since, expected, delayed, urgent, by_dial,
    cut_off, time_told, wish, ways_tried, leaves_message)
values (1, 'abc', 'CA1', '96111', 'closed', '2026-11-20 08:00:00+00:00',
    '2026-11-20 08:00:00+00:00', '2026-11-20 08:00:00+00:00', false, false, false,
    false, 0, '', '', false)
"""
A_MESSAGE = """
insert into message (id, call_id, line, at, recording_sid, seconds, due, tries, next_at)
values ({number}, 1, '96111', '2026-11-20 08:00:00+00:00', '{sid}', 20,
    '2026-11-21 08:00:00+00:00', 0, '2026-11-20 08:00:00+00:00')
"""
A_RECORDING = "insert into recording (message_id, cipher) values ({number}, 'sealed')"
A_ROSTER = """
insert into roster (desk, week, state, created_at)
values ('day', '2026-W48', '{state}', '2026-11-20 08:00:00+00:00')
"""
