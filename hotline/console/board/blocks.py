"""The live block of the board, with a tag that changes when what it shows does."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from flask import render_template

from hotline.accounts.permits import Act
from hotline.board import SOON, Board, board
from hotline.config.settings import Language, Settings
from hotline.console.frame.latest import Latest
from hotline.console.frame.polling import Block, tag_of
from hotline.console.frame.words.wording import Words
from hotline.rosters.week import instant
from hotline.store import Session
from hotline.store.duty.rosters import lead_people, rota_between
from hotline.store.duty.rota_kept import kept_ahead
from hotline.store.looking.board import board_facts
from hotline.store.looking.moved import Moved, what_moved
from hotline.store.sending.errands import answered_since
from scheduling.problem import Span

TICK: Final = timedelta(seconds=3)  # how often running times are shown anew
QUIET: Final = timedelta(minutes=1)  # the same when nothing runs
AHEAD: Final = timedelta(days=8)  # how far the next person on duty is looked for


@dataclass(frozen=True)
class Asking:
    """Which page is asked for: of which lines, in which language, when, by whom.

    settings: only the lines that the reader sees; acts: what they may do from here.
    Whatever differs between two readers stands here, for they share what was rendered.
    """

    settings: Settings
    language: Language
    now: datetime
    build: str  # differs between two versions of program or configuration
    acts: frozenset[Act] = frozenset()
    root: str = ""  # before every address

    @property
    def scope(self) -> str:
        """The same for readers who see the same."""
        lines = ",".join(line.name for line in self.settings.lines)
        return f"{lines}|{','.join(sorted(self.acts))}|{self.root}"


def live_block(db: Session, asking: Asking, kept: Latest[str]) -> Block:
    """Lines, callers and people as they are now."""
    moved = what_moved(db)
    tag = _tag(asking, "live", moved.mark, _tick(moved, asking.now))
    return Block(tag, lambda: kept.of(tag, lambda: _render_live(db, asking, tag)))


def board_now(db: Session, settings: Settings, now: datetime) -> Board:
    """The board of these lines."""
    midnight = instant(now.astimezone(settings.site.zone).date(), time(), settings.site.zone)
    lately = now - timedelta(hours=settings.shake.reachable_hours)
    facts = replace(board_facts(db, midnight, now), answered=answered_since(db, lately))
    rota = kept_ahead(db, Span(now, now + SOON), rota_between)
    rota = replace(rota, leads=lead_people(db, now, settings.lead.people or ()))
    return board(facts, rota, settings, now, lambda: rota_between(db, Span(now, now + AHEAD)))


def _render_live(db: Session, asking: Asking, tag: str) -> str:
    shown = board_now(db, asking.settings, asking.now)
    words = Words(asking.settings, asking.language, asking.now)
    return render_template(
        "board/live.html",
        board=shown,
        words=words,
        tag=tag,
        may=lambda act: Act(act) in asking.acts,
        line_titles={line.name: line.title for line in asking.settings.lines},
        desk_titles={desk.name: desk.title for desk in asking.settings.desks},
    )


def _tick(moved: Moved, now: datetime) -> int:
    """The present moment, as coarse as the board can bear."""
    runs = moved.open_calls > 0 or (moved.settled is not None and moved.settled > now - TICK)
    return int(now.timestamp() // (TICK if runs else QUIET).total_seconds())


def _tag(asking: Asking, *parts: object) -> str:
    return tag_of(asking.build, asking.language.value, asking.scope, *parts)
