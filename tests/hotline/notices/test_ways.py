"""By which ways somebody is told, as a cell says it and as it is kept."""

import pytest

from hotline.notices.ways import EVERY_WAY, Way, WaysError, ways_kept, ways_written


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("", EVERY_WAY),
        ("sms", (Way.SMS,)),
        ("sms; apprise", (Way.SMS, Way.APPRISE)),
    ],
)
def test_the_order_of_the_cell_is_the_order_tried(text: str, ways: tuple[Way, ...]) -> None:
    assert ways_written(text) == ways


@pytest.mark.parametrize("text", ["pigeon", "sms;sms", "none;sms"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WaysError, match="apprise;sms"):
        ways_written(text)


def test_none_is_kept_apart_from_nothing_said() -> None:
    assert ways_kept("none") == ()
    assert ways_kept("") == EVERY_WAY
    assert ways_kept("sms apprise") == (Way.SMS, Way.APPRISE)
