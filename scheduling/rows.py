"""How many heads does each stretch of the week want, and what does each number of heads cost?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from scheduling.problem import Need, Person, Problem, Shift, Span
from scheduling.rules import TEAM_RULES, TEAM_WISHES
from scheduling.rules.certificates import valid_throughout
from scheduling.rules.faces import AtMost
from scheduling.rules.staffing import HALF_HOUR


@dataclass(frozen=True)
class Row:
    """Stretches that the same shifts cover, priced together; or a team rule, without a price.

    points[h] is the exact price of h heads; beyond the last entry each head adds what the last
    one added. Convex. With a certificate only heads that hold it count. most: heads allowed.
    As nobody is in two places at once, a person is one head of a row or none. With weights, which
    only rows without a price have, a person is so many heads, or below zero; low: the least sum.
    """

    shifts: frozenset[str]
    points: tuple[int, ...]
    certificate: str | None = None
    most: int | None = None
    weights: Mapping[str, int] | None = None
    low: int = 0

    @property
    def steps(self) -> tuple[int, ...]:
        """What each further head adds; never falls. The last one goes on for ever."""
        return tuple(later - earlier for earlier, later in pairwise(self.points))

    def heads(self, person: Person, shift: Shift) -> int:
        """How many heads a person is who takes a shift of this row."""
        if self.weights is not None:
            return self.weights.get(person.id, 0)
        return int(is_head(person, shift, self.certificate))

    def price(self, heads: int) -> int:
        """Points of so many heads."""
        if heads < 0:
            return self.points[0]
        beyond = max(0, heads - len(self.points) + 1)
        return self.points[heads - beyond] + beyond * self.steps[-1]

    def parts(self, people: int) -> list[tuple[int, int]]:
        """Heads from `low` on, cut where one more costs otherwise: points of each, and how many."""
        *limited, last = self.steps
        most = (people if self.most is None else self.most) - self.low
        ones = [(step, 1) for step in limited[:most]]
        return [*ones, (last, most - len(ones))]

    def step(self, heads: int) -> int | None:
        """What one head more than so many adds; None if it is not allowed."""
        if self.most is not None and heads >= self.most:
            return None
        return self.steps[min(heads, len(self.steps) - 1)]


def cover_rows(problem: Problem) -> tuple[Row, ...]:
    """All priced stretches of the week, as few rows as possible."""
    asked = sorted({(n.desk, n.certificate or "") for n in problem.needs})
    return tuple(row for desk, name in asked for row in _rows_of(problem, desk, name or None))


def team_rows(problem: Problem) -> tuple[Row, ...]:
    """The team rules as rows: so many heads at most, at no price."""
    return tuple(_team_row(problem, row) for rule in TEAM_RULES for row in rule.rows(problem))


def is_head(person: Person, shift: Shift, certificate: str | None) -> bool:
    """Whether a person in a shift counts where a certificate is asked, or anybody."""
    return certificate is None or any(
        held.name == certificate and valid_throughout(held, shift.span)
        for held in person.certificates
    )


def _team_row(problem: Problem, asked: AtMost) -> Row:
    """Pins stand whatever they weigh; the search may not add to it."""
    weights = asked.weights
    if weights is None:
        return Row(asked.shifts, (0, 0), most=asked.most)
    pinned = sum(weights.get(p.person, 0) for p in problem.pins if p.shift in asked.shifts)
    low = sum(min(0, weights.get(person.id, 0)) for person in problem.people)
    return Row(asked.shifts, (0, 0), None, max(asked.most, pinned), weights, low)


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
        yield Row(covering, curves[covering], certificate)


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
