"""What of the way people are rung cannot be so."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from hotline.config.contradictions.desks import unknown_name
from hotline.config.settings import Line, Settings

LEAST: Final = {"together": 1, "misses": 1, "aside": 0, "cool_down": 0, "same_person": 0}


def about_ringing(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about ringing, leads and lines' certificates that cannot be."""
    for key, least in LEAST.items():
        value = getattr(settings.rings, key)
        if value < least:
            yield f"ringing.{key} must be at least {least}, not {value}."
    for field in fields(settings.repeats):
        value = getattr(settings.repeats, field.name)
        if value < 1:
            yield f"repeaters.{field.name} must be at least 1, not {value}."
    known = list(settings.certificates)
    lead = settings.lead.certificate
    if lead is not None and lead not in known:
        yield unknown_name("ringing.lead.certificate", lead, known)
    for line in settings.lines:
        yield from _about_certificates(line, known)


def _about_certificates(line: Line, known: list[str]) -> Iterator[str]:
    for place, asked in enumerate(line.certificates or (), 1):
        if asked.certificate not in known:
            path = f"lines[{line.name}].certificates[{place}].certificate"
            yield unknown_name(path, asked.certificate, known)
