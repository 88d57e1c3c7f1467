"""Where may problems be solved? What a place is, whichever it is."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol

from scheduling.solve import Progress

Tell = Callable[[Progress], None]
Enough = Callable[[], bool]  # whether the best found so far will do; asked often
Work = Callable[[str, Tell, Enough], str]  # of a module, so that another process finds it


class PlaceError(Exception):
    """A place that cannot be used, or is gone, in a sentence for whoever set it up."""


class Crew(Protocol):
    """A place that is open: takes work, and says how far it is."""

    def width(self) -> int:
        """How many problems it solves at once, as of now; 0 when the place is gone."""
        ...

    def submit(self, number: int, payload: str) -> Future[str]:
        """Begin with a problem. What a dead worker had is done again, or its future breaks."""
        ...

    def heard(self) -> Iterable[tuple[int, Progress]]:
        """The newest word of each problem that was not heard yet."""
        ...

    def enough(self) -> None:
        """Have what is begun answer soon with the best it has; where nobody hears, in time."""
        ...

    def stop(self) -> None:
        """Have what is begun end soon; nobody waits for it any more."""
        ...


class Place(Protocol):
    """Somewhere to solve problems: this process, others on this machine, other machines."""

    def opened(self, work: Work, problems: int) -> AbstractContextManager[Crew]:
        """The place, ready for problems numbered from 0. Raises PlaceError."""
        ...
