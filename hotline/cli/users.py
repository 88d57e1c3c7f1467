"""`hotline user ...`: accounts at the pages, from the machine itself."""

from dataclasses import replace

import click

from hotline.accounts.keeping import change, invite, send_link, unmade
from hotline.accounts.links import Purpose
from hotline.accounts.roles import Role, roles_written
from hotline.cli.context import Surroundings, desk_named, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from hotline.cli.refusing import Commands
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.store import Session
from hotline.store.access.accounts import Listed, all_accounts, listed_account
from hotline.store.people.everybody import person_coded

BY: str = "command"  # who the audit trail names: whoever may run commands on this machine


@click.group(cls=Commands)
def user() -> None:
    """See who may sign in at the pages; invite, help back in, close."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="What others know them by.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    metavar="ROLE",
)
@click.option("--desk", "desks", multiple=True, metavar="DESK", help="None: the whole site.")
@click.option("--person", metavar="CODE", help="The volunteer whose account it is.")
@json_option
@pass_surroundings
def add(
    surroundings: Surroundings,
    login: str,
    name: str,
    roles: tuple[str, ...],
    desks: tuple[str, ...],
    person: str | None,
    *,
    as_json: bool,
) -> None:
    """Invite somebody: prints a link, once, by which they choose a password."""
    with surroundings.parts() as parts:
        wanted = frozenset(desk_named(parts.settings, desk).name for desk in desks)
        with parts.store.writing() as db:
            who = None if person is None else person_coded(db, person)
            if person is not None and who is None:
                raise HotlineError(f"There is nobody with the code {person!r}.")
            account = replace(
                unmade(login, name), roles=frozenset(map(Role, roles)), desks=wanted, person=who
            )
            token = invite(db, account, parts.settings, BY, parts.clock())
    _print_link(parts, account.login, token, as_json=as_json)


@user.command("link")
@click.argument("login")
@click.option("--without-second-factor", is_flag=True, help="Their telephone is lost, too.")
@json_option
@pass_surroundings
def link(
    surroundings: Surroundings, login: str, *, without_second_factor: bool, as_json: bool
) -> None:
    """Print a link, once, by which somebody chooses a new password."""
    purpose = Purpose.RESCUE if without_second_factor else Purpose.RESET
    with surroundings.parts() as parts, parts.store.writing() as db:
        found = _there(db, login)
        token = send_link(db, found.account, purpose, parts.settings, BY, parts.clock())
    _print_link(parts, login, token, as_json=as_json)


@user.command("close")
@click.argument("login")
@pass_surroundings
def close(surroundings: Surroundings, login: str) -> None:
    """Sign somebody out for good; nothing of theirs is lost."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        found = _there(db, login)
        closed = replace(found.account, active=False)
        change(db, found, closed, parts.settings, BY, parts.clock())
    console().print(f"{login} may no longer sign in.")


@user.command("list")
@json_option
@pass_surroundings
def list_them(surroundings: Surroundings, *, as_json: bool) -> None:
    """Print who may sign in, and as what."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        found = all_accounts(db)
    if as_json:
        print_json([_document(each) for each in found])
        return
    table = plain_table("login", "name", "roles", "desks", "volunteer", "second factor", "")
    for each in found:
        desks = " ".join(sorted(each.account.desks)) or "the whole site"
        table.add_row(
            *(each.account.login, each.account.name, roles_written(each.account.roles), desks),
            *(each.person or "", "on" if each.second_factor else "off", _state(each)),
        )
    console().print(table)


def _there(db: Session, login: str) -> Listed:
    found = listed_account(db, login)
    if found is None or not found.account.active:
        raise HotlineError(f"Nobody signs in as {login!r}; see: hotline user list")
    return found


def _print_link(parts: Parts, login: str, token: str, *, as_json: bool) -> None:
    address = f"{parts.secrets.public_url.rstrip('/')}/link/{token}"
    if as_json:
        print_json({"login": login, "link": address})
    else:
        console().print(f"For {login}, once:\n{address}", soft_wrap=True)


def _state(each: Listed) -> str:
    if not each.account.active:
        return "closed"
    return "" if each.has_password else "invited"


def _document(each: Listed) -> dict[str, object]:
    return {
        "login": each.account.login,
        "name": each.account.name,
        "roles": sorted(each.account.roles),
        "desks": sorted(each.account.desks),
        "person": each.person,
        "second_factor": each.second_factor,
        "active": each.account.active,
        "invited": not each.has_password,
    }
