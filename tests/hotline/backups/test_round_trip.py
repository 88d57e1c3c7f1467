"""What was saved comes back, to either database; what is damaged, newer or not wanted does not."""

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from hotline.accounts.trail import Change, broken_links
from hotline.backups.restoring import restore
from hotline.backups.saving import save
from hotline.backups.sealing import (
    MAGIC,
    BackupError,
    Header,
    read_header,
    read_sealed,
    write_sealed,
)
from hotline.calls.states import CallState
from hotline.config.settings import Secrets
from hotline.parts import Parts
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.access.trail import append_to_trail, end_of_trail, latest_of_trail, trail
from hotline.store.migrate import DatabaseError, current, downgrade, head, migrate
from hotline.store.tables import MessageRow, RecordingRow
from hotline.store.upkeep.dumping import batches, snapshot
from hotline.store.upkeep.upkeep import BACKUP, last_upkeep
from tests.hotline.console import scene
from tests.scenarios.rows import every_row, named

Line = dict[str, Any]
NOW = scene.BUSY
CHANGED_BY_IT = ("trail", "trail_end", "upkeep", "rota_version")


@pytest.fixture
def parts(store: Store) -> Parts:
    """A site in the middle of an evening, with a message and a word in the trail."""
    with store.writing() as db:
        scene.busy(db)
        db.add(RecordingRow(message_id=1, cipher=b"\x00\xff sealed"))
        first = db.get_one(MessageRow, 1)
        db.add(MessageRow(**{**first.model_dump(), "id": None, "recording_sid": "RE2"}))  # a second
        append_to_trail(db, "dee", Change("roster.published", "roster/2026-W48"), NOW)
    secrets = Secrets("hush", new_data_key(), database_url=store.url)
    return Parts(scene.settings(), secrets, store, lambda: NOW)


@pytest.fixture
def saved(parts: Parts, tmp_path: Path) -> Path:
    path = tmp_path / "site.backup"
    save(parts, path, "ann")
    return path


@pytest.fixture
def elsewhere(parts: Parts, tmp_path: Path) -> Secrets:
    """The same keys, and a database that is not there yet."""
    return replace(parts.secrets, database_url=f"sqlite:///{tmp_path}/new/hotline.db")


def test_everything_comes_back_and_the_trail_is_unbroken(
    parts: Parts, saved: Path, elsewhere: Secrets
) -> None:
    found = restore(saved, elsewhere, "ann", NOW, replace=False)

    assert found.doubts == ()
    store = Store(elsewhere.database_url)
    assert every_row(store, *CHANGED_BY_IT) == every_row(parts.store, *CHANGED_BY_IT)
    with store.reading() as db:
        entries = tuple(trail(db))
        assert list(broken_links(entries, end_of_trail(db))) == []
    assert [each.change.act for each in entries] == ["roster.published", "data.restored"]
    store.close()


def test_a_backup_of_sqlite_fills_postgresql_and_one_of_postgresql_sqlite(
    parts: Parts, saved: Path, request: pytest.FixtureRequest, elsewhere: Secrets
) -> None:
    if parts.store.url.startswith("sqlite"):
        with request.getfixturevalue("postgres").fresh_database() as url:
            _fills(saved, parts, replace(elsewhere, database_url=url))
    else:
        _fills(saved, parts, elsewhere)


def _fills(saved: Path, parts: Parts, secrets: Secrets) -> None:
    restore(saved, secrets, "ann", NOW, replace=False)
    store = Store(secrets.database_url)
    try:
        assert every_row(store, *CHANGED_BY_IT) == every_row(parts.store, *CHANGED_BY_IT)
        with store.writing() as db:  # ids go on where they were
            scene.call(db, "campus", CallState.WAITING, NOW)
        assert len(named(store, "call")) == len(named(parts.store, "call")) + 1
    finally:
        store.close()


def test_what_is_written_meanwhile_is_not_in_it_and_is_not_held_up(
    parts: Parts, tmp_path: Path
) -> None:
    before = len(named(parts.store, "call"))
    with snapshot(parts.store) as db:
        rows = batches(db)
        first = next(rows)

        def rings() -> None:
            with parts.store.writing() as other:
                scene.call(other, "campus", CallState.WAITING, NOW)

        caller = threading.Thread(target=rings)
        caller.start()
        caller.join(timeout=120)
        assert not caller.is_alive()
        found = [first, *rows]

    assert sum(len(each.rows) for each in found if each.table == "call") == before
    assert len(named(parts.store, "call")) == before + 1


def test_nothing_of_what_is_in_it_can_be_read_without_the_key(saved: Path) -> None:
    whole = saved.read_bytes()

    assert whole.startswith(MAGIC)
    assert json.loads(whole.splitlines()[1])["step"] == head()
    for word in ("赵敏", "tel:", "roster.published", "hush"):
        assert word.encode() not in whole
    assert saved.stat().st_mode & 0o777 == 0o600


def test_a_database_with_anything_in_it_is_refused_and_left_alone(
    parts: Parts, saved: Path
) -> None:
    before = every_row(parts.store)

    with pytest.raises(DatabaseError, match="is not empty; with --replace"):
        restore(saved, parts.secrets, "ann", NOW, replace=False)

    assert every_row(parts.store) == before


def test_with_replace_what_came_since_is_gone(parts: Parts, saved: Path) -> None:
    calls = len(named(parts.store, "call"))
    with parts.store.writing() as db:
        scene.call(db, "campus", CallState.WAITING, NOW)

    restore(saved, parts.secrets, "ann", NOW, replace=True)

    assert len(named(parts.store, "call")) == calls


def test_a_database_that_is_only_made_is_empty(saved: Path, store: Store, parts: Parts) -> None:
    downgrade(store.url, "base")

    restore(saved, parts.secrets, "ann", NOW, replace=False)

    assert current(store.url) == head()
    assert len(named(store, "person")) == len(scene.NAMES)


@pytest.mark.parametrize("place", [0, 40, 600, -40, -1])
def test_a_single_wrong_byte_is_noticed_before_anything_is_done(
    saved: Path, elsewhere: Secrets, place: int
) -> None:
    whole = bytearray(saved.read_bytes())
    whole[place] ^= 1
    saved.write_bytes(whole)

    with pytest.raises(BackupError):
        restore(saved, elsewhere, "ann", NOW, replace=False)
    assert current(elsewhere.database_url) is None


@pytest.mark.parametrize("left", [0, 10, 100, 5000, -1])
def test_a_file_that_is_cut_off_is_noticed(saved: Path, elsewhere: Secrets, left: int) -> None:
    saved.write_bytes(saved.read_bytes()[:left])

    with pytest.raises(BackupError):
        restore(saved, elsewhere, "ann", NOW, replace=False)


def sealed(parts: Parts, path: Path, header: Header, lines: Sequence[Line]) -> None:
    """A backup as another program might have made it."""
    with path.open("wb") as file:
        whole = (json.dumps(line).encode() + b"\n" for line in lines)
        write_sealed(file, header, parts.secrets, whole)


def lines_of(saved: Path, parts: Parts) -> tuple[Header, list[Line]]:
    """What is in a backup."""
    with saved.open("rb") as file:
        header = read_header(file)
        whole = b"".join(read_sealed(file, header, parts.secrets))
    return header, [json.loads(line) for line in whole.splitlines()]


def test_a_failure_half_way_leaves_the_database_as_it_was(parts: Parts, saved: Path) -> None:
    before = every_row(parts.store)
    header, lines = lines_of(saved, parts)
    more = {**header.rows, "call": header.rows["call"] + 1}
    sealed(parts, saved, replace(header, rows=more), lines)

    with pytest.raises(DatabaseError, match="rows of call arrived"):
        restore(saved, parts.secrets, "ann", NOW, replace=True)

    assert every_row(parts.store) == before


def columns_at(step: str, folder: Path) -> dict[str, set[str]]:
    """What each table had then."""
    url = f"sqlite:///{folder}/then.db"
    migrate(url, step)
    store = Store(url)
    looked = inspect(store.engine)
    found = {
        name: {c["name"] for c in looked.get_columns(name)} for name in looked.get_table_names()
    }
    store.close()
    return found


def test_an_older_backup_is_brought_up_to_date(
    parts: Parts, saved: Path, elsewhere: Secrets, tmp_path: Path
) -> None:
    header, lines = lines_of(saved, parts)
    then = columns_at("0034", tmp_path)
    older = [line for line in lines if line["table"] in then]
    for line in older:
        had = then[line["table"]]
        kept = [n for n, (name, _) in enumerate(line["columns"]) if name in had]
        line["columns"] = [line["columns"][n] for n in kept]
        line["rows"] = [[row[n] for n in kept] for row in line["rows"]]
    messages = next(line for line in older if line["table"] == "message")
    messages["rows"] = messages["rows"][:1]  # of a call, the first alone was kept
    rows = {name: number for name, number in header.rows.items() if name in then} | {"message": 1}
    sealed(parts, saved, replace(header, step="0034", rows=rows), older)

    restore(saved, elsewhere, "ann", NOW, replace=False)

    assert current(elsewhere.database_url) == head()
    store = Store(elsewhere.database_url)
    assert named(store, "person") == named(parts.store, "person")
    store.close()


def test_a_newer_backup_is_refused_plainly(parts: Parts, saved: Path, elsewhere: Secrets) -> None:
    header, lines = lines_of(saved, parts)
    sealed(parts, saved, replace(header, step="9999"), lines)

    with pytest.raises(BackupError, match=f"of step 9999, and this program knows only {head()}"):
        restore(saved, elsewhere, "ann", NOW, replace=False)


def test_another_data_key_is_named_as_what_is_wrong(saved: Path, elsewhere: Secrets) -> None:
    with pytest.raises(BackupError, match="another HOTLINE_DATA_KEY"):
        restore(saved, replace(elsewhere, data_key=new_data_key()), "ann", NOW, replace=False)


def test_another_secret_key_is_a_doubt(saved: Path, elsewhere: Secrets) -> None:
    found = restore(saved, replace(elsewhere, secret_key="new"), "ann", NOW, replace=False)

    assert "no earlier caller is known again" in found.doubts[0]


def test_a_trail_that_was_broken_before_is_told(parts: Parts, tmp_path: Path) -> None:
    with parts.store.writing() as db:
        db.connection().execute(text("update trail set login = 'eve'"))
    save(parts, tmp_path / "late.backup", "ann")

    found = restore(tmp_path / "late.backup", parts.secrets, "ann", NOW, replace=True)

    assert found.doubts == ("Entry 1 is not as it was written.",)


def test_a_file_that_is_there_is_not_written_over(parts: Parts, saved: Path) -> None:
    before = saved.read_bytes()

    with pytest.raises(BackupError, match="exists already"):
        save(parts, saved, "ann")

    assert saved.read_bytes() == before


def test_where_nothing_can_be_written_nothing_is_left(parts: Parts, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        save(parts, tmp_path / "nowhere" / "site.backup", "ann")

    with parts.store.reading() as db:
        assert last_upkeep(db, BACKUP) is None


def test_that_it_was_saved_is_noted_with_its_digest(parts: Parts, tmp_path: Path) -> None:
    found = save(parts, tmp_path / "site.backup", "ann")

    assert found.digest == sha256((tmp_path / "site.backup").read_bytes()).hexdigest()
    with parts.store.reading() as db:
        assert last_upkeep(db, BACKUP) == NOW
        (entry,) = latest_of_trail(db, 1)
    assert entry.change.after == {"digest": found.digest, "rows": sum(found.header.rows.values())}
