"""Notices, sent after the commit that posted them, and what came of each."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.fernet import InvalidToken

from hotline.config.settings import Settings
from hotline.notices.facts import Facts
from hotline.notices.ways import Way
from hotline.notices.wording import Reader, telling
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.ports import Clock, Notifier, PortError, Telling
from hotline.privacy import Privacy
from hotline.store import Session, Store
from hotline.store.sending.alarms import clear_alarm
from hotline.store.sending.notices import (
    NoticeLetter,
    expire_notices,
    next_notice,
    put_off_notice,
    settle_notice,
    take_notice,
)

log = logging.getLogger(__name__)

FIRST_AGAIN: Final = timedelta(seconds=10)  # then twice as long each time
LONGEST_AGAIN: Final = timedelta(minutes=10)
SEALED: Final = "sealed"  # the word that holds a link, encrypted
NO_WAY: Final = "there is no way to tell this person"


@dataclass(frozen=True)
class Courier:
    """What telling people needs: where notices are kept, who brings them, and the hour."""

    store: Store
    settings: Settings
    privacy: Privacy
    clock: Clock
    notifier: Notifier


Attempt = Callable[[Telling], None]


def send_notices(courier: Courier) -> int:
    """Send the notice that is due longest, and give up what is too late. Returns how many."""
    with courier.store.reading() as db:  # so that looking delays no writer
        due = next_notice(db)
    if due is None or due > courier.clock():
        return 0
    with courier.store.writing() as db:
        now = courier.clock()
        late = expire_notices(db, now)
        alert(db, [_untold(code) for code in late], now)
        letter = take_notice(db, now)
    if letter is not None:
        _send(courier, letter)
    return len(late) + (letter is not None)


def again_after(attempts: int) -> timedelta:
    """How long after the n-th attempt the next one is made."""
    doubled = FIRST_AGAIN * (1 << min(attempts - 1, 10))
    return min(doubled, LONGEST_AGAIN)


def _send(courier: Courier, letter: NoticeLetter) -> None:
    language = letter.language or courier.settings.site.language
    reader = Reader(courier.settings, language, courier.clock())
    said = telling(letter.kind, _unsealed(courier, letter.words), reader)
    failures: list[PortError] = []
    for attempt in _attempts(courier, letter):
        try:
            attempt(said)
        except PortError as error:
            failures.append(error)
        else:
            return _told(courier, letter)
    return _failed(courier, letter, failures)


def _unsealed(courier: Courier, words: Facts) -> Facts:
    """A link that opens something is kept encrypted until it is sent."""
    sealed = words.get(SEALED)
    if sealed is None:
        return words
    return {**words, "link": courier.privacy.opened(str(sealed).encode())}


def _attempts(courier: Courier, letter: NoticeLetter) -> Iterator[Attempt]:
    for way in letter.ways:
        match way:
            case Way.APPRISE if letter.urls:
                yield from (_by_url(courier, url) for url in _opened(courier, letter.urls))
            case Way.SMS if _takes_texts(courier, letter):
                yield lambda said: courier.notifier.by_text(letter.address, said)


def _by_url(courier: Courier, url: str) -> Attempt:
    return lambda said: courier.notifier.by_url(url, said)


def _opened(courier: Courier, urls: bytes) -> list[str]:
    try:
        return courier.privacy.opened(urls).splitlines()
    except InvalidToken:  # another HOTLINE_DATA_KEY than then
        log.error("a person's notice URLs cannot be decrypted with this HOTLINE_DATA_KEY")
        return []


def _takes_texts(courier: Courier, letter: NoticeLetter) -> bool:
    can = courier.settings.carrier.texts and letter.address.startswith("tel:")
    return can and not letter.stopped


def _told(courier: Courier, letter: NoticeLetter) -> None:
    with courier.store.writing() as db:
        now = courier.clock()
        settle_notice(db, letter.id, now)
        if letter.supervisor:
            clear_alarm(db, AlarmKind.UNTOLD, letter.code, now)


def _failed(courier: Courier, letter: NoticeLetter, failures: list[PortError]) -> None:
    why = "; ".join(str(failure) for failure in failures) or NO_WAY
    log.warning("notice %s (%s) was not told: %s", letter.id, letter.kind, why)
    with courier.store.writing() as db:
        now = courier.clock()
        again = now + again_after(letter.attempts)
        if not all(failure.permanent for failure in failures) and again < letter.expires:
            put_off_notice(db, letter.id, again, why)
        else:
            _give_up(db, letter, now, why)


def _give_up(db: Session, letter: NoticeLetter, now: datetime, why: str) -> None:
    settle_notice(db, letter.id, now, why)
    if letter.supervisor:
        alert(db, [_untold(letter.code)], now)


def _untold(code: str) -> Alarm:
    return Alarm(AlarmKind.UNTOLD, code)
