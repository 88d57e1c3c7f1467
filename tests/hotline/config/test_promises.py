"""What about promises to callers is refused, each with one clear sentence."""

import pytest

from hotline.config import ConfigError
from hotline.config.tables.promises import USUAL
from tests.hotline.config.tiny import TINY, loaded, spoilt

TABLE = """
[promises]
day_from = "09:00"
day_to = "18:00"
evening_from = "18:00"
evening_to = "21:30"
ring = 30
attempts = 3
spacing = 3600
country_code = "86"
message_due = 86400
erase = true
[serving]"""


def _told(right: str, wrong: str) -> tuple[str, ...]:
    assert right in TABLE
    with pytest.raises(ConfigError) as raised:
        loaded(TINY.replace("\n[serving]", TABLE.replace(right, wrong, 1)))
    return raised.value.problems


def test_without_the_table_everything_is_as_in_the_sample() -> None:
    assert loaded().promises is None
    assert loaded().promised == USUAL
    assert loaded(TINY.replace("\n[serving]", TABLE)).promised == USUAL


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('day_to = "18:00"', 'day_to = "09:00"', "promises.day_from must be before"),
        ('evening_to = "21:30"', 'evening_to = "01:00"', "promises.evening_from must be before"),
        ("ring = 30", "ring = 4", "promises.ring must be at least 5, not 4."),
        ("ring = 30", "ring = 121", "promises.ring must be at most 120 seconds, not 121."),
        ("attempts = 3", "attempts = 0", "promises.attempts must be at least 1"),
        ("spacing = 3600", "spacing = -1", "promises.spacing must be at least 0"),
        ("message_due = 86400", "message_due = 0", "promises.message_due must be at least 1"),
        ('"86"', '"+86"', "promises.country_code is '+86'"),
        ("erase = true", "", "promises.erase is missing."),
    ],
)
def test_what_cannot_be_is_named(right: str, wrong: str, says: str) -> None:
    (problem,) = _told(right, wrong)
    assert problem.startswith(says)


def test_a_line_shows_only_a_number_when_it_rings_back() -> None:
    line = 'languages = ["en"]\ndesks = ["night"]'
    (problem,) = spoilt(line, f'{line}\ncaller_id = "our number"')
    assert problem.startswith("lines[12355].caller_id is 'our number'")
