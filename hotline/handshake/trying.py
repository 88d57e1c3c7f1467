"""Telephones are tried: in a drill of those who agreed, and whenever somebody wishes it."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Settings
from hotline.handshake.trials import needed, tried_in_drill
from hotline.oversight.drills import night_of
from hotline.people import StoredPerson
from hotline.store import Session
from hotline.store.duty.rosters import rota_at
from hotline.store.duty.trial_rings import lines_waited_at, trials_ringing
from hotline.store.sending.drills import agreed_to_drills
from hotline.store.sending.errands import Errand, NewErrand, Purpose, plan_errands

DRILL_WITHIN: Final = timedelta(minutes=20)
TEST_WITHIN: Final = timedelta(minutes=5)
ONE_TEST_IN: Final = timedelta(minutes=1)
TRIALS: Final = frozenset({Purpose.DRILL, Purpose.TEST})


def try_telephone(db: Session, person: StoredPerson, now: datetime) -> bool:
    """Have somebody rung as soon as they are free; False: that was asked for a moment ago."""
    key = f"test:{person.id}:{int(now.timestamp() // ONE_TEST_IN.total_seconds())}"
    desk = min(person.desks, default=DeskName(""))
    errand = NewErrand(
        token=secrets.token_urlsafe(12),
        key=key,
        purpose=Purpose.TEST,
        person=person.id,
        desk=desk,
        starts=now,
        due=now,
        expires=now + TEST_WITHIN,
    )
    return plan_errands(db, [errand]) == 1


def drill_telephones(db: Session, settings: Settings, drill: int, now: datetime) -> int:
    """Ring who agreed and is on duty now, one after the other, nobody twice a night; how many."""
    rota = rota_at(db, now, settings.lead.people or ())
    agreed, night = agreed_to_drills(db), night_of(now, settings)
    errands = [
        NewErrand(
            token=secrets.token_urlsafe(12),
            key=f"drill:{night}:{person}",
            purpose=Purpose.DRILL,
            person=person,
            desk=desk,
            starts=now,
            due=now,
            expires=now + DRILL_WITHIN,
            drill=drill,
        )
        for person, desk in sorted(tried_in_drill(rota, settings, now).items())
        if person in agreed
    ]
    return plan_errands(db, errands)


def may_be_tried(db: Session, settings: Settings, errand: Errand, now: datetime) -> bool:
    """Whether nobody needs the person; in a drill, that they are free on duty, and one by one."""
    rota = rota_at(db, now, settings.lead.people or ())
    if errand.person in needed(rota, settings, lines_waited_at(db), now):
        return False
    if errand.purpose is Purpose.TEST:
        return True
    ringing = (each for each in trials_ringing(db) if each.purpose is Purpose.DRILL)
    return errand.person in tried_in_drill(rota, settings, now) and not any(ringing)


def no_longer_free(db: Session, settings: Settings, now: datetime) -> tuple[int, ...]:
    """The trials under way whose people a caller needs by now. One query where nobody is tried."""
    ringing = trials_ringing(db)
    waited_at = lines_waited_at(db) if ringing else ()
    if not waited_at:
        return ()
    rota = rota_at(db, now, settings.lead.people or ())
    wanted = needed(rota, settings, waited_at, now)
    return tuple(each.id for each in ringing if each.person in wanted)
