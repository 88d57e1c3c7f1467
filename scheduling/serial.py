"""How does a problem or a result travel? As JSON, and back without loss."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import NewType, TypeVar, get_args, get_origin, get_type_hints

from scheduling.problem import Problem
from scheduling.roster import Result

T = TypeVar("T")


def problem_to_json(problem: Problem) -> str:
    """A problem as JSON text; equal problems give equal text."""
    return to_json(problem)


def problem_from_json(text: str) -> Problem:
    """The problem that `problem_to_json` wrote. Raises ValueError naming what does not fit."""
    return from_json(Problem, text)


def result_to_json(result: Result) -> str:
    """A result as JSON text."""
    return to_json(result)


def result_from_json(text: str) -> Result:
    """The result that `result_to_json` wrote. Raises ValueError naming what does not fit."""
    return from_json(Result, text)


def to_json(value: object) -> str:
    """Any of our frozen values as JSON text; equal values give equal text."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """The value of a kind that `to_json` wrote. Raises ValueError naming what does not fit."""
    value = _read(kind, json.loads(text), kind.__name__)
    assert isinstance(value, kind)
    return value


def _plain(value: object) -> object:
    """Instants as ISO text, durations in seconds, sets sorted, mappings in their order."""
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(entry) for entry in value]
        case Mapping():
            return {str(key): _plain(entry) for key, entry in value.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _read(kind: object, plain: object, where: str) -> object:
    """`plain` as a value of the type `kind`; `where` names it in an error."""
    if isinstance(kind, NewType):
        return _read(kind.__supertype__, plain, where)
    origin = get_origin(kind)
    if origin is UnionType:
        return None if plain is None else _read(_unless_none(kind), plain, where)
    if origin is not None:
        return _read_many(kind, origin, plain, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(kind, plain, where)
    return _read_one(kind, plain, where)


def _unless_none(kind: object) -> object:
    return next(option for option in get_args(kind) if option is not NoneType)


def _read_many(kind: object, origin: object, plain: object, where: str) -> object:
    inner = get_args(kind)
    if isinstance(plain, dict):
        return {key: _read(inner[1], entry, f"{where}.{key}") for key, entry in plain.items()}
    if not isinstance(plain, list):
        raise _misfit(where, plain)
    entries = (_read(inner[0], entry, f"{where}[{n}]") for n, entry in enumerate(plain))
    return _gathered(origin, entries)


def _gathered(origin: object, entries: Iterable[object]) -> object:
    return frozenset(entries) if origin is frozenset else tuple(entries)


def _read_fields(kind: type, plain: object, where: str) -> object:
    if not isinstance(plain, dict):
        raise _misfit(where, plain)
    hints, required = _shape(kind)
    for name in sorted(plain.keys() - hints.keys()):
        raise ValueError(f"{where} has no {name}")
    for name in required:
        if name not in plain:
            raise ValueError(f"{where} lacks {name}")
    whole = {name: _read(hints[name], entry, f"{where}.{name}") for name, entry in plain.items()}
    try:
        return kind(**whole)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


@cache
def _shape(kind: type) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """The type of each field, and the fields that must be there. Kept: asking takes long."""
    assert is_dataclass(kind)
    known, hints = fields(kind), get_type_hints(kind)
    required = (f for f in known if f.default is MISSING and f.default_factory is MISSING)
    return {field.name: hints[field.name] for field in known}, tuple(f.name for f in required)


def _read_one(kind: object, plain: object, where: str) -> object:
    if kind is datetime and isinstance(plain, str):
        return _instant(plain, where)
    if kind is timedelta and isinstance(plain, int | float):
        return timedelta(seconds=plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(plain, str):
        return kind(plain)
    if kind is float and isinstance(plain, int):
        return float(plain)
    if isinstance(kind, type) and isinstance(plain, kind):
        return plain
    raise _misfit(where, plain)


def _instant(text: str, where: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{where} lacks its offset from UTC: {text}")
    return at.astimezone(UTC)


def _misfit(where: str, plain: object) -> ValueError:
    return ValueError(f"{where} cannot be {json.dumps(plain)[:40]}")
