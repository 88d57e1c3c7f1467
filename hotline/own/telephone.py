"""Whether somebody's telephone reaches them, as they and their coordinator see it."""

from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import Settings
from hotline.duty import PersonId, aside_until
from hotline.oversight.drills import DrillWord, Trial
from hotline.store import Session
from hotline.store.duty.reach import presence_now
from hotline.store.duty.trial_rings import last_test
from hotline.store.sending.drills import word_on_drills


@dataclass(frozen=True)
class Telephone:
    """aside: until when it is put aside; refused: the carrier cannot ring the number at all.

    tried: when it was last to be tried, and what came of it; word: on drills.
    """

    aside: datetime | None
    refused: bool
    tried: tuple[datetime, Trial] | None
    word: DrillWord | None

    @property
    def in_drills(self) -> bool:
        """Whether it may be rung in drills."""
        return self.word is not None and self.word.agrees


def telephone_of(db: Session, settings: Settings, person: PersonId, now: datetime) -> Telephone:
    """Of one person. Three queries."""
    presence = presence_now(db, person)
    return Telephone(
        aside_until(presence, settings, now),
        presence.refused,
        last_test(db, person),
        word_on_drills(db, person),
    )
