"""How many heads does each stretch of the week want, and what does each number of heads cost?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise

from scheduling.problem import Need, Person, Problem, Shift, ShiftKind, Span, Standing
from scheduling.rules import TEAM_RULES, TEAM_WISHES
from scheduling.rules.faces import AtMost
from scheduling.rules.personal.certificates import valid_throughout
from scheduling.rules.reading.staffing import HALF_HOUR
from scheduling.telling.levels import NOTHING, Points, at, total


@dataclass(frozen=True)
class Row:
    """Stretches that the same shifts cover, priced together; or a team rule, without a price.

    points[h] is the exact price of h heads beyond `low` by level; after the last entry each head
    adds what the last one added. Convex in each level. With a certificate only heads that hold it
    count. most: heads allowed. As nobody is in two places at once, a person is one head of a row or
    none. With weights, which only rows without a price have, a person is so many heads, or fewer
    than none; low: the least sum.
    """

    shifts: frozenset[str]
    points: tuple[Points, ...]
    certificate: str | None = None
    most: int | None = None
    weights: Mapping[str, int] | None = None
    low: int = 0

    @cached_property
    def steps(self) -> tuple[Points, ...]:
        """What each further head adds; never falls. The last one goes on for ever."""
        return tuple(_minus(later, earlier) for earlier, later in pairwise(self.points))

    def heads(self, person: Person, shift: Shift) -> int:
        """How many heads a person is who takes a shift of this row."""
        if self.weights is not None:
            return self.weights.get(person.id, 0)
        return int(is_head(person, shift, self.certificate))

    def price(self, heads: int) -> Points:
        """Points of so many heads."""
        above = heads - self.low
        beyond = above - len(self.points) + 1
        if beyond <= 0:
            return self.points[max(0, above)]
        pairs = zip(self.points[-1], self.steps[-1], strict=True)
        return tuple(each + beyond * step for each, step in pairs)

    def beside(self, heads: int, low: int) -> "Row":
        """The same for heads to come, beside so many that stand already; low: the least to come."""
        points = tuple(self.price(heads + more) for more in range(max(2, len(self.points) - heads)))
        most = None if self.most is None else self.most - heads
        return replace(self, points=points, most=most, low=low)

    def parts(self, people: int) -> list[tuple[Points, int]]:
        """Heads from `low` on, cut where one more costs otherwise: points of each, and how many."""
        *limited, last = self.steps
        most = (people if self.most is None else self.most) - self.low
        ones = [(step, 1) for step in limited[:most]]
        return [*ones, (last, most - len(ones))]


def cover_rows(problem: Problem) -> tuple[Row, ...]:
    """All priced stretches of the week, as few rows as possible."""
    asked = sorted({(n.desk, n.certificate or "", n.standby) for n in problem.needs})
    rows = (_rows_of(problem, desk, name or None, standby) for desk, name, standby in asked)
    return tuple(chain.from_iterable(rows))


def team_rows(problem: Problem) -> tuple[Row, ...]:
    """The team rules as rows: so many heads at most, at no price."""
    return tuple(_team_row(problem, row) for rule in TEAM_RULES for row in rule.rows(problem))


def is_head(person: Person, shift: Shift, certificate: str | None) -> bool:
    """Whether a person in a shift counts where a certificate is asked, or any trained one."""
    if person.standing is Standing.TRAINEE:
        return False
    return certificate is None or any(
        held.name == certificate and valid_throughout(held, shift.span)
        for held in person.certificates
    )


def _team_row(problem: Problem, asked: AtMost) -> Row:
    """Pins stand whatever they weigh; the search may not add to it."""
    weights = {person.id: asked.weight(person.id) for person in problem.people}
    low = sum(min(0, weight) for weight in weights.values())
    most = asked.allowance(problem.pins)
    return Row(asked.shifts, (NOTHING, NOTHING), None, most, weights, low)


def _rows_of(problem: Problem, desk: str, certificate: str | None, standby: bool) -> Iterator[Row]:
    asked = (desk, certificate, standby)
    needs = [n for n in problem.needs if (n.desk, n.certificate, n.standby) == asked]
    shifts = [s for s in problem.shifts if _covers(s, desk, standby)]
    promised = [
        s.span
        for person in problem.people
        for s in person.history
        if _covers(s, desk, standby) and is_head(person, s, certificate)
    ]
    curves: dict[frozenset[str], tuple[Points, ...]] = {}
    spans = [*(n.span for n in needs), *(s.span for s in shifts), *promised]
    for piece in _pieces(problem.horizon, spans):
        here = [need for need in needs if need.span.holds(piece)]
        if here:
            covering = frozenset(s.id for s in shifts if s.span.holds(piece))
            already = sum(span.holds(piece) for span in promised)
            curve = _curve(problem, here, already, piece)
            curves[covering] = _summed(curves.get(covering, (NOTHING, NOTHING)), curve)
    for covering in sorted(curves, key=sorted):
        yield Row(covering, curves[covering], certificate)


def _covers(shift: Shift, desk: str, standby: bool) -> bool:
    return shift.desk == desk and (shift.kind is ShiftKind.STANDBY) is standby


def _pieces(horizon: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """The horizon cut wherever a span begins or ends."""
    ends = {instant for span in spans for instant in (span.start, span.end)}
    inside = {at for at in ends if horizon.start < at < horizon.end}
    for start, end in pairwise(sorted({horizon.start, horizon.end} | inside)):
        yield Span(start, end)


def _curve(problem: Problem, needs: list[Need], already: int, piece: Span) -> tuple[Points, ...]:
    """Points of 0, 1, 2, ... further heads during a piece, until a head too many adds the same."""
    half_hours = piece.length // HALF_HOUR
    most = max(need.target for need in needs)
    return tuple(
        _times(half_hours, _points(problem, needs, already + heads))
        for heads in range(max(0, most - already) + 2)
    )


def _points(problem: Problem, needs: list[Need], heads: int) -> Points:
    return total(
        at(wish.level, wish.points(problem.prices, need, heads))
        for need in needs
        for wish in TEAM_WISHES
    )


def _summed(one: tuple[Points, ...], other: tuple[Points, ...]) -> tuple[Points, ...]:
    length = max(len(one), len(other))
    return tuple(
        total(pair) for pair in zip(_longer(one, length), _longer(other, length), strict=True)
    )


def _longer(curve: tuple[Points, ...], length: int) -> tuple[Points, ...]:
    more = list(curve)
    while len(more) < length:
        more.append(total([more[-1], _minus(curve[-1], curve[-2])]))
    return tuple(more)


def _times(count: int, points: Points) -> Points:
    return tuple(count * each for each in points)


def _minus(one: Points, other: Points) -> Points:
    return tuple(a - b for a, b in zip(one, other, strict=True))
