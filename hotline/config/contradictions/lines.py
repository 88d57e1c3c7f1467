"""What of a line's questions, its ceiling and its ways onward cannot be so."""

from collections.abc import Iterator
from typing import Final

from hotline.config.contradictions.desks import unknown_name
from hotline.config.settings import Line, Settings
from hotline.config.tables.lines import OpenHours, Partner
from hotline.numbers import well_formed_address

NO_ADDRESS: Final = "neither tel: with a number like +862558250000 nor a SIP address."
MOST_DIALECTS: Final = 4  # keys that a caller can keep in mind


def about_lines(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about waiting at a line, or a partner, that cannot be so."""
    for partner in settings.partners or ():
        yield from _about_partner(settings, partner)
    for line in settings.lines:
        path = f"lines[{line.name}]"
        if line.fallback is not None and not _may_be_rung(line.fallback):
            yield f"{path}.fallback is {line.fallback!r}, which is {NO_ADDRESS}"
        if line.longest_wait is not None and line.longest_wait < 1:
            yield f"{path}.longest_wait must be at least 1, not {line.longest_wait}."
        yield from _about_questions(settings, line, f"{path}.asks")
        yield from _about_onward(settings, line, f"{path}.onward")


def _about_partner(settings: Settings, partner: Partner) -> Iterator[str]:
    path = f"partners[{partner.name}]"
    if settings.line(partner.name):
        yield f"{path} has the name of a line; lines[].onward could mean either."
    if not _may_be_rung(partner.address):
        yield f"{path}.address is {partner.address!r}, which is {NO_ADDRESS}"
    for place, hours in enumerate(partner.hours or (), 1):
        yield from _about_hours(hours, f"{path}.hours[{place}]")


def _may_be_rung(address: str) -> bool:
    return address.startswith(("tel:", "sip:")) and well_formed_address(address)


def _about_hours(hours: OpenHours, path: str) -> Iterator[str]:
    if not hours.days:
        yield f"{path}.days is empty; a stretch has at least one day."
    for key in ("start", "end"):
        if getattr(hours, key).tzinfo is not None:
            yield f"{path}.{key} must be a time of the site's zone, without an offset of its own."


def _about_questions(settings: Settings, line: Line, path: str) -> Iterator[str]:
    asks = line.asks
    if asks is None:
        return
    if asks.language and len(line.languages) < 2:
        yield f"{path}.language asks for one of several languages; the line has one."
    if asks.minors is not None and asks.minors not in settings.certificates:
        yield unknown_name(f"{path}.minors", asks.minors, list(settings.certificates))
    known = list(settings.dialects or {})
    for name in asks.dialects or ():
        if name not in known:
            yield unknown_name(f"{path}.dialects", name, known)
    if len(asks.dialects or ()) > MOST_DIALECTS:
        yield f"{path}.dialects holds more than {MOST_DIALECTS}; nobody keeps more keys in mind."


def _about_onward(settings: Settings, line: Line, path: str) -> Iterator[str]:
    names = line.onward or ()
    known: list[str] = [each.name for each in settings.lines]
    known += [each.name for each in settings.partners or ()]
    for name in names:
        if name not in known:
            yield unknown_name(path, name, known)
    if line.name in names:
        yield f"{path} holds the line itself."
    if len(set(names)) < len(names):
        yield f"{path} holds something twice."
