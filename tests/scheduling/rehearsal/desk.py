"""Small desks for rehearsals; Monday 2026-11-23 00:00 UTC is second 0, and there is one line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from scheduling.problem import Span
from scheduling.rehearsal.callers import RINGS, TRIES, Caller
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Call, Leg, Outcome, Phone, Post, Ring, Stage, Ways
from scheduling.rehearsal.tally import Tally

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAY = 86_400
ENDLESS = 30 * DAY
LINES = {"help": ("day",)}


def at(seconds: float) -> datetime:
    """So many seconds after Monday 00:00 UTC."""
    return MONDAY + timedelta(seconds=seconds)


def seconds(count: float) -> timedelta:
    """As a duration."""
    return timedelta(seconds=count)


def post(person: str, start: float = 0, end: float = ENDLESS, desk: str = "day") -> Post:
    """On duty from second to second."""
    return Post(person, desk, Span(at(start), at(end)))


def stage(*posts: Post, ways: Ways | None = None, hours: float = 24) -> Stage:
    """One day of one line, unless said otherwise."""
    return Stage(Span(MONDAY, at(hours * 3600)), LINES, posts, ways or Ways())


def caller(
    comes: float,
    talk: float = 600,
    *,
    patience: float | Sequence[float] = ENDLESS,
    returns: float = 1.0,
    luck: Sequence[float] = (0.5,) * RINGS,
    line: str = "help",
) -> Caller:
    """Who calls at a second. returns: calls again, a minute later, if more people than that do."""
    rows = [patience] * TRIES if isinstance(patience, int | float) else list(patience)
    return Caller(line, at(comes), seconds(talk), rows, [returns] * TRIES, [60.0] * TRIES, luck)


class FirstFree:
    """Rings one person for each caller, both first come first served; at the ceiling, exits."""

    longest = timedelta(days=30)
    rung: list[Ring]

    def __init__(self, phones: Mapping[str, Phone]) -> None:
        self.phones = phones

    def rings(self, waiting: Iterable[Call], legs: Iterable[Leg], at: datetime) -> Sequence[Ring]:
        """Whoever is free."""
        free = [p.person for p in self.phones.values() if p.leg is None and p.free_at <= at]
        queue = sorted(waiting, key=lambda call: (call.arrived, call.id))
        return [Ring(call.id, person, "day") for call, person in zip(queue, free, strict=False)]

    def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
        """After the longest wait."""
        return Outcome.CEILING if at - since >= self.longest else None


def played(where: Stage, *callers: Caller, returning: float = 0.0) -> Tally:
    """What becomes of them where whoever is free is rung."""
    return play(where, callers, returning, FirstFree)


def ends(tally: Tally) -> dict[str, int]:
    """How many calls ended how; those that none did are left out."""
    cells = [cell for line in tally.lines.values() for cell in line.values()]
    found = {end.value: sum(cell.ends[end] for cell in cells) for end in Outcome}
    return {name: count for name, count in found.items() if count}


def calls(tally: Tally) -> int:
    """How many came."""
    return sum(cell.calls for line in tally.lines.values() for cell in line.values())


def waited(tally: Tally) -> float:
    """All waits together, in seconds."""
    return sum(cell.waited_seconds for line in tally.lines.values() for cell in line.values())


def in_time(tally: Tally) -> int:
    """How many were answered in time."""
    return sum(cell.in_time for line in tally.lines.values() for cell in line.values())
