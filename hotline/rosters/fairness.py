"""Who had more than their share of nights and weekends in the weeks before, and who less."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from scheduling.problem import Person, Shift


@dataclass(frozen=True)
class Worked:
    """A person, by id, in one earlier shift."""

    person: str
    night: bool
    weekend: bool


def carrying_over(
    people: Sequence[Person], offered: Iterable[Shift], worked: Sequence[Worked]
) -> Iterator[Person]:
    """The same people, each with what they did beyond their share in the weeks `worked` is from.

    Only those who could take such a shift of `offered` share in it: nobody is asked to make up
    for a person who left, and nobody who never can is counted as owing.
    """
    offers = tuple(offered)
    nights = [shift for shift in offers if shift.kind.is_night]
    weekends = [shift for shift in offers if shift.weekend]
    night_takers = {p.id for p in people if p.limits.nights and _could_take_one(p, nights)}
    weekend_takers = {p.id for p in people if _could_take_one(p, weekends)}
    nights_beyond = beyond_share((w.person for w in worked if w.night), night_takers)
    weekends_beyond = beyond_share((w.person for w in worked if w.weekend), weekend_takers)
    for person in people:
        yield replace(
            person,
            nights_before=nights_beyond.get(person.id, 0),
            weekends_before=weekends_beyond.get(person.id, 0),
        )


def beyond_share(worked: Iterable[str], sharing: Set[str]) -> Mapping[str, int]:
    """How many more (+) or fewer (-) than their average each of `sharing` has, to the nearest one.

    worked: a person once for each shift of theirs.
    """
    counts = Counter(person for person in worked if person in sharing)
    share = counts.total() / max(1, len(sharing))
    return {person: round(counts[person] - share) for person in sharing}


def _could_take_one(person: Person, shifts: Iterable[Shift]) -> bool:
    return any(
        shift.desk in person.desks and any(span.holds(shift.span) for span in person.available)
        for shift in shifts
    )
