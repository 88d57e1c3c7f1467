"""Is a stretch of time what it says?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduling.problem import ShiftKind, Span
from tests.scheduling import make


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=8))])
def test_a_span_outside_utc_is_refused(zone: timezone | None) -> None:
    start = datetime(2026, 11, 23, tzinfo=zone)
    with pytest.raises(ValueError, match="a span is in UTC"):
        Span(start, start + timedelta(hours=1))


def test_a_span_that_ends_as_it_starts_is_refused() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(at, at)


def test_spans_that_touch_do_not_meet() -> None:
    assert not make.span(8, 12).meets(make.span(12, 16))
    assert make.span(8, 12).meets(make.span(11.5, 16))
    assert make.span(8, 12).holds(make.span(8, 12))
    assert not make.span(8, 12).holds(make.span(8, 12.5))


def test_twenty_four_hours_are_a_night_too() -> None:
    assert [kind for kind in ShiftKind if kind.is_night] == [ShiftKind.NIGHT, ShiftKind.FULL_DAY]
