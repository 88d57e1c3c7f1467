"""The commands about the documents that another host plays when nothing of ours runs."""

import json
import sys
from functools import partial
from pathlib import Path

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.config.settings import Secrets
from hotline.errors import HotlineError
from hotline.fallback.checking import problems
from hotline.fallback.exporting import Exported, Writer, export
from hotline.fallback.signing import public_key, public_pem, signing_key
from webhooks.twiml import document


def writer_of(secrets: Secrets) -> Writer:
    """What writes the documents of a site. Raises HotlineError without HOTLINE_SECRET_KEY."""
    return Writer(partial(document, public_url=secrets.public_url), signing_key(secrets))


@click.group("fallback")
def fallback_documents() -> None:
    """What callers hear when nothing of ours runs, written ahead for another host."""


folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@fallback_documents.command("export")
@folder_argument
@json_option
@pass_surroundings
def export_documents(surroundings: Surroundings, folder: Path, as_json: bool) -> None:
    """Write the documents of every line for the next 48 hours into FOLDER, signed."""
    with surroundings.parts() as parts:
        if not parts.secrets.public_url:
            raise HotlineError("HOTLINE_PUBLIC_URL is missing: a second try leads there.")
        writer = writer_of(parts.secrets)
        try:
            done = export(parts.store, parts.settings, parts.clock(), writer, folder)
        except OSError as error:
            raise HotlineError(f"{folder} cannot be written: {error.strerror}.") from None
    click.echo(json.dumps(_shown(done)) if as_json else _sentence(done))


@fallback_documents.command("check")
@folder_argument
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The public key in a file; else the one that belongs to HOTLINE_SECRET_KEY.",
)
@json_option
@pass_surroundings
def check_documents(
    surroundings: Surroundings, folder: Path, key: Path | None, as_json: bool
) -> None:
    """Say what is wrong with an export; exit code 1 if anything is."""
    given = key.read_text(encoding="ascii", errors="replace") if key else None
    secrets = surroundings.secrets()
    checking = public_key(given) if given else signing_key(secrets).public_key()
    found = list(problems(folder, surroundings.settings(), checking, surroundings.clock()))
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "problems": found}, ensure_ascii=False))
    else:
        click.echo("\n".join(found) or f"{folder} is whole, signed, and good for this hour.")
    sys.exit(1 if found else 0)


@fallback_documents.command("key")
@pass_surroundings
def print_key(surroundings: Surroundings) -> None:
    """Print the public key by which a host checks what it fetched."""
    click.echo(public_pem(signing_key(surroundings.secrets()).public_key()), nl=False)


def _shown(done: Exported) -> dict[str, object]:
    return {
        "folder": str(done.folder),
        "lines": done.lines,
        "files": done.files,
        "from": done.first.isoformat(),
        "to": done.end.isoformat(),
    }


def _sentence(done: Exported) -> str:
    until = f"{done.end:%Y-%m-%d %H:%M} UTC"
    return f"{done.files} documents of {done.lines} lines in {done.folder}, good until {until}."
