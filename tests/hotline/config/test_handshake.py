"""What in [handshake] cannot be so is said in one sentence each."""

from dataclasses import replace
from datetime import time

import pytest

from hotline.config.contradictions.handshake import about_handshake
from hotline.config.tables.handshake import Handshake, QuietHours

GOOD = Handshake(first_hours=24, last_hours=1, quiet=QuietHours(time(22), time(8), 10))


def test_nothing_is_wrong_with_none_and_with_the_usual() -> None:
    assert list(about_handshake(None)) == []
    assert list(about_handshake(Handshake())) == []
    assert list(about_handshake(GOOD)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(GOOD, first_hours=-1), "first_hours must be from 0 to 168, not -1"),
        (replace(GOOD, first_hours=169), "first_hours must be from 0 to 168, not 169"),
        (replace(GOOD, last_hours=24), "first_hours must be more than handshake.last_hours"),
        (replace(GOOD, reachable_hours=0), "reachable_hours must be more than 0"),
        (
            replace(GOOD, quiet=QuietHours(time(22), time(8), -1)),
            "quiet.beyond_hours must be at least 0, not -1",
        ),
        (replace(GOOD, answer_minutes=60), "answer_minutes must be over before the duty begins"),
        (replace(GOOD, missed_minutes=0), "missed_minutes must be at least 1, not 0"),
        (replace(GOOD, longest_minutes=2), "longest_minutes must be no less than"),
        (replace(GOOD, undo_seconds=-1), "undo_seconds must be at least 0, not -1"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Handshake, said: str) -> None:
    (sentence,) = about_handshake(wrong)
    assert said in sentence
