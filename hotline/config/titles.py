"""The words that settings are made of: languages, days, and names for people."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages that pages and voices are complete in."""

    ZH = "zh"
    EN = "en"


class Weekday(StrEnum):
    """Days of the site's calendar, Monday first."""

    MON = "Mon"
    TUE = "Tue"
    WED = "Wed"
    THU = "Thu"
    FRI = "Fri"
    SAT = "Sat"
    SUN = "Sun"


@dataclass(frozen=True)
class Title:
    """A name for people, in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The name to show or speak."""
        return self.zh if language is Language.ZH else self.en
