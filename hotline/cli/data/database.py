"""`hotline init` and `hotline migrate`: the database gets today's shape."""

import click

from hotline.cli.context import Surroundings, pass_surroundings
from hotline.store import migrate as schema


@click.command()
@pass_surroundings
def init(surroundings: Surroundings) -> None:
    """Create the database."""
    _bring_up(surroundings)


@click.command()
@pass_surroundings
def migrate(surroundings: Surroundings) -> None:
    """Bring the database up to date."""
    _bring_up(surroundings)


def _bring_up(surroundings: Surroundings) -> None:
    url = surroundings.secrets().database_url
    before = schema.current(url)
    if before != schema.head():
        schema.refuse_newer(url)
        schema.migrate(url)
    click.echo(_said(schema.shown(url), before))


def _said(database: str, before: str | None) -> str:
    now = schema.head()
    if before is None:
        return f"{database} is ready (step {now})."
    if before == now:
        return f"{database} is up to date (step {now})."
    return f"{database} was brought from step {before} to {now}."
