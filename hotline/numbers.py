"""Which line was dialled, and whether a number or an address is well-formed."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar
from unicodedata import normalize
from urllib.parse import unquote

LONGEST = 256  # characters; longer is nobody's number
PLAIN = re.compile(r"\+?[0-9]{1,15}")
SHORT_CODE = re.compile(r"[0-9]{3,6}")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
CHINESE_SHORT_CODE_ABROAD = re.compile(r"\+86[0-9]{1,6}")  # +8612355: no such number exists
HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
SIP = re.compile(rf"sips?:[a-z0-9_.!~*'()&=+$,%-]{{1,64}}@{HOST}(?::[0-9]{{1,5}})?", re.IGNORECASE)
CLIENT = re.compile(r"client:[A-Za-z0-9_]{1,121}")  # what Twilio allows as an identity
SCHEME = re.compile(r"^(?:sips?|tel|client):")
PUNCTUATION = re.compile(r"[\s().\-/]+")
CHINESE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
CHINESE = re.compile(r"\+86(?:1[3-9][0-9]{9}|10[0-9]{8}|2[0-9]{9}|[3-9][0-9]{9,10})")
LEAST_KEYED = 7
LEAST_ELSEWHERE = 8  # digits without a country code, where its numbers have no known form
MOST_NATIONAL = 11  # digits; one that is longer has its country code
LEAST_NATIONAL = 9  # digits after a trunk 0 that are enough to tell one E.164 number

# Spelt on a telephone's keys: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE.
SPELT_OUT = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})
HIDDEN = re.compile(
    r"anonymous|unknown|restricted|unavailable|private|withheld|blocked|not ?available"
)


class Numbered(Protocol):
    """Whatever can be dialled: a line of the site."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its short codes, E.164 numbers and SIP addresses."""


N = TypeVar("N", bound=Numbered)


def line_dialled(lines: Iterable[N], to: str) -> N | None:
    """The line that `to`, as a carrier delivers it, means; None when it means none.

    A SIP address is matched whole first, then by its user: as a short code or E.164 number, then
    as the user of exactly one line's SIP addresses. Never raises, whatever `to` holds.
    """
    known = tuple(lines)
    if line := next((each for each in known if to in each.numbers), None):
        return line  # as it is written: the usual case
    user, host = _user_and_host(to)
    if not user:
        return None
    return (
        (_sole(known, {f"{user}@{host}"}) if host else None)
        or _sole(known, _as_number(user))
        or _by_trunk_prefix(known, user)
        or _by_user(known, user)
    )


def number_key(number: str) -> str:
    """What makes a line's number unique: two numbers with one key would be dialled alike."""
    user, host = _user_and_host(number)
    return f"{user}@{host}" if host else user.lstrip("+")


def well_formed_number(text: str) -> bool:
    """Whether `text` can be a line's number: a short code, E.164, or a SIP address.

    `+8612355` is none of them: a Chinese short code has no international form.
    """
    return bool(SHORT_CODE.fullmatch(text) or _is_e164(text) or SIP.fullmatch(text))


def well_formed_address(text: str) -> bool:
    """Whether `text` can be rung: `tel:` with E.164, `sip:user@host` or `client:name`."""
    if text.startswith("tel:"):
        return _is_e164(text.removeprefix("tel:"))
    return bool(SIP.fullmatch(text) or CLIENT.fullmatch(text))


def withheld(from_: str) -> bool:
    """Whether a caller's `From` says nothing about who calls. Never raises."""
    if E164.fullmatch(from_):  # the usual case
        return from_[1:] in SPELT_OUT
    user, host = _user_and_host(from_)
    digits = user.removeprefix("+")
    return (
        not any(character.isalnum() for character in user)
        or digits in SPELT_OUT
        or bool(HIDDEN.fullmatch(user))
        or host == "anonymous.invalid"  # RFC 3323
    )


def number_to_ring(text: str, country: str) -> str | None:
    """A caller's number, as a carrier told it or as it was keyed in, in E.164; None: no such one.

    country: digits of the country code that a number without one has. Short codes, numbers without
    an area code and withheld ones cannot be rung. Never raises, whatever `text` holds.
    """
    user, _ = _user_and_host(text)
    if withheld(text) or not re.fullmatch(r"\+?[0-9]+", user):
        return None
    number = _international(user, country)
    known = CHINESE if number.startswith("+86") else E164
    return number if known.fullmatch(number) else None


def number_keyed(keys: str, country: str) -> str | None:
    """The same of what a caller keyed in; numbers abroad are refused, for anybody can key them."""
    number = number_to_ring(keys, country) if len(keys) >= LEAST_KEYED else None
    return number if number is not None and number.startswith(f"+{country}") else None


def _international(user: str, country: str) -> str:
    if user.startswith("+"):
        return user
    if user.startswith("00"):
        return f"+{user[2:]}"
    if user.startswith("0"):  # a trunk prefix and an area code
        return f"+{country}{user[1:]}"
    if user.startswith(country) and E164.fullmatch(f"+{user}") and len(user) > MOST_NATIONAL:
        return f"+{user}"
    national = CHINESE_MOBILE.fullmatch(user) if country == "86" else len(user) >= LEAST_ELSEWHERE
    return f"+{country}{user}" if national else ""


def addresses_behind(from_: str, country: str) -> frozenset[str]:
    """Every address, in lower case, that a caller with this `From` may have in our lists.

    country: as above. None where nothing is told. Never raises.
    """
    if withheld(from_):
        return frozenset()
    user, host = _user_and_host(from_)
    found = {f"client:{user}"} if from_.strip().lower().startswith("client:") else set()
    if host:
        found.add(f"sip:{user}@{host}")
    if number := number_to_ring(from_, country):
        found.add(f"tel:{number}")
    return frozenset(found)


def _is_e164(text: str) -> bool:
    return bool(E164.fullmatch(text)) and not CHINESE_SHORT_CODE_ABROAD.fullmatch(text)


def _user_and_host(text: str) -> tuple[str, str]:
    """The part before and after the @, lower case, without scheme, port and parameters."""
    if PLAIN.fullmatch(text):  # as nearly all come
        return text, ""
    if len(text) > LONGEST:
        return "", ""
    plain = normalize("NFKC", unquote(text, errors="replace")).strip().lower()
    if "<" in plain:  # "Ada" <sip:ada@example.org>
        plain = plain.rpartition("<")[2].partition(">")[0]
    plain = SCHEME.sub("", plain.strip())
    user, at, host = plain.rpartition("@")
    if not at:
        user, host = plain, ""
    host = re.split(r"[;?:/]", host, maxsplit=1)[0].strip().rstrip(".")
    return _tidy(re.split(r"[;?:]", user, maxsplit=1)[0].strip()), host


def _tidy(user: str) -> str:
    """Digits without their punctuation; anything else as it is."""
    bare = PUNCTUATION.sub("", user)
    return bare if re.fullmatch(r"\+?[0-9]+", bare) else user


def _as_number(user: str) -> set[str]:
    digits = user.lstrip("+")
    return {digits, digits.removeprefix("00")} if digits.isdecimal() else set()


def _sole(lines: tuple[N, ...], keys: set[str]) -> N | None:
    return next((line for line in lines if keys & {number_key(n) for n in line.numbers}), None)


def _by_trunk_prefix(lines: tuple[N, ...], user: str) -> N | None:
    """A national number with its trunk 0, as 025-5825 5200 for +86 25 5825 5200."""
    national = user.removeprefix("0")
    if national == user or not national.isdecimal() or len(national) < LEAST_NATIONAL:
        return None
    return _only(
        line for line in lines if any(_is_e164(n) and n.endswith(national) for n in line.numbers)
    )


def _by_user(lines: tuple[N, ...], user: str) -> N | None:
    sip = [(line, _user_and_host(n)) for line in lines for n in line.numbers if "@" in n]
    found = dict.fromkeys(id(line) for line, (name, _) in sip if name == user)
    return _only(line for line in lines if id(line) in found)


def _only(found: Iterable[N]) -> N | None:
    lines = list(found)
    return lines[0] if len(lines) == 1 else None
