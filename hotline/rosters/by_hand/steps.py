"""Where does a draft stand among its edits? What can be taken back, and what made again?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.rosters.by_hand.editing import EditError
from scheduling.telling.edits import Edit


class EditKind(StrEnum):
    """How a draft came from one version to the next."""

    CHANGE = "change"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class LoggedEdit:
    """One step in the life of a draft. edit: as it was made; by: who made it."""

    version: int
    kind: EditKind
    edit: Edit
    at: datetime
    by: str


@dataclass(frozen=True)
class Steps:
    """Where a draft stands among its edits: those that hold, and those that can be made again."""

    done: tuple[LoggedEdit, ...] = ()
    undone: tuple[LoggedEdit, ...] = ()

    @property
    def undo(self) -> Edit:
        """What takes the last step back. Raises EditError if there is none."""
        if not self.done:
            raise EditError("There is no change to take back.")
        return self.done[-1].edit.undone

    @property
    def redo(self) -> Edit:
        """What was taken back last. Raises EditError if there is nothing."""
        if not self.undone:
            raise EditError("There is no change to make again.")
        return self.undone[-1].edit


def steps(log: Iterable[LoggedEdit]) -> Steps:
    """Where a draft stands, from all that ever happened to it, oldest first."""
    done: list[LoggedEdit] = []
    undone: list[LoggedEdit] = []
    for each in log:
        match each.kind:
            case EditKind.CHANGE:
                done.append(each)
                undone.clear()
            case EditKind.UNDO:
                undone.append(done.pop())
            case _:
                done.append(undone.pop())
    return Steps(tuple(done), tuple(undone))
