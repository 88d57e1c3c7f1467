"""How many heads does each stretch of the week want, and what does each number of heads cost?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduling.problem import Need, Person, Problem, Shift, Span
from scheduling.rules import TEAM_WISHES
from scheduling.rules.certificates import valid_throughout
from scheduling.rules.staffing import HALF_HOUR


@dataclass(frozen=True)
class Row:
    """Stretches that the same shifts cover, priced together.

    points[h] is the exact price of h heads; beyond the last entry each head adds what the last
    one added. Convex. With a certificate only heads that hold it count.
    """

    desk: str
    certificate: str | None
    shifts: frozenset[str]
    points: tuple[int, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """What each further head adds; never falls. The last one goes on for ever."""
        return tuple(later - earlier for earlier, later in pairwise(self.points))

    def price(self, heads: int) -> int:
        """Points of so many heads."""
        beyond = max(0, heads - len(self.points) + 1)
        return self.points[heads - beyond] + beyond * self.steps[-1]


def cover_rows(problem: Problem) -> tuple[Row, ...]:
    """All priced stretches of the week, as few rows as possible."""
    asked = sorted({(n.desk, n.certificate or "") for n in problem.needs})
    return tuple(row for desk, name in asked for row in _rows_of(problem, desk, name or None))


def counts(person: Person, shift: Shift, row: Row) -> bool:
    """Whether this person in this shift is a head of the row."""
    return shift.id in row.shifts and is_head(person, shift, row.certificate)


def is_head(person: Person, shift: Shift, certificate: str | None) -> bool:
    """Whether a person in a shift counts where a certificate is asked, or anybody."""
    return certificate is None or any(
        held.name == certificate and valid_throughout(held, shift.span)
        for held in person.certificates
    )


def _rows_of(problem: Problem, desk: str, certificate: str | None) -> Iterator[Row]:
    needs = [n for n in problem.needs if (n.desk, n.certificate) == (desk, certificate)]
    shifts = [s for s in problem.shifts if s.desk == desk]
    promised = [
        s.span
        for person in problem.people
        for s in person.history
        if s.desk == desk and is_head(person, s, certificate)
    ]
    curves: dict[frozenset[str], tuple[int, ...]] = {}
    spans = [*(n.span for n in needs), *(s.span for s in shifts), *promised]
    for piece in _pieces(problem.horizon, spans):
        here = [need for need in needs if need.span.holds(piece)]
        if here:
            covering = frozenset(s.id for s in shifts if s.span.holds(piece))
            already = sum(span.holds(piece) for span in promised)
            curve = _curve(problem, here, already, piece)
            curves[covering] = _summed(curves.get(covering, (0, 0)), curve)
    for covering in sorted(curves, key=sorted):
        yield Row(desk, certificate, covering, curves[covering])


def _pieces(horizon: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """The horizon cut wherever a span begins or ends."""
    ends = {instant for span in spans for instant in (span.start, span.end)}
    inside = {at for at in ends if horizon.start < at < horizon.end}
    for start, end in pairwise(sorted({horizon.start, horizon.end} | inside)):
        yield Span(start, end)


def _curve(problem: Problem, needs: list[Need], already: int, piece: Span) -> tuple[int, ...]:
    """Points of 0, 1, 2, ... further heads during a piece, until a head too many adds the same."""
    half_hours = piece.length // HALF_HOUR
    most = max(need.target for need in needs)
    return tuple(
        half_hours * _points(problem, needs, already + heads)
        for heads in range(max(0, most - already) + 2)
    )


def _points(problem: Problem, needs: list[Need], heads: int) -> int:
    return sum(wish.points(problem.prices, need, heads) for need in needs for wish in TEAM_WISHES)


def _summed(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    length = max(len(one), len(other))
    return tuple(a + b for a, b in zip(_longer(one, length), _longer(other, length), strict=True))


def _longer(curve: tuple[int, ...], length: int) -> tuple[int, ...]:
    step = curve[-1] - curve[-2]
    return curve + tuple(curve[-1] + step * n for n in range(1, length - len(curve) + 1))
