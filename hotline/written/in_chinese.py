"""How the hours of a week read in Chinese, and what hours written in Chinese mean."""

import re
from collections.abc import Mapping
from typing import Final

DAYS: Final[Mapping[str, str]] = {
    "Mon": "一", "Tue": "二", "Wed": "三", "Thu": "四", "Fri": "五", "Sat": "六", "Sun": "日",
}  # fmt: skip
ALWAYS: Final = ("always", "任何时间")
EVERY_DAY: Final = ("Mon-Sun", "每天")
SIGNS: Final = str.maketrans("；，、：－–—～至到", ";,,:------")
DAY: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
NAMES: Final = re.compile("|".join(DAYS), re.IGNORECASE)


def in_chinese(text: str) -> str:
    """A grid for who reads no English: `周一至周五 18:00-22:00；周日 08:00-12:00`."""
    if text == ALWAYS[0]:
        return ALWAYS[1]
    return "；".join(_chinese(part) for part in text.split("; "))


def in_english(text: str) -> str:
    """A grid as it is kept, whatever it was written in; what is none stays none."""
    plain = text.strip()
    if plain == ALWAYS[1]:
        return ALWAYS[0]
    if not re.search(r"[^\x00-\x7f]", plain):
        return plain
    names = {chinese: english for english, chinese in DAYS.items()} | {"天": "Sun"}
    days = DAY.sub(lambda found: names[found[1]], plain.replace(EVERY_DAY[1], EVERY_DAY[0]))
    tight = re.sub(r"\s*([;,:-])\s*", r"\1", days.translate(SIGNS))
    return re.sub(r"(?<=[A-Za-z])(?=\d)", " ", tight).replace(";", "; ")


def _chinese(part: str) -> str:
    days, _, hours = part.partition(" ")
    if days.lower() == EVERY_DAY[0].lower():
        return f"{EVERY_DAY[1]} {hours}"
    named = NAMES.sub(lambda found: f"周{DAYS[found[0].capitalize()]}", days)
    return f"{named.replace('-', '至').replace(',', '、')} {hours}".strip()
