"""Which firings of timed jobs are taken, and what is old enough to forget."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, text, update
from sqlmodel import Session

from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_RUN: Final = TABLES["job_run"]
_WEBHOOK: Final = TABLES["webhook"]
# Written out as the index has it, so that what was forgotten before is not looked at again.
_KEPT: Final = text("(document <> '' OR said = '')")


def claim_slot(db: Session, job: str, slot: datetime) -> bool:
    """True for one worker only: this firing is its own."""
    new = insert_new(db, _RUN, {"job": job, "slot": slot}, "job", "slot")
    return db.connection().execute(new.returning(_RUN.c.job)).first() is not None


def forget_before(db: Session, instant: datetime) -> None:
    """Drop the documents and the firings from before `instant`; what was said in calls stays."""
    old = (_WEBHOOK.c.at < instant) & _KEPT
    silent = (_WEBHOOK.c.call_id.is_(None)) | (_WEBHOOK.c.said == "")
    db.connection().execute(delete(_WEBHOOK).where(old, silent))
    kept = update(_WEBHOOK).where(old, _WEBHOOK.c.document != "")
    db.connection().execute(kept.values(document=""))
    db.connection().execute(delete(_RUN).where(_RUN.c.slot < instant))
