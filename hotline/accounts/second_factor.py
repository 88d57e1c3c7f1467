"""The second factor: a code of six digits from an app (RFC 6238), or a code kept on paper."""

import re
import secrets
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Final

import pyotp
import segno

PERIOD: Final = 30  # seconds that a code stands
DRIFT: Final = 1  # steps by which a telephone's clock may be off
RECOVERY_CODES: Final = 8
SIX_DIGITS: Final = re.compile(r"[0-9]{6}")
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # none is mistaken for another


def new_secret() -> str:
    """A fresh secret, in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, within a step of now; None if it is of none."""
    digits = "".join(code.split())
    if not SIX_DIGITS.fullmatch(digits):
        return None
    here = int(now.timestamp()) // PERIOD
    totp = pyotp.TOTP(secret, interval=PERIOD)
    for step in range(here - DRIFT, here + DRIFT + 1):
        if secrets.compare_digest(totp.at(step * PERIOD), digits):
            return step
    return None


def enrolment_address(secret: str, login: str, site: str) -> str:
    """What an app reads from the picture."""
    return pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=login, issuer_name=site)


def enrolment_picture(address: str) -> str:
    """The same as a QR code in SVG, without style or script."""
    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, omitsize=False
    )
    return drawn.getvalue().decode()


def new_recovery_codes() -> tuple[str, ...]:
    """Codes like `k3m9-x2pq`, each good for one sign-in."""
    return tuple(f"{_letters()}-{_letters()}" for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is kept of such a code; spaces, dashes and case do not matter."""
    plain = re.sub(r"[\s-]", "", code).lower()
    return sha256(plain.encode()).hexdigest()


def _letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(5))
