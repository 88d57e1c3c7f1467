"""A forgotten password: a link by the way in which somebody is told of their duties."""

from datetime import datetime, timedelta
from typing import Final

from hotline.accounts.links import Purpose, further_link
from hotline.accounts.trail import Change
from hotline.config.settings import Settings
from hotline.notices.facts import Facts
from hotline.notices.sending import SEALED
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.access.accounts import locked_account
from hotline.store.access.page_sessions import count_wrong, locked_until
from hotline.store.access.trail import append_to_trail
from hotline.store.sending.notices import post_notices

MOST: Final = (
    3  # in a row: whoever asks in somebody else's name does not ring their telephone all day
)
A_DAY: Final = timedelta(days=1)
SELF: Final = "self"  # who the trail names: nobody has proved anything yet


def forgotten(
    db: Session, login: str, site: str, settings: Settings, privacy: Privacy, now: datetime
) -> bool:
    """Send a link to a new password, if somebody of that name can be told and asked not too often.

    site: the address before `/link/`. What is answered is for tests: whoever asks is told the same
    in every case. The second factor stays, and so do links that were sent before.
    """
    source = privacy.hashed(f"forgotten|{login.strip().lower()}")
    found = locked_account(db, login)
    if found is None or not found.password or found.account.person is None:
        return False
    if locked_until(db, source, now) is not None:
        return False
    count_wrong(db, source, MOST, A_DAY, now)
    token = further_link(db, found.account, Purpose.RESET, settings.signing, now)
    lasts = timedelta(hours=settings.signing.reset_hours)
    words: Facts = {
        "hours": int(settings.signing.reset_hours),
        SEALED: privacy.sealed(f"{site}/link/{token}").decode(),
    }
    kind = NoticeKind.RESET
    post_notices(db, [NewNotice(found.account.person, kind, now, now + lasts, words)], now)
    append_to_trail(db, SELF, Change("account.forgotten", f"account/{found.account.login}"), now)
    return True
