"""One process of the hotline, as `hotline` starts it, by a clock that can be set from outside."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from hotline.cli.context import Surroundings
from hotline.ports import Clock, system_clock
from webhooks.main import commands


def stepping(file: Path) -> Clock:
    """The machine's clock, and the seconds that stand in `file` at that moment."""

    def now() -> datetime:
        return system_clock() + timedelta(seconds=float(file.read_text(encoding="ascii") or 0))

    return now


if __name__ == "__main__":
    file, words = Path(sys.argv[1]), sys.argv[2:]
    surroundings = Surroundings(os.environ, stepping(file))  # noqa: TID251 - as webhooks/main.py
    commands(words, obj=surroundings)
