"""`hotline doctor`: how the hotline is, and what to do about it."""

import sys
from typing import Final

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from webhooks.serving.doctor import Finding, State, findings

SIGNS: Final = {State.GOOD: "ok", State.DOUBTFUL: "?", State.BAD: "no", State.SKIPPED: "-"}


@click.command()
@json_option
@pass_surroundings
def doctor(surroundings: Surroundings, as_json: bool) -> None:
    """Check configuration, database, clock, carrier and public address; say what to do.

    Exit code 1 if anything stands in the way of answering calls.
    """
    found = list(findings(surroundings))
    good = all(finding.state is not State.BAD for finding in found)
    if as_json:
        print_json({"good": good, "findings": [_shown(finding) for finding in found]})
    else:
        _print(found)
    sys.exit(0 if good else 1)


def _shown(finding: Finding) -> dict[str, str]:
    return {
        "part": finding.part,
        "state": finding.state.value,
        "told": finding.told,
        "advice": finding.advice,
    }


def _print(found: list[Finding]) -> None:
    table = plain_table("", "part", "")
    for finding in found:
        said = f"{finding.told}\n{finding.advice}" if finding.advice else finding.told
        table.add_row(SIGNS[finding.state], finding.part, said)
    console().print(table)
