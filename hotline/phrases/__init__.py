"""What is said to callers and volunteers, in the language of the line."""

import tomllib
from calendar import month_name
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from hotline.calls.instructions import Say
from hotline.config.settings import Language
from hotline.phrases.clocks import chinese_clock

MOBILE_DIGITS = 11
CHINESE_DIGITS = str.maketrans("0123456789", "零幺二三四五六七八九")


def say(key: str, language: Language, **words: str | int) -> Say:
    """The sentence of `key` with its words filled in. An unknown key is our own mistake."""
    return Say(_phrases(language)[key].format(**words), language)


def gist(key: str, language: Language) -> str:
    """The sentence of `key` for reading, with dots where words would be filled in."""
    return _phrases(language).get(key, key).format_map(_Dots())


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def phrase_keys(language: Language) -> frozenset[str]:
    """Every sentence there is in `language`."""
    return frozenset(_phrases(language))


def digits(number: str, language: Language) -> str:
    """A telephone number to be heard digit by digit: 110 is "幺幺零", not "one hundred and ten"."""
    plain = "".join(sign for sign in number if sign.isdigit())
    return plain.translate(CHINESE_DIGITS) if language is Language.ZH else " ".join(plain)


def spoken_number(number: str, country: str, language: Language) -> str:
    """A number in E.164 as people at home dial it, in groups to follow: 139, 1234, 5678."""
    abroad = not number.startswith(f"+{country}")
    local = number.removeprefix(f"+{country}").removeprefix("+")
    mobile = abroad or (country == "86" and local.startswith("1") and len(local) == MOBILE_DIGITS)
    plain = ("00" if abroad else "") + local if mobile else f"0{local}"
    groups = [plain[:3], *(plain[start : start + 4] for start in range(3, len(plain), 4))]
    comma = "，" if language is Language.ZH else ", "
    return comma.join(digits(group, language) for group in groups)


def time_of_day(clock: time, language: Language) -> str:
    """A time of day as people say it."""
    if language is Language.ZH:
        return chinese_clock(clock)
    return f"{clock.hour}:{clock.minute:02}"


@cache
def either(numbers: tuple[str, ...], language: Language) -> str:
    """Several numbers to choose from."""
    word = "或" if language is Language.ZH else " or "
    return word.join(digits(number, language) for number in numbers)


def when(instant: datetime, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """A time to come as people say it: today, tomorrow or a date, on the site's clock."""
    there, here = instant.astimezone(zone), now.astimezone(zone)
    words = _phrases(language)
    clock = time_of_day(there.time(), language)
    key = {here.date(): "today", here.date() + timedelta(days=1): "tomorrow"}
    month = there.month if language is Language.ZH else month_name[there.month]
    return words[key.get(there.date(), "on_day")].format(time=clock, month=month, day=there.day)


def lasting(span: timedelta, language: Language) -> str:
    """How long something has lasted, as people say it: whole minutes from the second on."""
    seconds = max(0, int(span.total_seconds()))
    words = _phrases(language)
    if seconds == 1:
        return words["second"]
    if seconds < 120:
        return words["seconds"].format(count=seconds)
    return words["minutes"].format(count=seconds // 60)


@cache
def _phrases(language: Language) -> Mapping[str, str]:
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
