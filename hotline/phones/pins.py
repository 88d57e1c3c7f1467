"""PINs: what one must be, whose it is, and whether one fits. Kept as argon2 hashes only."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from hotline.errors import HotlineError
from hotline.store import Session
from hotline.store.people.everybody import person_coded
from hotline.store.people.staff import keep_pin

# OWASP's least for argon2id: it runs in the transaction of a webhook, 20 ms.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
PIN: Final = re.compile(r"[0-9]{6,12}")
MOST_WRONG: Final = 5  # in a row, then no PIN is looked at for a time
LOCKED_FOR: Final = timedelta(minutes=15)


class PinError(HotlineError):
    """A PIN that anybody would guess, or none at all."""


def hashed(pin: str) -> str:
    """What is kept of a PIN. Raises PinError."""
    if not PIN.fullmatch(pin):
        raise PinError("A PIN has 6 to 12 digits.")
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1:
        raise PinError("A PIN like 111111 or 123456 is guessed at once; choose another.")
    return HASHER.hash(pin)


def keep_pin_of(db: Session, code: str, pin: str) -> None:
    """Give a person a PIN instead of the one before. Raises PinError."""
    kept = hashed(pin)
    person = person_coded(db, code)
    if person is None:
        raise PinError(f"There is nobody with the code {code!r}; see: hotline people export")
    keep_pin(db, person, kept)


def fits(kept: str, pin: str) -> bool:
    """Whether `pin` is the one that was kept."""
    try:
        return HASHER.verify(kept, pin)
    except VerifyMismatchError:
        return False
