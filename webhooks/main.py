"""The `hotline` command: the one place where the process meets its environment."""

import os

from hotline.cli import commands
from hotline.cli.context import Surroundings
from webhooks.serving.commands import demo, drill, keys, serve, web, worker
from webhooks.serving.doctoring import doctor
from webhooks.serving.exporting import fallback_documents

__all__ = ["commands", "main"]

for command in (demo, drill, keys, serve, web, worker, doctor, fallback_documents):
    commands.add_command(command)


def main() -> None:
    """Run what the command line asks for."""
    commands(obj=Surroundings(os.environ))


if __name__ == "__main__":
    main()
