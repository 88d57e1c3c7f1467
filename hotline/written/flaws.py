"""What is wrong with a file as a whole, or with its first line: for pages and for commands."""

from dataclasses import dataclass
from enum import StrEnum


class FlawKind(StrEnum):
    """What sort of flaw, for pages that say it in their own words."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    HEADER_ALONE = "header-alone"  # a first line, and nothing below it
    NOT_UTF8 = "not-utf8"
    NO_CSV = "no-csv"
    SEPARATED = "separated"  # by semicolons or tabs
    MISSING = "missing"  # a column
    UNKNOWN = "unknown"  # a column
    TWICE = "twice"  # a column
    NO_WORKBOOK = "no-workbook"
    LARGE = "large"
    UNPACKS = "unpacks"  # to far too much
    LONG = "long"  # too many rows


@dataclass(frozen=True)
class Flaw:
    """One flaw. said: in English, as commands print it; about: the column, or how much may be."""

    kind: FlawKind
    said: str
    line: int = 0
    about: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}" if self.line else self.said
