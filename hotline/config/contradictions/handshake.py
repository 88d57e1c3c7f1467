"""What in [handshake] cannot be so."""

from collections.abc import Iterator
from typing import Final

from hotline.config.tables.handshake import Handshake

LONGEST_HOURS: Final = 168  # a week


def about_handshake(handshake: Handshake | None) -> Iterator[str]:
    """One sentence for each thing that cannot be so."""
    if handshake is not None:
        yield from _about_hours(handshake)
        yield from _about_minutes(handshake)


def _about_hours(handshake: Handshake) -> Iterator[str]:
    for key in ("first_hours", "last_hours"):
        hours = getattr(handshake, key)
        if not 0 <= hours <= LONGEST_HOURS:
            yield f"handshake.{key} must be from 0 to {LONGEST_HOURS}, not {hours:g}."
    if 0 < handshake.first_hours <= handshake.last_hours:
        yield "handshake.first_hours must be more than handshake.last_hours, or 0."
    if handshake.reachable_hours <= 0:
        yield f"handshake.reachable_hours must be more than 0, not {handshake.reachable_hours:g}."
    if handshake.quiet is not None and handshake.quiet.beyond_hours < 0:
        hours = handshake.quiet.beyond_hours
        yield f"handshake.quiet.beyond_hours must be at least 0, not {hours:g}."


def _about_minutes(handshake: Handshake) -> Iterator[str]:
    for key in ("answer_minutes", "missed_minutes", "shortest_minutes"):
        if getattr(handshake, key) < 1:
            yield f"handshake.{key} must be at least 1, not {getattr(handshake, key)}."
    if 0 < handshake.last_hours * 60 <= handshake.answer_minutes:
        yield "handshake.answer_minutes must be over before the duty begins: less than last_hours."
    if handshake.longest_minutes < handshake.shortest_minutes:
        yield "handshake.longest_minutes must be no less than handshake.shortest_minutes."
    if handshake.undo_seconds < 0:
        yield f"handshake.undo_seconds must be at least 0, not {handshake.undo_seconds}."
