"""`hotline people ring`, `reached` and `drills`: whether somebody's telephone reaches them."""

import click

from hotline.cli.context import Surroundings, pass_surroundings
from hotline.duty import ToldBy
from hotline.errors import HotlineError
from hotline.handshake.trying import try_telephone
from hotline.oversight.drills import DrillWord
from hotline.people import StoredPerson
from hotline.store import Session
from hotline.store.duty.reach import reached
from hotline.store.people.everybody import person_of
from hotline.store.sending.drills import say_of_drills


@click.command("ring")
@click.argument("code")
@pass_surroundings
def ring(surroundings: Surroundings, code: str) -> None:
    """Have the worker ring CODE to try their telephone: key 1 has them rung in turn again."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        fresh = try_telephone(db, _somebody(db, code), parts.clock())
    if not fresh:
        raise HotlineError(f"{code} was to be rung a moment ago; try again in a minute.")
    click.echo(f"{code} is rung as soon as they are free, within five minutes.")


@click.command("reached")
@click.argument("code")
@pass_surroundings
def reached_again(surroundings: Surroundings, code: str) -> None:
    """Ring CODE in turn again: their telephone was tried, and works."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        back = reached(db, _somebody(db, code).id, parts.clock())
    click.echo(f"{code} is rung in turn again." if back else f"{code} was not out of reach.")


@click.command("drills")
@click.argument("code")
@click.option("--agreed/--withdrawn", required=True, help="What they said of being rung in drills.")
@pass_surroundings
def drills(surroundings: Surroundings, code: str, agreed: bool) -> None:
    """Keep that CODE agreed to be rung on their own telephone in drills, or no longer does."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        word = DrillWord(agreed, parts.clock(), ToldBy.COMMAND)
        say_of_drills(db, _somebody(db, code).id, word)
    click.echo(f"{code} {'may' if agreed else 'may not'} be rung in drills.")


def _somebody(db: Session, code: str) -> StoredPerson:
    person = person_of(db, code)
    if person is None:
        raise HotlineError(f"There is nobody with the code {code!r}.")
    return person
