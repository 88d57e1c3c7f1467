"""The rota is read anew exactly when it may differ."""

from contextlib import suppress
from datetime import datetime, timedelta
from types import ModuleType

import pytest
from sqlalchemy import Select, Table, text
from sqlalchemy.sql import visitors

from hotline.config.settings import LineName
from hotline.duty import Presence, Rota
from hotline.store import Store
from hotline.store.calling import lines
from hotline.store.calling.lines import change_line, lift_changes
from hotline.store.calling.opening import NewCall, open_call
from hotline.store.duty import rosters
from hotline.store.duty.rosters import rota_at, rota_between, rota_on_paper
from hotline.store.duty.rota_kept import kept_ahead
from hotline.store.tables import PresenceRow
from scheduling.problem import Span
from tests import make
from tests.make import Hired
from tests.statements import statements

NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
AT = make.utc("2026-11-24 15:10")
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def ada(store: Store) -> Hired:
    """On duty, and read once already."""
    ada = make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    make.store_roster(store, (ada, NIGHT))
    read(store)
    return ada


def read(store: Store, at: datetime = AT) -> Rota:
    with store.reading() as db:
        return rota_at(db, at)


def sent(store: Store, at: datetime = AT) -> int:
    with statements(store) as said:
        read(store, at)
    return len(said)


def test_nothing_but_telephones_is_read_again_while_nothing_changes(
    store: Store, ada: Hired
) -> None:
    assert sent(store) == 1
    assert sent(store, LATER) == 1
    elsewhere = Store(store.url)
    assert read(store, LATER) == read(elsewhere, LATER)
    elsewhere.close()


def test_what_a_telephone_does_is_seen_at_once(store: Store, ada: Hired) -> None:
    with store.writing() as db:
        db.add(PresenceRow(person_id=ada.id, free_at=AT, missed=2))

    assert [who.presence.missed for who in read(store).volunteers] == [2]
    with store.writing() as db:
        db.connection().execute(text("delete from presence"))
    assert [who.presence.missed for who in read(store).volunteers] == [0]


def test_on_paper_no_telephone_rings_and_nothing_is_read_twice(store: Store, ada: Hired) -> None:
    with store.writing() as db:
        db.add(PresenceRow(person_id=ada.id, free_at=AT, missed=2))
    read(store)

    with statements(store) as said, store.writing() as db:
        assert open_call(db, NewCall("t", "CA1", LineName("help"), None, None, AT, AT), AT)
        rota = rota_on_paper(db, AT)

    assert [(who.name, who.presence) for who in rota.volunteers] == [("Ada", Presence())]
    assert len(said) == 1


def test_on_paper_a_change_is_seen_at_once_too(store: Store, ada: Hired) -> None:
    with store.writing() as db:
        db.connection().execute(text("update person set name = 'Ann'"))

    with store.reading() as db:
        assert [who.name for who in rota_on_paper(db, AT).volunteers] == ["Ann"]


def test_another_process_sees_a_change_at_once(store: Store, ada: Hired) -> None:
    elsewhere = Store(store.url)
    read(elsewhere)

    make.store_roster(store, (make.hire(store, "Bo"), NIGHT), week="2026-W49")

    assert [who.name for who in read(elsewhere).volunteers] == ["Ada", "Bo"]
    elsewhere.close()


def test_a_change_that_is_undone_is_forgotten(store: Store, ada: Hired) -> None:
    """Nor does a later change look like the one that was undone."""
    with suppress(KeyError), store.writing() as db:
        db.connection().execute(text("update person set name = 'Eve'"))
        assert [who.name for who in rota_at(db, AT).volunteers] == ["Eve"]
        raise KeyError

    assert [who.name for who in read(store).volunteers] == ["Ada"]
    with store.writing() as db:
        db.connection().execute(text("update person set name = 'Ann'"))
    assert [who.name for who in read(store).volunteers] == ["Ann"]


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (NIGHT.start - timedelta(microseconds=1), 0),
        (NIGHT.start, 1),
        (NIGHT.end - timedelta(microseconds=1), 1),
        (NIGHT.end, 0),
    ],
)
@pytest.mark.parametrize("before", [NIGHT.start, NIGHT.end])
def test_who_comes_and_goes_is_seen_on_the_instant(
    store: Store, ada: Hired, before: datetime, at: datetime, there: int
) -> None:
    read(store, before - timedelta(seconds=1))

    assert len(read(store, at).volunteers) == there


def test_a_supervisors_word_on_a_line_is_seen_at_once_and_when_it_ends(
    store: Store, ada: Hired
) -> None:
    line, hour = LineName("help"), Span(AT, AT + timedelta(hours=1))
    with store.writing() as db:
        change_line(db, line, (), hour, ada.id)
    assert [change.span for change in read(store, LATER).changes] == [hour]
    assert read(store, hour.end).changes == ()

    with store.writing() as db:
        assert lift_changes(db, line, ada.id, LATER)
        assert not lift_changes(db, line, ada.id, LATER)
    assert read(store, LATER).changes == ()


def test_an_empty_night_is_remembered_too(store: Store) -> None:
    read(store)

    assert sent(store) == 1


def tables_read(module: ModuleType, name: str) -> set[str]:
    """The tables that a statement of the rota names."""
    found: set[str] = set()
    statement: Select[tuple[object]] = getattr(module, name)._statement
    for part in visitors.iterate(statement):
        if isinstance(part, Table):
            found.add(part.name)
    return found


@pytest.mark.parametrize(
    ("module", "name"), [(rosters, "_SEATS"), (rosters, "_TOLD_AT"), (lines, "_AT")]
)
def test_every_table_behind_the_rota_changes_its_token(
    store: Store, module: ModuleType, name: str
) -> None:
    """Whoever reads the rota from one more table adds it to the triggers, in a migration."""
    for table in tables_read(module, name) - {"presence"}:
        for change in ("insert", "update", "delete"):
            assert f"rota_{table}_{change}" in triggers(store)


def triggers(store: Store) -> set[str]:
    asked = {
        "sqlite": "select name from sqlite_master where type = 'trigger'",
        "postgresql": "select tgname from pg_trigger where not tgisinternal",
    }
    with store.reading() as db:
        found = db.connection().execute(text(asked[db.dialect.name]))
        return {str(row[0]) for row in found}


def ahead(store: Store, at: datetime = AT) -> Rota:
    """As a board asks for the next two hours."""
    with store.reading() as db:
        return kept_ahead(db, Span(at, at + timedelta(hours=2)), rota_between)


def sent_ahead(store: Store, at: datetime) -> int:
    with statements(store) as said:
        ahead(store, at)
    return len(said)


def test_the_next_hours_are_read_again_only_when_half_an_hour_has_passed(
    store: Store, ada: Hired
) -> None:
    ahead(store)

    assert sent_ahead(store, AT + timedelta(minutes=30)) == 1
    assert sent_ahead(store, AT + timedelta(minutes=31)) > 1
    assert sent_ahead(store, AT) > 1  # a clock that was set back


def test_the_next_hours_are_the_same_read_anew_or_not(store: Store, ada: Hired) -> None:
    make.store_roster(store, (make.hire(store, "Bo"), NIGHT), week="2026-W49")
    ahead(store)
    elsewhere = Store(store.url)

    assert ahead(store, LATER) == ahead(elsewhere, LATER)
    elsewhere.close()


def test_what_changes_in_the_next_hours_is_seen_at_once(store: Store, ada: Hired) -> None:
    elsewhere = Store(store.url)
    ahead(elsewhere)

    make.store_roster(store, (make.hire(store, "Bo"), NIGHT), week="2026-W49")
    with store.writing() as db:
        db.add(PresenceRow(person_id=ada.id, free_at=AT, missed=2))

    seen = ahead(elsewhere)
    assert [(who.name, who.presence.missed) for who in seen.volunteers] == [("Ada", 2), ("Bo", 0)]
    assert {duty.person for duty in seen.duties} == {who.id for who in seen.volunteers}
    elsewhere.close()
