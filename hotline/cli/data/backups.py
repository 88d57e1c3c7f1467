"""`hotline backup` and `hotline restore`: the whole site in one sealed file, and back."""

from pathlib import Path
from typing import Final

import click

from hotline.backups.restoring import restore as fill_from
from hotline.backups.saving import save
from hotline.backups.sealing import Header
from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import print_json
from hotline.store.migrate import shown

BY: Final = "command"  # who the trail names: whoever may run commands on this machine
file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@file_argument
@json_option
@pass_surroundings
def backup(surroundings: Surroundings, file: Path, *, as_json: bool) -> None:
    """Save everything to FILE, sealed with HOTLINE_DATA_KEY, while the site works on."""
    with surroundings.parts() as parts:
        saved = save(parts, file, BY)
    if as_json:
        print_json({**_document(saved.header), "digest": saved.digest, "bytes": saved.size})
        return
    rows = sum(saved.header.rows.values())
    click.echo(f"{rows} rows are in {file} ({saved.size} bytes). SHA-256: {saved.digest}")


@click.command()
@file_argument
@click.option("--replace", is_flag=True, help="All that is in the database goes for good.")
@json_option
@pass_surroundings
def restore(surroundings: Surroundings, file: Path, *, replace: bool, as_json: bool) -> None:
    """Fill an empty database from FILE. Exit code 1 if something about it is doubtful."""
    secrets = surroundings.secrets()
    done = fill_from(file, secrets, BY, surroundings.clock(), replace=replace)
    if as_json:
        document = {**_document(done.header), "digest": done.digest, "doubts": list(done.doubts)}
        print_json(document)
    else:
        rows, made = sum(done.header.rows.values()), done.header.made
        where = shown(secrets.database_url)
        click.echo(f"{rows} rows are in {where}, as they were at {made:%Y-%m-%d %H:%M} UTC.")
        for doubt in done.doubts:
            click.echo(doubt, err=True)
    if done.doubts:
        raise SystemExit(1)


def _document(header: Header) -> dict[str, object]:
    return {"made": header.made.isoformat(), "step": header.step, "rows": dict(header.rows)}
