"""Which keys a configuration file has, and which of one file's are unknown or missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Key:
    """A key by its path: `desks[].shifts[].start`, `certificates.*.zh`."""

    path: str
    optional: bool


@dataclass(frozen=True)
class Table:
    """One table of a file, where it stands and what it may hold."""

    path: str
    kind: type
    entries: Mapping[str, object]

    def at(self, key: str) -> str:
        """The path of one of its keys."""
        return f"{self.path}.{key}" if self.path else key


def keys_of(kind: type, path: str = "") -> Iterator[Key]:
    """Every key that holds a value, in the order of the dataclasses; tables are walked through."""
    table = Table(path, kind, {})
    hints = get_type_hints(kind)
    optional = _optional(kind)
    for name, hint in hints.items():
        inner, mark = _inner(hint)
        if inner is None or name in optional:
            yield Key(table.at(name), name in optional)
        if inner is not None:
            yield from keys_of(inner, table.at(name) + mark)


def misnamed(file: Mapping[str, object], kind: type) -> list[str]:
    """One sentence for every unknown or missing key of a whole file."""
    return [problem for table in _tables(Table("", kind, file)) for problem in _problems(table)]


def path_in(file: object, steps: tuple[int | str, ...]) -> str:
    """The path a person finds a value by: items of a list by their name, or counted from 1."""
    path = ""
    for step in steps:
        path += f"[{label(file, step)}]" if isinstance(step, int) else f".{step}"
        file = _below(file, step)
    return path.removeprefix(".")


def label(items: object, index: int) -> str:
    """What to call one item of a list: its name, or its place counted from 1."""
    item = _below(items, index)
    name = item.get("name") if isinstance(item, Mapping) else None
    return name if isinstance(name, str) else str(index + 1)


def _below(value: object, step: int | str) -> object:
    match value, step:
        case Mapping(), str():
            return value.get(step)
        case list(), int() if 0 <= step < len(value):
            return value[step]
    return None


def _problems(table: Table) -> Iterator[str]:
    names = [field.name for field in fields(table.kind)]
    absent = [name for name in names if name not in table.entries]
    meant = set()
    for key in (key for key in table.entries if key not in names):
        nearest = _nearest(key, absent) or _nearest(key, names)
        meant.add(nearest)
        advice = f"did you mean {nearest}?" if nearest else f"known here: {', '.join(names)}."
        yield f"{table.at(key)} is unknown; {advice}"
    optional = _optional(table.kind)
    for name in absent:
        if name not in optional and name not in meant:
            yield f"{table.at(name)} is missing."


def _nearest(key: str, names: list[str]) -> str | None:
    close = get_close_matches(key.lower(), names, n=1, cutoff=0.6)
    return close[0] if close else None


def _tables(table: Table) -> Iterator[Table]:
    yield table
    for name, hint in get_type_hints(table.kind).items():
        inner, mark = _inner(hint)
        if inner is not None and name in table.entries:
            yield from _tables_below(table.at(name), inner, mark, table.entries[name])


def _tables_below(path: str, kind: type, mark: str, value: object) -> Iterator[Table]:
    match mark, value:
        case "[]", list():
            for index, item in enumerate(value):
                yield from _tables_below(f"{path}[{label(value, index)}]", kind, "", item)
        case ".*", Mapping():
            for name, item in value.items():
                yield from _tables_below(f"{path}.{name}", kind, "", item)
        case "", Mapping():
            yield from _tables(Table(path, kind, value))
        case _:
            pass  # no table at all: said when values are read


def _inner(hint: Any) -> tuple[type | None, str]:
    """The dataclass inside a type, and how a path marks it: `[]` a list, `.*` by name."""
    if NoneType in get_args(hint):
        (hint,) = (kind for kind in get_args(hint) if kind is not NoneType)
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    inner = parts[-1] if parts else hint
    if not (isinstance(inner, type) and is_dataclass(inner)):
        return None, ""
    return inner, {tuple: "[]", Mapping: ".*"}.get(get_origin(hint), "")


def _optional(kind: type) -> frozenset[str]:
    """Keys that may be left out: None is what they mean then. A number always stands there."""
    return frozenset(f.name for f in fields(kind) if f.default is None)
