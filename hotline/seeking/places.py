"""For whom a line is, and where: what comes first on the page; nothing is hidden from anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.config.settings import Line, LineName, Settings, Title
from hotline.config.tables.lines import Audience
from hotline.seeking.standing import LineStands

NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Place:
    """A city of the site's lines. slug: its name in addresses."""

    slug: str
    title: Title


@dataclass(frozen=True)
class Wanted:
    """What a visitor said. None: nothing; line: whose card they hold."""

    place: Place | None = None
    who: Audience | None = None
    line: LineName | None = None


@dataclass(frozen=True)
class Sorted:
    """Lines as a visitor meets them, each once. held: of their card."""

    held: tuple[LineStands, ...]
    answering: tuple[LineStands, ...]
    shut: tuple[LineStands, ...]
    elsewhere: tuple[LineStands, ...]  # for others, or in another place, and answering now


def places(settings: Settings) -> tuple[Place, ...]:
    """Every city that has a line, in the order of the file."""
    return tuple(
        Place(slug_of(city), city) for city in dict.fromkeys(e.city for e in settings.lines)
    )


def slug_of(city: Title) -> str:
    """`Nanjing` is `nanjing`."""
    return NO_SLUG.sub("-", city.en.lower()).strip("-") or "place"


def sorted_for(wanted: Wanted, stands: Iterable[LineStands], settings: Settings) -> Sorted:
    """What answers first; among these whose people are free, else as in the file."""
    found = tuple(stands)
    held = tuple(each for each in found if each.line.name == wanted.line)
    others = [each for each in found if each not in held]
    near = [each for each in others if is_for(each.line, wanted, settings)]
    far = [each for each in others if each not in near]
    return Sorted(
        held=held,
        answering=tuple(sorted((e for e in near if e.answers), key=lambda each: not each.free)),
        shut=tuple(each for each in near if not each.answers),
        elsewhere=tuple(each for each in far if each.answers),
    )


def is_for(line: Line, wanted: Wanted, settings: Settings) -> bool:
    """Whether a line is made for who asks, where they are."""
    near = wanted.place is None or slug_of(line.city) == wanted.place.slug
    mine = wanted.who is None or line.for_whom is None or wanted.who in line.for_whom
    return mine and (near or serves_other_places(line, settings))


def serves_other_places(line: Line, settings: Settings) -> bool:
    """Whether its own desk answers lines of other cities, too: a province's does."""
    return any(line.desks[0] in other.desks and other.city != line.city for other in settings.lines)
