"""The `hotline` command: the one place where the process meets its environment."""

import os

from hotline.cli import commands
from hotline.cli.context import Surroundings


def main() -> None:
    """Run what the command line asks for."""
    commands(obj=Surroundings(os.environ))


if __name__ == "__main__":
    main()
