"""How many callers wait on each line, and how long: nothing of who they are."""

from collections.abc import Iterator

from hotline.board import OpenCall, Stage
from hotline.calls.instructions import Say
from hotline.calls.turn import Turn
from hotline.config.settings import Line
from hotline.phones.speaking import said
from hotline.phones.supervisor.lines import how_answered, title_of
from hotline.store.looking.board import open_calls


def tell_waiting(turn: Turn) -> tuple[Say, ...]:
    """Every line where somebody waits, and every line that is not answered as ever."""
    calls = [call for call in open_calls(turn.db) if call.stage is Stage.WAITING]
    told = [say for line in turn.settings.lines for say in _of_line(turn, line, calls)]
    return tuple(told) if calls else (said(turn, "staff_nobody_waits"), *told)


def _of_line(turn: Turn, line: Line, calls: list[OpenCall]) -> Iterator[Say]:
    mine = [call for call in calls if call.line == line.name]
    if mine:
        longest = max(turn.now - call.since for call in mine)
        seconds = int(longest.total_seconds())
        title = title_of(turn, line)
        yield said(turn, "staff_wait", line=title, count=len(mine), seconds=seconds)
    state = how_answered(turn, line)
    if state != said(turn, "staff_line_as_ever", line=title_of(turn, line)):
        yield state
