"""Every table's fate is decided, and every kind of data has an age."""

from dataclasses import fields

import pytest

from hotline.config.tables.retention import Retention
from hotline.retention.kinds import FATES, Fate, Kind, kept_since
from hotline.store.tables import TABLES
from hotline.store.upkeep.too_old import AGEING
from tests import make

SOMETIME = make.utc("2026-11-24 12:00")


def test_the_fate_of_every_table_is_decided_once() -> None:
    assert sorted(FATES) == sorted(TABLES)


def test_what_is_said_to_go_goes_and_nothing_else() -> None:
    dropped = {each.table.name for each in AGEING if each.values is None}
    blanked = {each.table.name for each in AGEING if each.values is not None}

    assert dropped == {table for table, fate in FATES.items() if fate is Fate.DROPPED}
    assert blanked == {table for table, fate in FATES.items() if fate is Fate.BLANKED}


def test_every_kind_has_its_setting_and_something_that_ages() -> None:
    assert [kind.value for kind in Kind] == [field.name for field in fields(Retention)]
    assert {each.kind for each in AGEING} == set(Kind)


@pytest.mark.parametrize(
    ("kind", "since"),
    [(Kind.SESSIONS, "2026-10-25 12:00"), (Kind.NUMBERS, "2025-11-24 12:00")],
)
def test_days_are_counted_back_from_now(kind: Kind, since: str) -> None:
    assert kept_since(Retention(), kind, SOMETIME) == make.utc(since)
