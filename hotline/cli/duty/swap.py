"""`hotline swap list` and `decide`: what people want to exchange, and the word on it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, from_to, print_json
from hotline.cli.refusing import Commands
from hotline.errors import HotlineError
from hotline.store.duty.swaps import swaps_between, swaps_open
from hotline.swaps.asking import Answered
from hotline.swaps.deciding import approve, turn_down
from hotline.swaps.states import SwapState
from hotline.swaps.swap import HeldShift, Swap
from scheduling.problem import Span

SAID: Final[Mapping[Answered, str]] = {
    Answered.APPROVED: "It holds; the telephone follows now.",
    Answered.REFUSED: "It is not approved; both are told.",
    Answered.VOID: "The roster does not allow it any more; both are told.",
}


@click.group(cls=Commands)
def swap() -> None:
    """Swaps and cover requests: who gives which shift to whom."""


@swap.command("list")
@click.option("--days", type=click.IntRange(1, 366), help="Also those of so many days back.")
@json_option
@pass_surroundings
def list_swaps(surroundings: Surroundings, days: int | None, as_json: bool) -> None:
    """Print what waits for a partner or a coordinator, by when it expires."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        now, zone = parts.clock(), parts.settings.site.zone
        found = swaps_open(db)
        if days is not None:
            found = swaps_between(db, Span(now - timedelta(days=days), now + timedelta(days=366)))
    if as_json:
        print_json({"swaps": [_document(each) for each in found]})
        return
    for each in found:
        console().print(_line(each, zone))
    if not found:
        console().print("Nobody wants to swap.")


@swap.command("decide")
@click.argument("number", type=int)
@click.argument("said", type=click.Choice(["approve", "refuse"]))
@json_option
@pass_surroundings
def decide(surroundings: Surroundings, number: int, said: str, as_json: bool) -> None:
    """Approve or refuse the swap with that NUMBER; rules and floors are checked once more."""
    use_case = {"approve": approve, "refuse": turn_down}[said]
    with surroundings.parts() as parts, parts.store.writing() as db:
        answered = use_case(db, parts.settings, number, parts.clock())
    if answered is Answered.TOO_LATE:
        raise HotlineError(
            f"Swap {number} is decided, withdrawn or expired; see: hotline swap list"
        )
    if as_json:
        print_json({"swap": number, "answered": answered.value})
    else:
        console().print(SAID[answered])


def _line(each: Swap, zone: ZoneInfo) -> str:
    terms = each.terms
    who = f"{terms.asker.name} ({terms.asker.code}) gives {_shift(terms.gives, zone)}"
    takes = f" for {_shift(terms.takes, zone)}" if terms.takes else ""
    still = f", until {day_and_time(each.until, zone)}"
    open_still = still if each.state in (SwapState.ASKED, SwapState.AGREED) else ""
    partner = f"{terms.partner.name} ({terms.partner.code})"
    return f"{each.id}. {who} to {partner}{takes}: {each.state}{open_still}"


def _shift(shift: HeldShift, zone: ZoneInfo) -> str:
    return f"{shift.shift} ({from_to(shift.span, zone)})"


def _document(each: Swap) -> dict[str, object]:
    return {
        "swap": each.id,
        "asker": each.terms.asker.code,
        "partner": each.terms.partner.code,
        "gives": _held(each.terms.gives),
        "takes": _held(each.terms.takes) if each.terms.takes else None,
        "state": each.state.value,
        "asked": each.asked.isoformat(),
        "until": each.until.isoformat(),
        "answered": _instant(each.answered),
        "decided": _instant(each.decided),
    }


def _held(shift: HeldShift) -> dict[str, str]:
    return {
        "desk": shift.desk,
        "shift": shift.shift,
        "from": shift.span.start.isoformat(),
        "to": shift.span.end.isoformat(),
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
