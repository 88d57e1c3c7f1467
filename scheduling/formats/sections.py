"""Which lines stand in which section of a file, and where is the one that is wrong?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

PREFIX: Final = "SECTION_"
MOST: Final = 1_000_000  # keeps every sum exact; no real weight or minute is near it


class FormatError(ValueError):
    """A file that can't be read; the sentence names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Line:
    """One line of a file, cut at its commas."""

    file: str
    number: int
    fields: tuple[str, ...]

    def error(self, wrong: str) -> FormatError:
        """What is wrong, and where."""
        return FormatError(f"{self.file}, line {self.number}: {wrong}")

    def whole(self, place: int, name: str, least: int = 0) -> int:
        """The whole number in one field; refuses anything else and any below `least`."""
        text = self.fields[place]
        if not text.removeprefix("-").isdecimal():
            raise self.error(f"{name} is not a whole number: {text!r}.")
        if int(text) < least:
            raise self.error(f"{name} is {text}, and must be {least} or more.")
        if int(text) > MOST:
            raise self.error(f"{name} is {text}, and must be {MOST} or less.")
        return int(text)

    def sized(self, *names: str) -> "Line":
        """The line itself, if it has these fields."""
        if len(self.fields) != len(names):
            wanted = ", ".join(names)
            raise self.error(f"{len(self.fields)} fields, and {len(names)} are wanted: {wanted}.")
        return self


def sections(text: str, file: str, known: Sequence[str]) -> Mapping[str, tuple[Line, ...]]:
    """Every section's lines by its name without SECTION_. Comments and empty lines are left out.

    Raises FormatError for lines before the first section, and unknown, repeated or missing ones.
    """
    found: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for line in _lines(text, file):
        if line.fields[0].startswith(PREFIX):
            current = found.setdefault(_opened(line, known, found), [])
        elif current is None:
            raise line.error("stands before the first section.")
        else:
            current.append(line)
    for name in known:
        if name not in found:
            raise FormatError(f"{file}: there is no {PREFIX}{name}.")
    return {name: tuple(lines) for name, lines in found.items()}


def _lines(text: str, file: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.split("#", 1)[0].strip()
        if said:
            yield Line(file, number, tuple(field.strip() for field in said.split(",")))


def _opened(line: Line, known: Sequence[str], found: Mapping[str, list[Line]]) -> str:
    name = line.fields[0].removeprefix(PREFIX)
    if name not in known:
        raise line.error(f"{line.fields[0]} is unknown.")
    if name in found:
        raise line.error(f"{line.fields[0]} stands twice.")
    return name
