"""What an operator may say of the help page, and what is refused."""

import pytest

from hotline.config import ConfigError
from hotline.config.tables.help import Help
from hotline.config.tables.lines import Audience
from tests.hotline.config.tiny import TINY, loaded

TABLE = """
[help]
asks_an_hour = 10
asks_an_hour_in_all = 120
leave_to = "https://www.weather.com.cn/"
[serving]"""
SITE = TINY.replace("\n[serving]", TABLE)


def test_without_the_table_everything_is_as_in_the_sample() -> None:
    assert loaded().help is None
    assert loaded().helps == loaded(SITE).helps == Help()


def test_a_line_says_whom_it_is_for() -> None:
    assert loaded().lines[0].for_whom is None
    found = loaded(TINY + 'for_whom = ["pupil", "parent"]\n')
    assert found.lines[0].for_whom == (Audience.PUPIL, Audience.PARENT)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("asks_an_hour = 10", "asks_an_hour = 0", "help.asks_an_hour must be at least 1"),
        ("in_all = 120", "in_all = 9", "help.asks_an_hour_in_all must be at least help.asks"),
        ("https://www", "javascript:", "help.leave_to must be a web address"),
        ("https://www.weather.com.cn/", "https://[", "help.leave_to must be a web address"),
        ('desks = ["night"]', 'desks = ["night"]\nfor_whom = []', "for_whom is empty"),
        (
            'desks = ["night"]',
            'desks = ["night"]\nfor_whom = ["pupil", "pupil"]',
            "lines[12355].for_whom holds something twice",
        ),
        ('desks = ["night"]', 'desks = ["night"]\nfor_whom = ["child"]', "must be 'pupil'"),
    ],
)
def test_what_cannot_be_is_refused(right: str, wrong: str, says: str) -> None:
    assert right in SITE
    with pytest.raises(ConfigError) as raised:
        loaded(SITE.replace(right, wrong, 1))
    assert any(says in problem for problem in raised.value.problems)
