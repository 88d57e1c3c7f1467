"""A time of day as people say it in Chinese: in words, with the part of the day, never 二点."""

from datetime import time
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
# From which hour on the day is called so.
PARTS: Final = ((18, "晚上"), (13, "下午"), (12, "中午"), (9, "上午"), (6, "早上"), (0, "凌晨"))


def chinese_clock(clock: time) -> str:
    """凌晨两点零五分, 晚上十点; midnight is 零点, which belongs to the day that it begins."""
    part = next(name for first, name in PARTS if clock.hour >= first)
    hour = (clock.hour - 1) % 12 + 1 if clock.hour else 0
    said = {0: "零", 2: "两"}.get(hour, _number(hour))
    return f"{part}{said}点{_minutes(clock.minute)}"


def _minutes(minute: int) -> str:
    if minute == 0:
        return ""
    return f"{'零' if minute < 10 else ''}{_number(minute)}分"


def _number(number: int) -> str:
    """1 to 59 in words."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return ten + (DIGITS[ones] if ones else "")
