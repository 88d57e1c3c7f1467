"""What would change in a person, column by column, and what two people changed at once. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hotline.people.cells import COLUMNS
from hotline.people.person import Listed, PeopleFile, StoredPerson

HIDDEN: Final = ("name", "address")  # the trail cannot forget, and people may ask to be forgotten


@dataclass(frozen=True)
class Change:
    """One column: as it was and as it will be, both as written in a file."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """A person whom a file brings or changes. changes: none for somebody new."""

    person: Listed
    new: bool
    changes: tuple[Change, ...] = ()


def cells_of(person: Listed) -> Mapping[str, str]:
    """Each column as it is written in a file."""
    return {name: column.write(person) for name, column in COLUMNS.items()}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """The columns of `after` that differ, in their order."""
    return tuple(
        Change(name, before.get(name, ""), cell)
        for name, cell in after.items()
        if before.get(name, "") != cell
    )


def differences(file: PeopleFile, stored: Iterable[StoredPerson]) -> tuple[Changed, ...]:
    """Whom a file would add or change, in its order; whom it leaves as they are is not named."""
    known = {person.code: person.listed() for person in stored}
    return tuple(_differences(file, known))


def _differences(file: PeopleFile, known: Mapping[str, Listed]) -> Iterator[Changed]:
    for person in file.people:
        before = known.get(person.code)
        if before is None:
            yield Changed(person, new=True)
        elif before != person:
            yield Changed(person, new=False, changes=changes(cells_of(before), cells_of(person)))


def told(found: Iterable[Change]) -> tuple[dict[str, str], dict[str, str]]:
    """Before and after for the audit: of name and telephone only that they changed."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in found:
        hidden = change.column in HIDDEN
        before[change.column] = "" if hidden else change.before
        after[change.column] = "changed" if hidden else change.after
    return before, after


@dataclass(frozen=True)
class Clash:
    """A column that two people changed: as both found it, as it is now, as the second wants it."""

    column: str
    was: str
    now: str
    mine: str


def clashes(
    was: Mapping[str, str], now: Mapping[str, str], mine: Mapping[str, str]
) -> tuple[Clash, ...]:
    """What has changed since a form was opened, in its columns; also where both want the same."""
    return tuple(
        Clash(name, was.get(name, ""), now.get(name, ""), cell)
        for name, cell in mine.items()
        if was.get(name, "") != now.get(name, "")
    )


def merged(
    was: Mapping[str, str], now: Mapping[str, str], mine: Mapping[str, str]
) -> Mapping[str, str]:
    """What the second one sees next: what they changed, and else what is true now."""
    return {name: cell if cell != was.get(name, "") else now[name] for name, cell in mine.items()}
