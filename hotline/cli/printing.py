"""How commands print: sentences, tables that keep their columns under Chinese names, JSON."""

import json
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from hotline.config.settings import Desk, Line, Settings
from hotline.rates import in_percent
from scheduling.problem import Span


def console() -> Console:
    """Where tables and pictures go; made anew for each command, because stdout may be replaced."""
    return Console(file=sys.stdout, highlight=False)


def plain_table(*columns: str) -> Table:
    """A table without rules, indented by two; columns headed as named, numbers right of them."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns:
        left = not name.startswith(">")
        table.add_column(name.lstrip(">"), justify="left" if left else "right")
    return table


def print_json(document: object) -> None:
    """One JSON document; instants stand in it as ISO 8601 in UTC."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def titled(thing: Desk | Line, settings: Settings) -> str:
    """A desk or line by its name, as commands take it, and its title in the site's language."""
    return f"{thing.name} {thing.title.in_language(settings.site.language)}"


def day_and_time(at: datetime, zone: ZoneInfo) -> str:
    """Like "Tue 24 Nov 22:00", on the site's clocks."""
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def from_to(span: Span, zone: ZoneInfo) -> str:
    """Like "Tue 24 Nov 22:00-08:00"; the end's day only where more than a day passes."""
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (span.start, span.end))
    if end - start <= timedelta(days=1):
        return f"{start:%a %d %b %H:%M}-{end:%H:%M}"
    return f"{start:%a %d %b %H:%M} - {end:%a %d %b %H:%M}"


def percent(share: float | None) -> str:
    """Like "96.4 %"; a dash where there is no share."""
    return "-" if share is None else f"{in_percent(share)} %"
