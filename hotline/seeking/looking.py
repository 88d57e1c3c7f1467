"""What answers now, read from the database; shared by everybody who asks within a few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Settings
from hotline.seeking.standing import (
    A_WEEK,
    LineStands,
    PartnerStands,
    lines_stand,
    partners_stand,
)
from hotline.store import Session
from hotline.store.duty.rosters import rota_at, rota_between
from hotline.store.duty.rota_kept import rota_token
from scheduling.problem import Span

FRESH: Final = timedelta(seconds=15)  # how old it is at most what telephones are said to do
_MEMORY: Final = "seeking"


@dataclass(frozen=True)
class Standing:
    """Everything that can be called, as it stood at one instant."""

    at: datetime
    lines: tuple[LineStands, ...]
    partners: tuple[PartnerStands, ...]


@dataclass(frozen=True)
class _Kept:
    token: str
    standing: Standing


def standing_now(db: Session, settings: Settings, now: datetime) -> Standing:
    """As it stands now. One query while it is fresh and no roster has changed, else a dozen."""
    token = rota_token(db)
    kept: _Kept | None = db.memory.get(_MEMORY)
    if kept and kept.token == token and kept.standing.at <= now < kept.standing.at + FRESH:
        return kept.standing
    standing = _read(db, settings, now)
    db.memory[_MEMORY] = _Kept(token, standing)
    return standing


def _read(db: Session, settings: Settings, now: datetime) -> Standing:
    there = rota_at(db, now, settings.lead.people or ())
    ahead = rota_between(db, Span(now, now + A_WEEK))
    return Standing(now, lines_stand(there, ahead, settings, now), partners_stand(settings, now))
