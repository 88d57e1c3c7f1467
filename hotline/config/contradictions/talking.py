"""What in the settings of conversations cannot be so."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from hotline.config.contradictions.desks import unknown_name
from hotline.config.settings import Settings

MOST_KEYS: Final = 9


def about_talking(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that contradicts itself."""
    talks = settings.talks
    for key in ("longest_hold", "alarm"):
        value = getattr(talks, key)
        if value is not None and value < 1:
            yield f"talking.{key} must be at least 1, not {value}."
    notes = talks.notes or ()
    if any(later <= earlier for earlier, later in pairwise((0, *notes))):
        yield "talking.notes must be minutes above 0, each later than the one before."
    known = [desk.name for desk in settings.desks]
    named = {"talking.experts": [talks.experts] if talks.experts else []}
    named["talking.transfers"] = list(talks.transfers or ())
    for path, names in named.items():
        yield from (unknown_name(path, name, known) for name in names if name not in known)
    yield from _too_many(settings)


def _too_many(settings: Settings) -> Iterator[str]:
    """What is chosen by one key."""
    form = settings.talks.form
    handed_over_to = [each for each in settings.partners or () if each.kind]
    for path, count in (
        ("talking.transfers", len(settings.talks.transfers or ())),
        ("talking.form.kinds", len(form.kinds or ()) if form else 0),
        ("partners with a kind", len(handed_over_to)),
    ):
        if count > MOST_KEYS:
            yield f"{path}: {count} of them, and there are {MOST_KEYS} keys to choose by."
