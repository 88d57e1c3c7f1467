"""What somebody agreed to beyond one week: clauses of the CSV, read aloud and read exactly."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from hotline.errors import HotlineError
from hotline.people.clauses import clauses_of, in_english
from scheduling.problem import Cap, Period, Rota, Unit

CLAUSES: Final = (
    "at most 2 nights a month",
    "at most 40 hours in 28 days",
    "at least 3 shifts a month",
    "at most 4 days running",
    "at least 2 days running",
    "at least 2 nights running",
    "2 days off in a row",
    "no nights",
    "no 24h",
    "never with v07",
    "always with v12",
    "since 2026-09-01",
)
UNITS: Final[Mapping[str, Unit]] = {
    "shift": Unit.SHIFTS,
    "hour": Unit.HALF_HOURS,
    "night": Unit.NIGHTS,
    "24h": Unit.FULL_DAYS,
    "weekend": Unit.WEEKENDS,
}
MOST: Final = 999
COUNT: Final = r"(?P<count>\d{1,3}(?:\.5)?)"


class AgreementError(HotlineError):
    """A clause that means nothing."""


@dataclass(frozen=True)
class Agreement:
    """All clauses of one person, and how they were written.

    never, always: codes of people beside whom this one never or always sits.
    """

    caps: tuple[Cap, ...] = ()
    days_running: int | None = None
    least_days_running: int = 1
    least_nights_running: int = 1
    days_off: int = 0
    exempt: frozenset[Rota] = frozenset()
    never: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    since: date | None = None  # shares unpopular work from then on; None: since they first worked
    text: str = ""


NOTHING_MORE: Final = Agreement()


@lru_cache(maxsize=4096)  # likewise as grids
def agreement_written(text: str) -> Agreement:
    """The clauses of `text`, in either language, with semicolons between; kept in English.

    Raises AgreementError for the first that is none.
    """
    clauses = clauses_of(in_english(text))
    agreed = Agreement()
    for clause in clauses:
        agreed = _with(agreed, clause)
    return replace(agreed, text="; ".join(clauses))


def _with(agreed: Agreement, clause: str) -> Agreement:
    for form, add in _FORMS:
        found = form.fullmatch(clause)
        if found:
            return add(agreed, found)
    raise AgreementError(
        f"has {clause!r}, which is no clause; clauses read like: {'; '.join(CLAUSES)}"
    )


def _cap(agreed: Agreement, found: re.Match[str]) -> Agreement:
    unit = UNITS[found["unit"]]
    count = _counted(found, halves=unit is Unit.HALF_HOURS)
    period, days = _period(found)
    if found["bound"] == "most":
        return replace(agreed, caps=(*agreed.caps, Cap(unit, period, most=count, days=days)))
    return replace(agreed, caps=(*agreed.caps, Cap(unit, period, least=count, days=days)))


def _counted(found: re.Match[str], *, halves: bool = False) -> int:
    """The number of a clause; hours are counted in halves."""
    count = float(found["count"]) * (2 if halves else 1)
    if count % 1:
        raise AgreementError(f"has {found.string!r}: only hours come in halves")
    return int(count)


def _period(found: re.Match[str]) -> tuple[Period, int]:
    if found["days"] is None:
        return Period(found["period"]), 0
    if not 2 <= int(found["days"]) <= 366:
        raise AgreementError(f"has {found.string!r}: from 2 to 366 days can be counted")
    return Period.ROLLING, int(found["days"])


def _running(agreed: Agreement, found: re.Match[str]) -> Agreement:
    count = _counted(found)
    match found["bound"], found["what"]:
        case "most", "day":
            return replace(agreed, days_running=count)
        case "least", "day":
            return replace(agreed, least_days_running=count)
        case "least", _:
            return replace(agreed, least_nights_running=count)
    raise AgreementError(f"has {found.string!r}: the column nights_running says that")


def _days_off(agreed: Agreement, found: re.Match[str]) -> Agreement:
    count = _counted(found)
    if count > 6:
        raise AgreementError(f"has {found.string!r}: at most 6 days of a week are off")
    return replace(agreed, days_off=count)


def _exempt(agreed: Agreement, found: re.Match[str]) -> Agreement:
    return replace(agreed, exempt=agreed.exempt | {Rota(found["rota"])})


def _beside(agreed: Agreement, found: re.Match[str]) -> Agreement:
    if found["how"] == "never":
        return replace(agreed, never=agreed.never | {found["code"]})
    return replace(agreed, always=agreed.always | {found["code"]})


def _since(agreed: Agreement, found: re.Match[str]) -> Agreement:
    try:
        return replace(agreed, since=date.fromisoformat(found["day"]))
    except ValueError:
        raise AgreementError(f"has {found.string!r}, which names no date") from None


_BOUND = r"at (?P<bound>most|least)"
_UNIT = r"(?P<unit>shift|hour|night|24h|weekend)s?"
_PERIOD = r"(?:a (?P<period>week|month)|in (?P<days>\d{1,3}) days)"
_Add = Callable[[Agreement, re.Match[str]], Agreement]
_FORMS: Final[tuple[tuple[re.Pattern[str], _Add], ...]] = (
    (re.compile(rf"{_BOUND} {COUNT} {_UNIT} {_PERIOD}"), _cap),
    (re.compile(rf"{_BOUND} {COUNT} (?P<what>day|night)s? running"), _running),
    (re.compile(rf"{COUNT} days? off in a row"), _days_off),
    (re.compile(r"no (?P<rota>nights|24h)"), _exempt),
    (re.compile(r"(?P<how>never|always) with (?P<code>[A-Za-z0-9][A-Za-z0-9_-]{0,63})"), _beside),
    (re.compile(r"since (?P<day>20\d\d-\d\d-\d\d)"), _since),
)
