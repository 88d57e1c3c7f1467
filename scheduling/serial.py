"""How does a problem or a result travel? As JSON, and back without loss."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from scheduling.problem import Problem
from scheduling.roster import Result

T = TypeVar("T")


def problem_to_json(problem: Problem) -> str:
    """A problem as JSON text; equal problems give equal text."""
    return to_json(problem)


def problem_changed(text: str, before: Problem, after: Problem) -> str:
    """`problem_to_json` of `after`: a third of the time if `before`, of `text`, differs little."""
    plain = json.loads(text)
    for name in _names(Problem):
        was, becomes = getattr(before, name), getattr(after, name)
        if becomes is not was:
            plain[name] = _with_known(plain.get(name), was, becomes)
    return to_json(plain)


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
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    """The value of a kind that `to_json` wrote. Raises ValueError naming what does not fit."""
    read: Reader = _reader(cast("Any", kind))
    try:
        value = read(json.loads(text))
    except _MisfitError as wrong:
        raise ValueError(f"{kind.__name__}{wrong}") from wrong
    assert isinstance(value, kind)
    return value


def _with_known(plain: object, was: object, becomes: object) -> object:
    """The values of a tuple as they were read, where they were there before."""
    if isinstance(plain, list) and isinstance(was, tuple) and isinstance(becomes, tuple):
        known = {id(each): read for each, read in zip(was, plain, strict=True)}
        return [known.get(id(each), each) for each in becomes]
    return becomes


def _plain(value: object) -> object:
    """Instants as ISO text, durations in seconds, sets sorted."""
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case frozenset():
            return sorted(value)
    return {name: getattr(value, name) for name in _names(cast("Any", type(value)))}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of our values. Kept: asking for each of a province's takes long."""
    assert is_dataclass(kind)
    return tuple(field.name for field in fields(kind))


class _MisfitError(ValueError):
    """What does not fit, and where; the containers around it put their step before."""

    def within(self, step: str) -> "_MisfitError":
        """The same, seen from one container further out."""
        return _MisfitError(f"{step}{self}")


Reader = Callable[[Any], object]


@cache
def _reader(kind: Any) -> Reader:
    """What makes values of a type of what JSON has. Made once for each type."""
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _or_none(_reader(next(each for each in inner if each is not NoneType)))
    if origin in (tuple, frozenset):
        return _reader_of_many(_reader(inner[0]), origin)
    if origin is not None:
        return _reader_of_mapping(_reader(inner[1]))
    return _reader_of_fields(kind) if is_dataclass(kind) else _reader_of_one(kind)


def _or_none(read: Reader) -> Reader:
    return lambda plain: None if plain is None else read(plain)


def _reader_of_many(read: Reader, gathered: Reader) -> Reader:
    def many(plain: object) -> object:
        if not isinstance(plain, list):
            raise _misfit(plain)
        try:
            return gathered([read(entry) for entry in plain])
        except _MisfitError:
            raise _first_misfit(
                read, ((f"[{n}]", entry) for n, entry in enumerate(plain))
            ) from None

    return many


def _reader_of_mapping(read: Reader) -> Reader:
    def mapping(plain: object) -> object:
        if not isinstance(plain, dict):
            raise _misfit(plain)
        try:
            return {key: read(entry) for key, entry in plain.items()}
        except _MisfitError:
            raise _first_misfit(
                read, ((f".{key}", entry) for key, entry in plain.items())
            ) from None

    return mapping


def _first_misfit(read: Reader, entries: Iterable[tuple[str, object]]) -> _MisfitError:
    """Looked for only when there is one: to keep count of where each entry is takes long."""
    misfits = (wrong.within(step) for step, entry in entries if (wrong := _misfit_in(read, entry)))
    return next(misfits)


def _misfit_in(read: Reader, entry: object) -> _MisfitError | None:
    try:
        read(entry)
    except _MisfitError as wrong:
        return wrong
    return None


def _reader_of_fields(kind: Any) -> Reader:
    hints, required = _shape(kind)
    readers = {name: _reader(hint) for name, hint in hints.items()}

    def whole(plain: object) -> object:
        if not isinstance(plain, dict):
            raise _misfit(plain)
        _refuse_odd(plain, hints, required)
        read, name = {}, ""
        try:
            for name, entry in plain.items():
                read[name] = readers[name](entry)
        except _MisfitError as wrong:
            raise wrong.within(f".{name}") from None
        try:
            return kind(**read)
        except ValueError as error:
            raise _MisfitError(f": {error}") from error

    return whole


def _refuse_odd(
    plain: Mapping[str, object], hints: Mapping[str, object], required: Iterable[str]
) -> None:
    """Raise _MisfitError for a field that is not known, or is not there."""
    if not plain.keys() <= hints.keys():
        raise _MisfitError(f" has no {min(plain.keys() - hints.keys())}")
    for name in required:
        if name not in plain:
            raise _MisfitError(f" lacks {name}")


@cache
def _shape(kind: type) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """The type of each field, and the fields that must be there."""
    assert is_dataclass(kind)
    known, hints = fields(kind), get_type_hints(kind)
    required = (f for f in known if f.default is MISSING and f.default_factory is MISSING)
    return {field.name: hints[field.name] for field in known}, tuple(f.name for f in required)


def _reader_of_one(kind: type) -> Reader:
    if kind is datetime:
        return _instant
    if kind is timedelta:
        return _length
    if issubclass(kind, StrEnum):
        known = {each.value: each for each in kind}
        return lambda plain: _one_of(known, plain)
    return partial(_as_it_is, kind)


def _as_it_is(kind: type, plain: object) -> object:
    if kind is float and isinstance(plain, int):
        return float(plain)
    if not isinstance(plain, kind):
        raise _misfit(plain)
    return plain


def _one_of(known: Mapping[str, object], plain: object) -> object:
    if not isinstance(plain, str) or plain not in known:
        raise _misfit(plain)
    return known[plain]


def _length(plain: object) -> timedelta:
    if not isinstance(plain, int | float):
        raise _misfit(plain)
    return timedelta(seconds=plain)


def _instant(plain: object) -> datetime:
    if not isinstance(plain, str):
        raise _misfit(plain)
    try:
        at = datetime.fromisoformat(plain)
    except ValueError:
        raise _misfit(plain) from None
    if at.tzinfo is None:
        raise _MisfitError(f" lacks its offset from UTC: {plain}")
    return at.astimezone(UTC)


def _misfit(plain: object) -> _MisfitError:
    return _MisfitError(f" cannot be {json.dumps(plain)[:40]}")
