"""What is wrong with a file of people: which row, which column, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hotline.people.person import StoredPerson
from hotline.written.flaws import Flaw
from hotline.written.sheets import SheetError, by_line


class FaultKind(StrEnum):
    """What sort of fault, for pages that say it in their own words."""

    FILE = "file"  # the file as a whole, or its first line
    COUNT = "count"  # a row with more or fewer cells than the first line
    CELL = "cell"  # a cell does not hold what its column does
    TWICE = "twice"  # what is one person's only stands on two lines
    TAKEN = "taken"  # an address is somebody else's already
    STRANGER = "stranger"  # an agreement names somebody unknown, or oneself
    BEYOND = "beyond"  # somebody, or a desk, that is not the reader's


@dataclass(frozen=True)
class Fault:
    """One fault. said: in English, as commands print it; line: of the file, 0 is the whole.

    owner: whose it is, of what is taken; flaw: of a fault of the file.
    """

    kind: FaultKind
    said: str
    line: int = 0
    column: str = ""
    cell: str = ""
    owner: StoredPerson | None = None
    flaw: Flaw | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}" if self.line else self.said


class PeopleError(SheetError):
    """A file of people cannot be imported, and nothing of it was."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: by_line(str(fault))))
        super().__init__(tuple(str(fault) for fault in self.faults))
