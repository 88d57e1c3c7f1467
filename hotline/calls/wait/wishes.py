"""Whom a caller asked for, who is such a person, and what must be given up when nobody is.

A stated wish holds until the caller has heard that it is given up, and did not object.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Any, Final

from hotline.config.titles import Language
from hotline.duty import Gender, Volunteer


class Part(StrEnum):
    """One thing that a caller can ask for. What is given up first stands first."""

    DIALECT = "dialect"
    GENDER = "gender"
    MINOR = "minor"
    LANGUAGE = "language"


@dataclass(frozen=True)
class Wish:
    """Whom a caller asked for; None: whoever it is. minor: the training of who answers under 18.

    told: what they heard would be given up, before they said anything to it; given_up: what they
    heard and let go; insisted: what they heard and go on waiting for.
    """

    language: Language | None = None
    minor: str | None = None
    gender: Gender | None = None
    dialect: str | None = None
    told: frozenset[Part] = frozenset()
    given_up: frozenset[Part] = frozenset()
    insisted: frozenset[Part] = frozenset()

    @cached_property
    def stated(self) -> frozenset[Part]:
        """What the caller asked for."""
        return frozenset(part for part in Part if getattr(self, part) is not None)

    @cached_property
    def holding(self) -> frozenset[Part]:
        """What whoever is rung must meet."""
        return self.stated - self.given_up


NO_WISH: Final = Wish()


def fits(person: Volunteer, wish: Wish, at: datetime) -> bool:
    """Whether the caller may reach this person, as things stand."""
    return not (wish.holding and _lacks(person, wish, at))


def to_give_up(free: Sequence[Volunteer], wish: Wish, at: datetime) -> frozenset[Part]:
    """The fewest parts of `wish` without which somebody of `free` would answer now.

    Empty: somebody meets it, nobody is free, or only what the caller insists on stands in the way.
    """
    if not free or any(fits(person, wish, at) for person in free):
        return frozenset()
    lacking = [_lacks(person, wish, at) for person in free]
    return next((parts for parts in _fewest_first(wish) if any(x <= parts for x in lacking)), _NONE)


_NONE: Final[frozenset[Part]] = frozenset()


def _lacks(person: Volunteer, wish: Wish, at: datetime) -> frozenset[Part]:
    met = {
        Part.LANGUAGE: wish.language in person.languages,
        Part.GENDER: wish.gender is person.gender,
        Part.DIALECT: wish.dialect in person.dialects,
        Part.MINOR: (until := person.certificates.get(wish.minor or "")) is not None and at < until,
    }
    return frozenset(part for part in wish.holding if not met[part])


def _fewest_first(wish: Wish) -> Iterator[frozenset[Part]]:
    open_to_it = [part for part in Part if part in wish.holding - wish.insisted]
    for count in range(1, len(open_to_it) + 1):
        yield from (frozenset(parts) for parts in combinations(open_to_it, count))


def told_of(wish: Wish, parts: frozenset[Part]) -> Wish:
    """The caller hears that `parts` are not to be had, and may object."""
    return replace(wish, told=parts)


def let_go(wish: Wish) -> Wish:
    """The caller has heard it, and did not object."""
    return replace(wish, told=_NONE, given_up=wish.given_up | wish.told)


def insisted_on(wish: Wish) -> Wish:
    """The caller goes on waiting for what they heard is not to be had."""
    return replace(wish, told=_NONE, insisted=wish.insisted | wish.told)


def asked_anew(wish: Wish) -> Wish:
    """What a caller insisted on in one wait may be spoken of in the next."""
    return replace(wish, told=_NONE, insisted=_NONE)


def open_to_anybody(wish: Wish) -> Wish:
    """Who is in danger has heard that they get whoever comes first."""
    return replace(wish, told=_NONE, insisted=_NONE, given_up=wish.stated)


def wish_text(wish: Wish) -> str:
    """The wish as it is stored."""
    said = {f.name: value for f in fields(wish) if (value := getattr(wish, f.name))}
    plain = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in said.items()}
    return json.dumps(plain, sort_keys=True) if plain else ""


def wish_of(text: str) -> Wish:
    """The wish that `text` stores."""
    if not text:
        return NO_WISH
    said: dict[str, Any] = json.loads(text)
    for name in ("told", "given_up", "insisted"):
        said[name] = frozenset(Part(part) for part in said.get(name, ()))
    for name, kind in (("language", Language), ("gender", Gender)):
        said[name] = kind(said[name]) if name in said else None
    return Wish(**said)
