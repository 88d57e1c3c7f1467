"""The use case of earlier history: take a file in whole, and say what of it is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hotline.config.settings import LineName
from hotline.demand.reading import HALF_HOUR, History
from hotline.store import Session
from hotline.store.counting.demand import Cell, imported_calls, save_cells
from scheduling.problem import Span


@dataclass(frozen=True)
class ImportedLine:
    """What a file told of one line. untold: half hours between its first and last that it skips."""

    line: LineName
    span: Span
    half_hours: int
    untold: int
    calls: float


@dataclass(frozen=True)
class ImportedHistory:
    """How many half hours a file brought, changed, and left as they were."""

    added: int
    changed: int
    unchanged: int
    lines: tuple[ImportedLine, ...]


def import_history(db: Session, history: History) -> ImportedHistory:
    """Keep every half hour of a file, in the caller's transaction; others stay as they are."""
    cells = sorted(history.cells, key=lambda cell: (cell.line, cell.start))
    starts = [cell.start for cell in cells]
    known = imported_calls(db, Span(min(starts), max(starts) + HALF_HOUR))
    before = [known.get(cell.line, {}).get(cell.start) for cell in cells]
    save_cells(db, cells)
    added = sum(calls is None for calls in before)
    same = sum(was == cell.calls for was, cell in zip(before, cells, strict=True))
    return ImportedHistory(added, len(cells) - added - same, same, tuple(_by_line(cells)))


def _by_line(cells: Sequence[Cell]) -> Iterator[ImportedLine]:
    for line, group in groupby(cells, key=lambda cell: cell.line):
        mine = list(group)
        span = Span(mine[0].start, mine[-1].start + HALF_HOUR)
        untold = span.length // HALF_HOUR - len(mine)
        yield ImportedLine(line, span, len(mine), untold, sum(cell.calls for cell in mine))
