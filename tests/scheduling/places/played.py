"""A place that plays what a test says, and problems to send there."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from scheduling.many import Answer, Task, solved
from scheduling.places import Enough, Tell, Work
from scheduling.problem import Person, Problem
from scheduling.roster import Roster
from scheduling.serial import from_json
from scheduling.solve import Progress, SolveLimits
from tests.scheduling import make

LONGEST = 600.0  # seconds: a limit that nobody meets, however much else the machine does
NIGHT = SolveLimits(seconds=LONGEST)


def desk(name: str, people: int = 2, shifts: int = 3) -> Problem:
    """A desk with a shift a day, and two people wanted in each."""
    staff: list[Person] = [make.person(f"{name} {n}", most=make.limits(2)) for n in range(people)]
    offered = [make.shift(f"{name}/{n}", 24 * n + 8, 24 * n + 12) for n in range(shifts)]
    return make.problem(staff, offered, [make.need(s * 24 + 8, s * 24 + 12, 2) for s in range(4)])


def tasks(count: int) -> list[Task]:
    """So many desks, each another."""
    return [Task(desk(f"desk {n}", people=1 + n % 3), NIGHT) for n in range(count)]


def hard(name: str, people: int = 4) -> Task:
    """A desk whose search says something at once, and is done half a second of work later."""
    crowd = [
        make.person(
            f"{name} {n:02}",
            most=make.limits(3, hours=10 + n % 9),
            preferred=[make.span(n % 13 * 11, n % 13 * 11 + 12)],
            unwanted=[make.span(n % 7 * 24, n % 7 * 24 + 12)],
            nights_before=n % 3 - 1,
        )
        for n in range(people)
    ]
    days = range(7)
    offered = [
        make.shift(f"{name}/{d}/{h}", 24 * d + h, 24 * d + h + 4, weekend=d > 4)
        for d in days
        for h in range(0, 24, 3)
    ]
    wanted = [make.need(24 * d + h, 24 * d + h + 3, 2, 3 + h % 5) for d in days for h in (1, 9, 15)]
    return Task(make.problem(crowd, offered, wanted), SolveLimits(seconds=LONGEST))


def rosters(answers: list[Answer]) -> list[Roster | None]:
    """What became of each."""
    return [answer.result.roster if answer.result else None for answer in answers]


@dataclass(frozen=True)
class Gate:
    """Behind it searches speak and answer nothing, in whichever process, until it is opened."""

    path: Path

    def open(self) -> None:
        """Let all answer."""
        self.path.touch()

    def solved(self, payload: str, tell: Tell, enough: Enough) -> str:
        """What a worker does meanwhile."""
        answer, last = solved(payload, tell, enough), monotonic() + LONGEST
        while not self.path.exists() and monotonic() < last:
            sleep(0.05)
        return answer


def once(act: Callable[[], object]) -> Callable[[int, Progress], None]:
    """A follower that acts at the first word."""
    words: list[int] = []

    def hear(number: int, progress: Progress) -> None:
        words.append(number)
        if len(words) == 1:
            act()

    return hear


Play = Callable[[int, str], "Future[str]"]


@dataclass
class Played:
    """Answers each submission by `play`; remembers what it was sent and told."""

    play: Play
    width_now: Callable[[], int] = lambda: 2
    sent: list[int] = field(default_factory=list)
    aloft: list[int] = field(default_factory=list)  # how many were begun and not done, each time
    limits: list[float] = field(default_factory=list)
    hurried: int = 0
    stopped: bool = False
    begun: list["Future[str]"] = field(default_factory=list)

    @contextmanager
    def opened(self, work: Work, problems: int) -> Iterator["Played"]:
        """It is its own crew."""
        yield self

    def width(self) -> int:
        """As the test says."""
        return self.width_now()

    def submit(self, number: int, payload: str) -> "Future[str]":
        """As the test says."""
        self.sent.append(number)
        self.limits.append(from_json(Task, payload).limits.seconds)
        self.begun.append(self.play(number, payload))
        self.aloft.append(sum(not future.done() for future in self.begun))
        return self.begun[-1]

    def heard(self) -> list[tuple[int, Progress]]:
        """Nothing is ever said."""
        return []

    def enough(self) -> None:
        """Counted; nobody hurries."""
        self.hurried += 1

    def stop(self) -> None:
        """Remembered."""
        self.stopped = True


def done(payload: str) -> "Future[str]":
    """Solved at once."""
    future: Future[str] = Future()
    future.set_result(solved(payload, lambda word: None, lambda: False))
    return future


def lost() -> "Future[str]":
    """Its worker died."""
    future: Future[str] = Future()
    future.set_exception(BrokenExecutor())
    return future


def never() -> "Future[str]":
    """Nobody answers."""
    return Future()


def cancelled() -> "Future[str]":
    """The scheduler forgot it."""
    future: Future[str] = Future()
    future.cancel()
    future.set_running_or_notify_cancel()
    return future
