"""How a command says no: one sentence on stderr, exit code 2, nothing half-done."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import IO, Any

import click

from hotline.errors import HotlineError


class Refusal(click.ClickException):
    """What a person got wrong, ready to be shown."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence to stderr, without a prefix."""
        click.echo(self.message, file=file, err=file is None)


class Commands(click.Group):
    """A group of commands that turns every HotlineError and every usage error into a Refusal."""

    group_class = type

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with usage errors in one sentence."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise refusal(error) from error

    def invoke(self, ctx: click.Context) -> object:
        """As click does, with what went wrong in one sentence."""
        try:
            return super().invoke(ctx)
        except HotlineError as error:
            raise Refusal(str(error)) from error
        except click.UsageError as error:
            raise refusal(error) from error


def refusal(error: click.UsageError) -> click.ClickException:
    """A usage error in one sentence; where help was to be shown, the error itself."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    path = error.ctx.command_path if error.ctx else "hotline"
    said = error.format_message().replace("\n", " ").rstrip(".")
    return Refusal(f"{said}; see: {path} --help")


def unknown(what: str, name: str, known: Sequence[str]) -> HotlineError:
    """The error for a name that nothing has, with the nearest that something has."""
    close = get_close_matches(name, known, n=1)
    advice = f"did you mean {close[0]}?" if close else f"known: {', '.join(known) or 'none'}."
    return HotlineError(f"There is no {what} {name!r}; {advice}")
