"""How a line is dialled, and how its number is written for people."""

import re
from typing import Final

from hotline.config.settings import Line
from hotline.numbers import CHINESE_MOBILE, E164, SHORT_CODE

THREE_DIGITS: Final = re.compile(r"10|2[0-9]")  # Chinese areas such as 010 and 025; others have 4


def dialled(line: Line) -> tuple[str, ...]:
    """What can be dialled by a telephone, in the order of the file: no SIP address."""
    return tuple(each for each in line.numbers if may_be_dialled(each))


def may_be_dialled(number: str) -> bool:
    """Whether it is a short code or an E.164 number."""
    return bool(SHORT_CODE.fullmatch(number) or E164.fullmatch(number))


def written(number: str, country: str) -> str:
    """A number as people at home write it: 025-0009 6111. country: digits of their own code."""
    if not number.startswith(f"+{country}"):
        return number
    local = number.removeprefix(f"+{country}")
    if country != "86":
        return f"0{local}"
    if CHINESE_MOBILE.fullmatch(local):
        return f"{local[:3]} {local[3:7]} {local[7:]}"
    area = 2 if THREE_DIGITS.match(local) else 3
    return f"0{local[:area]}-{_in_fours(local[area:])}"


def _in_fours(digits: str) -> str:
    """025-0009 6111: the last four stand apart."""
    return f"{digits[:-4]} {digits[-4:]}".strip()
