"""Ctrl-C while a roster is looked for: the best so far will do."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import click


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed, so that the search ends with the best it has.

    Pressed once more, it ends the command as ever, and nothing is kept.
    """
    pressed = Event()

    def heard(*_: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()
        click.echo("Stopping with the best so far. Ctrl-C again: nothing is kept.", err=True)

    before = signal.signal(signal.SIGINT, heard)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
