"""How the clauses of an agreement read in Chinese, and what clauses written in Chinese mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

Vocabulary = Mapping[str, str]  # the English word -> the Chinese one
WORDS: Final[Mapping[str, Vocabulary]] = {
    "bound": {"most": "最多", "least": "至少"},
    "unit": {
        "shifts": "个班次",
        "hours": "小时",
        "nights": "个夜班",
        "24h": "个24小时值班",
        "weekends": "个周末",
    },
    "period": {"week": "每周", "month": "每月"},
    "running": {"days": "天", "nights": "个夜班"},
    "rota": {"nights": "夜班", "24h": "24小时值班"},
    "how": {"never": "不与", "always": "只与"},
}
FREE: Final[Mapping[str, str]] = {
    "count": r"\d{1,3}(?:\.5)?",
    "days": r"\d{1,3}",
    "code": r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}",
    "day": r"\d{4}-\d\d-\d\d",
}
SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Pair:
    """One sort of clause in both languages, with `{slots}` for what differs."""

    english: str
    chinese: str

    @cached_property
    def read_english(self) -> re.Pattern[str]:
        """What matches it in English; a plural may lack its s."""
        slots = SLOT.sub(lambda slot: self._any(slot[1], english=True), self.english)
        return re.compile(slots)

    @cached_property
    def read_chinese(self) -> re.Pattern[str]:
        """What matches it in Chinese, whatever spaces there are."""
        tight = self.chinese.replace(" ", "")
        return re.compile(SLOT.sub(lambda slot: self._any(slot[1], english=False), tight))

    def _any(self, slot: str, *, english: bool) -> str:
        if slot in FREE:
            return f"(?P<{slot}>{FREE[slot]})"
        words = WORDS[slot]
        plural = (f"{word}?" if word.endswith("s") else word for word in words)
        return f"(?P<{slot}>{'|'.join(plural if english else words.values())})"


PAIRS: Final = (
    Pair("at {bound} {count} {unit} a {period}", "{period}{bound} {count} {unit}"),
    Pair("at {bound} {count} {unit} in {days} days", "任意 {days} 天内{bound} {count} {unit}"),
    Pair("at {bound} {count} {running} running", "{bound}连续 {count} {running}"),
    Pair("{count} days off in a row", "每周连休 {count} 天"),
    Pair("no {rota}", "不排{rota}"),
    Pair("{how} with {code}", "{how} {code} 同班"),
    Pair("since {day}", "自 {day} 起"),
)


def in_chinese(text: str) -> str:
    """Clauses as somebody reads them who knows no English; an unknown one stays as it is."""
    return "；".join(_chinese(clause) for clause in clauses_of(text))


def in_english(text: str) -> str:
    """Clauses as they are kept, whatever they were written in; an unknown one stays as it is."""
    return "; ".join(_english(clause) for clause in clauses_of(text))


def clauses_of(text: str) -> list[str]:
    """What stands between semicolons, with single spaces."""
    return [" ".join(clause.split()) for clause in re.split("[;；]", text) if clause.strip()]


def _chinese(clause: str) -> str:
    for pair in PAIRS:
        if found := pair.read_english.fullmatch(clause):
            words = {slot: _translated(slot, word) for slot, word in found.groupdict().items()}
            return pair.chinese.format(**words)
    return clause


def _translated(slot: str, word: str) -> str:
    words = WORDS.get(slot, {})
    return words.get(word) or words.get(f"{word}s") or word


def _english(clause: str) -> str:
    tight = clause.replace(" ", "")
    for pair in PAIRS:
        if found := pair.read_chinese.fullmatch(tight):
            words = {slot: _back(slot, word) for slot, word in found.groupdict().items()}
            return _singular(pair.english.format(**words))
    return clause


def _back(slot: str, word: str) -> str:
    return next((each for each, said in WORDS.get(slot, {}).items() if said == word), word)


def _singular(clause: str) -> str:
    return re.sub(r"\b1 (shift|hour|night|weekend|day)s\b", r"1 \1", clause)
