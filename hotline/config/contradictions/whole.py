"""What in a well-typed configuration contradicts itself or promises what nobody can keep."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final

from hotline.config.contradictions.accounts import about_accounts
from hotline.config.contradictions.demand import about_demand
from hotline.config.contradictions.desks import about_desks, unknown_name
from hotline.config.contradictions.handshake import about_handshake
from hotline.config.contradictions.help import about_help
from hotline.config.contradictions.lines import about_lines
from hotline.config.contradictions.phones import about_phones
from hotline.config.contradictions.promises import about_promises
from hotline.config.contradictions.retention import about_retention
from hotline.config.contradictions.ringing import about_ringing
from hotline.config.contradictions.talking import about_talking
from hotline.config.settings import CarrierSettings, Line, Scheduling, Server, Settings
from hotline.config.tables.drills import Drills
from hotline.config.tables.swaps import Swaps
from hotline.numbers import number_key, well_formed_address, well_formed_number
from scheduling.problem import Prices, Weights

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MOST_DRILLED: Final = 20  # callers of a line
MOST_CLOSED: Final = 168  # hours before a duty
LONGEST_VISIT: Final = 8  # seconds; the wait loop is what keeps a call alive when all else fails
SCHEDULER: Final = re.compile(r"(?:tcp|tls)://[^\s/]+:[0-9]{1,5}")
SENDERS_NAME: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*[^\s?#/])?")
TRUNK: Final = re.compile(r"BY[0-9a-fA-F]{32}")
DIGITS: Final = re.compile(r"[0-9]{2,15}")


def contradictions(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that cannot be so."""
    yield from _about_site(settings)
    yield from _about_carrier(settings.carrier)
    yield from _about_answering(settings)
    yield from _about_scheduling(settings)
    yield from _about_serving(settings)
    yield from _about_names(settings)
    yield from about_desks(settings)
    for line in settings.lines:
        yield from _about_line(settings, line)
    yield from _numbers_of_two_lines(settings.lines)
    yield from about_lines(settings)
    yield from about_demand(settings)
    yield from about_promises(settings.promised)
    yield from about_ringing(settings)
    yield from about_phones(settings)
    yield from about_talking(settings)
    yield from about_handshake(settings.handshake)
    yield from _about_drills(settings.drills or Drills())
    yield from about_accounts(settings.signing)
    yield from _about_swaps(settings.swapping)
    yield from about_help(settings)
    yield from about_retention(settings)


def _about_swaps(swaps: Swaps) -> Iterator[str]:
    if not 0 <= swaps.close_hours <= MOST_CLOSED:
        hours = swaps.close_hours
        yield f"swaps.close_hours must be from 0 to {MOST_CLOSED}, not {hours:g}."


def _about_drills(drills: Drills) -> Iterator[str]:
    if not 1 <= drills.callers <= MOST_DRILLED:
        yield f"drills.callers must be from 1 to {MOST_DRILLED}, not {drills.callers}."
    if drills.phones_off < 0:
        yield f"drills.phones_off must be at least 0, not {drills.phones_off}."


def _about_site(settings: Settings) -> Iterator[str]:
    for number in settings.site.emergency:
        if not DIGITS.fullmatch(number):
            yield f"site.emergency holds {number!r}, which is not made of digits alone."
    for field in ("desks", "lines"):
        if not getattr(settings, field):
            yield f"{field} is empty; a site has at least one."


def _about_carrier(carrier: CarrierSettings) -> Iterator[str]:
    if not well_formed_number(carrier.caller_id):
        yield (
            f"carrier.caller_id is {carrier.caller_id!r}, which is no short code, "
            "no number like +862558250000 and no SIP address."
        )
    if carrier.sms_from is not None and not _sender(carrier.sms_from):
        yield (
            f"carrier.sms_from is {carrier.sms_from!r}, which is no short code, no number like "
            "+862558250000 and no name of at most 11 letters and digits."
        )
    if carrier.api_base is not None and not WEB_ADDRESS.fullmatch(carrier.api_base):
        yield f"carrier.api_base is {carrier.api_base!r}, which is no address like https://a.example."
    if carrier.byoc is not None and not TRUNK.fullmatch(carrier.byoc):
        yield f"carrier.byoc is {carrier.byoc!r}, which is no trunk: BY and 32 of 0-9 and a-f."
    for key in ("calls_per_second", "request_seconds"):
        if getattr(carrier, key) <= 0:
            yield f"carrier.{key} must be more than 0, not {getattr(carrier, key)}."


def _sender(text: str) -> bool:
    plain = well_formed_number(text) and not text.startswith("sip")
    return plain or bool(SENDERS_NAME.fullmatch(text))


def _about_answering(settings: Settings) -> Iterator[str]:
    for field in fields(settings.answering):
        value = getattr(settings.answering, field.name)
        least = 0 if field.name in {"wrap_up", "ring_again"} else 1
        if value < least:
            yield f"answering.{field.name} must be at least {least}, not {value}."
    if settings.answering.visit > LONGEST_VISIT:
        yield (
            f"answering.visit must be at most {LONGEST_VISIT} seconds, "
            f"not {settings.answering.visit}: a caller is never longer without us."
        )


def _about_scheduling(settings: Settings) -> Iterator[str]:
    scheduling = settings.scheduling
    if scheduling.seconds <= 0:
        yield f"scheduling.seconds must be more than 0, not {scheduling.seconds}."
    for key in ("seed", "look_back_weeks", "supervised_turns"):
        if getattr(scheduling, key) < 0:
            yield f"scheduling.{key} must not be negative."
    for field in fields(scheduling.rest):
        if (getattr(scheduling.rest, field.name) or 0) < 0:
            yield f"scheduling.rest.{field.name} must not be negative."
    yield from _about_prices(scheduling.prices)
    yield from _about_team(scheduling)
    yield from _about_means(scheduling)


def _about_means(scheduling: Scheduling) -> Iterator[str]:
    if scheduling.workers is not None and scheduling.workers < 1:
        yield f"scheduling.workers must be at least 1, not {scheduling.workers}."
    if scheduling.cluster is not None and not SCHEDULER.fullmatch(scheduling.cluster):
        yield f"scheduling.cluster is {scheduling.cluster!r}; write it like tcp://10.0.0.5:8786."


def _about_prices(prices: Prices) -> Iterator[str]:
    for field in fields(prices):
        if field.name != "preferred" and getattr(prices, field.name) < 0:
            yield f"scheduling.prices.{field.name} must not be negative: trouble has a price."
    if prices.preferred > 0:
        yield "scheduling.prices.preferred must not be above 0: it is a bonus."
    if prices.below_floor <= prices.below_target:
        yield "scheduling.prices.below_floor must be more than scheduling.prices.below_target."


def _about_team(scheduling: Scheduling) -> Iterator[str]:
    for key in ("newcomers_a_shift", "newcomers_a_mentor"):
        if (getattr(scheduling.team, key, None) or 0) < 0:
            yield f"scheduling.team.{key} must not be negative."
    for field in fields(Weights):
        least = 1 if field.name == "unit" else 0
        if scheduling.weights and getattr(scheduling.weights, field.name) < least:
            yield f"scheduling.weights.{field.name} must be at least {least}."


def _about_serving(settings: Settings) -> Iterator[str]:
    serving = settings.serving
    if not serving.host.strip():
        yield "serving.host is empty; 127.0.0.1 keeps the pages on this machine."
    if not 0 <= serving.port <= 65535:
        yield f"serving.port must be from 0 to 65535, not {serving.port}."
    for key in ("threads", "processes"):
        if getattr(serving, key) is not None and getattr(serving, key) < 1:
            yield f"serving.{key} must be at least 1, not {getattr(serving, key)}."
    if serving.server is not Server.GUNICORN and (serving.processes or 1) > 1:
        yield 'serving.processes must be 1 with serving.server = "waitress"; "gunicorn" has more.'


def _about_names(settings: Settings) -> Iterator[str]:
    """Names stand in addresses, commands, files and conference names."""
    groups: dict[str, list[str]] = {
        "certificates": list(settings.certificates),
        "desks": [desk.name for desk in settings.desks],
        "lines": [line.name for line in settings.lines],
        "dialects": list(settings.dialects or {}),
        "partners": [partner.name for partner in settings.partners or ()],
    }
    groups |= {f"desks[{d.name}].shifts": [s.name for s in d.shifts] for d in settings.desks}
    for path, names in groups.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{path} names {name!r} {times} times; a name belongs to one."
            if not SLUG.fullmatch(name):
                yield f"{path} has the name {name!r}; use a-z, 0-9 and hyphens, at most 40."


def _about_line(settings: Settings, line: Line) -> Iterator[str]:
    path = f"lines[{line.name}]"
    for key in ("numbers", "languages", "desks"):
        values = getattr(line, key)
        if not values:
            yield f"{path}.{key} is empty; a line has at least one."
        if len(set(values)) < len(values):
            yield f"{path}.{key} holds something twice."
    known = [desk.name for desk in settings.desks]
    yield from (
        unknown_name(f"{path}.desks", name, known) for name in line.desks if name not in known
    )
    for number in line.numbers:
        if not well_formed_number(number):
            yield (
                f"{path}.numbers holds {number!r}, which is no short code, "
                "no number like +862558250000 and no SIP address like sip:96111@example.org."
            )
    if line.caller_id is not None and not well_formed_number(line.caller_id):
        yield f"{path}.caller_id is {line.caller_id!r}, which is no number like +862558250000."
    yield from _about_partner(line, path)


def _about_partner(line: Line, path: str) -> Iterator[str]:
    if (line.partner is None) != (line.partner_title is None):
        yield f"{path}.partner and {path}.partner_title stand together or not at all."
    if line.partner is not None and not (
        line.partner.startswith(("tel:", "sip:")) and well_formed_address(line.partner)
    ):
        yield (
            f"{path}.partner is {line.partner!r}, which is neither tel: with a number like "
            "+862558250000 nor a SIP address."
        )


def _numbers_of_two_lines(lines: Iterable[Line]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for line in lines:
        for number in line.numbers:
            owner = owners.setdefault(number_key(number), line.name)
            if owner != line.name:
                yield (
                    f"lines[{line.name}].numbers holds {number!r}, which lines[{owner}] has "
                    "already: a number belongs to one line."
                )
