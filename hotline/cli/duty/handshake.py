"""`hotline handshake`: the coming duties, and what is known of each."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, from_to, plain_table, print_json
from hotline.handshake.reading import duties_ahead
from hotline.handshake.standing import Standing
from scheduling.problem import Span


@click.command()
@click.option(
    "--hours",
    default=48,
    show_default=True,
    type=click.IntRange(1, 336),
    help="How far ahead; what runs now is shown in any case.",
)
@json_option
@pass_surroundings
def handshake(surroundings: Surroundings, hours: int, as_json: bool) -> None:
    """List the coming duties: on paper, confirmed, checked in, reachable.

    These are four different facts: a duty that is published is not one that somebody comes to.
    """
    with surroundings.parts() as parts:
        now, zone = parts.clock(), parts.settings.site.zone
        with parts.store.reading() as db:
            span = Span(now, now + timedelta(hours=hours))
            found = duties_ahead(db, parts.settings, span, now)
    if as_json:
        print_json({"at": now.isoformat(), "duties": [_document(each) for each in found]})
        return
    table = plain_table("when", "desk", "who", "on paper", "confirmed", "checked in", "reachable")
    for each in found:
        table.add_row(from_to(each.span, zone), each.desk, *_row(each, zone))
    console().print(table if found else f"Nobody has a duty in the next {hours} hours.")


def _row(duty: Standing, zone: ZoneInfo) -> tuple[str, ...]:
    who = f"{duty.volunteer.name} ({duty.volunteer.code}){', standby' if duty.standby else ''}"
    paper = "yes" if duty.on_paper else "absent"
    came = f"gone {_since(duty.checked_out, zone)}" if duty.checked_out else ""
    there = came or _since(duty.checked_in, zone)
    return (who, paper, _since(duty.confirmed, zone), there, duty.reachable.value)


def _since(at: datetime | None, zone: ZoneInfo) -> str:
    return day_and_time(at, zone) if at else "no"


def _document(duty: Standing) -> dict[str, object]:
    return {
        "person": duty.volunteer.code,
        "name": duty.volunteer.name,
        "desk": duty.desk,
        "from": duty.span.start.isoformat(),
        "to": duty.span.end.isoformat(),
        "standby": duty.standby,
        "on_paper": duty.on_paper,
        "confirmed": _instant(duty.confirmed),
        "checked_in": _instant(duty.checked_in),
        "checked_out": _instant(duty.checked_out),
        "reachable": duty.reachable.value,
        "demands_check_in": duty.demands_check_in,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
