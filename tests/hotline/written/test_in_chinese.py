"""Can somebody who knows no English write down when they can come?"""

import pytest

from hotline.written.availability import grid_written
from hotline.written.in_chinese import in_chinese, in_english

BOTH = [
    ("Mon-Fri 18:00-22:00", "周一至周五 18:00-22:00"),
    ("Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00", "周一至周五 18:00-22:00；周六、周日 08:00-24:00"),
    ("Mon-Sun 22:00-08:00", "每天 22:00-08:00"),
    ("always", "任何时间"),
    ("", ""),
]


@pytest.mark.parametrize(("english", "chinese"), BOTH)
def test_hours_read_the_same_in_both_languages(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese
    assert in_english(chinese) == english
    assert grid_written(chinese) == grid_written(english)


@pytest.mark.parametrize(
    "typed",
    [
        "星期一到星期五 18：00～22：00；礼拜六，周天 8:00—24:00",
        "周一 - 周五18:00至22:00; 周六、周日8:00 - 24:00",
    ],
)
def test_whatever_signs_a_chinese_keyboard_has_are_understood(typed: str) -> None:
    assert grid_written(typed).text == "Mon-Fri 18:00-22:00; Sat,Sun 8:00-24:00"


def test_days_written_small_are_days() -> None:
    assert in_chinese("mon-fri 18:00 - 22:00") == "周一至周五 18:00 - 22:00"


def test_what_is_no_grid_stays_as_it_was_typed() -> None:
    assert in_english("晚上") == "晚上"
    assert in_english("in the evening") == "in the evening"
