"""What a text of somebody who works here asks for: one word, in Chinese or English."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize


class Word(StrEnum):
    """What can be asked by text."""

    CHECK_IN = "in"
    CHECK_OUT = "out"
    BREAK = "break"
    BACK = "back"
    COMES = "come"
    CANNOT_COME = "cant"
    YES = "yes"  # to whatever was asked
    NO = "no"
    SWAPS = "swaps"
    AGREES = "agree"  # to a swap
    DECLINES = "decline"
    OPEN = "open"  # shifts that want somebody
    TAKES = "take"
    UNDO = "undo"
    TEST = "test"  # of their telephone
    SHIFTS = "next"
    GAPS = "gaps"
    WAITING = "waiting"
    STOP = "stop"
    START = "start"
    HELP = "help"


SPELLINGS: Final[dict[Word, str]] = {
    Word.CHECK_IN: "in 签到 上班 到岗",
    Word.CHECK_OUT: "out 签退 下班",
    Word.BREAK: "break 休息",
    Word.BACK: "back 回来 结束休息",
    Word.COMES: "come 来 能来 确认",
    Word.CANNOT_COME: "cant cannot 不能来 不来 来不了 请假",
    Word.YES: "yes ok 可以 好 好的 是",
    Word.NO: "no 不 不行 不可以",
    Word.SWAPS: "swaps swap 换班",
    Word.AGREES: "agree 同意",
    Word.DECLINES: "decline 不同意 拒绝",
    Word.OPEN: "open 空位",
    Word.TAKES: "take 接班",
    Word.UNDO: "undo 撤回",
    Word.TEST: "test 测试",
    Word.SHIFTS: "next shifts 班次 我的班次",
    Word.GAPS: "gaps 空班 缺班",
    Word.WAITING: "waiting 等候",
    # The carrier's own words in English are these, whatever stands on this list.
    Word.STOP: "stop stopall unsubscribe end quit revoke optout cancel 退订 td",
    Word.START: "start unstop 恢复 订阅",
    Word.HELP: "help 帮助",
}
MEANING: Final = {
    spelling: word for word, spellings in SPELLINGS.items() for spelling in spellings.split()
}
ASKED: Final = re.compile(r"([^\W\d]+)\s*([1-9])?")


@dataclass(frozen=True)
class Asked:
    """A word, and the number behind it: of a shift in the list told before."""

    word: Word
    choice: int | None = None


def asked(text: str) -> Asked | None:
    """What `text` asks for; None: nothing we know. Never raises."""
    plain = normalize("NFKC", text[:200]).casefold()
    plain = re.sub(r"[^\w\s]|_", "", plain).strip()
    found = ASKED.fullmatch(plain) or ASKED.fullmatch(re.sub(r"\s", "", plain))
    if found is None or found[1] not in MEANING:
        return None
    return Asked(MEANING[found[1]], int(found[2]) if found[2] else None)
