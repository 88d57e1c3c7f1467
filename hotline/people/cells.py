"""What one cell of the people CSV means, and how it is written."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from hotline.config.settings import DeskName, Language, Settings
from hotline.duty import Gender
from hotline.errors import HotlineError
from hotline.notices.ways import EVERY_WAY, NO_WAY, Way, ways_written
from hotline.numbers import well_formed_address
from hotline.people.agreement import agreement_written
from hotline.people.person import Listed, Role
from hotline.written.availability import grid_written
from scheduling.problem import Standing

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
WHOLE: Final = re.compile(r"[0-9]{1,5}")
DECIMAL: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
DATE: Final = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
LONGEST_NAME: Final = 120  # characters, as the database has room for
LONGEST_ADDRESS: Final = 200
LONGEST_DESKS: Final = 400
LONGEST_DIALECTS: Final = 120
HOURS_OF_A_WEEK: Final = 168
# A spreadsheet runs a cell that begins so; an apostrophe before it keeps it a text.
FORMULA: Final = re.compile(r"'*[=+\-@]")


class CellError(HotlineError):
    """What stands in a cell is not what its column holds."""


@dataclass(frozen=True)
class Column:
    """How a column is read (raising CellError or AvailabilityError) and written."""

    read: Callable[[str, Settings], object]
    write: Callable[[Listed], str]
    field: str = field(default="")
    optional: bool = False  # a file without the column means an empty cell in each row


def unguarded(cell: str) -> str:
    """What a cell says, without spaces around it and the apostrophe that disarms a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if FORMULA.match(text) else text


def _code(text: str, _: Settings) -> str:
    if not CODE.fullmatch(text):
        raise CellError(f"{text!r} must be made of letters, digits, _ and -, at most 64")
    return text


def _name(text: str, _: Settings) -> str:
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise CellError(f"must be a name of at most {LONGEST_NAME} printable characters")
    return text


def _address(text: str, _: Settings) -> str:
    if len(text) > LONGEST_ADDRESS or not well_formed_address(text):
        raise CellError(
            f"{text!r} must be tel: with a number like +862500000001, sip:user@host or client:name"
        )
    return text


def _languages(text: str, _: Settings) -> frozenset[Language]:
    return frozenset(Language(word) for word in _names(text, [str(each) for each in Language]))


def _desks(text: str, settings: Settings) -> frozenset[DeskName]:
    names = _names(text, [desk.name for desk in settings.desks])
    if len(" ".join(names)) > LONGEST_DESKS:
        raise CellError(f"is too long; at most {LONGEST_DESKS} characters")
    return frozenset(DeskName(name) for name in names)


def _names(text: str, known: Collection[str]) -> list[str]:
    names = [word.strip() for word in text.split(";") if word.strip()]
    if not names:
        raise CellError(f"is empty; known: {', '.join(known)}")
    for name in names:
        _refuse_unknown(name, known)
    return names


def _refuse_unknown(name: str, known: Collection[str]) -> None:
    if name not in known:
        close = get_close_matches(name, list(known), n=1)
        advice = f"did you mean {close[0]}?" if close else f"known: {', '.join(known) or 'none'}"
        raise CellError(f"names {name!r}, which does not exist; {advice}")


def _whole(most: int) -> Callable[[str, Settings], int]:
    def read(text: str, _: Settings) -> int:
        if not WHOLE.fullmatch(text) or int(text) > most:
            raise CellError(f"{text!r} must be a whole number from 0 to {most}")
        return int(text)

    return read


def _hours(text: str, _: Settings) -> float:
    if not DECIMAL.fullmatch(text) or float(text) > HOURS_OF_A_WEEK:
        raise CellError(f"{text!r} must be a number of hours from 0 to {HOURS_OF_A_WEEK}")
    return float(text)


def _standing(text: str, _: Settings) -> Standing:
    words = [str(each) for each in Standing]
    if text and text not in words:
        raise CellError(f"{text!r} must be {', '.join(words[:-1])} or {words[-1]}; empty is full")
    return Standing(text or Standing.FULL)


def _role(text: str, _: Settings) -> Role:
    words = [str(each) for each in Role]
    if text and text not in words:
        raise CellError(f"{text!r} must be {' or '.join(words)}; empty is volunteer")
    return Role(text or Role.VOLUNTEER)


def _notices(text: str, _: Settings) -> tuple[Way, ...]:
    return () if text == NO_WAY else ways_written(text)


def _ways(ways: tuple[Way, ...]) -> str:
    return "" if ways == EVERY_WAY else ";".join(ways) or NO_WAY


def _gender(text: str, _: Settings) -> Gender | None:
    if text and text not in {str(each) for each in Gender}:
        raise CellError(f"{text!r} must be woman or man; empty is not said")
    return Gender(text) if text else None


def _dialects(text: str, settings: Settings) -> frozenset[str]:
    names = _names(text, list(settings.dialects or {})) if text else []
    if len(" ".join(names)) > LONGEST_DIALECTS:
        raise CellError(f"is too long; at most {LONGEST_DIALECTS} characters")
    return frozenset(names)


def _last_days(text: str, settings: Settings) -> dict[str, date]:
    days: dict[str, date] = {}
    for part in (part.strip() for part in text.split(";")):
        if not part:
            continue
        name, _, day = (piece.strip() for piece in part.partition(":"))
        _refuse_unknown(name, list(settings.certificates))
        if name in days:
            raise CellError(f"names {name!r} twice")
        days[name] = _last_day(name, day)
    return days


def _last_day(name: str, day: str) -> date:
    try:
        if DATE.fullmatch(day):
            return date.fromisoformat(day)
    except ValueError:
        pass  # such as 2027-02-30: said below
    raise CellError(f"has {day!r} as the last day of {name!r}; write a date like {name}:2027-06-30")


def _joined(words: Collection[str]) -> str:
    return ";".join(sorted(words))


COLUMNS: Final[Mapping[str, Column]] = {
    "code": Column(_code, lambda person: person.code),
    "name": Column(_name, lambda person: person.name),
    "address": Column(_address, lambda person: person.address),
    "languages": Column(_languages, lambda person: _joined(person.languages)),
    "desks": Column(_desks, lambda person: _joined(person.desks)),
    "availability": Column(lambda t, _: grid_written(t), lambda person: person.availability.text),
    "preferred": Column(lambda t, _: grid_written(t), lambda person: person.preferred.text),
    "unwanted": Column(lambda t, _: grid_written(t), lambda person: person.unwanted.text),
    "shifts_a_week": Column(_whole(14), lambda person: str(person.shifts_a_week)),
    "hours_a_week": Column(_hours, lambda person: f"{person.hours_a_week:g}"),
    "nights_a_week": Column(_whole(7), lambda person: str(person.nights_a_week)),
    "nights_running": Column(_whole(7), lambda person: str(person.nights_running)),
    "supervised_turns": Column(_whole(99999), lambda person: str(person.supervised_turns)),
    "certificates": Column(
        _last_days,
        lambda person: ";".join(f"{n}:{day}" for n, day in sorted(person.last_days.items())),
        field="last_days",
    ),
    "standing": Column(_standing, lambda person: str(person.standing), optional=True),
    "agreement": Column(
        lambda text, _: agreement_written(text),
        lambda person: person.agreement.text,
        optional=True,
    ),
    "role": Column(_role, lambda person: str(person.role), optional=True),
    "notices": Column(_notices, lambda person: _ways(person.notices), optional=True),
    "gender": Column(_gender, lambda person: person.gender or "", optional=True),
    "dialects": Column(_dialects, lambda person: _joined(person.dialects), optional=True),
}
