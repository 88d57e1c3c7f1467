"""What of the site somebody sees at the board, and the turn of what they do there."""

from dataclasses import replace

from flask import abort

from hotline.calls.ringing.facts import CallId
from hotline.calls.turn import Turn
from hotline.config.settings import Line, Settings
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import viewer
from hotline.console.frame.changing import Changing
from hotline.store import Session
from hotline.store.calling.stories import lines_of_call


def seen_settings() -> Settings:
    """The site as far as its lines are the reader's; a line's overflow is told with the line."""
    whole = parts().settings
    return replace(whole, lines=viewer().lines(whole))


def seen_line(name: str) -> Line:
    """The line of that name, if it is the reader's; else there is nothing here."""
    line = parts().settings.line(name)
    if line is None or not viewer().sees_line(line):
        abort(404)
    return line


def seen_call_or_404(db: Session, call: CallId) -> None:
    """A call is the reader's where the line dialled is, or the one that answers it now."""
    if lines_of_call(db, call).isdisjoint(viewer().line_names(parts().settings)):
        abort(404)


def turn_of(change: Changing) -> Turn:
    """A change as a turn at work on calls."""
    return Turn(change.db, parts().settings, privacy(), change.now)
