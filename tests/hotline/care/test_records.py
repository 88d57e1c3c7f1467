"""Who may read what was noted of a conversation, and which forms are refused?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.calls.ringing.facts import CallId
from hotline.care.records import (
    FARTHEST,
    LONGEST_NOTE,
    CareRecord,
    Reader,
    is_writer,
    may_read,
    why_not_filled,
)
from hotline.config.settings import LineName
from hotline.duty import LegId, PersonId
from tests import make

NOW = make.local("2026-11-24 23:10")
HELP, OTHER = LineName("help"), LineName("other")
ADA, BO, SAM = PersonId(1), PersonId(2), PersonId(9)
RECORD = CareRecord(LegId(7), CallId(3), HELP, ADA, "ada", "Ada", NOW, NOW)


def test_who_took_the_call_reads_and_writes_its_note() -> None:
    ada = Reader(ADA, frozenset())

    assert is_writer(RECORD, ada)
    assert may_read(RECORD, ada)


def test_a_supervisor_of_the_line_reads_it_and_does_not_write() -> None:
    sam = Reader(SAM, frozenset({HELP}))

    assert may_read(RECORD, sam)
    assert not is_writer(RECORD, sam)


@pytest.mark.parametrize(
    "eve",
    [Reader(BO, frozenset()), Reader(SAM, frozenset({OTHER})), Reader(None, frozenset())],
)
def test_and_nobody_else_reads_it(eve: Reader) -> None:
    assert not may_read(RECORD, eve)


def test_a_follow_up_is_due_until_somebody_has_done_it() -> None:
    promised = replace(RECORD, follow_up=NOW + timedelta(days=1))

    assert promised.is_due
    assert not replace(promised, followed_up=NOW).is_due
    assert not RECORD.is_due


@pytest.mark.parametrize(
    ("note", "due", "wrong"),
    [
        ("", None, None),
        ("a" * LONGEST_NOTE, NOW + FARTHEST, None),
        ("a" * (LONGEST_NOTE + 1), None, "long-note"),
        ("", NOW, "past"),
        ("", NOW + FARTHEST + timedelta(seconds=1), "far"),
    ],
)
def test_a_form_says_what_is_wrong_with_it(
    note: str, due: datetime | None, wrong: str | None
) -> None:
    assert why_not_filled(note, due, NOW) == wrong
