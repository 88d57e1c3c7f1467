"""`hotline trail`: who changed what at the pages, and whether the trail is whole."""

import click

from hotline.accounts.trail import Entry, broken_links, written
from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, print_json
from hotline.cli.refusing import Commands
from hotline.errors import HotlineError
from hotline.store.access.trail import end_of_trail, latest_of_trail
from hotline.store.access.trail import trail as whole_trail


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--about", default="", metavar="SUBJECT", help="How the subject begins.")
@click.option("--by", default="", metavar="LOGIN")
@click.option("--most", default=50, type=click.IntRange(1, 10_000), help="Entries, newest first.")
@json_option
@click.pass_context
def trail(ctx: click.Context, about: str, by: str, most: int, *, as_json: bool) -> None:
    """Print what was changed at the pages, the newest first."""
    if ctx.invoked_subcommand is not None:
        return
    with ctx.ensure_object(Surroundings).parts() as parts, parts.store.reading() as db:
        found = latest_of_trail(db, most, None, about, by)
        zone = parts.settings.site.zone
    if as_json:
        print_json([_document(each) for each in found])
        return
    for each in found:
        said = f"{each.number}. {day_and_time(each.at, zone)} {each.login}: {each.change.act}"
        console().print(f"{said} {each.change.subject}", soft_wrap=True)
        if each.change.before or each.change.after:
            change = f"   {written(each.change.before)} -> {written(each.change.after)}"
            console().print(change, style="dim", soft_wrap=True)
    if not found:
        console().print("No entry.")


@trail.command("verify")
@json_option
@pass_surroundings
def verify(surroundings: Surroundings, *, as_json: bool) -> None:
    """Check every entry against the chain; prints the last hash, to be noted elsewhere."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        end = end_of_trail(db)
        problems = tuple(broken_links(whole_trail(db), end))
    if as_json:
        print_json({"entries": end[0], "hash": end[1], "problems": list(problems)})
    elif not problems:
        console().print(f"{end[0]} entries, unbroken. The last hash: {end[1] or '-'}")
    if problems and as_json:
        raise SystemExit(2)
    if problems:
        raise HotlineError("\n".join(problems))


def _document(each: Entry) -> dict[str, object]:
    return {
        "number": each.number,
        "at": each.at.isoformat(),
        "login": each.login,
        "act": each.change.act,
        "subject": each.change.subject,
        "before": each.change.before,
        "after": each.change.after,
    }
