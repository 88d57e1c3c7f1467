"""What in the settings of retention cannot be so."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from hotline.config.settings import Settings

LEAST: Final[dict[str, tuple[int, str]]] = {
    "numbers": (30, "promises to callers still need them"),
    "hashes": (35, "callers who call again are known for four weeks, and days are counted late"),
    "events": (35, "days are counted late"),
    "ledger": (8, "each night looks back at the last day"),
    "notices": (30, "nobody is told the same twice"),
}
LONGEST: Final = 36500  # days


def about_retention(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about retention that cannot be so."""
    kept = settings.keeps
    for field in fields(kept):
        days = getattr(kept, field.name)
        least, why = LEAST.get(field.name, (1, ""))
        if days < least:
            because = f": {why}" if why else ""
            yield f"retention.{field.name} must be at least {least}, not {days}{because}."
        if days > LONGEST:
            yield f"retention.{field.name} must be at most {LONGEST}, not {days}."
    if kept.high_risk_notes < kept.notes:
        yield "retention.high_risk_notes must be at least retention.notes."
    if kept.hashes < kept.numbers:
        yield "retention.hashes must be at least retention.numbers: by them callers are found."
    if settings.backups is not None and not settings.backups.every_hours > 0:
        yield f"backups.every_hours must be more than 0, not {settings.backups.every_hours:g}."
